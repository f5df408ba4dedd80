import { z } from 'zod'
import { legible } from '../../../kernel/index.ts'
import type { Fact } from '../../../web/components/index.ts'
import type { TenantList } from '../../tenant-lists/index.ts'
import { AllowedActions } from './allowed-actions.tsx'
import {
  countRoleDefinitions,
  findRoleDefinitions,
  type ListedRoleDefinition,
  ROLE_DEFINITION_SHOWS,
  type RoleDefinitionShow,
  roleDefinitionById,
  type SeenRoleDefinition,
} from './role-definitions.sql.ts'
import { type RoleDefinitionWords, roleDefinitionWords } from './role-definitions.words.ts'

/** The role definitions of a tenant's directory, and the sync that reads them anew. */
export const ROLE_DEFINITIONS: TenantList<
  RoleDefinitionShow,
  RoleDefinitionWords,
  ListedRoleDefinition,
  SeenRoleDefinition
> = {
  tab: 'roles',
  surface: 'role_definitions',
  operation: 'directory.role_definitions.sync',
  view: 'tenant.directory.view',
  path: 'directory/role-definitions',
  plural: 'roleDefinitions',
  shows: ROLE_DEFINITION_SHOWS,
  words: roleDefinitionWords,
  below: ({ description }) => description,
  columns: [
    { label: ({ columns }) => columns.kind, cell: kindOf },
    { label: ({ columns }) => columns.state, cell: stateOf },
  ],
  facts: (definition, words) => [
    { label: words.columns.kind, value: kindOf(definition, words) },
    { label: words.columns.state, value: stateOf(definition, words) },
  ],
  moreFacts: (definition, words) => {
    const { templateId, version } = origin.safeParse(definition.raw).data ?? {}
    return [...textFact(words.templateId, templateId), ...textFact(words.version, version)]
  },
  goneHow: () => null,
  parts: ({ raw }, words) => <AllowedActions raw={raw} words={words} />,
  json: ({ is_built_in, is_enabled }) => ({ isBuiltIn: is_built_in, isEnabled: is_enabled }),
  find: findRoleDefinitions,
  count: (db, tenantId) => countRoleDefinitions(db, tenantId, ''),
  one: roleDefinitionById,
}

type Either = ListedRoleDefinition | SeenRoleDefinition

function kindOf({ is_built_in }: Either, words: RoleDefinitionWords): string {
  return is_built_in ? words.builtIn : words.custom
}

function stateOf({ is_enabled }: Either, words: RoleDefinitionWords): string {
  return is_enabled ? words.enabled : words.disabled
}

const origin = z.object({ templateId: z.string().nullish(), version: z.string().nullish() })

const textFact = (label: string, value: string | null | undefined): Fact[] =>
  value ? [{ label, value: <span class="mono break-all">{legible(value)}</span> }] : []
