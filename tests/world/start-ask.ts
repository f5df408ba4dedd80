import { randomUUID } from 'node:crypto'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Surface } from '../../src/engine/catalog/index.ts'
import type { StartAsk } from '../../src/engine/gate/index.ts'
import type { DirectoryId } from '../../src/kernel/index.ts'

export interface SeededTenant {
  readonly id: number
  readonly workspaceId: number
  readonly directoryId: DirectoryId
}

/** A start of an operation in a tenant, as the tenant page would ask for it. */
export const startAsk = (
  actor: PersonalActor,
  tenant: SeededTenant,
  operation: string,
  change: Partial<StartAsk> = {},
): StartAsk => ({
  actor,
  target: { kind: 'directory', directoryId: tenant.directoryId },
  surface: 'tenant' satisfies Surface,
  operation,
  parsed: { ok: true, input: { connectionId: null, selection: {}, sourceSurface: null } },
  idempotency: null,
  correlationId: randomUUID(),
  ...change,
})
