export { contoso } from './contoso.ts'
export type { CentralApp, SandboxDirectory } from './directory.ts'
export type { RefusalName } from './sign-in/refusals.ts'
export { type Sandbox, startSandbox } from './start-sandbox.ts'
