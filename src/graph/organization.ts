import { z } from 'zod'
import type { GraphClient } from './client.ts'
import { failed, type Result, success } from './failure.ts'

export interface Organization {
  readonly id: string
  readonly displayName: string
  readonly verifiedDomains: readonly { readonly name: string; readonly isDefault: boolean }[]
}

const organization = z.object({
  id: z.string(),
  displayName: z.string(),
  verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean() })),
})

/** Who the directory belongs to; Graph answers with exactly one. */
export async function readOrganization(client: GraphClient): Promise<Result<Organization>> {
  const answer = await client.get('/organization', z.object({ value: z.array(organization) }))
  if (!answer.ok) return answer
  const [first] = answer.value.value
  return first ? success(first) : failed({ kind: 'unreachable', detail: 'unreadable' })
}
