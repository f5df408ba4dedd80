import type { PlatformIdentity } from '../../providers/index.ts'
import type { CentralApp } from '../../sandbox/index.ts'
import { daysFromNow, demoGuid, demoSecret } from './ids.ts'
import { ALL_GRANTED } from './tenants.ts'

const clientId = demoGuid('central app')
const secret = demoSecret('central app')

/** The central app that an installation beside the sandbox has when it names none of its own. */
export const demoIdentity: PlatformIdentity = {
  clientId,
  credential: { kind: 'client_secret', secret },
  version: 'demo',
}

/** The same app as the sandbox knows it; the demonstration is opened under either name of this machine. */
export const demoCentralApp = (): CentralApp => ({
  clientId,
  displayName: 'TenantPilot',
  secrets: [{ value: secret, expiresAt: daysFromNow(365).toISOString() }],
  certificates: [],
  redirectUris: ['http://127.0.0.1/admin/consent/callback', 'http://localhost/admin/consent/callback'],
  asksFor: ALL_GRANTED,
})
