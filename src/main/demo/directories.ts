import { intuneOf, type SandboxDirectory } from '../../sandbox/index.ts'
import { daysFromNow, demoGuid, demoSecret } from './ids.ts'
import { demoTenants } from './tenants.ts'

/** How many of something every directory has, instead of its own number. */
interface InEach {
  readonly groups?: number | undefined
  readonly devices?: number | undefined
}

/** The directories that the sandbox plays for the demonstration. */
export const demoDirectories = (inEach: InEach = {}): SandboxDirectory[] =>
  demoTenants.map(({ connections, devices, domain, groups, name, policies, roleDefinitions, throttled }) => ({
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
    groups: inEach.groups ?? groups,
    intune:
      policies === null ? { conditionalAccessPolicies: 4 } : intuneOf(policies, inEach.devices ?? devices),
    faults: {
      ...(throttled && { throttleEvery: 2, retryAfter: 'seconds', retryAfterSeconds: 1 }),
      ...(policies === null && { notLicensed: true }),
    },
  }))
