/**
 * What the gate, the workers and the sweep promise, said as small as it can be: no database, no clock,
 * no second process. Everything is named by its place in the scene (scene.ts); runs by their real ids.
 */

export const OPERATIONS = {
  'provider.connection.check': { roles: ['operator', 'manager'], full: false, attempts: 3 },
  'directory.role_definitions.sync': { roles: ['operator', 'manager'], full: true, attempts: 3 },
  'directory.groups.sync': { roles: ['operator', 'manager'], full: true, attempts: 5 },
  /** Writes to the tenant: its run is never carried out a second time. */
  'restore.execute': { roles: ['manager'], full: true, attempts: 0 },
} as const
export type Operation = keyof typeof OPERATIONS

export type PlayedRole = 'readonly' | 'operator' | 'manager'

interface ModelTenant {
  readonly workspace: number
  readonly directory: number
  proven: boolean
  /** It proved control of a directory that was another's. */
  conflicted: boolean
  archived: boolean
  frozen: boolean
}

interface ModelConnection {
  readonly tenant: number
  enabled: boolean
  isDefault: boolean
  throttled: boolean
  rejected: boolean
}

/** How a run ended. */
export interface Ended {
  readonly outcome: string
  readonly reason: string | null
}

export interface ModelRun {
  readonly tenant: number
  readonly person: number
  readonly operation: Operation
  readonly identity: string
  readonly scope: string
  readonly connection: number | null
  /** False on a run that was born blocked. */
  readonly admitted: boolean
  phase: 'queued' | 'running' | 'completed'
  attempt: number
  token: number
  /** Who wants it stopped. */
  wish: string | null
  waits: 'no' | 'until later' | 'no longer'
  /** Its lease ended so long ago that a sweep may give its worker up. */
  silent: boolean
  /** Rises with every sign of life. */
  signs: number
  done: number | null
  ended: Ended | null
  /** It was queued long ago, so a missing wake-up is a lost one. */
  old: boolean
  wakeUps: number
  /** How many starts were answered with it, and so how many audit records name it. */
  startsAnswered: number
}

/** A start as a person asks for it. */
export interface Asked {
  readonly person: number
  readonly tenant: number
  /** By the directory in the path, or by the record. */
  readonly by: 'directory' | 'record'
  readonly operation: Operation
  readonly selection: 0 | 1
  readonly connection: number | null
  readonly key: 0 | 1 | null
}

/** An answer to a start, as far as the model knows it. */
export interface Said {
  readonly kind: string
  readonly reason?: string | null
  readonly runId?: number
  readonly runStatus?: string
  readonly tries?: number
}

interface Kept {
  readonly request: string
  readonly said: Said
}

/** A worker that has claimed a run and not come back yet, whoever has the run by now. */
export interface ModelWorker {
  readonly id: number
  readonly runId: number
  readonly token: number
  /** Its machine slept past the end of the lease. */
  asleep: boolean
}

export interface Model {
  /** By person and workspace; null is no member. */
  readonly roles: (PlayedRole | null)[][]
  readonly tenants: readonly ModelTenant[]
  readonly connections: readonly ModelConnection[]
  readonly paused: Set<string>
  readonly runs: Map<number, ModelRun>
  readonly kept: Map<string, Kept>
  /** The record on which an identical blocked start is counted. */
  readonly collapsing: Map<string, number>
  /** The last run whose work was written, by workspace. */
  readonly written: (number | null)[]
  forbidden: number
  /** Every start that was answered with a run, in order. */
  readonly asked: Asked[]
  readonly starts: { id: number; asked: Asked; verdict: Verdict }[]
  readonly claims: { id: number; runId: number; instead: Ended | null }[]
  readonly sweeps: {
    id: number
    found: { runId: number; token: number; signs: number; wasAsked: boolean }[]
  }[]
  readonly workers: ModelWorker[]
  nextId: number
}

interface Place {
  readonly tenant: number
  readonly identity: string
  readonly scope: string
  readonly connection: number | null
}
export type Verdict =
  | (Place & { readonly kind: 'accepted' })
  | { readonly kind: 'deduped' | 'scope_busy'; readonly holder: number }
  | (Place & { readonly kind: 'blocked'; readonly reason: string })
export type Prediction =
  | { readonly kind: 'invisible' | 'forbidden' | 'key_reused' }
  | { readonly kind: 'replayed'; readonly said: Said }
  | Verdict

/** What a start has to be answered now. The order of the lines is the order of the checks. */
export function predict(model: Model, asked: Asked): Prediction {
  const tenant = seenTenant(model, asked)
  if (tenant === undefined) return { kind: 'invisible' }
  if (!mayStart(model, asked.person, tenant, asked.operation)) return { kind: 'forbidden' }
  const kept = model.kept.get(keyOf(asked))
  if (kept)
    return kept.request === requestOf(asked) ? { kind: 'replayed', said: kept.said } : { kind: 'key_reused' }
  return decide(model, asked, tenant)
}

