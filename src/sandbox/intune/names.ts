import type { Place } from './kind.ts'

const RINGS = ['Production', 'Ring 1 Pilot', 'Ring 2 Broad', 'Shared devices', 'Ring 0 IT'] as const

/** A theme of policies, such as BitLocker, and the platform it is for. */
export interface Theme {
  readonly platform: string
  readonly theme: string
}

/**
 * How an operator of many tenants names policy `index`: baseline, platform, theme and ring. Not unique: every
 * 23rd has the name of the one before.
 */
export function policyName(place: Place, index: number, themes: readonly Theme[]): string {
  if (index % 23 === 22) return policyName(place, index - 1, themes)
  const { platform, theme } = themes[index % themes.length] ?? { platform: 'ALL', theme: 'Baseline' }
  const round = Math.floor(index / themes.length)
  const ring = RINGS[round % RINGS.length]
  const release = Math.floor(round / RINGS.length)
  return `${shortName(place)} - ${platform} - ${theme} - ${ring}${release === 0 ? '' : ` v${release + 1}`}`
}

/** Three letters for the customer, as they begin its names. */
export const shortName = ({ domain }: Place): string =>
  domain
    .replace(/[^a-z]/gi, '')
    .slice(0, 3)
    .toUpperCase()

/** A sentence about a policy; every fourth has none. */
export const descriptionOf = (index: number, theme: string): string | null =>
  index % 4 === 3 ? null : `${theme}: part of the managed baseline. Do not edit by hand.`

/** Scope tags: the default one, and on every seventh another one where there is one. */
export const scopeTagsOf = ({ sizes }: Place, index: number): string[] =>
  index % 7 === 3 && sizes.roleScopeTags > 1 ? ['0', String(1 + (index % (sizes.roleScopeTags - 1)))] : ['0']
