import { sql } from 'kysely'
import { type PersonalActor, personBehind } from '../../access/index.ts'
import { type Db, jsonb, textArray } from '../../database/index.ts'
import { asUserId, asWorkspaceId } from '../../kernel/index.ts'
import { definitionOf, OPERATION_CODES, type OperationCode } from '../catalog/index.ts'
import { LONGEST_WAIT_HOURS, type Selection, type WaitingStart } from '../gate/index.ts'
import { ADVANCE_QUEUE, advanceFrom } from '../queue/index.ts'
import { isActive } from '../runs/index.ts'

/** A start that shall stand in line, and the run that is in its way. */
export interface Placing {
  readonly actor: PersonalActor
  readonly tenantId: number
  readonly workspaceId: number
  readonly operation: OperationCode
  readonly selection: Selection
  /** The connection that is meant; null means the default at the time when it is tried. */
  readonly connectionId: number | null
  readonly holderId: number
  readonly correlationId: string
}

/** What came of getting in line: the number of the waiting start; none without the run that was in the way. */
export interface Placed {
  readonly id: number | null
  readonly isHeld: boolean
}

/**
 * Puts a start at the end of the line of a scope, with its audit record, while the run that is in its way goes on.
 * The tenant keeps its scope meanwhile. That run is held: it cannot end before everybody can see who waits for it, and those who ask come one after the
 * other, in the order of their numbers. No number although it is held: the same work got in just now.
 */
export async function placeInLine(db: Db, placing: Placing): Promise<Placed> {
  const { actor } = placing
  const person = personBehind(actor)
  const { rows } = await sql<Placed>`
    with tenant as (
      select scope_key from tenants where id = ${placing.tenantId} for share
    ),
    holder as (
      select r.id, r.scope_key from tenant t join operation_runs r on r.scope_key = t.scope_key
      where r.id = ${placing.holderId} and ${isActive} for no key update of r
    ),
    placed as (
      insert into waiting_starts (
        workspace_id, tenant_id, person_id, person_name, key_id, operation, selection, provider_connection_id,
        scope_key
      )
      select ${placing.workspaceId}::bigint, ${placing.tenantId}::bigint, ${person.userId}::text,
        ${person.name}::text, ${actor.kind === 'api_key' ? actor.keyId : null}::text, ${placing.operation},
        ${jsonb(placing.selection)}, ${placing.connectionId}::bigint, holder.scope_key
      from holder
      on conflict do nothing
      returning id
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, facts,
        correlation_id
      )
      select ${placing.workspaceId}::bigint, ${placing.tenantId}::bigint, ${actor.kind}, ${person.userId}::text,
        ${person.name}::text, 'waiting_start.ask', 'waiting_start', placed.id::text, 'done',
        ${jsonb({ operation: placing.operation, holder: placing.holderId })}, ${placing.correlationId}
      from placed
    )
    select (select id from placed) as id, exists (select from holder) as "isHeld"`.execute(db)
  return rows[0] ?? { id: null, isHeld: false }
}

interface NextRow {
  readonly id: number
  readonly workspaceId: number
  readonly tenantId: number
  readonly personId: string | null
  readonly personName: string
  readonly keyId: string | null
  readonly operation: OperationCode
  readonly selection: Selection
  readonly connectionId: number | null
  readonly since: string
  readonly sessionId: number | null
  /** Microsoft wants nothing through its connection now: a start at the click would be told to wait. */
  readonly isHeldUp: boolean
}

/**
 * Who has to be tried next in the line of a scope. While it is free that is the first; while a run holds it, whoever
 * waits for the very same work, and whoever has waited for too long. Nobody while Microsoft asks for a pause on the
 * connection of whoever is first: the line then waits for that as it waits for a run.
 */
