export { contoso } from './contoso.ts'
export type {
  LiveDirectory,
  SandboxApp,
  SandboxDirectory,
  SandboxFaults,
  SandboxRole,
  SandboxSecret,
} from './directory.ts'
export { KNOWN_PERMISSIONS } from './permissions.ts'
export { REFUSALS, type RefusalName } from './sign-in/refusals.ts'
export { type Sandbox, type SandboxOptions, startSandbox } from './start-sandbox.ts'
export type { SandboxWorld } from './world.ts'
