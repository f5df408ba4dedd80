import { randomBytes, randomUUID, X509Certificate } from 'node:crypto'
import type { CentralApp, LiveDirectory, SandboxApp, SandboxRole, SandboxSecret } from './directory.ts'
import type { FaultsChange } from './faults.ts'

export const SECRET_STATES = ['accepted', 'rejected', 'expired'] as const
export type SecretState = (typeof SECRET_STATES)[number]

/** Whether sign-in accepts the secret at this moment, and if not, why. */
export function secretState(secret: SandboxSecret, now: Date): SecretState {
  if (secret.revoked) return 'rejected'
  return secret.expiresAt !== undefined && new Date(secret.expiresAt) <= now ? 'expired' : 'accepted'
}

/** Makes sign-in accept the secret, refuse it as wrong, or refuse it as expired since yesterday. */
export function setSecretState(secret: SandboxSecret, state: SecretState, now: Date): void {
  if (secretState(secret, now) === state) return
  secret.revoked = state === 'rejected'
  if (state === 'expired') secret.expiresAt = new Date(now.getTime() - 86_400_000).toISOString()
  if (secretState(secret, now) !== state) delete secret.expiresAt
}

/** Makes a client secret that is accepted for 180 days; its value is shown to whoever asked, and never again. */
export function addSecret(app: SandboxApp, now: Date): SandboxSecret & { expiresAt: string } {
  const secret = {
    value: `${randomBytes(2).toString('hex').slice(0, 3)}8Q~${randomBytes(25).toString('base64url')}`,
    expiresAt: new Date(now.getTime() + 180 * 86_400_000).toISOString(),
  }
  app.secrets.push(secret)
  return secret
}

/** A registered certificate as its app registration shows it. */
export interface CertificateView {
  readonly thumbprint: string
  readonly subject: string
  /** ISO 8601. */
  readonly expiresAt: string
}

/** What is to be read off a certificate; the thumbprint is SHA-1 in hex, as the portal shows it. */
export function certificateView(pem: string): CertificateView {
  const certificate = new X509Certificate(pem)
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    subject: certificate.subject,
    expiresAt: new Date(certificate.validTo).toISOString(),
  }
}

/** Uploads the public part of a certificate; null when the text holds none. A private key beside it is not kept. */
export function addCertificate(app: SandboxApp, text: string): CertificateView | null {
  try {
    const pem = new X509Certificate(text).toString()
    const view = certificateView(pem)
    app.certificates = [...withoutCertificate(app, view.thumbprint), { pem }]
    return view
  } catch {
    return null
  }
}

/** Takes a certificate away: nothing signs in with it from now on. False when there was none. */
export function removeCertificate(app: SandboxApp, thumbprint: string): boolean {
  const before = app.certificates?.length ?? 0
  app.certificates = withoutCertificate(app, thumbprint)
  return app.certificates.length < before
}

const withoutCertificate = ({ certificates = [] }: SandboxApp, thumbprint: string) =>
  certificates.filter(({ pem }) => certificateView(pem).thumbprint !== thumbprint)

/** Registers an application: installed and enabled, without a secret, and nothing granted yet. */
export function registerApp(directory: LiveDirectory, displayName: string): SandboxApp {
  const app: SandboxApp = {
    clientId: randomUUID(),
    displayName,
    secrets: [],
    granted: [],
    installed: true,
    enabled: true,
  }
  directory.apps.push(app)
  return app
}

/** Lets an app of another organisation in, with everything that it is registered to need. */
export function consentTo(directory: LiveDirectory, central: CentralApp): void {
  const known = directory.apps.find(({ clientId }) => clientId === central.clientId)
  const app = known ?? {
    clientId: central.clientId,
    displayName: central.displayName,
    secrets: central.secrets,
    certificates: central.certificates,
    granted: [],
    installed: true,
    enabled: true,
  }
  app.installed = true
  setGranted(app, central.asksFor)
  if (!known) directory.apps.push(app)
}

/** Replaces what an administrator granted; tokens issued before keep what they carry. */
export function setGranted(app: SandboxApp, granted: readonly string[]): void {
  app.granted = [...new Set(granted)]
}

/** Takes a permission from every application at once: tokens issued before lose it as well, until it is granted again. */
export function revokePermission(directory: LiveDirectory, permission: string): void {
  for (const app of directory.apps) {
    app.granted = app.granted.filter((name) => name !== permission)
    app.revoked = [...new Set([...(app.revoked ?? []), permission])]
  }
}

/** Sets the faults that are named, and takes away those that are null. */
export function changeFaults(directory: LiveDirectory, change: FaultsChange): void {
  const kept = Object.entries({ ...directory.faults, ...withoutAbsent(change) }).filter(
    ([, fault]) => fault !== null,
  )
  directory.faults = Object.fromEntries(kept)
}

/** Adds a custom role at the end of the list. */
export function addRole(
  directory: LiveDirectory,
  displayName: string,
  description: string | null,
): SandboxRole {
  const role: SandboxRole = {
    id: randomUUID(),
    displayName,
    description,
    isBuiltIn: false,
    isEnabled: true,
    allowedResourceActions: ['microsoft.directory/applications/standard/read'],
  }
  directory.roleDefinitions.push(role)
  return role
}

/** The role with this id, or null. */
export const findRole = (directory: LiveDirectory, roleId: string): SandboxRole | null =>
  directory.roleDefinitions.find((role) => role.id === roleId) ?? null

/** Takes a role away; false when there was none. */
export function deleteRole(directory: LiveDirectory, roleId: string): boolean {
  const kept = directory.roleDefinitions.filter((role) => role.id !== roleId)
  const found = kept.length < directory.roleDefinitions.length
  directory.roleDefinitions = kept
  return found
}

const withoutAbsent = (change: FaultsChange): FaultsChange =>
  Object.fromEntries(Object.entries(change).filter(([, fault]) => fault !== undefined))
