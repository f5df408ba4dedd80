import type { Delivery } from '../traffic.ts'

/** A request as Graph has read it. */
export interface GraphRequest {
  readonly method: string
  readonly url: URL
  readonly version: string
  /** What follows the version, without the slash. */
  readonly path: string
  /** The JSON that was sent; undefined when there was none, or when it was not readable. */
  readonly body: unknown
  readonly ids: RequestIds
  /** When it came, and when it is answered. */
  readonly arrived: Date
  readonly now: Date
  /** It came although its application had been told to wait longer. */
  readonly isTooEarly: boolean
  readonly isBatched: boolean
  /** What will become of the answer on its way. */
  readonly delivery: Delivery
}

/** An answer of Graph before it is put on the wire. */
export interface GraphAnswer {
  readonly status: 200 | 201 | 204 | 400 | 401 | 403 | 404 | 405 | 410 | 424 | 429 | 500 | 503 | 504
  /** Null where nothing is to be said. */
  readonly body: object | null
  readonly headers?: Readonly<Record<string, string>>
  /** Until when a Retry-After header tells to wait. */
  readonly waitUntil?: Date
}

/** The ids of one request. */
export interface RequestIds {
  readonly request: string
  readonly client: string
}

/** Which of Microsoft's services writes the error: they differ. */
export type Dialect = 'directory' | 'conditional_access' | 'intune' | 'device'

export interface ErrorFacts {
  readonly dialect: Dialect
  readonly code: string
  readonly message: string
  readonly ids: RequestIds
  readonly now: Date
  readonly path: string
}

/** What conditional access says about every body that it does not take; its reason stands deeper inside. */
const MALFORMED = 'The server could not process the request because it is malformed or incorrect.'

/** An error body in the words of the service: plain, JSON in a string, or JSON in a string in a string. */
export function errorBody(facts: ErrorFacts): object {
  const { dialect, code, message } = facts
  if (dialect === 'directory') return envelope(facts, code, message)
  if (dialect === 'conditional_access')
    return code === 'BadRequest'
      ? envelope(facts, code, MALFORMED, { message })
      : envelope(facts, code, message)
  const packed = intuneMessage(facts)
  return dialect === 'intune'
    ? envelope(facts, code, packed)
    : envelope(facts, 'UnknownError', deviceMessage(code, packed))
}

const envelope = ({ ids, now }: ErrorFacts, code: string, message: string, inner: object = {}): object => ({
  error: {
    code,
    message,
    innerError: {
      ...inner,
      date: now.toISOString().slice(0, 19),
      'request-id': ids.request,
      'client-request-id': ids.client,
    },
  },
})

function intuneMessage({ message, ids, path }: ErrorFacts): string {
  const trailer = [
    'Operation ID (for customer support): 00000000-0000-0000-0000-000000000000',
    `Activity ID: ${ids.request}`,
    `Url: https://fef.msub05.manage.microsoft.com/DeviceConfiguration_2511/StatelessDeviceConfigurationFEService${path}?api-version=5025-10-14`,
  ]
  const content = {
    _version: 3,
    Message: [message, ...trailer].join(' - '),
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: '{}',
  }
  return JSON.stringify(content, null, 2).replaceAll('\n', '\r\n')
}

const deviceMessage = (code: string, packed: string): string =>
  JSON.stringify({
    ErrorCode: code,
    Message: packed,
    Target: null,
    Details: null,
    InnerError: null,
    InstanceAnnotations: [],
  })
