export { type CredentialVault, credentialVault, SealBroken } from './credential-vault.ts'
export { type GraphAccess, graphFor, type ProviderAccess } from './graph-for.ts'
export { type ConnectionObservation, recordObservation } from './observation.sql.ts'
export {
  type ConnectionFacts,
  type CredentialFacts,
  type EvidenceFacts,
  type ReadinessNeed,
  type ReadinessObjection,
  readinessObjection,
} from './readiness.ts'
