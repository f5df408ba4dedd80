import { GROUP_PROPERTIES } from '../../src/graph/groups.ts'
import { cloudProfile, createGraphClient, createTokenCache, groupPages } from '../../src/graph/index.ts'
import type { DirectoryId } from '../../src/kernel/index.ts'
import type { BenchDirectory } from './sync-sandbox.ts'

/** Fetches every page of a directory's groups, parses its JSON and drops it: the least that a sync can cost. Answers the pages. */
export async function readAndDrop(url: string, directory: BenchDirectory): Promise<number> {
  const headers = { accept: 'application/json', authorization: `Bearer ${await tokenFor(url, directory)}` }
  let next: string | undefined = `${url}/v1.0/groups/delta?$select=${GROUP_PROPERTIES.join(',')}`
  let pages = 0
  let seen = 0
  while (next !== undefined) {
    const answer: Response = await fetch(next, { headers })
    const body = (await answer.json()) as { '@odata.nextLink'?: string; value: unknown[] }
    seen += body.value.length
    pages += 1
    next = body['@odata.nextLink']
  }
  if (seen < directory.groups) throw new Error(`Only ${seen} groups were read`)
  return pages
}

/** The same through the product's own client, which looks at every group. */
export async function readAsWeDo(url: string, directory: BenchDirectory): Promise<void> {
  let seen = 0
  for await (const page of groupPages(clientFor(url, directory), null))
    seen += page.ok ? page.value.items.length : 0
  if (seen < directory.groups) throw new Error(`Only ${seen} groups were read`)
}

/** The product's own client for a directory. */
export const clientFor = (url: string, directory: BenchDirectory) =>
  createGraphClient({
    profile: cloudProfile('sandbox', { authorityBaseUrl: url, graphBaseUrl: url }),
    directoryId: directory.id as DirectoryId,
    clientId: directory.clientId,
    credential: { kind: 'client_secret', secret: directory.secret },
    credentialVersion: '1',
    tokens: createTokenCache(),
  })

/** A token with which everything of a directory is read. */
export async function tokenFor(url: string, { clientId, id, secret }: BenchDirectory): Promise<string> {
  const answer = await fetch(`${url}/${id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      scope: cloudProfile('sandbox', { authorityBaseUrl: url, graphBaseUrl: url }).scope,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Error(`No token: ${answer.status}`)
  return token
}
