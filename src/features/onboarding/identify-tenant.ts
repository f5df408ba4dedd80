import { roleMay } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { type CloudProfile, findDirectory } from '../../graph/index.ts'
import { asTenantId, type Json, type TenantId } from '../../kernel/index.ts'
import { type Called, insertTenant, readCalled } from '../tenants/index.ts'
import { openSessionWith, roleAt, setTenant, takeUpDraft, tenantWith } from './change-session.sql.ts'
import { type By, changeSession, type Obstacle } from './change-session.ts'

/** What was typed, kept as it was typed. */
export interface IdentifyInput {
  /** A directory id or a verified domain. */
  readonly directory: string
  readonly name: string
}

/** What can be wrong with a field; the page has a sentence for each. */
export type IdentifyFlaw =
  | 'name_missing'
  | 'name_too_long'
  | 'name_unreadable'
  | 'directory_missing'
  | 'directory_too_long'
  | 'directory_unknown'
  | 'directory_unreachable'
  /** Known in the workspace, but not to whoever asks: what it is and who has it is not told. */
  | 'tenant_out_of_reach'
  | 'tenant_active'
  | 'tenant_archived'
  | 'tenant_in_another_session'
export type IdentifyFlaws = Readonly<Partial<Record<keyof IdentifyInput, IdentifyFlaw>>>

export type Identified =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: Obstacle }
  | { readonly ok: false; readonly flaws: IdentifyFlaws }

/** The fields of a request's body as texts; whatever is no text or number counts as empty. */
export function identifyInput(fields: { readonly [name: string]: Json }): IdentifyInput {
  const text = (value: Json | undefined) =>
    typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return { directory: text(fields.directory), name: text(fields.name) }
}

const LONGEST_DIRECTORY = 253

/**
 * Says which tenant a session is about: asks the sign-in service for the directory, and adds it as a tenant that is
 * being onboarded, or takes up one of this workspace that is not in use yet. What other workspaces manage plays no
 * part in it.
 */
export async function identifyTenant(
  db: Db,
  profile: CloudProfile,
  sessionId: number,
  by: By,
  input: IdentifyInput,
): Promise<Identified> {
  const read = readInput(input)
  if (!read.ok) return read
  const found = await findDirectory(profile, input.directory)
  if (found.kind !== 'found') return { ok: false, flaws: { directory: `directory_${found.kind}` } }
  const domain = input.directory.includes('.') ? input.directory.toLowerCase() : null
  let flaw: IdentifyFlaw | null = null
  const changed = await changeSession(db, sessionId, by, async (tx, session) => {
    if (session.tenantId !== null) throw new TakenElsewhere(null)
    const at = { workspaceId: session.workspaceId, directoryId: found.directoryId }
    const tenantId = await tenantToOnboard(tx, by, { ...at, called: { ...read.called, domain } })
    await setTenant(tx, sessionId, tenantId)
    return { action: 'onboarding.identify', facts: { directoryId: found.directoryId, tenant: tenantId } }
  }).catch((fault) => {
    if (!(fault instanceof TakenElsewhere)) throw fault
    flaw = fault.flaw
    return { ok: false, why: 'not_now' } as const
  })
  return flaw ? { ok: false, flaws: { directory: flaw } } : changed
}

/** The directory cannot be onboarded in this session; null when the session has a tenant already. */
class TakenElsewhere extends Error {
  readonly flaw: IdentifyFlaw | null
  constructor(flaw: IdentifyFlaw | null) {
    super(flaw ?? 'identified')
    this.flaw = flaw
  }
}

interface Wanted {
  readonly workspaceId: number
  readonly directoryId: Parameters<typeof insertTenant>[3]['directoryId']
  readonly called: Called
}

async function tenantToOnboard(
  tx: Db,
  by: By,
  { called, directoryId, workspaceId }: Wanted,
): Promise<TenantId> {
  const workspace = workspaceId as Parameters<typeof insertTenant>[1]
  const tenant = { ...called, directoryId }
  const added = await insertTenant(tx, workspace, by.actor, tenant, by.correlationId, 'onboarding')
  if (added) return added
  const known = await tenantWith(tx, workspaceId, directoryId)
  const role = known && (await roleAt(tx, known.id, by.actor))
  if (!known || !role || !roleMay(role, 'workspace.onboarding.manage'))
    throw new TakenElsewhere('tenant_out_of_reach')
  if (known.state === 'active') throw new TakenElsewhere('tenant_active')
  if (known.state === 'archived') throw new TakenElsewhere('tenant_archived')
  if (await openSessionWith(tx, known.id)) throw new TakenElsewhere('tenant_in_another_session')
  await takeUpDraft(tx, known.id)
  return asTenantId(known.id)
}

type ReadInput =
  | { readonly ok: true; readonly called: Called }
  | { readonly ok: false; readonly flaws: IdentifyFlaws }

function readInput({ directory, name }: IdentifyInput): ReadInput {
  const called = readCalled({ name, domain: '' })
  const flaw = flawOfDirectory(directory)
  if (called.ok && !flaw) return called
  const named = called.ok ? {} : { name: called.flaws.name as IdentifyFlaw }
  return { ok: false, flaws: { ...(flaw && { directory: flaw }), ...named } }
}

function flawOfDirectory(directory: string): IdentifyFlaw | null {
  if (!directory) return 'directory_missing'
  return directory.length > LONGEST_DIRECTORY ? 'directory_too_long' : null
}
