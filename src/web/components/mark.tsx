import { Glyph, type GlyphName } from '../look/index.ts'
import { type Tone, toneClass } from './tone.ts'

/** What a run, a tenant or a fact can be, as a person sees it. */
export type StateName =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'stopping'
  | 'succeeded'
  | 'partially_succeeded'
  | 'blocked'
  | 'failed'
  | 'cancelled'
  | 'likely_stale'
  | 'ready'
  | 'partly_ready'
  | 'not_ready'
  | 'check_first'
  | 'archived'

/** The four answers to a start. */
export type AnswerKind = 'accepted' | 'deduped' | 'scope_busy' | 'blocked'

export type MarkName = StateName | AnswerKind | 'skipped' | 'alive'

/** The whole language of states: each has its own outline, and a tone that comes second. */
const MARKS: Readonly<Record<MarkName, { glyph: GlyphName; tone: Tone; turns?: true }>> = {
  queued: { glyph: 'queued', tone: 'rest' },
  running: { glyph: 'running', tone: 'live', turns: true },
  waiting: { glyph: 'waiting', tone: 'rest' },
  stopping: { glyph: 'stopping', tone: 'rest' },
  succeeded: { glyph: 'succeeded', tone: 'good' },
  partially_succeeded: { glyph: 'partial', tone: 'act' },
  blocked: { glyph: 'blocked', tone: 'act' },
  failed: { glyph: 'failed', tone: 'broken' },
  cancelled: { glyph: 'cancelled', tone: 'rest' },
  likely_stale: { glyph: 'stale', tone: 'act' },
  ready: { glyph: 'succeeded', tone: 'good' },
  partly_ready: { glyph: 'partial', tone: 'act' },
  not_ready: { glyph: 'blocked', tone: 'act' },
  check_first: { glyph: 'age', tone: 'act' },
  archived: { glyph: 'archived', tone: 'rest' },
  accepted: { glyph: 'accepted', tone: 'live' },
  deduped: { glyph: 'same', tone: 'live' },
  scope_busy: { glyph: 'busy', tone: 'rest' },
  skipped: { glyph: 'skipped', tone: 'rest' },
  alive: { glyph: 'alive', tone: 'good' },
}

export const toneOf = (name: MarkName): Tone => MARKS[name].tone

interface MarkProps {
  name: MarkName
  size?: 'small' | 'usual' | 'large'
}

/** The glyph of a state in its tone; always beside a word that says the same. */
export const Mark = ({ name, size = 'usual' }: MarkProps) => {
  const { glyph, tone, turns } = MARKS[name]
  return <Glyph name={glyph} size={size} look={`${toneClass(tone)}${turns ? ' spin' : ''}`} />
}
