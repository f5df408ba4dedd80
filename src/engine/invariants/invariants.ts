import type { Db } from '../../database/index.ts'
import {
  admissionsApart,
  decisionsNotRecordedOnce,
  joinedWhatWasNotActive,
  rulesNotInForce,
  runsAcceptedTwice,
  runsChangedByOthers,
  runsNobodyStarted,
  runsOffTheirConnection,
  runsWithoutWakeUp,
  scopesHeldTwice,
  successesWithFailures,
} from './broken.sql.ts'
import type { Offence } from './offences.sql.ts'
import { decisionsThatReplayDifferently } from './replay.ts'
import { endedOtherwise, forgottenInLine, overtakers } from './waiting.sql.ts'

/** A promise of the gate that a database has to keep. */
interface Invariant {
  readonly code: string
  readonly promise: string
  /** The constraints, indexes and triggers that keep it. */
  readonly keptBy: readonly string[]
  readonly check: (db: Db, settings: InvariantSettings) => Promise<readonly Offence[]>
}

export interface InvariantSettings {
  /** How long a queued run may be without a wake-up: twice the pause between sweeps, in seconds. */
  readonly sweepSeconds: number
}

/** The promises of the gate, in the order in which they are numbered. */
const INVARIANTS: readonly Invariant[] = [
  {
    code: 'I1',
    promise: 'at most one queued or running run per protected scope',
    keptBy: ['runs_one_active_per_scope', 'tenants_scope_is_free'],
    check: scopesHeldTwice,
  },
  {
    code: 'I2',
    promise: 'a run, its wake-up and its audit record are one commit, and a queued run is never forgotten',
    keptBy: [],
    check: async (db, { sweepSeconds }) => [
      ...(await admissionsApart(db)),
      ...(await runsWithoutWakeUp(db, sweepSeconds)),
    ],
  },
  {
    code: 'I3',
    promise: 'of many identical starts one is accepted',
    keptBy: ['runs_one_active_per_scope'],
    check: runsAcceptedTwice,
  },
  {
    code: 'I4',
    promise: 'already running and scope busy only name a run that is active',
    keptBy: [
      'guard_tenant',
      'guard_workspace_memberships',
      'guard_tenant_memberships',
      'guard_operational_controls',
      'guard_freeze_windows',
    ],
    check: joinedWhatWasNotActive,
  },
  {
    code: 'I5',
    promise: 'an accepted run carries the connection it was decided on',
    keptBy: [
      'runs_admitted_has_connection',
      'runs_connection_of_tenant',
      'connections_version',
      'credentials_touch_connection',
    ],
    check: runsOffTheirConnection,
  },
  {
    code: 'I6',
    promise: 'every active run came through the gate',
    keptBy: ['runs_unadmitted_is_born_blocked'],
    check: runsNobodyStarted,
  },
  {
    code: 'I7',
    promise: 'only its holder changes a run; it ends once, with one record and one notification',
    keptBy: ['runs_completed_stays', 'runs_running_is_leased', 'notifications_run_id_key'],
    check: runsChangedByOthers,
  },
  {
    code: 'I8',
    promise: 'a run with a failed item is never succeeded',
    keptBy: ['runs_succeeded_without_failures'],
    check: successesWithFailures,
  },
  {
    code: 'I9',
    promise: 'every decision left one audit record, and its facts give the same decision again',
    keptBy: ['audit_is_append_only', 'audit_is_not_emptied', 'runs_collapse'],
    check: async (db) => [
      ...(await decisionsNotRecordedOnce(db)),
      ...(await decisionsThatReplayDifferently(db)),
    ],
  },
  {
    code: 'I11',
    promise: 'who waits for a scope is started in order, once, and never forgotten',
    keptBy: [
      'waiting_starts_one_per_identity',
      'waiting_starts_outcome_names_run',
      'waiting_starts_bounded',
      'waiting_starts_end_once',
      'waiting_starts_follow_tenant',
      'waiting_starts_check_names_connection',
      'waiting_starts_tell',
      'notifications_waiting_once',
    ],
    check: async (db, { sweepSeconds }) => [
      ...(await forgottenInLine(db, sweepSeconds)),
      ...(await endedOtherwise(db)),
      ...(await overtakers(db)),
    ],
  },
]

/** An invariant as it was found: the rows that break it, none when it holds. */
export interface CheckedInvariant {
  readonly code: string
  readonly promise: string
  readonly offences: readonly Offence[]
}

/** Checks I1 to I9 and I11 on a database, live or at rest; writes nothing. */
export async function checkInvariants(
  db: Db,
  settings: InvariantSettings = { sweepSeconds: 120 },
): Promise<readonly CheckedInvariant[]> {
  const checked: CheckedInvariant[] = []
  for (const { check, code, keptBy, promise } of INVARIANTS)
    checked.push({
      code,
      promise,
      offences: [...(await rulesNotInForce(db, keptBy)), ...(await check(db, settings))],
    })
  return checked
}
