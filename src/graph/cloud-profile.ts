export type CloudName = 'global' | 'us_gov_l4' | 'us_gov_l5' | 'china' | 'sandbox'

/** Where one cloud's sign-in and Graph live. A token never travels to any other host. */
export interface CloudProfile {
  readonly name: CloudName
  readonly authorityBaseUrl: string
  readonly graphBaseUrl: string
  readonly scope: string
}

/** Where a sandbox listens; both must be loopback addresses. */
export interface SandboxAddresses {
  readonly authorityBaseUrl: string
  readonly graphBaseUrl: string
}

/** The addresses of a cloud: fixed for the real ones, given and loopback only for the sandbox; throws otherwise. */
export function cloudProfile(name: CloudName, sandbox?: SandboxAddresses): CloudProfile {
  if (name !== 'sandbox') return REAL[name]
  if (!sandbox) throw new Error('The sandbox cloud needs the addresses of a running sandbox.')
  return {
    name,
    authorityBaseUrl: loopbackOrigin(sandbox.authorityBaseUrl),
    graphBaseUrl: loopbackOrigin(sandbox.graphBaseUrl),
    scope: REAL.global.scope,
  }
}

const real = (name: Exclude<CloudName, 'sandbox'>, authority: string, graph: string): CloudProfile => ({
  name,
  authorityBaseUrl: `https://${authority}`,
  graphBaseUrl: `https://${graph}`,
  scope: `https://${graph}/.default`,
})

const REAL = {
  global: real('global', 'login.microsoftonline.com', 'graph.microsoft.com'),
  us_gov_l4: real('us_gov_l4', 'login.microsoftonline.us', 'graph.microsoft.us'),
  us_gov_l5: real('us_gov_l5', 'login.microsoftonline.us', 'dod-graph.microsoft.us'),
  china: real('china', 'login.chinacloudapi.cn', 'microsoftgraph.chinacloudapi.cn'),
} satisfies Record<Exclude<CloudName, 'sandbox'>, CloudProfile>

function loopbackOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !isLoopbackOrigin(url)) {
    throw new Error(
      `A sandbox address must be a plain http or https loopback origin, for example http://127.0.0.1:4010; got "${text}".`,
    )
  }
  return url.origin
}

const isLoopbackOrigin = (url: URL): boolean =>
  ['http:', 'https:'].includes(url.protocol) &&
  /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname) &&
  url.href === `${url.origin}/`
