import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SandboxFaults } from './faults.ts'
import type { SandboxGroups } from './groups.ts'
import type { SandboxIntune } from './intune/intune.ts'
import type { IntuneSizes } from './intune/kind.ts'
import { intuneOf } from './intune/sizes.ts'
import type { Traffic } from './traffic.ts'

/** A client secret. It is accepted unless its date has passed or somebody revoked it. */
export interface SandboxSecret {
  value: string
  expiresAt?: string
  revoked?: boolean
}

/** A certificate that somebody uploaded to an app registration: its public part, as PEM. */
export interface SandboxCertificate {
  pem: string
}

/** An application as one directory sees it. */
export interface SandboxApp {
  clientId: string
  displayName: string
  secrets: SandboxSecret[]
  certificates?: SandboxCertificate[]
  /** Names of application permissions an administrator consented to. */
  granted: string[]
  /** Permissions that count in no token any more, whatever it carries. */
  revoked?: string[]
  /** Whether the directory has a service principal for it. */
  installed: boolean
  enabled: boolean
}

/** Somebody who can sign in to a directory. */
export interface SandboxPerson {
  /** The object id. */
  readonly id: string
  readonly name: string
  readonly userName: string
  /** Template ids of the directory roles they hold. */
  readonly roles: readonly string[]
}

/** An application of another organisation that any directory may let in: registered once, for many directories. */
export interface CentralApp {
  readonly clientId: string
  readonly displayName: string
  readonly secrets: SandboxSecret[]
  readonly certificates: SandboxCertificate[]
  /** On loopback any port will do, as Microsoft has it for localhost. */
  readonly redirectUris: readonly string[]
  /** The application permissions that it is registered to need. */
  readonly asksFor: readonly string[]
}

/** What a directory is made of when the sandbox starts. */
export interface SandboxDirectory {
  id: string
  displayName: string
  domain: string
  apps: SandboxApp[]
  /** How many role definitions to make up: first Microsoft's own, then custom ones; the same for the same directory. */
  roleDefinitions: number
  /** How many groups to make up; the same for the same directory. */
  groups: number
  /** How many policies and devices to make up, by collection; none where nothing is said. */
  intune?: IntuneSizes
  faults: SandboxFaults
}

/** A directory role of the running sandbox. */
export interface SandboxRole {
  id: string
  displayName: string
  description: string | null
  isBuiltIn: boolean
  isEnabled: boolean
  allowedResourceActions: string[]
}

/** What a person or a script says of a directory to add; a tenant that exists already brings its id. */
export const newDirectory = z.strictObject({
  id: z.guid().optional(),
  displayName: z.string().trim().min(1).max(120),
  domain: z
    .string()
    .trim()
    .max(253)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'Give a domain name.'),
})

/** A new directory: nobody registered an application in it yet. */
export const emptyDirectory = ({
  id,
  displayName,
  domain,
}: z.infer<typeof newDirectory>): SandboxDirectory => ({
  id: (id ?? randomUUID()).toLowerCase(),
  displayName,
  domain: domain.toLowerCase(),
  apps: [],
  roleDefinitions: 112,
  groups: 240,
  intune: intuneOf(40, 300),
  faults: {},
})

/** A directory of the running sandbox. Changing it changes what Microsoft answers from then on. */
export interface LiveDirectory extends Omit<SandboxDirectory, 'roleDefinitions' | 'groups' | 'intune'> {
  readonly people: readonly SandboxPerson[]
  roleDefinitions: SandboxRole[]
  readonly groups: SandboxGroups
  readonly intune: SandboxIntune
  /** Graph requests answered so far, each of a batch for itself. */
  graphRequests: number
  /** Who asked what lately, and who was told to wait. */
  readonly traffic: Traffic
}
