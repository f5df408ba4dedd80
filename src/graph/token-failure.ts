import { z } from 'zod'
import { failed, type Known, type Result } from './failure.ts'

/** A refused sign-in as it came over the wire. */
export interface TokenRefusal {
  readonly status: number
  readonly text: string
  readonly retryAfterSeconds: number | null
  readonly clientRequestId: string
  readonly requestId: string | null
}

/**
 * What a refused sign-in means. The number in `error_codes` is the only thing that tells an expired secret from a
 * wrong one; Microsoft's sentence is not kept.
 */
export function tokenFailure(refusal: TokenRefusal): Result<never> {
  const body = parseBody(refusal.text)
  const codes = codesOf(body)
  const known = knownOf(refusal, body, codes)
  if (refusal.status === 429 || body?.error === 'temporarily_unavailable') {
    return failed({ kind: 'throttled', retryAfterSeconds: refusal.retryAfterSeconds }, known)
  }
  if (refusal.status >= 500) return failed({ kind: 'unreachable', detail: 'server_error' }, known)
  if (!body) return failed({ kind: 'unreachable', detail: 'unreadable' }, known)
  const otherwise = body.error === 'invalid_client' ? 'credential_rejected' : 'rejected_request'
  return failed({ kind: meaningOf(codes) ?? otherwise }, known)
}

type Meaning =
  | 'credential_missing'
  | 'credential_rejected'
  | 'credential_expired'
  | 'app_not_installed'
  | 'app_disabled'
  | 'directory_unknown'
  | 'access_policy'

const CODES: Readonly<Record<Meaning, readonly number[]>> = {
  credential_missing: [7000218, 7000216],
  credential_rejected: [7000215, 700027, 700023, 700024, 700021],
  credential_expired: [7000222],
  app_not_installed: [700016, 7000229, 65001],
  app_disabled: [7000112],
  directory_unknown: [90002, 900023, 900382],
  access_policy: [...range(53000, 53011), ...range(530032, 530036)],
}

/** The first cause whose codes include one of these; null for a code we do not know. */
function meaningOf(codes: readonly number[]): Meaning | null {
  const entries = Object.entries(CODES) as [Meaning, readonly number[]][]
  return entries.find(([, known]) => codes.some((code) => known.includes(code)))?.[0] ?? null
}

const refusalBody = z.object({
  error: z.string(),
  error_description: z.string().optional().catch(undefined),
  error_codes: z.array(z.number()).optional().catch(undefined),
  trace_id: z.string().optional().catch(undefined),
  correlation_id: z.string().optional().catch(undefined),
})

type RefusalBody = z.infer<typeof refusalBody>

function parseBody(text: string): RefusalBody | null {
  try {
    return refusalBody.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function codesOf(body: RefusalBody | null): readonly number[] {
  if (body?.error_codes?.length) return body.error_codes
  const inText = /AADSTS(\d{4,9})/.exec(body?.error_description ?? '')?.[1]
  return inText ? [Number(inText)] : []
}

const knownOf = (refusal: TokenRefusal, body: RefusalBody | null, codes: readonly number[]): Known => ({
  status: refusal.status,
  code: codes[0] === undefined ? body?.error : `AADSTS${codes[0]}`,
  requestId: refusal.requestId,
  clientRequestId: refusal.clientRequestId,
  traceId: body?.trace_id,
  correlationId: body?.correlation_id,
})

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
