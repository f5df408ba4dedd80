import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailServer, openMailServer } from '../../../tests/world/mail-server.ts'
import { workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { parseReason, sayer, wordsFor } from '../../engine/reasons/index.ts'
import { type Ending, releaseRun } from '../../engine/runs/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { createMailer, type Mailer } from '../../mail/index.ts'
import { sendLetters } from './send-letters.ts'

const SYNC = 'directory.role_definitions.sync'
const PUBLIC_URL = 'https://pilot.example'
const FAILED: Ending = {
  outcome: 'failed',
  counts: {},
  reason: { code: 'provider_unreachable' },
  failures: [],
}
const WELL: Ending = { outcome: 'succeeded', counts: { seen: 1 }, finding: null }

let world: World
let server: MailServer
let mail: Mailer
let workspaceId: number
const faults: string[] = []
beforeAll(async () => {
  world = await openWorld('postgres')
  workspaceId = await world.workspace()
})
beforeEach(async () => {
  faults.length = 0
  await sql`delete from notification_letters`.execute(world.database.db)
  server = await openMailServer()
  mail = createMailer({
    url: server.url,
    from: 'TenantPilot <pilot@contoso.example>',
    patienceMs: 300,
    report: (fault) => faults.push(fault),
  })
})
afterEach(async () => {
  expect(faults.join(), 'what is reported says not to whom, nor what').not.toMatch(
    /contoso|Adventure|operation/,
  )
  mail.close()
  await server.close()
})
afterAll(() => world.close())

/** Somebody who wants to be told by e-mail. */
const reader = async (letters: 'never' | 'attention' | 'always', language: string | null = null) => {
  const person = await world.person(workspaceId, 'operator')
  await world.database.db
    .updateTable('users')
    .set({ letters, language })
    .where('id', '=', person.userId)
    .execute()
  return person
}
const ended = async (person: PersonalActor, how: Ending = FAILED) => {
  const tenant = await world.readyTenant(workspaceId)
  const answer = await world.start(person, tenant, SYNC)
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
  await workOn(
    workerOf(world, async () => ({ ending: how })),
    runId,
  )
  return { runId, tenant }
}
const send = (change: Partial<Parameters<typeof sendLetters>[0]> = {}) =>
  sendLetters({ db: world.database.db, mail, publicUrl: PUBLIC_URL, ...change })
const comesDue = () =>
  sql`update notification_letters set due_at = now() - interval '1s',
    lease_until = case when lease_until is null then null else now() - interval '1s' end`.execute(
    world.database.db,
  )
const outbox = () => world.database.db.selectFrom('notification_letters').selectAll().execute()

describe('who gets a letter', () => {
  test.each([
    ['never', FAILED, 0],
    ['attention', WELL, 0],
    ['attention', FAILED, 1],
    ['always', WELL, 1],
  ] as const)('%s, and the operation ended: %j', async (letters, how, expected) => {
    await ended(await reader(letters), how)

    expect(await send()).toBe(expected)
    expect(server.letters).toHaveLength(expected)
    expect(await send()).toBe(0)
    expect(server.letters).toHaveLength(expected)
  })

  test('not who turned it off before it was sent, nor who may not see the run any more, nor when it is no news', async () => {
    const { db } = world.database
    const off = await reader('always')
    const gone = await reader('always')
    await ended(off)
    await ended(gone)
    const { runId } = await ended(await reader('always'))
    await db.updateTable('users').set({ letters: 'never' }).where('id', '=', off.userId).execute()
    await db.deleteFrom('workspace_memberships').where('user_id', '=', gone.userId).execute()
    await sql`update notifications set created_at = now() - interval '2 days' where run_id = ${runId}`.execute(
      db,
    )

    expect(await send()).toBe(0)

    expect(server.connections).toBe(0)
    expect((await outbox()).map(({ settled_as }) => settled_as)).toEqual([
      'not_wanted',
      'not_wanted',
      'not_wanted',
    ])
  })
})

test.each([
  ['en', 'Failed', 'Open operation'],
  ['de', 'Fehlgeschlagen', 'Vorgang öffnen'],
] as const)(
  'the letter speaks %s, with the words of the pages and the way there',
  async (language, state, open) => {
    const { runId } = await ended(await reader('always', language))

    await send()

    const reason = parseReason(FAILED.outcome === 'failed' ? FAILED.reason : null)
    if (!reason) throw new Error('it has a reason')
    const said = wordsFor(reason, language, sayer(language, 'UTC'))
    const [letter] = server.letters
    expect(letter?.subject).toContain(`Adventure Works: ${state}`)
    for (const part of [
      said.label,
      said.explanation,
      said.cause,
      open,
      `${PUBLIC_URL}/admin/operations/${runId}`,
    ])
      expect(letter?.text).toContain(part)
  },
)

describe('a mail server that fails', () => {
  const attempts = async (count: number) => {
    for (let one = 0; one < count; one++) {
      await send()
      await comesDue()
    }
  }

  test('delays no run, and gets the letter once when it is back', async () => {
    const person = await reader('always')
    server.fault = 'no_greeting'
    await ended(person)
    await attempts(3)
    expect(await outbox()).toMatchObject([{ attempts: 3, unsure: 0, settled_at: null }])

    server.fault = null
    expect(await send()).toBe(1)

    expect(server.letters).toHaveLength(1)
    expect(await outbox()).toMatchObject([{ settled_as: 'sent', attempts: 4 }])
  })

  test('is asked ever less often, and in the end no more', async () => {
    await ended(await reader('always'))
    server.fault = 'busy'

    await send()
    const { rows } = await sql<{ due: boolean }>`
      select due_at > now() + interval '50 seconds' as due from notification_letters`.execute(
      world.database.db,
    )
    expect(rows).toEqual([{ due: true }])
    expect(await send()).toBe(0)
    expect(server.connections).toBe(1)
    await comesDue()
    await attempts(12)

    expect(server.connections).toBe(10)
    expect(await outbox()).toMatchObject([{ settled_as: 'given_up', attempts: 10 }])
  })

  test('and knows nobody of that address is not asked again', async () => {
    await ended(await reader('always'))
    server.fault = 'refuses'

    await attempts(3)

    expect(server.connections).toBe(1)
    expect(await outbox()).toMatchObject([{ settled_as: 'refused' }])
  })

  test.each(['gone_after_text', 'silent_after_text'] as const)(
    'and is %s gets the letter twice at most, under one id',
    async (fault) => {
      await ended(await reader('always'))
      server.fault = fault

      await attempts(4)

      expect(server.letters).toHaveLength(2)
      expect(new Set(server.letters.map(({ messageId }) => messageId)).size).toBe(1)
      expect(await outbox()).toMatchObject([{ settled_as: 'given_up', attempts: 2 }])
    },
  )

  test('over one address keeps nobody else’s letter back', async () => {
    const { db } = world.database
    const first = await reader('always')
    await ended(first)
    await ended(await reader('always'))
    await ended(await reader('always'))
    const { email } = await db
      .selectFrom('users')
      .select('email')
      .where('id', '=', `${first.userId}`)
      .executeTakeFirstOrThrow()
    server.puttingOff = email

    expect(await send()).toBe(2)

    expect((await outbox()).map(({ settled_as }) => settled_as).sort()).toEqual([null, 'sent', 'sent'])
    server.puttingOff = null
    await comesDue()
    expect(await send()).toBe(1)
  })

  test('altogether is asked once in a round, however many letters are due', async () => {
    for (let one = 0; one < 3; one++) await ended(await reader('always'))
    server.fault = 'gone_before_text'

    expect(await send()).toBe(0)

    expect(server.connections).toBe(1)
  })
})

describe('processes', () => {
  test('that send at the same time send each letter once', async () => {
    for (let one = 0; one < 12; one++) await ended(await reader('always'))

    const sent = await Promise.all(Array.from({ length: 6 }, () => send()))

    expect(sent.reduce((sum, one) => sum + one)).toBe(12)
    expect(new Set(server.letters.map(({ messageId }) => messageId)).size).toBe(12)
    expect(server.letters).toHaveLength(12)
  })

  test('that die between the server’s answer and their note cost one duplicate, however often they do', async () => {
    await ended(await reader('always'))
    const dies = () =>
      send({
        atHandedOver: async () => {
          throw new Error('killed here')
        },
      })

    for (let death = 0; death < 4; death++) {
      if (death < 2) await expect(dies()).rejects.toThrow('killed here')
      else expect(await dies()).toBe(0)
      expect(await send()).toBe(0)
      await comesDue()
    }

    expect(server.letters).toHaveLength(2)
    expect(await outbox()).toMatchObject([{ settled_as: 'given_up' }])
  })

  test('that were held up past their lease settle nothing over whoever took it up', async () => {
    await ended(await reader('always'))
    const late = send({
      atHandedOver: async () => {
        await comesDue()
        expect(await send()).toBe(1)
      },
    })

    expect(await late).toBe(1)

    expect(server.letters).toHaveLength(2)
    expect(await outbox()).toMatchObject([{ settled_as: 'sent', attempts: 2, unsure: 1 }])
  })
})

test('a process that comes late settles nothing while another has the letter', async () => {
  await ended(await reader('always'))
  const inHand = Promise.withResolvers<void>()
  const goesOn = Promise.withResolvers<void>()
  let other: Promise<number> | undefined
  const late = send({
    atHandedOver: async () => {
      if (other) return
      await comesDue()
      other = send({
        atHandedOver: () => {
          inHand.resolve()
          return goesOn.promise
        },
      })
      await inHand.promise
    },
  })

  await late
  expect(await outbox()).toMatchObject([{ attempts: 2, settled_at: null, lease_until: expect.any(Date) }])

  goesOn.resolve()
  expect(await other).toBe(1)
  expect(await outbox()).toMatchObject([{ attempts: 2, settled_as: 'sent' }])
})

test('what is released by force is told by letter with the reason that was given', async () => {
  const { db } = world.database
  const person = await reader('attention')
  const answer = await world.start(person, await world.readyTenant(workspaceId), SYNC)
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
  await workOn(
    workerOf(world, async ({ run }) => {
      await db
        .transaction()
        .execute((tx) => releaseRun(tx, runId, run.fencingToken, { by: 'Ada', why: 'It hangs' }))
      return { ending: WELL }
    }),
    runId,
  )

  expect(await send()).toBe(1)
  expect(server.letters[0]?.text).toContain('“It hangs”')
})
