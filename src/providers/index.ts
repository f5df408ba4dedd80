export { type CredentialVault, credentialVault } from './credential-vault.ts'
export { type GraphAccess, graphFor, type ProviderAccess } from './graph-for.ts'
export { type ConnectionObservation, lockDirectory, recordObservation } from './observation.sql.ts'
export { type ConnectionFacts, type ReadinessNeed, readinessObjection } from './readiness.ts'
