import { z } from 'zod'

const tags = z.array(z.string())
const tagged = z.object({ roleScopeTagIds: tags.optional(), roleScopeTags: tags.optional() })

/** The ids of the scope tags of a policy; filters have a name of their own for them. Conditional access has none. */
export function scopeTagsOf(raw: unknown): readonly string[] {
  const { data } = tagged.safeParse(raw)
  return data?.roleScopeTagIds ?? data?.roleScopeTags ?? []
}
