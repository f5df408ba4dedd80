export {
  type AppCertificate,
  bytesOf,
  type CertificateFlaw,
  LONGEST_PEM,
  readCertificate,
  thumbprintsOf,
} from './app-certificate.ts'
export { type CredentialSlot, waitingCredential } from './connection-for-use.sql.ts'
export {
  type CredentialKind,
  type CredentialVault,
  credentialVault,
  type SealedCredential,
} from './credential-vault.ts'
export { type GraphAccess, graphFor, type ProviderAccess } from './graph-for.ts'
export { type ConnectionObservation, lockDirectory, recordObservation } from './observation.sql.ts'
export { isOurApp, type PlatformIdentity } from './platform.ts'
export {
  type ConnectionFacts,
  type EvidenceFacts,
  type ReadinessNeed,
  readinessObjection,
} from './readiness.ts'
export { resealCredentials } from './reseal-credentials.ts'
export { makeCertificate } from './self-signed.ts'
