import { expect, test } from 'vitest'
import { type CloudName, cloudProfile } from './cloud-profile.ts'

const sandboxAt = (address: string) =>
  cloudProfile('sandbox', { authorityBaseUrl: address, graphBaseUrl: address })

test.each<[CloudName, string, string]>([
  ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
  ['us_gov_l4', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  ['us_gov_l5', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
])('the cloud %s has its own fixed sign-in and Graph', (name, authorityBaseUrl, graphBaseUrl) => {
  expect(cloudProfile(name)).toEqual({
    name,
    authorityBaseUrl,
    graphBaseUrl,
    scope: `${graphBaseUrl}/.default`,
  })
})

test('a real cloud stays where it is, even when a sandbox is configured', () => {
  const addresses = { authorityBaseUrl: 'http://127.0.0.1:4010', graphBaseUrl: 'http://127.0.0.1:4010' }

  expect(cloudProfile('global', addresses)).toEqual(cloudProfile('global'))
})

test.each(['http://127.0.0.1:4010', 'http://localhost:4010/', 'https://[::1]:4010', 'http://127.8.9.1'])(
  'a sandbox may live at %s',
  (address) => {
    expect(sandboxAt(address).graphBaseUrl).toBe(new URL(address).origin)
  },
)

test.each([
  'http://192.168.1.20:4010',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://127.0.0.1@example.com',
  'http://user:word@127.0.0.1',
  'http://127.0.0.1/elsewhere',
  'ftp://127.0.0.1',
  'not an address',
  '',
])('a sandbox at "%s" is refused with a clear sentence', (address) => {
  expect(() => sandboxAt(address)).toThrow('loopback origin')
})

test('the sandbox cloud without a sandbox is refused with a clear sentence', () => {
  expect(() => cloudProfile('sandbox')).toThrow('needs the addresses of a running sandbox')
})
