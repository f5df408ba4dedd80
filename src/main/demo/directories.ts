import type { SandboxDirectory } from '../../sandbox/index.ts'
import { daysFromNow, demoGuid, demoSecret } from './ids.ts'
import { demoTenants } from './tenants.ts'

/** The directories that the sandbox plays for the demonstration. */
export const demoDirectories = (): SandboxDirectory[] =>
  demoTenants.map(({ connections, domain, name, roleDefinitions, throttled }) => ({
    id: demoGuid(name),
    displayName: name,
    domain,
    apps: connections.map(({ granted, label, secretDays, wrongSecret }) => ({
      clientId: demoGuid(`${name} ${label}`),
      displayName: label,
      secrets: [
        {
          value: demoSecret(wrongSecret ? `another ${name}` : `${name} ${label}`),
          expiresAt: daysFromNow(secretDays).toISOString(),
        },
      ],
      granted: [...granted],
      installed: true,
      enabled: true,
    })),
    roleDefinitions,
    faults: throttled ? { throttleEvery: 2, retryAfter: 'seconds', retryAfterSeconds: 1 } : {},
  }))
