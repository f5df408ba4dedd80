import type { HolderOfLine } from '../../engine/waiting/index.ts'
import type { Reader } from '../reader.ts'
import { webWords } from '../words.ts'
import { waitingWords } from './waiting.words.ts'

/** How the work in the way gets on. */
export interface HolderSigns {
  readonly heartbeatAt: Date | string | null
  readonly done: number | null
  readonly total: number | null
  readonly waitsUntil: Date | string | null
}

/** "31,240 of 51,204 · last sign of life 3 seconds ago"; nothing of work that has not begun. */
export function signsOf({ done, heartbeatAt, total, waitsUntil }: HolderSigns, reader: Reader): string {
  const words = waitingWords(reader.language)
  const far = done === null ? '' : farOf(done, total, reader)
  const alive = heartbeatAt && !waitsUntil ? words.alive(reader.ago(new Date(heartbeatAt))) : ''
  const waits = waitsUntil ? webWords(reader.language).waitsUntil(reader.moment(new Date(waitsUntil))) : ''
  return [far, waits, alive].filter(Boolean).join(' · ')
}

function farOf(done: number, total: number | null, { count, language }: Reader): string {
  const words = waitingWords(language)
  return total === null ? words.soFar(count(done)) : words.of(count(done), count(total))
}

interface HeldByProps {
  /** Null where this reader may not know which run it is. */
  holder: HolderOfLine | null
  reader: Reader
}

/** "Held by Operation #1849 · Operator One, since 14:28 · 31,240 so far": what a line waits for. */
export function heldBy({ holder, reader }: HeldByProps): string {
  if (!holder) return waitingWords(reader.language).somethingHolds
  const words = webWords(reader.language)
  const who = words.heldBy(holder.runId, holder.initiatorName ?? words.system, reader.say.time(holder.since))
  return [who, signsOf(holder, reader)].filter(Boolean).join(' · ')
}
