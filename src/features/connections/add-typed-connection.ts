import type { ConnectionId } from '../../kernel/index.ts'
import { makeCertificate } from '../../providers/index.ts'
import type { Web } from '../../web/index.ts'
import {
  type AppInput,
  type FirstProof,
  readCentral,
  readNewConnection,
  type TypedConnection,
  type typedHidden,
} from './connection-input.ts'
import type { SeenTenant } from './connections.sql.ts'
import { addCentralConnection, addConnection, type By, type Changed } from './manage-connection.ts'
import { commonNameOf, type Proof } from './store-credential.ts'

/** What a form or a program said of a new connection; the hidden part is never shown again. */
export interface Typed {
  readonly typed: TypedConnection
  readonly hidden: ReturnType<typeof typedHidden>
}

/** Adds the connection that somebody typed in to a tenant, or says what is wrong with which field. */
export async function addTypedConnection(
  web: Pick<Web, 'db' | 'vault' | 'gate'>,
  tenant: SeenTenant,
  by: By,
  { hidden, typed }: Typed,
): Promise<Changed<ConnectionId>> {
  if (typed.type === 'platform') {
    const app = readCentral(typed, tenant.directoryId, web.gate.platformClientId)
    return app.ok ? addCentralConnection(web.db, tenant, by, app.value) : app
  }
  const read = readNewConnection(typed, hidden, tenant.directoryId, new Date())
  if (!read.ok) return read
  return addConnection(web.db, web.vault, tenant, by, {
    app: read.value.app,
    proof: await proofOf(read.value),
  })
}

/** What the app proves itself with; a certificate that is asked for is made now. */
async function proofOf({ app, proof }: { app: AppInput; proof: FirstProof }): Promise<Proof> {
  if (proof.kind === 'client_secret') return proof
  if (proof.kind === 'certificate') return { ...proof, madeHere: false }
  const made = await makeCertificate(commonNameOf(app.clientId), new Date())
  return { kind: 'certificate', madeHere: true, ...made }
}
