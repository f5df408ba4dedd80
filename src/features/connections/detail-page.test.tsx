import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import { type ConnectionId, LANGUAGES, type Language } from '../../kernel/index.ts'
import { credentialVault } from '../../providers/index.ts'
import { readerOf } from '../../web/reader.ts'
import { connectionWords } from './connection.words.ts'
import { standingOf } from './connection-standing.ts'
import { ConnectionTable } from './connection-table.tsx'
import { connectionById, type SeenConnection } from './connections.sql.ts'
import { Detail } from './detail-page.tsx'
import { storeCredential } from './store-credential.ts'

const OFFERED: readonly OperationCode[] = ['provider.connection.check', 'directory.role_definitions.sync']
const EXPECTED = { supported: new Set(OFFERED), evidenceMaxAgeDays: 7, platformClientId: null }

let world: World
let owner: PersonalActor
let workspaceId: number

beforeAll(async () => {
  world = await openWorld('embedded')
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
})
afterAll(() => world.close())

const now = async (id: number) =>
  (await connectionById(world.database.db, id as ConnectionId, owner)) as SeenConnection

/** A token was got with the credential that is stored now, as every run that signs in leaves it. */
const signIn = (id: number) =>
  sql`update provider_connections set evidence_at = now() where id = ${id}`.execute(world.database.db)

async function signedInByASync(): Promise<SeenConnection> {
  const { connectionId } = await world.readyTenant(workspaceId)
  await signIn(connectionId)
  return now(connectionId)
}

/** A connection whose only credential was lost after something had signed in with it. */
async function withoutCredential(): Promise<SeenConnection> {
  const before = await signedInByASync()
  await world.database.db.deleteFrom('credentials').where('connection_id', '=', before.id).execute()
  return now(before.id)
}

const rotate = (connection: SeenConnection) =>
  storeCredential(
    world.database.db,
    credentialVault(randomBytes(32)),
    connection,
    { actor: owner, correlationId: randomUUID() },
    { kind: 'client_secret', value: 'Zy9~the.second.value_of-an-app', expiresAt: null },
  )

/** What the page decides for its reader. */
function decisionOf(connection: SeenConnection, language: Language): string {
  const page = String(
    <Detail
      connection={connection}
      standing={standingOf(connection, EXPECTED)}
      reader={readerOf(language, 'UTC')}
      verdicts={new Map()}
      ground={{ active: null } as never}
      report={null}
      supported={EXPECTED.supported}
      confirming={false}
    />,
  )
  return page.slice(page.indexOf('class="reason'), page.indexOf('id="check"'))
}

describe('a connection that a sync has used and nobody has checked', () => {
  test.each(LANGUAGES)('is ready, and its page claims no check (%s)', async (language) => {
    const connection = await signedInByASync()

    expect(connection.lastCheckAt).toBeNull()
    expect(standingOf(connection, EXPECTED)).toEqual({ state: 'ready', reason: null })
    const said = decisionOf(connection, language).replace(/<[^>]*>?/g, ' ')
    expect(said).toContain(connectionWords(language).isReady)
    expect(said).not.toMatch(/check|verif|tested|prüf|getestet/i)
  })
})

describe('a connection that has just got its only secret', () => {
  test('is to be checked first, and says that the new one was not tried', async () => {
    const before = await withoutCredential()
    await rotate(before)

    const after = await now(before.id)

    expect(standingOf(after, EXPECTED)).toEqual({ state: 'check_first', reason: null })
    expect(decisionOf(after, 'en')).toContain('not tried yet')
    expect(decisionOf(after, 'en')).toContain(`/admin/provider-connections/${after.id}#check`)
    const row = String(
      <ConnectionTable
        connections={[{ connection: after, standing: standingOf(after, EXPECTED) }]}
        reader={readerOf('en', 'UTC')}
        withTenant
      />,
    )
    expect(row).toContain('no end date given, not tried yet')
  })

  test('is ready again once anything has signed in with the new one', async () => {
    const before = await withoutCredential()
    await rotate(before)
    await signIn(before.id)

    expect(standingOf(await now(before.id), EXPECTED).state).toBe('ready')
  })

  test('is not called untried while Microsoft rejects it', async () => {
    const before = await withoutCredential()
    await rotate(before)
    await sql`update credentials set rejected_at = now() where connection_id = ${before.id}`.execute(
      world.database.db,
    )

    expect((await now(before.id)).isUntried).toBe(false)
  })
})

test.each([true, false])(
  'what the page decides has the place that its rows lead to (confirming: %s)',
  async (confirming) => {
    const connection = await withoutCredential()
    const standing = standingOf(connection, EXPECTED)
    const page = String(
      <Detail
        connection={connection}
        standing={standing}
        reader={readerOf('en', 'UTC')}
        verdicts={
          new Map([['provider.connection.check', { kind: 'blocked', reason: standing.reason } as never]])
        }
        ground={{ active: null } as never}
        report={null}
        supported={EXPECTED.supported}
        confirming={confirming}
      />,
    )

    expect(page).toContain('href="#decision"')
    expect(page.match(/id="decision"/g)).toHaveLength(1)
  },
)
