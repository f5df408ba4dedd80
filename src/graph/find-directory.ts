import { z } from 'zod'
import { type DirectoryId, parseDirectoryId } from '../kernel/index.ts'
import type { CloudProfile } from './cloud-profile.ts'
import { exchange, type Fetch } from './exchange.ts'

/** What the sign-in service says of a directory id or domain. */
export type FoundDirectory =
  | { readonly kind: 'found'; readonly directoryId: DirectoryId }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable' }

const document = z.object({ issuer: z.string() })

/**
 * Which directory has this id or verified domain, from the sign-in service's OpenID configuration. Anybody may read
 * that, so it tells nothing of who manages the directory, and needs no credential.
 */
export async function findDirectory(
  { authorityBaseUrl }: CloudProfile,
  idOrDomain: string,
  fetch: Fetch = globalThis.fetch,
): Promise<FoundDirectory> {
  const answer = await exchange(fetch, {
    url: `${authorityBaseUrl}/${encodeURIComponent(idOrDomain)}/v2.0/.well-known/openid-configuration`,
    method: 'GET',
    headers: { accept: 'application/json' },
    timeoutMs: 10_000,
    maxBytes: 100_000,
  })
  if (answer.kind !== 'answered' || answer.status === 429 || answer.status >= 500)
    return { kind: 'unreachable' }
  if (answer.status !== 200) return { kind: 'unknown' }
  const directoryId = directoryOf(answer.text)
  return directoryId ? { kind: 'found', directoryId } : { kind: 'unreachable' }
}

/** The directory in an issuer such as `https://login.microsoftonline.com/<directory id>/v2.0`. */
function directoryOf(text: string): DirectoryId | null {
  try {
    const { issuer } = document.parse(JSON.parse(text))
    return parseDirectoryId(new URL(issuer).pathname.split('/')[1] ?? '')
  } catch {
    return null
  }
}
