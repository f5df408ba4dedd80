import { z } from 'zod'
import { legible } from '../../../kernel/index.ts'
import { Part } from '../../../web/components/index.ts'
import type { RoleDefinitionWords } from './role-definitions.words.ts'

const permissions = z.object({
  rolePermissions: z.array(z.object({ allowedResourceActions: z.array(z.string()).catch([]) })).catch([]),
})

/** What a role definition allows, read from the object as Microsoft gave it. */
export const AllowedActions = ({ raw, words }: { raw: unknown; words: RoleDefinitionWords }) => {
  const read = permissions.safeParse(raw)
  const sets = read.success ? read.data.rolePermissions : []
  const actions = [...new Set(sets.flatMap((set) => set.allowedResourceActions))].sort()
  if (actions.length === 0)
    return (
      <Part id="actions" title={words.actions}>
        <p class="text-ink-2">{words.noActions}</p>
      </Part>
    )
  return (
    <Part id="actions" title={words.actions} lead={words.actionCount(actions.length)}>
      <ul class="grid gap-1 text-ui">
        {actions.map((action) => (
          <li class="mono break-all">{legible(action)}</li>
        ))}
      </ul>
    </Part>
  )
}
