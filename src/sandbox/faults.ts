import { z } from 'zod'
import { REFUSALS } from './sign-in/refusals.ts'

/** How Microsoft may write a Retry-After header, or leave it out. */
export const RETRY_AFTER_FORMS = ['seconds', 'decimal', 'date', 'absent'] as const

const fault = <T extends z.ZodType>(schema: T) => schema.nullable().optional()
const count = fault(z.int().positive())
const on = fault(z.boolean())

/** A change of the faults: absent stays as it is, null takes the fault away. What is counted down ends by itself. */
export const faultsChange = z.strictObject({
  /** Every n-th Graph request is answered 429. */
  throttleEvery: count,
  /** So many Graph requests are refused as too many. */
  busyNext: count,
  /** The same for so many seconds, which begin with the next request; from then on it is `busyUntil`. */
  busySeconds: fault(z.number().positive()),
  busyUntil: fault(z.iso.datetime()),
  /** How `busyNext` and `busySeconds` refuse; 429 unless told otherwise. */
  busyStatus: fault(z.union([z.literal(429), z.literal(503)])),
  /** How 429 and a busy 503 tell how long to wait: in seconds unless told otherwise. */
  retryAfter: fault(z.enum(RETRY_AFTER_FORMS)),
  /** For how long they tell to wait: two seconds unless told otherwise. Resource units tell their own time. */
  retryAfterSeconds: fault(z.number().nonnegative()),
  /** Resource units an application may use in a window before it is throttled; without it there is no limit. */
  bucketUnits: count,
  /** The length of the window; ten seconds unless told otherwise. */
  bucketSeconds: fault(z.number().positive()),

  /** Milliseconds a Graph answer is late: every one, unless `slowNext` or `slowEvery` says which. */
  slowMs: fault(z.int().nonnegative()),
  slowNext: count,
  slowEvery: count,
  /** Of so many requests, or of every n-th, the answer is lost although they were carried out. */
  dropNext: count,
  dropEvery: count,
  /** Where the connection breaks then: before the answer unless told otherwise. */
  dropWhere: fault(z.enum(['before_answer', 'in_body'])),
  /** Every connection is dropped, for sign-in and for Graph, and nothing is carried out. */
  unreachable: on,
  /** Every Graph request is answered with this status. */
  serverError: fault(z.union([z.literal(500), z.literal(503), z.literal(504)])),
  /** So many creates are carried out and answered 504. */
  createThen504: count,

  tokenFault: fault(z.enum(Object.keys(REFUSALS) as [keyof typeof REFUSALS])),
  /** New tokens live for so many seconds. */
  tokenSeconds: count,
  /** Sign-in goes on promising the usual hour for them. */
  tokenEndsEarly: on,
  /** So many Graph requests are told that their valid token has expired. */
  rejectTokens: fault(z.int().nonnegative()),
  /** This permission is taken from every application, and counts in no token any more … */
  revokePermission: fault(z.string().min(1)),
  /** … after so many more Graph requests; with the next one unless told otherwise. */
  revokeAfter: count,
  /** Intune answers that this directory has no licence for it. */
  notLicensed: on,

  /** Lists of Intune and conditional access do not know yet of the last so many changes in them; single objects do. */
  listsLag: count,
  /** Single objects are told as they were so many changes of their list before: not there yet, or still there. */
  objectsLag: count,
  /** The counts of devices do not know yet of the last so many changes of devices. */
  staleSummary: count,
  /** Conditional access takes one request in so many seconds, of all applications together; one unless told otherwise. */
  conditionalAccessSeconds: fault(z.number().nonnegative()),
  /** The most that a page of Intune holds, whatever is asked for. */
  intunePageSize: count,
  roleDefinitionsPageSize: count,
  groupsPageSize: count,
  /** After every full page comes an empty one. */
  emptyPages: on,
  /** For how long links to further pages are taken; ten minutes unless told otherwise. */
  pageLinkSeconds: fault(z.number().positive()),
  /** The origin that next links point to, instead of this server. */
  nextLinkOrigin: fault(z.url()),
  /** Each page of changes tells of its first object twice: as it was before, and as it is. */
  repeatInPage: on,
  /** Each further page of changes begins with the object that ended the page before. */
  repeatAcrossPages: on,
  /** A link to changes tells the last so many changes before it once more. */
  replayChanges: count,
  /** Links to changes are no longer known: answered 410 with where to begin anew, or 400 with the code alone. */
  lostSyncState: fault(z.enum(['gone', 'not_found'])),
})

export type FaultsChange = z.infer<typeof faultsChange>

/** What goes wrong with a directory, on purpose. */
export type SandboxFaults = { [Name in keyof FaultsChange]?: NonNullable<FaultsChange[Name]> }

type Counted = {
  [Name in keyof SandboxFaults]-?: SandboxFaults[Name] extends number | undefined ? Name : never
}[keyof SandboxFaults]

/** Whether a fault that strikes so many times strikes now; the last time takes it away. */
export function strikes(faults: SandboxFaults, name: Counted): boolean {
  const left = faults[name]
  if (!left) return false
  if (left > 1) Object.assign(faults, { [name]: left - 1 })
  else delete faults[name]
  return true
}
