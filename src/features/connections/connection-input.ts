import { type DirectoryId, isPlainText, type Json, parseDirectoryId } from '../../kernel/index.ts'
import { type AppCertificate, type CertificateFlaw, readCertificate } from '../../providers/index.ts'

/** How a new credential comes here: typed, pasted, or made here. */
export const CREDENTIAL_WAYS = ['secret', 'certificate', 'made'] as const
export type CredentialWay = (typeof CREDENTIAL_WAYS)[number]

/** What was typed, kept as it was typed; secret and key are read apart and never kept. */
export interface TypedConnection {
  readonly tenant: string
  /** Whose app it signs in as: dedicated (also when left empty) or platform. */
  readonly type: string
  readonly label: string
  readonly clientId: string
  readonly directoryId: string
  readonly expiresOn: string
  readonly way: CredentialWay
}
export type ConnectionField = keyof TypedConnection | 'clientSecret' | 'pem'

/** The app that a connection uses. Client ids are GUIDs in lower case, like directory ids. */
export interface AppInput {
  readonly label: string
  readonly clientId: string
  readonly directoryId: DirectoryId
}

export interface SecretInput {
  readonly value: string
  readonly expiresAt: Date | null
}

/** What can be wrong with a field; the page has a sentence for each. */
export type ConnectionFlaw =
  | 'tenant_missing'
  | 'type_unknown'
  | 'central_app_missing'
  | 'central_app_taken'
  | 'tenant_archived'
  | 'label_missing'
  | 'label_too_long'
  | 'label_unreadable'
  | 'client_missing'
  | 'client_not_a_guid'
  | 'client_taken'
  | 'directory_not_a_guid'
  | 'secret_missing'
  | 'secret_too_long'
  | 'secret_unreadable'
  | 'secret_is_its_id'
  | 'expiry_not_a_date'
  | 'expiry_past'
  | CertificateFlaw

export type ConnectionFlaws = Readonly<Partial<Record<ConnectionField, ConnectionFlaw>>>
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly flaws: ConnectionFlaws }

type Fields = { readonly [name: string]: Json }

const LONGEST_LABEL = 200
const LONGEST_SECRET = 1000

/** The fields of a request's body as texts; whatever is no text or number counts as empty. */
export const typedConnection = (fields: Fields): TypedConnection => ({
  tenant: textOf(fields.tenant),
  type: textOf(fields.type),
  label: textOf(fields.label),
  clientId: textOf(fields.clientId),
  directoryId: textOf(fields.directoryId),
  expiresOn: textOf(fields.expiresOn),
  way: CREDENTIAL_WAYS.find((way) => way === fields.way) ?? 'secret',
})

/** Judges a certificate with its private key. */
export function readPem(pem: string, now: Date): Read<AppCertificate> {
  const read = readCertificate(pem, now)
  return read.ok ? read : { ok: false, flaws: { pem: read.flaw } }
}

/** The secret, or the certificate with its private key, of a request's body; kept out of everything that is shown again. */
export const typedHidden = (fields: Fields) => ({
  secret: textOf(fields.clientSecret),
  pem: textOf(fields.pem),
})

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

/** What a new connection proves itself with; a certificate that is to be made here is not there yet. */
export type FirstProof =
  | ({ readonly kind: 'client_secret' } & SecretInput)
  | ({ readonly kind: 'certificate' } & AppCertificate)
  | { readonly kind: 'made' }

/** Judges everything that a new connection needs at once, so that every wrong field is named. */
export function readNewConnection(
  typed: TypedConnection,
  hidden: { readonly secret: string; readonly pem: string },
  ofTenant: DirectoryId | null,
  now: Date,
): Read<{ app: AppInput; proof: FirstProof }> {
  const app = readApp(typed, ofTenant)
  if (!['', 'dedicated'].includes(typed.type)) return { ok: false, flaws: { type: 'type_unknown' } }
  const proof = readProof(typed, hidden, now)
  if (app.ok && proof.ok) return { ok: true, value: { app: app.value, proof: proof.value } }
  return { ok: false, flaws: { ...(app.ok ? {} : app.flaws), ...(proof.ok ? {} : proof.flaws) } }
}

