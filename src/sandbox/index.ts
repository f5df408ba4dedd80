export { contoso } from './contoso.ts'
export type { SandboxDirectory } from './directory.ts'
export type { RefusalName } from './sign-in/refusals.ts'
export { type Sandbox, startSandbox } from './start-sandbox.ts'
