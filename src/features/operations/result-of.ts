import type { Counts } from '../../engine/runs/index.ts'
import { newsOf } from './news-of.ts'

/** The words with which the numbers of a run are told. */
export interface ResultWords {
  readonly created: string
  readonly changed: string
  readonly gone: string
  readonly unchanged: (count: string) => string
  readonly nothingChanged: string
  /** Nothing is different, and so much was looked at. */
  readonly allAsBefore: (count: string) => string
  readonly read: (count: string) => string
  readonly facts: (passed: string, of: string) => string
}

/** What came of a run in a few words: what is new, changed and gone, or that nothing is; empty where nothing was counted. */
export function resultOf(counts: Counts, words: ResultWords, count: (value: number) => string): string {
  const { checks, passed = 0, seen, unchanged = 0 } = counts
  if (checks !== undefined) return words.facts(count(passed), count(checks))
  const news = newsOf(counts, [words.created, words.changed, words.gone], count)
  if (news) return unchanged > 0 ? `${news}, ${words.unchanged(count(unchanged))}` : news
  if (unchanged > 0) return words.allAsBefore(count(unchanged))
  if (counts.created !== undefined) return words.nothingChanged
  return seen === undefined ? '' : words.read(count(seen))
}
