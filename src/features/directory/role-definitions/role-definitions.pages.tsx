import { roleMay } from '../../../access/index.ts'
import type { Db } from '../../../database/index.ts'
import { parseDirectoryId, type TenantId } from '../../../kernel/index.ts'
import { frameFor, problem, type Routes, representationFor, type StartEndpoint } from '../../../web/index.ts'
import { roleDefinitionsHref, surroundingsOf, tenantInPath } from '../../tenants/index.ts'
import {
  pageOfRoleDefinitions,
  type Reading,
  type RoleDefinitionList,
  readQuery,
} from './role-definition-list.ts'
import { RoleDefinitionPage } from './role-definition-page.tsx'
import {
  countRoleDefinitions,
  type ListedRoleDefinition,
  lastCompleteReading,
  roleDefinition,
} from './role-definitions.sql.ts'
import { RoleDefinitionsPage } from './role-definitions-page.tsx'

const LIST = '/admin/t/:tenant/directory/role-definitions'

/** What was last read of a tenant's directory, and the sync that reads it anew. */
export const directoryRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.get(LIST, async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { tenant } = found
      if (!roleMay(tenant.role, 'tenant.directory.view')) return problem(web, c, 'forbidden')
      const { edge, query } = readQuery(c.req.query())
      const [page, lastReading] = await Promise.all([
        pageOfRoleDefinitions(web.db, tenant, query, edge),
        readingOf(web.db, tenant.id),
      ])
      if (form === 'json') return c.json(pageAsJson(page, lastReading, roleDefinitionsHref(tenant)))
      const [surroundings, counts] = await Promise.all([
        surroundingsOf(web, c),
        countRoleDefinitions(web.db, tenant.id, query.search),
      ])
      const href = c.req.path + new URL(c.req.url).search
      const props = {
        ...found,
        ...page,
        ...surroundings,
        href,
        reader: c.var.reader,
        counts,
        lastReading,
        query,
      }
      return c.html(<RoleDefinitionsPage {...props} />)
    })

    app.get(`${LIST}/:id`, async (c) => {
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { tenant } = found
      if (!roleMay(tenant.role, 'tenant.directory.view')) return problem(web, c, 'forbidden')
      const id = c.req.param('id')
      const definition = id.includes('\0') ? undefined : await roleDefinition(web.db, tenant.id, id)
      if (!definition) return problem(web, c, 'not_found')
      const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, definition }
      return c.html(<RoleDefinitionPage {...props} />)
    })

    app.post(`${LIST}/sync`, (c) => {
      const directoryId = parseDirectoryId(c.req.param('tenant'))
      return start(c, {
        surface: 'role_definitions',
        operation: 'directory.role_definitions.sync',
        target: directoryId && { kind: 'directory', directoryId },
      })
    })
  }

/** The last complete reading with what it left present; null before the first one. */
async function readingOf(db: Db, tenantId: TenantId): Promise<Reading | null> {
  const reading = await lastCompleteReading(db, tenantId)
  if (!reading?.finished_at) return null
  const { present } = await countRoleDefinitions(db, tenantId, '')
  return { runId: reading.id, at: reading.finished_at, present }
}

const pageAsJson = ({ rows, turns }: RoleDefinitionList, reading: Reading | null, list: string) => ({
  readAt: reading?.at ?? null,
  roleDefinitions: rows.map((row) => asJson(row, list)),
  ...turns,
})

const asJson = (row: ListedRoleDefinition, list: string) => ({
  id: row.role_definition_id,
  displayName: row.display_name,
  description: row.description,
  isBuiltIn: row.is_built_in,
  isEnabled: row.is_enabled,
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
  changedAt: row.changed_at,
  goneSince: row.gone_since,
  href: `${list}/${encodeURIComponent(row.role_definition_id)}`,
})
