import type { StateCounts } from './states.ts'

/** The lines of the chart and the columns of its table: every way not to comply, each with its own mark. */
export const LINES = [
  { name: 'noncompliant', tone: 'act', dash: '', mark: 'circle' },
  { name: 'in_grace_period', tone: 'live', dash: '7 4', mark: 'square' },
  { name: 'unknown', tone: 'rest', dash: '1.5 4', mark: 'diamond' },
  { name: 'error', tone: 'broken', dash: '10 3 2 3', mark: 'triangle' },
] as const
export type LineName = (typeof LINES)[number]['name']

/** How many devices a line stands for. */
export const onLine = (name: LineName, states: StateCounts): number =>
  name === 'error' ? states.error + states.conflict : states[name]

/** Devices that somebody may have to look after. */
export const withProblem = (states: StateCounts): number =>
  LINES.reduce((sum, { name }) => sum + onLine(name, states), states.other)
