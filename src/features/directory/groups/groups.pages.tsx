import { roleMay } from '../../../access/index.ts'
import type { Db } from '../../../database/index.ts'
import { parseDirectoryId, type TenantId } from '../../../kernel/index.ts'
import { frameFor, problem, type Routes, representationFor, type StartEndpoint } from '../../../web/index.ts'
import { groupsHref, surroundingsOf, tenantInPath } from '../../tenants/index.ts'
import type { Reading } from '../role-definitions/role-definition-list.ts'
import { type GroupList, pageOfGroups, readGroupQuery } from './group-list.ts'
import { GroupPage } from './group-page.tsx'
import { countGroups, groupById, hasNoGroups, type ListedGroup, lastReadingOfGroups } from './groups.sql.ts'
import { GroupsPage } from './groups-page.tsx'

const LIST = '/admin/t/:tenant/directory/groups'

/** The groups of a tenant's directory as last read, and the sync that reads what has changed. */
export const groupRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.get(LIST, async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { tenant } = found
      if (!roleMay(tenant.role, 'tenant.directory.view')) return problem(web, c, 'forbidden')
      const { edge, query } = readGroupQuery(c.req.query())
      const [page, lastReading] = await Promise.all([
        pageOfGroups(web.db, tenant, query, edge),
        readingOf(web.db, tenant.id),
      ])
      if (form === 'json') return c.json(pageAsJson(page, lastReading, groupsHref(tenant)))
      const [surroundings, counts, isEmpty] = await Promise.all([
        surroundingsOf(web, c),
        countGroups(web.db, tenant.id, query.search),
        hasNoGroups(web.db, tenant.id),
      ])
      const href = c.req.path + new URL(c.req.url).search
      const shown = { ...found, ...page, ...surroundings, counts, href, isEmpty, lastReading, query }
      return c.html(<GroupsPage {...shown} reader={c.var.reader} />)
    })

    app.get(`${LIST}/:id`, async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { tenant } = found
      if (!roleMay(tenant.role, 'tenant.directory.view')) return problem(web, c, 'forbidden')
      const group = await groupNamed(web.db, tenant.id, c.req.param('id'))
      if (!group) return problem(web, c, 'not_found')
      if (form === 'json') return c.json({ ...asJson(group, groupsHref(tenant)), raw: group.raw })
      const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, group }
      return c.html(<GroupPage {...props} />)
    })

    app.post(`${LIST}/sync`, (c) => {
      const directoryId = parseDirectoryId(c.req.param('tenant'))
      return start(c, {
        surface: 'groups',
        operation: 'directory.groups.sync',
        target: directoryId && { kind: 'directory', directoryId },
      })
    })
  }

/** The group with this id; a text that no id can be names none. */
const groupNamed = async (db: Db, tenantId: TenantId, id: string) =>
  id.includes('\0') ? undefined : groupById(db, tenantId, id)

/** The last reading up to its end with what it left present; null before the first one. */
async function readingOf(db: Db, tenantId: TenantId): Promise<Reading | null> {
  const reading = await lastReadingOfGroups(db, tenantId)
  if (!reading?.finished_at) return null
  const { present } = await countGroups(db, tenantId, '')
  return { runId: reading.id, at: reading.finished_at, present }
}

const pageAsJson = ({ rows, turns }: GroupList, reading: Reading | null, list: string) => ({
  readAt: reading?.at ?? null,
  groups: rows.map((row) => asJson(row, list)),
  ...turns,
})

const asJson = (row: ListedGroup, list: string) => ({
  id: row.group_id,
  displayName: row.display_name,
  description: row.description,
  mail: row.mail,
  kind: row.kind,
  membershipRule: row.membership_rule,
  firstSeenAt: row.first_seen_at,
  lastSeenAt: row.last_seen_at,
  changedAt: row.changed_at,
  goneSince: row.gone_since,
  goneHow: row.gone_how,
  href: `${list}/${encodeURIComponent(row.group_id)}`,
})
