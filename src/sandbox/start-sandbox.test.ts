import { expect, test } from 'vitest'
import { contoso } from './contoso.ts'
import { startSandbox } from './start-sandbox.ts'

test.each(['0.0.0.0', '192.168.1.20', 'example.com', '127.0.0.1.example.com', ''])(
  'the sandbox refuses to listen on "%s"',
  async (host) => {
    await expect(startSandbox({ host, port: 0, directories: [] })).rejects.toThrow('loopback addresses only')
  },
)

test('two sandboxes run beside each other, and what is given to them stays as it was', async () => {
  const given = contoso()
  const [one, two] = await Promise.all([
    startSandbox({ port: 0, directories: [given] }),
    startSandbox({ port: 0, directories: [given] }),
  ])
  one.world.directory('contoso.example').displayName = 'Changed'

  expect(one.port).not.toBe(two.port)
  expect(two.world.directory('contoso.example').displayName).toBe('Contoso')
  expect(given).toEqual(contoso())
  await Promise.all([one.stop(), two.stop()])
})

test('a port that is taken is an error, not a wait', async () => {
  const first = await startSandbox({ port: 0, directories: [] })

  await expect(startSandbox({ port: first.port, directories: [] })).rejects.toThrow('EADDRINUSE')
  await first.stop()
})

test('stopping ends the requests that are still being answered', async () => {
  const sandbox = await startSandbox({ port: 0, directories: [contoso({ faults: { slowMs: 3_600_000 } })] })
  const [app] = contoso().apps
  const signedIn = await fetch(`${sandbox.url}/contoso.example/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: app?.clientId ?? '',
      client_secret: app?.secrets[0]?.value ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token } = await signedIn.json()
  const late = fetch(`${sandbox.url}/v1.0/organization`, {
    headers: { authorization: `Bearer ${access_token}` },
  })
  const ended = expect(late).rejects.toThrow()
  await sandbox.stop()

  await ended
})
