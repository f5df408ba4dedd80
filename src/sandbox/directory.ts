import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SandboxGroups } from './groups.ts'
import { REFUSALS } from './sign-in/refusals.ts'

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
  faults: SandboxFaults
}

/** A change of the faults: absent stays as it is, null takes the fault away. */
export const faultsChange = z.strictObject({
  /** Every n-th Graph request is answered 429. */
  throttleEvery: z.int().positive().nullable().optional(),
  retryAfter: z.enum(['seconds', 'decimal', 'date', 'absent']).nullable().optional(),
  retryAfterSeconds: z.number().nonnegative().nullable().optional(),
  /** Milliseconds every Graph answer is late. */
  slowMs: z.int().nonnegative().nullable().optional(),
  /** Every connection is dropped, for sign-in and for Graph. */
  unreachable: z.boolean().nullable().optional(),
  tokenFault: z
    .enum(Object.keys(REFUSALS) as [keyof typeof REFUSALS])
    .nullable()
    .optional(),
  roleDefinitionsPageSize: z.int().positive().nullable().optional(),
  groupsPageSize: z.int().positive().nullable().optional(),
  /** Links to changes are no longer known: answered 410 with where to begin anew, or 400 with the code alone. */
  lostSyncState: z.enum(['gone', 'not_found']).nullable().optional(),
  /** After every full page comes an empty one. */
  emptyPages: z.boolean().nullable().optional(),
  /** The origin that next links point to, instead of this server. */
  nextLinkOrigin: z.url().nullable().optional(),
  /** So many Graph requests are told that their valid token has expired. */
  rejectTokens: z.int().nonnegative().nullable().optional(),
  /** Every Graph request is answered with this status. */
  serverError: z
    .union([z.literal(500), z.literal(503), z.literal(504)])
    .nullable()
    .optional(),
  /** Intune answers that this directory has no licence for it. */
  notLicensed: z.boolean().nullable().optional(),
})

export type FaultsChange = z.infer<typeof faultsChange>

/** What goes wrong with a directory, on purpose. */
export type SandboxFaults = { [Name in keyof FaultsChange]?: NonNullable<FaultsChange[Name]> }

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
  faults: {},
})

/** A directory of the running sandbox. Changing it changes what Microsoft answers from then on. */
export interface LiveDirectory extends Omit<SandboxDirectory, 'roleDefinitions' | 'groups'> {
  readonly people: readonly SandboxPerson[]
  roleDefinitions: SandboxRole[]
  readonly groups: SandboxGroups
  /** Graph requests answered so far. */
  graphRequests: number
}
