import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PersonalActor } from '../../src/access/index.ts'
import type { DatabaseLocation } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import type { RacePoint } from '../../src/kernel/index.ts'
import type { SeededTenant } from '../world/start-ask.ts'

/** What a process is to do with its life, and where it dies; without a doom it lives until it is killed. */
export interface Life {
  readonly database: DatabaseLocation
  readonly actor: PersonalActor
  readonly tenants: readonly SeededTenant[]
  readonly operations: readonly OperationCode[]
  /** Whether it starts operations for ever; otherwise it ends once everything is done. */
  readonly starts: boolean
  readonly sweeps: boolean
  /** Further people who ask to be started when a directory is free; without any nobody gets in line. */
  readonly waiting?: readonly PersonalActor[]
  /** How many runs it works on at the same time; 4 without it. */
  readonly slots?: number
  /** Whether its work goes on until it is killed. */
  readonly endless?: boolean
  readonly doom: { readonly point: RacePoint; readonly passage: number } | null
}

export type FromMortal = { kind: 'alive' | 'drained' } | { kind: 'fault'; says: string }

/** A process at its life. */
export interface Mortal {
  /** Resolves once it works. */
  readonly alive: Promise<void>
  /** How it went: by which signal or code, and whether it was done. */
  readonly gone: Promise<{ code: number | null; signal: string | null; drained: boolean }>
  /** What it found wrong. */
  readonly faults: readonly string[]
  kill(): void
}

const beget = () =>
  fork(fileURLToPath(new URL('mortal.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })

/** A process that waits for its life, so that the next one need not load everything first. */
let heir: ChildProcess | undefined

/** Leaves no process behind that still waits for its life. */
export function noMoreLives(): void {
  heir?.kill('SIGKILL')
  heir = undefined
}

/** Brings a process into the world. */
export function live(life: Life): Mortal {
  const child = heir ?? beget()
  heir = beget()
  const faults: string[] = []
  let drained = false
  const alive = Promise.withResolvers<void>()
  child.on('message', (message: FromMortal) => {
    if (message.kind === 'alive') alive.resolve()
    if (message.kind === 'drained') drained = true
    if (message.kind === 'fault') faults.push(message.says)
  })
  child.send(life)
  return {
    alive: Promise.race([alive.promise, onExit(child).then(() => {})]),
    gone: onExit(child).then(([code, signal]) => ({ code, signal, drained })),
    faults,
    kill: () => child.kill('SIGKILL'),
  }
}

const onExit = (child: ChildProcess) =>
  once(child, 'exit') as unknown as Promise<[code: number | null, signal: string | null]>
