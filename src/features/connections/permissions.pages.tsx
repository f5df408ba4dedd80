import { frameFor, problem, type Routes, representationFor } from '../../web/index.ts'
import { CONNECTIONS, connectionInPath } from './at-hand.ts'
import { lastSeenGranted } from './permission-history.sql.ts'
import { grantState, permissionNeeds } from './permission-needs.ts'
import { type JudgedNeed, PermissionsPage } from './permissions-page.tsx'

/** What the app of a connection has to be granted, permission by permission. */
export const permissionRoutes: Routes = (app, web) => {
  app.get(`${CONNECTIONS}/:connection/permissions`, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const connection = await connectionInPath(web, c)
    if (!connection) return problem(web, c, 'not_found')
    const { at, facts, id, tenant } = connection
    const maxAgeDays = web.gate.evidenceMaxAgeDays
    const seen = await lastSeenGranted(web.db, tenant.id, id)
    const needs = permissionNeeds([...web.gate.supported]).map((need): JudgedNeed => {
      const state = grantState(need, facts.evidence, { at, maxAgeDays })
      const inEvidence = state.kind === 'granted' && facts.evidence ? new Date(facts.evidence.seenAt) : null
      return { ...need, state, lastSeenAt: inEvidence ?? seen.get(need.permission) ?? null }
    })
    if (form === 'json')
      return c.json({ evidenceAt: facts.evidence?.seenAt ?? null, permissions: needs.map(needJson) })
    const props = { reader: c.var.reader, connection, needs, maxAgeDays }
    return c.html(<PermissionsPage shell={await frameFor(web, c)} {...props} />)
  })
}

const needJson = ({
  lastSeenAt,
  optionalFor,
  partsOf,
  permission,
  requiredBy,
  state,
  wider,
}: JudgedNeed) => ({
  permission,
  state: state.kind,
  grantedThrough: state.kind === 'granted' ? state.through : null,
  alsoAccepted: wider,
  requiredBy,
  partsOf,
  optionalFor,
  lastSeenGrantedAt: lastSeenAt,
})
