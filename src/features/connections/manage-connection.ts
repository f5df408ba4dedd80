import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { wakeWaitingWith } from '../../engine/runs/index.ts'
import type { ConnectionId } from '../../kernel/index.ts'
import type { CredentialVault } from '../../providers/index.ts'
import {
  type ConnectionRecord,
  insertConnection,
  isAppTaken,
  isArchived,
  lockTenant,
  moveDefault,
  recordDeed,
  switchConnection,
  updateApp,
  updateLabel,
} from './change-connection.sql.ts'
import type { AppInput, ConnectionFlaws } from './connection-input.ts'
import type { SeenConnection, SeenTenant } from './connections.sql.ts'
import { factsOf, type Proof, sealInto } from './store-credential.ts'

/** Who changes a connection, for the record. */
export interface By {
  readonly actor: PersonalActor
  readonly correlationId: string
}

export type Changed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly flaws: ConnectionFlaws }

/** Adds a connection with its first credential; the first connection of a tenant is its default. */
export const addConnection = (
  db: Db,
  vault: CredentialVault,
  tenant: SeenTenant,
  by: By,
  { app, proof }: { app: AppInput; proof: Proof },
): Promise<Changed<ConnectionId>> =>
  db.transaction().execute(async (tx) => {
    await lockTenant(tx, tenant.id)
    if (await isArchived(tx, tenant.id)) return { ok: false, flaws: { tenant: 'tenant_archived' } }
    const added = await insertConnection(tx, tenant.id, tenant.workspaceId, app)
    if (!added) return { ok: false, flaws: { clientId: 'client_taken' } }
    const { id, isDefault } = added
    await sealInto(tx, vault, { tenantId: tenant.id, id }, proof)
    const facts = { ...app, isDefault, ...factsOf(proof) }
    await record(tx, { tenant, id }, by, 'connection.create', facts)
    return { ok: true, value: id }
  })

/** Adds a connection with the central app. It has no credential of its own, and consent is still to be given. */
export const addCentralConnection = (
  db: Db,
  tenant: SeenTenant,
  by: By,
  app: AppInput,
): Promise<Changed<ConnectionId>> =>
  db.transaction().execute(async (tx) => {
    await lockTenant(tx, tenant.id)
    const added = await insertConnection(tx, tenant.id, tenant.workspaceId, app, 'platform')
    if (!added) return { ok: false, flaws: { label: 'central_app_taken' } }
    const { id, isDefault } = added
    await record(tx, { tenant, id }, by, 'connection.create', { ...app, isDefault, type: 'platform' })
    return { ok: true, value: id }
  })

/** Names a connection anew or lets it use another app, which makes everything seen of it void. */
export const editConnection = (
  db: Db,
  connection: SeenConnection,
  by: By,
  app: AppInput,
): Promise<Changed<{ moved: boolean }>> =>
  db.transaction().execute(async (tx) => {
    const { clientId, facts, id, tenant } = connection
    await lockTenant(tx, tenant.id)
    if (await isAppTaken(tx, tenant.id, id, app)) return { ok: false, flaws: { clientId: 'client_taken' } }
    const moved = app.clientId !== clientId || app.directoryId !== facts.directoryId
    if (moved) await updateApp(tx, tenant.id, id, app)
    else await updateLabel(tx, tenant.id, id, app.label)
    const before = { label: facts.label, clientId, directoryId: facts.directoryId }
    await record(tx, connection, by, 'connection.update', { before, after: app, moved })
    return { ok: true, value: { moved } }
  })

/** Makes a connection the one that starts use when they name none. */
export const makeDefault = (db: Db, connection: SeenConnection, by: By): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { defaultLabel, id, isDefault, tenant } = connection
    if (isDefault) return
    await lockTenant(tx, tenant.id)
    await moveDefault(tx, tenant.id, id)
    await record(tx, connection, by, 'connection.make_default', { before: defaultLabel })
  })

/** Switches a connection on or off. Queued operations meet the new state before they begin, those that wait for Microsoft at once; running ones finish. */
export const setEnabled = (db: Db, connection: SeenConnection, by: By, isEnabled: boolean): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { id, tenant } = connection
    await lockTenant(tx, tenant.id)
    if (!(await switchConnection(tx, tenant.id, id, isEnabled))) return
    if (!isEnabled) await wakeWaitingWith(tx, tenant.id, id)
    await record(tx, connection, by, isEnabled ? 'connection.enable' : 'connection.disable', {})
  })

const record = (
  tx: Db,
  { id, tenant }: { id: ConnectionId; tenant: SeenTenant },
  by: By,
  action: ConnectionRecord['action'],
  facts: object,
) =>
  recordDeed(tx, tenant.workspaceId, {
    ...by,
    action,
    outcome: 'done',
    tenantId: tenant.id,
    connectionId: id,
    facts,
  })
