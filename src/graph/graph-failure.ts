import { type GraphError, parseGraphError } from './dialect.ts'
import type { Answer } from './exchange.ts'
import { failed, type Known, type Result } from './failure.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** What an answer of Graph means that is not a success. */
export function graphFailure(answer: Answer, clientRequestId: string, now: Date): Result<never> {
  const error = parseGraphError(answer.text)
  const known = knownOf(answer, error, clientRequestId)
  const pause = retryAfterSeconds(answer.headers, now)
  if (answer.status === 429 || (answer.status === 503 && pause !== null)) {
    return failed({ kind: 'throttled', retryAfterSeconds: pause }, known)
  }
  if (answer.status >= 500) return failed({ kind: 'unreachable', detail: 'server_error' }, known)
  return error ? spokenFailure(answer.status, error, known) : foreignFailure(answer.status, known)
}

/** A refusal in Graph's own words. */
function spokenFailure(status: number, error: GraphError, known: Known): Result<never> {
  const has = (codes: readonly string[]) => error.codes.some((code) => codes.includes(code))
  if (has(['authorization_identitynotfound'])) return failed({ kind: 'app_not_installed' }, known)
  if (isNotLicensed(error)) return failed({ kind: 'not_licensed' }, known)
  if (status === 403 || (status === 401 && has(FORBIDDEN))) {
    return failed({ kind: 'permission_missing', acceptable: acceptablePermissions(error.message) }, known)
  }
  if (status === 401) return failed({ kind: 'unauthenticated' }, known)
  if (status === 404) return failed({ kind: 'not_found' }, known)
  if (has(['directory_expiredpagetoken'])) return failed({ kind: 'page_link_expired' }, known)
  return failed({ kind: 'rejected_request' }, known)
}

/** A refusal that Graph did not write: a proxy on the way, or the web server in front of it. */
function foreignFailure(status: number, known: Known): Result<never> {
  if (status === 401) return failed({ kind: 'unauthenticated' }, known)
  if (status === 400 || status === 413 || status === 414 || status === 431) {
    return failed({ kind: 'rejected_request' }, known)
  }
  return failed({ kind: 'unreachable', detail: 'unreadable' }, known)
}

/** The device service says 401 to an application that merely lacks a permission. */
const FORBIDDEN = ['forbidden', 'authorization_requestdenied', 'accessdenied']

const isNotLicensed = (error: GraphError): boolean =>
  error.message.startsWith('Request not applicable to target tenant') ||
  error.codes.includes('authentication_requestfromnonpremiumtenantorb2ctenant')

/** The permissions Intune names in its sentence; the directory names none. */
function acceptablePermissions(message: string): string[] {
  const list = /one of the following scopes:(.*)/s.exec(message)?.[1] ?? ''
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[A-Za-z-]+(\.[A-Za-z-]+)+$/.test(name))
    .slice(0, 50)
}

const knownOf = (answer: Answer, error: GraphError | null, clientRequestId: string): Known => ({
  status: answer.status,
  code: error?.code,
  message: error?.message,
  requestId: answer.headers.get('request-id') ?? error?.requestId,
  clientRequestId,
  traceId: error?.activityId,
})
