import type { Counts } from '../../engine/runs/index.ts'

/** "112 new, 1 gone": what a reading found different, in the given words; empty when nothing is. */
export function newsOf(
  counts: Counts,
  [created, changed, gone]: [string, string, string],
  count: (value: number) => string,
): string {
  const news = [
    [counts.created, created],
    [counts.changed, changed],
    [counts.gone, gone],
  ] as const
  return news.flatMap(([number, word]) => (number ? [`${count(number)} ${word}`] : [])).join(', ')
}
