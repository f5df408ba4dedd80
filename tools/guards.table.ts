/** Something that keeps a promise, how it is taken out, and the tests that have to miss it. */
export interface Guard {
  readonly what: string
  readonly file: string
  readonly find: string
  readonly instead: string
  readonly tests: readonly string[]
}

const START = 'src/engine/gate/start.ts'
const COMMIT = 'src/engine/gate/commit.sql.ts'
const LEASE = 'src/engine/worker/lease.sql.ts'
const SWEEP = 'src/engine/worker/sweep.sql.ts'
const END = 'src/engine/runs/end-run.sql.ts'
const RUNS = 'src/database/migrations/004-operation-runs.ts'

const BETWEEN = 'tests/races/between-facts-and-commit'
const WAITING = 'tests/races/waiting-for-a-winner'
const KEPT = 'tests/model/kept'
const ROTATION = 'src/features/connections/rotation'
const WORK_ON = 'src/engine/worker/work-on'

/** Every guard of the gate, the runs and the workers, in the order in which a start meets them. */
export const GUARDS: readonly Guard[] = [
  {
    what: 'who does not reach a tenant does not see it',
    file: 'src/engine/gate/facts.sql.ts',
    find: 'where ${targeted(asked.target)} and ${reaches}',
    instead: 'where ${targeted(asked.target)}',
    tests: ['src/engine/gate/admissible', BETWEEN],
  },
  {
    what: 'an explicit connection belongs to the tenant',
    file: 'src/engine/gate/facts.sql.ts',
    find: ' and ${hasAskedConnection(asked)}',
    instead: '',
    tests: ['src/engine/gate/admissible'],
  },
  {
    what: 'an operation is started only on its surfaces',
    file: 'src/engine/gate/admissible.ts',
    find: "if (!definition.surfaces.includes(surface)) return { kind: 'invisible' }",
    instead: '',
    tests: ['src/engine/gate/admissible'],
  },
  {
    what: 'the role has to allow the operation',
    file: 'src/engine/gate/admissible.ts',
    find: 'if (!roleMay(ground.role, definition.capability)) {',
    instead: 'if (ground.role === (null as never)) {',
    tests: ['src/engine/gate/start.test'],
  },
  {
    what: 'a refusal for want of a capability is audited',
    file: 'src/engine/gate/admissible.ts',
    find: 'await recordForbidden(gate.db, ask, ground)',
    instead: '',
    tests: ['src/engine/gate/start.test'],
  },
  {
    what: 'a key is not used again with another body',
    file: START,
    find: "if (kept.requestHash !== idempotency?.requestHash) return { kind: 'key_reused' }",
    instead: '',
    tests: ['src/engine/gate/start.test'],
  },
  {
    what: 'a start whose ground shifted is decided again',
    file: START,
    find: 'const MOST_TURNS = 10',
    instead: 'const MOST_TURNS = 1',
    tests: [WAITING],
  },
  {
    what: 'a key that was used between facts and commit is asked for again',
    file: START,
    find: "  '23505', // unique_violation",
    instead: "  'none', // unique_violation",
    tests: [BETWEEN],
  },
  {
    what: 'admit: the tenant’s guard is as the facts saw it',
    file: COMMIT,
    find: 'and version = ${facts.tenant.guardVersion} for share',
    instead: 'for share',
    tests: [BETWEEN],
  },
  {
    what: 'admit: the connection is as the facts saw it',
    file: COMMIT,
    find: 'and c.version = ${connection.version} for share of c',
    instead: 'for share of c',
    tests: [BETWEEN],
  },
  {
    what: 'admit: the guard is locked',
    file: COMMIT,
    find: 'and version = ${facts.tenant.guardVersion} for share',
    instead: 'and version = ${facts.tenant.guardVersion}',
    tests: [WAITING],
  },
  {
    what: 'admit: the connection is locked',
    file: COMMIT,
    find: 'and c.version = ${connection.version} for share of c',
    instead: 'and c.version = ${connection.version}',
    tests: [WAITING],
  },
  {
    what: 'join: only a run that is active is named',
    file: COMMIT,
    find: 'where id = ${holderId} and ${isActive}',
    instead: 'where id = ${holderId}',
    tests: [BETWEEN],
  },
  {
    what: 'block: the same attempt within a quarter of an hour is counted, a later one is not',
    file: COMMIT,
    find: "and created_at <= now() - interval '15 minutes'",
    instead: 'and false',
    tests: [KEPT, 'tests/model/on-embedded'],
  },
  {
    what: 'the active run of a scope is looked up by its scope',
    file: 'src/engine/gate/facts.sql.ts',
    find: 'where a.scope_key = t.scope_key',
    instead: "where a.scope_key || '' = t.scope_key",
    tests: ['src/engine/gate/cost'],
  },
  {
    what: 'a run is looked up by its id',
    file: 'src/engine/runs/status.sql.ts',
    find: "export const isActive = sql`status || '' in",
    instead: 'export const isActive = sql`status in',
    tests: ['src/engine/gate/cost'],
  },
  {
    what: 'the wake-up is announced',
    file: COMMIT,
    find: ' from run where (select count(*) from notified) >= 0`',
    instead: ' from run`',
    tests: ['src/engine/queue/wake'],
  },
  {
    what: 'claim: only a queued run is taken',
    file: LEASE,
    find: 'and ${isQueued} and',
    instead: 'and',
    tests: [WORK_ON],
  },
  {
    what: 'claim: the tenant’s guard is as it was authorised on',
    file: LEASE,
    find: 'and version = ${facts.tenant.guardVersion} for share',
    instead: 'for share',
    tests: ['src/engine/worker', KEPT],
  },
  {
    what: 'claim: the connection is as it was authorised on',
    file: LEASE,
    find: 'and c.version = ${facts.connection.version} for share of c',
    instead: 'for share of c',
    tests: ['src/engine/worker', KEPT],
  },
  {
    what: 'a worker judges a run again before it takes it',
    file: 'src/engine/worker/worker.ts',
    find: "return reason && { outcome: 'blocked', reason }",
    instead: 'return reason && null',
    tests: ['src/engine/worker/authorise-run'],
  },
  {
    what: 'a run that is asked to stop is not taken up again',
    file: 'src/engine/worker/worker.ts',
    find: 'if (facts.run.cancelRequested)',
    instead: "if (facts.run.cancelledBy === 'nobody at all')",
    tests: [WORK_ON],
  },
  {
    what: 'heartbeat: only of the worker that holds the run',
    file: LEASE,
    find: "interval '1s'\n    where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}",
    instead: "interval '1s'\n    where id = ${run.id} and ${isRunning}",
    tests: [WORK_ON],
  },
  {
    what: 'progress: only of the worker that holds the run',
    file: LEASE,
    find: 'heartbeat_at = now()\n    where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}',
    instead: 'heartbeat_at = now()\n    where id = ${run.id} and ${isRunning}',
    tests: [WORK_ON],
  },
  {
    what: 'give back: only by the worker that holds the run',
    file: LEASE,
    find: 'where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}\n      returning id',
    instead: 'where id = ${run.id} and ${isRunning}\n      returning id',
    tests: [KEPT],
  },
  {
    what: 'finish: only by the worker that holds the run',
    file: END,
    find: 'sql`${isRunning} and fencing_token = ${expected.fencingToken}`',
    instead: 'isRunning',
    tests: ['src/engine/runs/end-run', WORK_ON],
  },
  {
    what: 'what a late worker learned is not written',
    file: 'src/engine/worker/worker.ts',
    find: 'if (!ended) throw new RunLost()',
    instead: '',
    tests: [WORK_ON],
  },
  {
    what: 'a worker past its lease stops by the clocks',
    file: 'src/engine/worker/hold.ts',
    find: "if (elapsed(worker, heard) > leaseSeconds * 900) stopWith({ kind: 'lost' })",
    instead: '',
    tests: ['tests/races/late-worker'],
  },
  {
    what: 'the lease counts from before the claim',
    file: 'src/engine/worker/worker.ts',
    find: 'hold(worker, taken.run, taken.since)',
    instead: 'hold(worker, taken.run, momentOf(worker))',
    tests: ['tests/races/late-worker'],
  },
  {
    what: 'a worker that stopped by the clocks prolongs nothing',
    file: 'src/engine/worker/hold.ts',
    find: "if (stop?.kind === 'lost') return",
    instead: "if (stop?.kind === 'never') return",
    tests: ['tests/races/late-worker'],
  },
  {
    what: 'a leaving process passes its wake-ups on',
    file: 'src/engine/worker/worker.ts',
    find: 'await wake(worker.db, runId)',
    instead: '',
    tests: [WORK_ON],
  },
  {
    what: 'a worker whose heartbeat is refused stops',
    file: 'src/engine/worker/hold.ts',
    find: "if (!word) stopWith({ kind: 'lost' })",
    instead: 'if (!word) return',
    tests: [WORK_ON],
  },
  {
    what: 'nothing is sent for work that is over',
    file: 'src/graph/session.ts',
    find: 'maySend?.() === false',
    instead: 'maySend === null',
    tests: ['src/graph/client', 'tests/races/late-worker'],
  },
  {
    what: 'rescue: not while a request may be on the wire',
    file: SWEEP,
    find: "lease_until < now() - ${requestTimeoutSeconds} * interval '1s'",
    instead: 'lease_until < now()',
    tests: ['src/engine/worker/sweep'],
  },
  {
    what: 'rescue: not after a sign of life',
    file: SWEEP,
    find: '\n        and heartbeat_at = ${run.heartbeatAt}::timestamptz',
    instead: '',
    tests: ['src/engine/worker/sweep'],
  },
  {
    what: 'rescue: the old token is worth nothing',
    file: SWEEP,
    find: "status = 'queued', lease_until = null, fencing_token = fencing_token + 1",
    instead: "status = 'queued', lease_until = null",
    tests: [WORK_ON, KEPT],
  },
  {
    what: 'rescue: a stale end asks for a sign of life, too',
    file: END,
    find: "return 'heartbeatAt' in expected\n    ? sql`${held} and heartbeat_at = ${expected.heartbeatAt}::timestamptz`\n    : held",
    instead: 'return held',
    tests: ['src/engine/runs/end-run', 'src/engine/worker/turns'],
  },
  {
    what: 'rescue: one poisoned run does not stop the others',
    file: 'src/engine/worker/sweep.ts',
    find: 's.report(fault)',
    instead: 'throw fault',
    tests: ['src/engine/worker/sweep'],
  },
  {
    what: 'sweep: a wake-up that died with its process is not alive',
    file: SWEEP,
    find: "or (j.state = 'active' and j.started_on > now() - ${graceSeconds} * interval '1s')",
    instead: "or (j.state = 'active' and ${graceSeconds}::int is not null)",
    tests: ['src/engine/worker/sweep'],
  },
  {
    what: 'cancel: a run that is put back at that moment is asked, too',
    file: 'src/engine/runs/cancel-run.sql.ts',
    find: 'and ${isActive}',
    instead: "and status = 'running'",
    tests: ['src/engine/runs/cancel-run', KEPT],
  },
  {
    what: 'I8: no success over a failed item',
    file: RUNS,
    find: "check (outcome <> 'succeeded' or (failures = '[]'::jsonb and coalesce((counts ->> 'failed')::bigint, 0) = 0))",
    instead: 'check (true)',
    tests: ['src/engine/runs/end-run'],
  },
  {
    what: 'what has ended stays as it ended',
    file: RUNS,
    find: "if old.status = 'completed' and",
    instead: "if old.status = 'never' and",
    tests: ['src/engine/runs/end-run'],
  },
  {
    what: 'audit records are only ever added',
    file: 'src/database/migrations/005-records.ts',
    find: 'before update or delete on audit_records',
    instead: 'before update of at on audit_records',
    tests: ['src/database/records'],
  },
  {
    what: 'changes of a membership bump the guard',
    file: 'src/database/migrations/002-workspaces.ts',
    find: "for (const table of ['workspace_memberships', 'operational_controls'])",
    instead: "for (const table of ['operational_controls'])",
    tests: [BETWEEN],
  },
  {
    what: 'changes of a credential bump the version of its connection',
    file: 'src/database/migrations/003-connections.ts',
    find: 'after insert or update or delete on credentials',
    instead: 'after insert on credentials',
    tests: [BETWEEN],
  },
  {
    what: 'a credential that was refused says nothing of the one that took its place',
    file: 'src/providers/observation.sql.ts',
    find: "where connection_id = ${connectionId} and slot = 'next' and id = ${id}::uuid`.execute(tx)",
    instead: "where connection_id = ${connectionId} and slot = 'next'`.execute(tx)",
    tests: [ROTATION],
  },
  {
    what: 'a refusal of the credential before says nothing of the one in use',
    file: 'src/providers/observation.sql.ts',
    find: 'and (${credentialId}::uuid is null or id = ${credentialId}::uuid)',
    instead: '',
    tests: [ROTATION],
  },
  {
    what: 'only the credential that was tried takes over',
    file: 'src/providers/observation.sql.ts',
    find: "n.slot = 'next' and n.id = ${id}::uuid",
    instead: "n.slot = 'next'",
    tests: [ROTATION],
  },
  {
    what: 'a ciphertext is bound to its credential',
    file: 'src/providers/credential-vault.ts',
    find: '${connectionId}:${credentialId}:${kind}',
    instead: '${connectionId}',
    tests: ['src/providers/credential-vault', ROTATION],
  },
  {
    what: 'a connection that is cut during a pause does not end the process',
    file: 'src/database/preparing-client.ts',
    find: "this.on('error', () => {})",
    instead: '',
    tests: ['tests/races/cuts'],
  },
]
