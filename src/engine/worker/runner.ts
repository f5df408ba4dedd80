import type { Db } from '../../database/index.ts'
import type { ConnectionObservation } from '../../providers/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import type { Ending } from '../runs/index.ts'
import type { WaitsFor } from './decide-wait.ts'
import type { ClaimedRun, NotedPage } from './lease.sql.ts'

/** One run at work, as its runner sees it. */
export interface Work {
  readonly run: ClaimedRun
  /** Aborted when the run is lost, cancelled, or this process shuts down. */
  readonly signal: AbortSignal
  /**
   * Whether a request may still be sent for this run: false once its lease is over by this process's
   * clocks, even if no timer has run since (the process was suspended). Then the work is stopped, too.
   */
  maySend(): boolean
  readonly db: Db
  /** Notes progress; throws RunLost when the run is no longer this worker's, or has to stop. */
  progress(done: number, total: number | null): Promise<void>
  /**
   * Writes a page of the work: its rows, how far the run has come and the checkpoint from which another
   * worker would go on are one commit, which only the holder of the run can make. Throws RunLost when the
   * run is no longer this worker's, and then nothing of the page is written, or when it has to stop.
   */
  page(write: (tx: Db) => Promise<NotedPage>): Promise<void>
  /**
   * Whether the worker's slot is wanted by others, as of the last page. A runner with a checkpoint then comes
   * back with `MAKES_ROOM`; its run goes to the end of the queue and on from there.
   */
  mustMakeRoom(): boolean
}

/** The run goes back into the queue as it stands, so that others can be worked on. */
export const MAKES_ROOM = 'makes_room'

/** What a runner comes back with. */
export type WorkResult = typeof MAKES_ROOM | WorkEnded

export interface WorkEnded {
  /** How the run ends; as a function it writes its rows in the finishing commit and ends by what it wrote. */
  readonly ending: Ending | ((tx: Db) => Promise<Ending>)
  /** What the work learned about the connection it used. */
  readonly observed?: ConnectionObservation
  /**
   * What the work could go on after. While patience lasts the run is put aside until then, holding no worker,
   * and carried out again from its checkpoint; `ending` is how it ends when patience is over.
   */
  readonly waitsFor?: WaitsFor
}

/** Carries out one kind of operation. It may be run again on the same run; throwing means a bug. */
export type Runner = (work: Work) => Promise<WorkResult>

export type Runners = ReadonlyMap<OperationCode, Runner>

/** The run is no longer this worker's; nothing more may be written or sent for it. */
export class RunLost extends Error {}