export async function nextInLine(db: Db, scopeKey: string): Promise<WaitingStart | undefined> {
  const { rows } = await sql<NextRow>`
    select w.id, w.workspace_id as "workspaceId", w.tenant_id as "tenantId", w.person_id as "personId",
      w.person_name as "personName", w.key_id as "keyId", w.operation, w.selection,
      w.provider_connection_id as "connectionId",
      to_char(w.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since,
      w.onboarding_session_id as "sessionId", not ${isOverdue} and ${isHeldUp} as "isHeldUp"
    from waiting_starts w
    where w.scope_key = ${scopeKey} and w.state = 'waiting' and ${mayGo} and (${isOverdue} or not exists (
      select from operation_runs r
      where r.scope_key = w.scope_key and r.status in ('queued', 'running') and not ${isSameWork}))
    order by w.id limit 1`.execute(db)
  const [first] = rows
  return first && !first.isHeldUp ? waitingStartOf(first) : undefined
}

/** What is a different start for each connection. */
const OF_CONNECTION = OPERATION_CODES.filter((code) => definitionOf(code).identity === 'connection')

/** Whether a run `r` in the scope of a waiting start `w` does what that start asks for. */
const isSameWork = sql`(r.operation = w.operation and r.selection = w.selection and (
  w.operation <> all(${textArray(OF_CONNECTION)}) or r.provider_connection_id = w.provider_connection_id))`

/** What a known pause of Microsoft's holds back; the others are how a connection recovers. */
const HELD_BACK = OPERATION_CODES.filter((code) => definitionOf(code).readiness === 'full')

const isHeldUp = sql`(w.operation = any(${textArray(HELD_BACK)}) and exists (
  select from provider_connections c
  where c.tenant_id = w.tenant_id and c.throttled_until > now()
    and (c.id = w.provider_connection_id or (w.provider_connection_id is null and c.is_default))))`

/** A step of a bootstrap waits for as long as it takes: its page says that it does. */
const isOverdue = sql`(w.onboarding_session_id is null and w.asked_at < now() - ${LONGEST_WAIT_HOURS} * interval '1 hour')`

/** Whether a step of a bootstrap is next in it; everything else may always be tried. */
const mayGo = sql`waiting_start_may_go(w.onboarding_session_id, w.position)`

const waitingStartOf = ({
  isHeldUp: _,
  keyId,
  personId,
  personName,
  workspaceId,
  ...row
}: NextRow): WaitingStart => {
  const person = { userId: personId === null ? null : asUserId(personId), name: personName }
  return { ...row, person, actor: actorOf(person, keyId, workspaceId) }
}

/** Who asked, as they would ask today: a key reaches no further than it does now. */
function actorOf(
  { name, userId }: { userId: PersonalActor['userId'] | null; name: string },
  keyId: string | null,
  workspaceId: number,
): PersonalActor | null {
  if (userId === null) return null
  if (keyId === null) return { kind: 'user', userId, name }
  return { kind: 'api_key', userId, name, keyId, workspaceId: asWorkspaceId(workspaceId) }
}

/**
 * Advances every scope in whose line somebody could be tried and for which nobody is about to: the word of the run
 * that held it was lost with a process. Answers how many.
 */
export async function advanceForgotten(db: Db, graceSeconds: number): Promise<number> {
  const { rows } = await sql`
    with forgotten as (
      select distinct w.scope_key from waiting_starts w
      where w.state = 'waiting' and ${mayGo} and (${isOverdue} or not exists (
          select from operation_runs r where r.scope_key = w.scope_key and r.status in ('queued', 'running')))
        and not exists (
          select from pgboss.job j
          where j.name = ${ADVANCE_QUEUE} and j.data ->> 'scopeKey' = w.scope_key and (
            j.state in ('created', 'retry')
            or (j.state = 'active' and j.started_on > now() - ${graceSeconds} * interval '1s')))
    ),
    ${advanceFrom('forgotten')}
    select scope_key from forgotten where (select count(*) from notified) >= 0`.execute(db)
  return rows.length
}
