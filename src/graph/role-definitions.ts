import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import type { GraphClient } from './client.ts'
import type { Result } from './failure.ts'
import type { Page } from './pages.ts'

/** A directory role as Microsoft defines it, with the whole object it came as. */
export interface RoleDefinition {
  readonly id: string
  readonly displayName: string
  readonly description: string | null
  readonly isBuiltIn: boolean
  readonly isEnabled: boolean
  readonly templateId: string | null
  readonly version: string | null
  readonly raw: Json
}

const roleDefinition = z
  .object({
    id: z.string(),
    displayName: z.string(),
    description: z.string().nullish(),
    isBuiltIn: z.boolean(),
    isEnabled: z.boolean(),
    templateId: z.string().nullish(),
    version: z.string().nullish(),
  })
  .catchall(z.json())
  .transform(
    (raw): RoleDefinition => ({
      id: raw.id,
      displayName: raw.displayName,
      description: raw.description ?? null,
      isBuiltIn: raw.isBuiltIn,
      isEnabled: raw.isEnabled,
      templateId: raw.templateId ?? null,
      version: raw.version ?? null,
      raw,
    }),
  )

/** Every role definition of the directory, page by page, from a page's link on or from the first. There is no delta for them. */
export const roleDefinitionPages = (
  client: GraphClient,
  link: string | null = null,
): AsyncGenerator<Result<Page<RoleDefinition>>> =>
  client.pages(link === null ? COLLECTION : { kind: 'link', url: link }, roleDefinition)

const COLLECTION = { kind: 'path', path: '/roleManagement/directory/roleDefinitions' } as const
