import { median } from './measure.ts'
import type { FirstRound, SizeMeasured, WholeRound } from './sync-parts.ts'

const seconds = (ms: number) => (ms / 1000).toFixed(1)

/** Prints first syncs beside readings for nothing. */
export function sayFirst(groups: number, rounds: readonly FirstRound[]): void {
  console.log(
    `| first sync of ${groups} groups | read and dropped s | the same as we read s | synced s | synced / read | synced / as we read |\n|---|---:|---:|---:|---:|---:|`,
  )
  for (const [index, round] of rounds.entries()) sayRow(`round ${index + 1}`, [round])
  sayRow('median', rounds)
  console.log()
}

function sayRow(name: string, rounds: readonly FirstRound[]): void {
  const middle = (of: (round: FirstRound) => number) => median(rounds.map(of))
  const times = [middle(({ read }) => read), middle((r) => r.readAsWeDo), middle(({ sync }) => sync)]
  const ratios = [middle(({ read, sync }) => sync / read), middle((r) => r.sync / r.readAsWeDo)]
  console.log(`| ${[name, ...times.map(seconds), ...ratios.map((ratio) => ratio.toFixed(2))].join(' | ')} |`)
}

/** Prints first and second readings of what is always read whole beside readings for nothing. */
export function sayWhole(what: string, rounds: readonly WholeRound[]): void {
  console.log(
    `| ${what} | read and dropped s | the same as we read s | first s | first / read | first / as we read | again s | again / read |\n|---|---:|---:|---:|---:|---:|---:|---:|`,
  )
  const say = (name: string, some: readonly WholeRound[]) => {
    const middle = (of: (round: WholeRound) => number) => median(some.map(of))
    const cells = [
      seconds(middle(({ read }) => read)),
      seconds(middle(({ readAsWeDo }) => readAsWeDo)),
      seconds(middle(({ sync }) => sync)),
      middle(({ read, sync }) => sync / read).toFixed(2),
      middle(({ readAsWeDo, sync }) => sync / readAsWeDo).toFixed(2),
      seconds(middle(({ again }) => again)),
      middle(({ again, read }) => again / read).toFixed(2),
    ]
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  }
  for (const [index, round] of rounds.entries()) say(`round ${index + 1}`, [round])
  say('median', rounds)
  console.log()
}

/** Prints what each size takes. */
export function saySizes(sizes: readonly SizeMeasured[]): void {
  console.log(
    '| groups | first sync s | memory before MB | grew by MB | held by the embedded database MB | no change: requests | ms | 100 changes: requests | ms |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
  )
  for (const { changed, first, groups, memory, unchanged } of sizes) {
    const { before, embedded, growth } = memory
    const cells = [groups, seconds(first), ...[before, growth, embedded].map(Math.round)]
    const later = [unchanged, changed].flatMap(({ ms, requests }) => [requests, ms.toFixed(0)])
    console.log(`| ${[...cells, ...later].join(' | ')} |`)
    if (changed.seen !== Math.min(100, groups)) console.log(`\nOf 100 changes ${changed.seen} were seen.\n`)
  }
  console.log()
}
