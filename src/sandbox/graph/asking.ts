import type { Sandbox } from '../start-sandbox.ts'

interface Told {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON of any path; each test asserts the shape that it looks at
  readonly body: any
}

/** For tests: asks the Graph of a sandbox over HTTP, as the first application of a directory. */
export interface Asking {
  signIn(): Promise<{ access_token: string; expires_in: number }>
  /** GET with a new token, or another method with a JSON body; the path follows the version. */
  ask(path: string, request?: { token?: string; method?: string; body?: unknown }): Promise<Told>
  /** What the control API tells of the requests so far. */
  requests(): Promise<Told['body']>
  setFaults(faults: object): Promise<Response>
}

/** Asks on behalf of one application. */
export function askingAs(
  sandbox: Pick<Sandbox, 'url'>,
  directoryId: string,
  app: { clientId: string; secrets: readonly { value: string }[] },
): Asking {
  const control = `${sandbox.url}/control/directories/${directoryId}`
  async function signIn() {
    const response = await fetch(`${sandbox.url}/${directoryId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: app.secrets[0]?.value ?? '',
        scope: 'https://graph.microsoft.com/.default',
      }),
    })
    return response.json()
  }
  return {
    signIn,
    async ask(path, { token, method = 'GET', body } = {}) {
      const authorization = `Bearer ${token ?? (await signIn()).access_token}`
      const url = path.startsWith('http') ? path : `${sandbox.url}/v1.0${path}`
      const answer = await fetch(url, {
        method,
        headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
    },
    requests: async () => (await fetch(`${control}/requests`)).json(),
    setFaults: (faults) =>
      fetch(control, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ faults }),
      }),
  }
}
