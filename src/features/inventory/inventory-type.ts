import type { PolicyList, RawPolicy } from '../../graph/index.ts'

/** What has to be read of each policy beside the list that it stands in. */
export interface PolicyDetail {
  /** `settings`: a list of its own, 25 a page. `object`: the policy itself, whose list leaves something out. */
  readonly kind: 'settings' | 'object'
  path(policyId: string): string
}

/** One type of policies: where Microsoft keeps them, and what they are called there. */
export interface InventoryType extends PolicyList {
  nameOf(policy: RawPolicy): string
  platformOf(policy: RawPolicy): Platform | null
  readonly detail?: PolicyDetail
}

export const PLATFORMS = ['windows', 'macos', 'ios', 'android', 'linux'] as const
export type Platform = (typeof PLATFORMS)[number]

/** A property that is a text, or an empty one. */
export const textOf = (policy: RawPolicy, property: string): string => {
  const value = policy[property]
  return typeof value === 'string' ? value : ''
}

/** Most policies are called by their `displayName`. */
export const displayNameOf = (policy: RawPolicy): string => textOf(policy, 'displayName')

/** Policies for every platform, or about none. */
export const noPlatform = () => null

/** The platform that a name of Microsoft's begins with, such as `#microsoft.graph.iosGeneralDeviceConfiguration`. */
export function platformNamed(name: string): Platform | null {
  const bare = name.replace('#microsoft.graph.', '').toLowerCase()
  const [, platform = null] = BEGINNINGS.find(([beginning]) => bare.startsWith(beginning)) ?? []
  return platform
}

const BEGINNINGS: readonly (readonly [string, Platform])[] = [
  ['windows', 'windows'],
  ['sharedpc', 'windows'],
  ['editionupgrade', 'windows'],
  ['macos', 'macos'],
  ['ios', 'ios'],
  ['android', 'android'],
  ['aosp', 'android'],
  ['linux', 'linux'],
]
