import type { LiveDirectory } from '../directory.ts'
import { type SandboxFaults, strikes } from '../faults.ts'
import { type Wait, waitOf } from '../mishaps.ts'
import type { Dialect, GraphAnswer, GraphRequest } from './answers.ts'
import { refusal } from './errors.ts'
import { resourceUnits } from './resource-units.ts'
import { drawUnits } from './token-bucket.ts'

/** Who asks for how much. */
interface Load {
  readonly directory: LiveDirectory
  readonly clientId: string
  readonly dialect: Dialect
}

/** The refusal of a service that has too much to do, because somebody wants it so; null when it has time. */
export function busyAnswer(request: GraphRequest, load: Load): GraphAnswer | null {
  const { faults, graphRequests } = load.directory
  if (isStorm(faults, request.now)) return busy(request, load, waitOf(faults, request.now), faults.busyStatus)
  const isEach = faults.throttleEvery !== undefined && graphRequests % faults.throttleEvery === 0
  return isEach ? busy(request, load, waitOf(faults, request.now)) : null
}

function isStorm(faults: SandboxFaults, now: Date): boolean {
  if (faults.busySeconds) {
    faults.busyUntil = new Date(now.getTime() + faults.busySeconds * 1000).toISOString()
    delete faults.busySeconds
  }
  if (faults.busyUntil && now < new Date(faults.busyUntil)) return true
  delete faults.busyUntil
  return strikes(faults, 'busyNext')
}

/** What a request costs, told in the headers of its answer, and whether it is too much. Only the directory counts units. */
export function meter(
  request: GraphRequest,
  load: Load,
): { headers: Readonly<Record<string, string>>; refused: GraphAnswer | null } {
  if (load.dialect === 'conditional_access') return { headers: {}, refused: oneAtATime(request, load) }
  if (load.dialect !== 'directory') return { headers: {}, refused: null }
  const { bucketSeconds = 10, bucketUnits } = load.directory.faults
  const units = resourceUnits(request.path, request.url.searchParams)
  const unit = { 'x-ms-resource-unit': String(units) }
  if (!bucketUnits) return { headers: unit, refused: null }
  const { used: all } = load.directory.traffic
  const draw = { units, capacity: bucketUnits, windowSeconds: bucketSeconds, now: request.now }
  const { isRefused, share, used, waitSeconds } = drawUnits(all.get(load.clientId), draw)
  all.set(load.clientId, used)
  const wait = waitOf(load.directory.faults, request.now, waitSeconds)
  return {
    headers: { ...unit, ...(share > 0.8 && { 'x-ms-throttle-limit-percentage': share.toFixed(2) }) },
    refused: isRefused ? busy(request, load, wait) : null,
  }
}

/** Conditional access takes a request a second from a directory, whoever asks, and does not tell how long to wait. */
function oneAtATime(request: GraphRequest, load: Load): GraphAnswer | null {
  const { faults, traffic } = load.directory
  const now = request.now.getTime()
  if (now - traffic.conditionalAccessAt < (faults.conditionalAccessSeconds ?? 1) * 1_000)
    return busy(request, load, { headers: {}, until: null })
  traffic.conditionalAccessAt = now
  return null
}

function busy(request: GraphRequest, load: Load, wait: Wait, status: 429 | 503 = 429): GraphAnswer {
  const { clientId, dialect, directory } = load
  const waiting = { headers: wait.headers, ...(wait.until && { waitUntil: wait.until }) }
  if (status === 503)
    return {
      ...refusal(request, 503, dialect, 'serviceNotAvailable', 'The service is unavailable.'),
      ...waiting,
    }
  return {
    ...refusal(request, 429, dialect, 'TooManyRequests', 'Too many requests.'),
    ...waiting,
    headers: {
      ...wait.headers,
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${clientId}/${directory.id}`,
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    },
  }
}