/** What a start has to be answered once it is known which tenant is meant, and that the person may. */
function decide(model: Model, asked: Asked, tenant: number): Verdict {
  const { operation, selection } = asked
  const connection = asked.connection ?? defaultOf(model, tenant)
  const scope = scopeOf(model, tenant)
  const ofCheck = operation === 'provider.connection.check' ? connection : null
  const identity = `${operation} ${scope} ${selection} ${ofCheck}`
  const place: Place = { tenant, scope, connection, identity }

  const reason = obstacle(model, place, operation)
  if (reason) return { ...place, kind: 'blocked', reason }
  const [active] = activeRuns(model).filter(([, run]) => run.scope === scope)
  if (!active) return { ...place, kind: 'accepted' }
  const [holder, run] = active
  return { kind: run.identity === identity ? 'deduped' : 'scope_busy', holder }
}

function obstacle(model: Model, { connection, tenant }: Place, operation: Operation): string | null {
  const { archived, conflicted, frozen, workspace } = at(model.tenants, tenant)
  if (archived) return 'tenant_not_operable'
  if (conflicted && OPERATIONS[operation].full) return 'tenant_directory_claimed'
  if (model.paused.has(pauseOf(workspace, operation))) return 'operation_paused'
  if (frozen) return 'tenant_frozen'
  if (connection === null) return 'provider_connection_default_missing'
  const unready = objectionTo(model, connection, operation)
  if (unready) return unready
  const { throttled } = at(model.connections, connection)
  return OPERATIONS[operation].full && throttled ? 'provider_throttled' : null
}

/**
 * What a start may still be answered although others acted since it was decided: a refusal is told as it
 * was found, another run only if it is still active, and a run is admitted only on ground that is as it was.
 */
export function stillHolds(model: Model, asked: Asked, verdict: Verdict): boolean {
  if (model.kept.has(keyOf(asked))) return false
  if (verdict.kind === 'blocked') return true
  if (verdict.kind !== 'accepted') return runOf(model, verdict.holder).phase !== 'completed'
  const may = mayStart(model, asked.person, verdict.tenant, asked.operation)
  return may && JSON.stringify(decide(model, asked, verdict.tenant)) === JSON.stringify(verdict)
}

/** How a queued run has to end instead of being carried out; null when it may be. */
export function endingInstead(model: Model, run: ModelRun): Ended | null {
  if (run.wish) return { outcome: 'cancelled', reason: 'run_cancelled' }
  const reason = objectionToRun(model, run)
  return reason === null ? null : { outcome: 'blocked', reason }
}

function objectionToRun(model: Model, { connection, operation, person, tenant }: ModelRun): string | null {
  const { archived, conflicted } = at(model.tenants, tenant)
  if (archived) return 'tenant_not_operable'
  if (conflicted && OPERATIONS[operation].full) return 'tenant_directory_claimed'
  if (!mayStart(model, person, tenant, operation)) return 'authorization_lost'
  return objectionTo(model, connection ?? -1, operation)
}

function objectionTo(model: Model, connection: number, operation: Operation): string | null {
  const { enabled, rejected } = at(model.connections, connection)
  if (!enabled) return 'provider_connection_disabled'
  return OPERATIONS[operation].full && rejected ? 'provider_credential_rejected' : null
}

/** The tenant that a person means: of several with one directory not an archived one, then the proven, then the older one. */
function seenTenant(model: Model, { by, connection, person, tenant }: Asked): number | undefined {
  const { directory } = at(model.tenants, tenant)
  const seen = model.tenants.flatMap((candidate, place) => {
    const meant = by === 'record' ? place === tenant : candidate.directory === directory
    const reached = model.roles[person]?.[candidate.workspace]
    const fits = connection === null || at(model.connections, connection).tenant === place
    return meant && reached && fits ? [place] : []
  })
  const operated = seen.filter((place) => !at(model.tenants, place).archived)
  const choice = operated.length > 0 ? operated : seen
  return choice.find((place) => at(model.tenants, place).proven) ?? choice[0]
}

function mayStart(model: Model, person: number, tenant: number, operation: Operation): boolean {
  const role = model.roles[person]?.[at(model.tenants, tenant).workspace]
  return (OPERATIONS[operation].roles as readonly unknown[]).includes(role)
}

function defaultOf(model: Model, tenant: number): number | null {
  const place = model.connections.findIndex((one) => one.tenant === tenant && one.isDefault)
  return place < 0 ? null : place
}

/** A proven tenant works on its directory; an unproven or archived one claims nothing but itself. */
function scopeOf(model: Model, tenant: number): string {
  const { archived, directory, proven } = at(model.tenants, tenant)
  return proven && !archived ? `directory ${directory}` : `directory ${directory} of tenant ${tenant}`
}

