import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORM, type InProcess, openInProcess } from '../../../tests/http/in-process.ts'
import type { PersonalActor } from '../../access/index.ts'
import { createMailer } from '../../mail/index.ts'

const ACCOUNT = '/admin/account'
/** No letter goes out here: only that there is a server is asked for. */
const SERVER = createMailer({ url: 'smtp://127.0.0.1:9', from: 'pilot@contoso.example', report: () => {} })

describe.each([
  ['with a mail server', SERVER],
  ['without one', null],
] as const)('%s', (_what, mail) => {
  let product: InProcess
  let person: PersonalActor
  let cookie: string
  beforeAll(async () => {
    product = await openInProcess({ mail })
    person = await product.world.person(await product.world.workspace(), 'readonly')
    cookie = await product.signIn(person)
  })
  afterAll(() => product.world.close())

  const choose = (letters: string, accept = 'text/html') =>
    product.ask('POST', `${ACCOUNT}/letters`, { cookie, accept, ...FORM }, `letters=${letters}`)
  const chosen = async () =>
    (
      await product.world.database.db
        .selectFrom('users')
        .select('letters')
        .where('id', '=', person.userId)
        .executeTakeFirstOrThrow()
    ).letters
  const page = async (query = '', headers = {}) =>
    (await product.ask('GET', ACCOUNT + query, { cookie, ...headers })).text()

  if (mail === null)
    test('nobody is offered letters, and a choice is not taken', async () => {
      expect(await page()).not.toContain('id="letters"')
      expect((await choose('always')).status).toBe(404)
      expect(await chosen()).toBe('never')
    })
  else {
    test('nobody gets letters who did not ask for them', async () => {
      expect(await chosen()).toBe('never')
      expect(await page()).toMatch(/<option value="never" selected/)
    })

    test('a choice is kept, shown and recorded', async () => {
      const answer = await choose('attention')

      expect(answer.headers.get('location')).toBe(`${ACCOUNT}?done=letters`)
      expect(await chosen()).toBe('attention')
      expect(await page('?done=letters')).toMatch(/Saved\.[\s\S]+<option value="attention" selected/)
      expect(await page('', { accept: 'application/json' })).toContain('"letters":"attention"')
      const records = await product.world.database.db
        .selectFrom('audit_records')
        .select(['actor_id', 'facts'])
        .where('action', '=', 'account.letters')
        .execute()
      expect(records).toEqual([{ actor_id: person.userId, facts: { letters: 'attention' } }])
    })

    test('what cannot be chosen changes nothing and is named beside its field', async () => {
      await choose('always')

      const answer = await choose('sometimes')

      expect(answer.status).toBe(422)
      expect(await answer.text()).toMatch(/href="#letters-choice"[\s\S]+id="letters-choice-error"/)
      expect((await choose('', 'application/json')).status).toBe(422)
      expect(await chosen()).toBe('always')
    })
  }
})
