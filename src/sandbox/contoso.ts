import type { SandboxDirectory } from './directory.ts'

/** A small healthy directory to begin with: one installed application, one accepted secret, two grants. */
export const contoso = (changes: Partial<SandboxDirectory> = {}): SandboxDirectory => ({
  id: '1f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10',
  displayName: 'Contoso',
  domain: 'contoso.example',
  apps: [
    {
      clientId: '7a3b1c52-90de-4c1b-8f6e-2f1b0a9c4d11',
      displayName: 'Contoso Ops',
      secrets: [{ value: 'Qx78Q~contoso-first-secret-value-000001' }],
      granted: ['Organization.Read.All', 'RoleManagement.Read.Directory'],
      installed: true,
      enabled: true,
    },
  ],
  roleDefinitions: 30,
  groups: 20,
  faults: {},
  ...changes,
})