/** Writes down what was answered by a verdict; `runId` is the run that the answer names. */
export function settle(model: Model, asked: Asked, verdict: Verdict, said: Said): void {
  const runId = said.runId ?? 0
  if (verdict.kind === 'accepted')
    model.runs.set(runId, { ...newRun(asked, verdict), admitted: true, phase: 'queued', wakeUps: 1 })
  if (verdict.kind === 'blocked' && !model.runs.has(runId)) {
    model.runs.set(runId, {
      ...newRun(asked, verdict),
      admitted: false,
      phase: 'completed',
      ended: { outcome: 'blocked', reason: verdict.reason },
    })
    model.collapsing.set(collapseOf(asked, verdict), runId)
  }
  runOf(model, runId).startsAnswered += 1
  model.asked.push(asked)
  if (asked.key !== null) model.kept.set(keyOf(asked), { request: requestOf(asked), said })
}

const newRun = ({ operation, person }: Asked, { connection, identity, scope, tenant }: Place) => ({
  tenant,
  person,
  operation,
  identity,
  scope,
  connection,
  attempt: 0,
  token: 0,
  wish: null,
  waits: 'no' as const,
  silent: false,
  signs: 0,
  done: null,
  ended: null,
  old: false,
  wakeUps: 0,
  startsAnswered: 0,
})

/** A worker takes a queued run. */
export function takeUp(run: ModelRun): void {
  run.phase = 'running'
  run.attempt += 1
  run.token += 1
  run.waits = 'no'
  showLife(run)
}

/** A heartbeat, or a claim: the lease begins anew. */
export function showLife(run: ModelRun): void {
  run.signs += 1
  run.silent = false
}

/** A run goes back into the queue under a new token, with a wake-up of its own. */
export function putBack(run: ModelRun): void {
  run.phase = 'queued'
  run.token += 1
  run.silent = false
  run.wakeUps += 1
}

/** A run ends, once and for all. */
export function end(run: ModelRun, ended: Ended): void {
  run.phase = 'completed'
  run.ended = ended
  run.waits = 'no'
  run.silent = false
}

/** What a sweep does for a run that it has found silent, and at that time asked to stop or not. */
export function rescue(run: ModelRun, wasAsked: boolean): 'requeued' | 'ended' | 'left alone' {
  if (wasAsked) {
    end(run, { outcome: 'cancelled', reason: 'run_cancelled' })
    return 'ended'
  }
  if (run.wish && run.attempt < OPERATIONS[run.operation].attempts) return 'left alone'
  if (run.attempt < OPERATIONS[run.operation].attempts) {
    putBack(run)
    return 'requeued'
  }
  end(run, { outcome: 'failed', reason: 'run_stale' })
  return 'ended'
}

/** The sweep wakes a worker for a run that was queued long ago and has no wake-up left. */
export const isForgotten = (run: ModelRun): boolean =>
  run.phase === 'queued' &&
  run.wakeUps === 0 &&
  (run.waits === 'no longer' || (run.waits === 'no' && run.old))

/** Whether a worker still has its run. */
export const holds = (model: Model, { runId, token }: ModelWorker): boolean => {
  const run = runOf(model, runId)
  return run.phase === 'running' && run.token === token
}

/** Whether a run that is put aside has nothing left to wait for: its tenant is archived, or its connection off. */
export const isGroundGone = (model: Model, { connection, tenant }: ModelRun): boolean =>
  at(model.tenants, tenant).archived || !at(model.connections, connection ?? -1).enabled

/** A directory belongs to the first tenant that proved control of it, until that one is archived. */
export function prove(model: Model, tenant: number): void {
  const one = at(model.tenants, tenant)
  if (one.proven || one.archived) return
  one.conflicted =
    isClaimed(model, tenant) ||
    activeRuns(model).some(([, run]) => run.tenant !== tenant && run.scope === `directory ${one.directory}`)
  one.proven = !one.conflicted
}

/** A tenant returns from the archive; what somebody else has proven meanwhile it has to prove anew. */
export function bringBack(model: Model, tenant: number): void {
  const one = at(model.tenants, tenant)
  one.archived = false
  if (isClaimed(model, tenant)) one.proven = false
}

function isClaimed({ tenants }: Model, tenant: number): boolean {
  const { directory } = at(tenants, tenant)
  return tenants.some(
    (other, place) => place !== tenant && other.directory === directory && other.proven && !other.archived,
  )
}

export function runOf(model: Model, runId: number): ModelRun {
  const run = model.runs.get(runId)
  if (!run) throw new Error(`The model knows no run ${runId}`)
  return run
}

export const activeRuns = (model: Model) => [...model.runs].filter(([, run]) => run.phase !== 'completed')

export const pauseOf = (workspace: number, operation: Operation) => `${operation} in ${workspace}`
const keyOf = ({ key, person }: Asked) => `${person} ${key ?? 'without a key'}`
export const requestOf = ({ key: _, ...asked }: Asked) => JSON.stringify(asked)
export const collapseOf = ({ person }: Asked, { identity, reason }: Place & { reason: string }) =>
  `${person} ${identity} ${reason}`

/** The member at a place that is known to be taken. */
export function at<Member>(list: readonly Member[], place: number): Member {
  const member = list[place]
  if (member === undefined) throw new Error(`Nothing is at place ${place}`)
  return member
}
