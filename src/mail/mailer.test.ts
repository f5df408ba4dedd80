import { afterEach, expect, test } from 'vitest'
import { type MailFault, type MailServer, openMailServer } from '../../tests/world/mail-server.ts'
import { createMailer, type Mailer } from './index.ts'

const LETTER = { to: 'ada@contoso.example', subject: 'Einladung für Ada', text: 'https://pilot.example/x\n' }

let server: MailServer | null = null
let mailer: Mailer | null = null
const faults: string[] = []

afterEach(async () => {
  mailer?.close()
  await server?.close()
  server = null
  faults.length = 0
})

const mailerTo = (url: string) =>
  createMailer({
    url,
    patienceMs: 300,
    from: 'TenantPilot <pilot@contoso.example>',
    report: (fault) => faults.push(fault),
  })

test('a letter reaches the server as it was written, in every alphabet', async () => {
  server = await openMailServer()
  mailer = mailerTo(server.url)

  expect(await mailer.send(LETTER)).toBe(true)

  expect(server.letters).toMatchObject([
    {
      from: 'pilot@contoso.example',
      to: ['ada@contoso.example'],
      text: expect.stringContaining(LETTER.text.trim()),
    },
  ])
  expect(server.letters[0]?.subject).toBe(LETTER.subject)
  expect(faults).toEqual([])
})

test('an address is one address: it cannot smuggle in a second recipient or a header line', async () => {
  server = await openMailServer()
  mailer = mailerTo(server.url)

  await mailer.send({ ...LETTER, to: 'ada@contoso.example, eve@evil.example' })
  await mailer.send({ ...LETTER, subject: 'Hello\r\nBcc: eve@evil.example' })

  expect(server.letters.flatMap(({ to }) => to)).not.toContain('eve@evil.example')
})

test('a server that refuses or is not there is a value, and what is reported holds no address and no password', async () => {
  server = await openMailServer({ password: 'right' })
  const address = new URL(server.url)
  address.username = 'pilot'
  address.password = 'wrong-planted-password'
  mailer = mailerTo(address.href)
  expect(await mailer.send(LETTER)).toBe(false)

  const { url } = server
  await server.close()
  server = null
  mailer.close()
  mailer = mailerTo(url)
  expect(await mailer.send(LETTER)).toBe(false)

  expect(faults).toEqual(['EAUTH (535)', expect.stringMatching(/^E[A-Z]+$/)])
})

const FATES: readonly [MailFault, string][] = [
  ['no_greeting', 'not_taken'],
  ['refuses', 'refused'],
  ['busy', 'put_off'],
  ['gone_before_text', 'not_taken'],
  ['gone_after_text', 'unknown'],
  ['silent_after_text', 'unknown'],
]

test.each(FATES)(
  'of a server that fails like %s it is known whether it has the letter: %s',
  async (fault, fate) => {
    server = await openMailServer()
    server.fault = fault
    mailer = mailerTo(server.url)

    expect(await mailer.deliver(LETTER)).toBe(fate)

    expect(server.connections).toBe(1)
    expect(server.letters).toHaveLength(fate === 'unknown' ? 1 : 0)
    expect(faults).toHaveLength(1)
    expect(faults.join()).not.toMatch(/contoso|x\/|Ada/)
  },
)

test('a letter keeps its id when it is sent twice, and a wrong password is no word about the letter', async () => {
  server = await openMailServer({ password: 'right' })
  const address = new URL(server.url)
  address.username = 'pilot'
  address.password = 'wrong'
  mailer = mailerTo(address.href)
  expect(await mailer.deliver(LETTER)).toBe('not_taken')
  mailer.close()
  address.password = 'right'
  mailer = mailerTo(address.href)

  for (let time = 0; time < 2; time++)
    expect(await mailer.deliver({ ...LETTER, id: 'run-7.1' })).toBe('taken')

  expect(server.letters.map(({ messageId }) => messageId)).toEqual([
    '<run-7.1@contoso.example>',
    '<run-7.1@contoso.example>',
  ])
})
