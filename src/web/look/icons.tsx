/** The one file every icon refers to; it keeps its name, so that no page has to pass it along. */
const SPRITE = '/assets/sprite.svg'

export type IconName =
  | 'arrow'
  | 'audit'
  | 'bell'
  | 'check'
  | 'close'
  | 'connections'
  | 'controls'
  | 'copy'
  | 'down'
  | 'fleet'
  | 'key'
  | 'left'
  | 'lock'
  | 'members'
  | 'menu'
  | 'more'
  | 'onboarding'
  | 'operations'
  | 'overview'
  | 'right'
  | 'schedules'
  | 'search'
  | 'settings'
  | 'sign-out'
  | 'tenants'
  | 'up'
  | 'updown'

export type GlyphName =
  | 'accepted'
  | 'age'
  | 'alive'
  | 'archived'
  | 'blocked'
  | 'busy'
  | 'cancelled'
  | 'failed'
  | 'partial'
  | 'queued'
  | 'running'
  | 'same'
  | 'skipped'
  | 'stale'
  | 'stopping'
  | 'succeeded'
  | 'waiting'

const ICON_SIZES = { small: 'size-3.5', usual: 'size-4', bar: 'size-[1.125rem]', dock: 'size-5' } as const
const GLYPH_SIZES = { small: 'glyph glyph-sm', usual: 'glyph', large: 'glyph glyph-lg' } as const

/** An icon of the interface: decoration beside a word, never the only name of a control. */
export const Icon = ({ name, size = 'usual' }: { name: IconName; size?: keyof typeof ICON_SIZES }) => (
  <svg class={`icon ${ICON_SIZES[size]}`} aria-hidden="true">
    <use href={`${SPRITE}#i-${name}`} />
  </svg>
)

interface GlyphProps {
  name: GlyphName
  size?: keyof typeof GLYPH_SIZES
  /** Further classes of the look, such as a tone. */
  look?: string
}

/** A glyph of the state language; its colour is the tone of the place it stands in. */
export const Glyph = ({ name, size = 'usual', look = '' }: GlyphProps) => (
  <svg class={`${GLYPH_SIZES[size]} ${look}`.trim()} aria-hidden="true">
    <use href={`${SPRITE}#g-${name}`} />
  </svg>
)