function readProof(
  { expiresOn, way }: TypedConnection,
  { pem, secret }: { readonly secret: string; readonly pem: string },
  now: Date,
): Read<FirstProof> {
  if (way === 'made') return { ok: true, value: { kind: 'made' } }
  if (way === 'certificate') {
    const read = readPem(pem, now)
    return read.ok ? { ok: true, value: { kind: 'certificate', ...read.value } } : read
  }
  const read = readSecret(secret, expiresOn, now)
  return read.ok ? { ok: true, value: { kind: 'client_secret', ...read.value } } : read
}

/** Judges what a connection with the central app needs: a label, and that there is a central app. */
export function readCentral(
  { label }: TypedConnection,
  ofTenant: DirectoryId | null,
  platformClientId: string | null,
): Read<AppInput> {
  const flaw = flawOfLabel(label)
  if (!flaw && ofTenant && platformClientId)
    return { ok: true, value: { label, clientId: platformClientId, directoryId: ofTenant } }
  return {
    ok: false,
    flaws: { ...(flaw && { label: flaw }), ...(!platformClientId && { type: 'central_app_missing' }) },
  }
}

/** Judges label and app; a directory that is left out is the tenant's own, if the tenant is known. */
export function readApp(typed: TypedConnection, ofTenant: DirectoryId | null): Read<AppInput> {
  const clientId = parseDirectoryId(typed.clientId)
  const directoryId = typed.directoryId ? parseDirectoryId(typed.directoryId) : ofTenant
  const label = flawOfLabel(typed.label)
  if (clientId && directoryId && !label)
    return { ok: true, value: { label: typed.label, clientId, directoryId } }
  const client = typed.clientId ? 'client_not_a_guid' : 'client_missing'
  return {
    ok: false,
    flaws: {
      ...(label && { label }),
      ...(!clientId && { clientId: client }),
      ...(!directoryId && typed.directoryId && { directoryId: 'directory_not_a_guid' }),
    },
  }
}

function flawOfLabel(label: string): ConnectionFlaw | null {
  if (!label) return 'label_missing'
  if (label.length > LONGEST_LABEL) return 'label_too_long'
  return isPlainText(label) ? null : 'label_unreadable'
}

/** Judges a secret and the day on which it expires; it counts until that day is over in UTC. */
export function readSecret(secret: string, expiresOn: string, now: Date): Read<SecretInput> {
  const expiresAt = expiresOn === '' ? null : endOfDay(expiresOn)
  const clientSecret = flawOfSecret(secret)
  const expiry = expiresAt && flawOfExpiry(expiresAt, now)
  if (!clientSecret && !expiry) return { ok: true, value: { value: secret, expiresAt } }
  return {
    ok: false,
    flaws: { ...(clientSecret && { clientSecret }), ...(expiry && { expiresOn: expiry }) },
  }
}

function flawOfSecret(secret: string): ConnectionFlaw | null {
  if (!secret) return 'secret_missing'
  if (secret.length > LONGEST_SECRET) return 'secret_too_long'
  if (/\s/u.test(secret) || !isPlainText(secret)) return 'secret_unreadable'
  return parseDirectoryId(secret) ? 'secret_is_its_id' : null
}

function flawOfExpiry(expiresAt: Date, now: Date): ConnectionFlaw | null {
  if (Number.isNaN(expiresAt.getTime())) return 'expiry_not_a_date'
  return expiresAt <= now ? 'expiry_past' : null
}

/** The last second of a day written as YYYY-MM-DD; an invalid date for anything else. */
function endOfDay(day: string): Date {
  const end = new Date(`${day}T23:59:59Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(end.getTime())
  return isDay && end.toISOString().startsWith(day) ? end : new Date(Number.NaN)
}
