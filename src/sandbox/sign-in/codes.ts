import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../kernel/index.ts'
import type { SandboxPerson } from '../directory.ts'
import type { RefusalName } from './refusals.ts'

/** Who signed in where, for which application. */
export interface CodeGrant {
  readonly directoryId: string
  readonly clientId: string
  readonly redirectUri: string
  /** The S256 challenge of PKCE; null when none was sent. */
  readonly challenge: string | null
  readonly nonce: string | null
  readonly person: SandboxPerson
}

/** What somebody brings to redeem a code. */
export interface CodeProof {
  readonly directoryId: string
  readonly clientId: string
  readonly redirectUri: string | null
  readonly verifier: string | null
}

/** Authorization codes: good once, for ten minutes. */
export interface Codes {
  issue(grant: CodeGrant): string
  redeem(code: string, proof: CodeProof): CodeGrant | RefusalName
}

const LIFETIME_MS = 600_000

export function createCodes(clock: Clock): Codes {
  const open = new Map<string, { grant: CodeGrant; expiresAt: number }>()
  return {
    issue(grant) {
      const code = randomBytes(48).toString('base64url')
      open.set(code, { grant, expiresAt: clock.monotonic() + LIFETIME_MS })
      return code
    },
    redeem(code, proof) {
      const found = open.get(code)
      open.delete(code)
      if (!found || found.expiresAt <= clock.monotonic()) return 'code_used_or_expired'
      const { grant } = found
      const isSame =
        grant.directoryId === proof.directoryId &&
        grant.clientId === proof.clientId &&
        grant.redirectUri === proof.redirectUri
      if (!isSame) return 'code_of_another_request'
      return grant.challenge === challengeOf(proof.verifier) ? grant : 'code_verifier_wrong'
    },
  }
}

const challengeOf = (verifier: string | null): string | null =>
  verifier === null ? null : createHash('sha256').update(verifier).digest('base64url')
