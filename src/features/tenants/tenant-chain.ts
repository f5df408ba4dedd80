import { definitionOf, missingPermissions, type OperationCode } from '../../engine/catalog/index.ts'
import type { Gate, TenantForecast } from '../../engine/gate/index.ts'
import { type ConnectionFacts, isOurApp } from '../../providers/index.ts'
import type { ChainFact } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { type TenantWords, tenantWords } from './tenant.words.ts'

type Settings = Pick<Gate, 'evidenceMaxAgeDays' | 'platformClientId' | 'supported'>
type Told = Omit<ChainFact, 'label'>

/** The five readiness facts of a tenant, in the order in which the gate looks at them. */
export function chainOf(
  ground: TenantForecast['ground'],
  { isUntried }: { isUntried: boolean },
  settings: Settings,
  reader: Reader,
): ChainFact[] {
  const { chain } = tenantWords(reader.language)
  const { at, connection, connectionCount, tenant } = ground
  const off: Told = { mark: 'skipped', value: chain.notLookedAt }
  const told = connection
    ? {
        connection: connectionFact(connection, tenant.directoryId, chain),
        consent: consentFact(connection, chain),
        credential: credentialFact(connection, isUntried, settings, at, reader),
        permissions: permissionsFact(connection, settings.supported, chain),
        evidence: evidenceFact(connection, settings.evidenceMaxAgeDays, at, reader),
      }
    : {
        connection: noConnection(connectionCount, chain),
        consent: off,
        credential: off,
        permissions: off,
        evidence: off,
      }
  const order = ['connection', 'consent', 'credential', 'permissions', 'evidence'] as const
  return order.map((name) => ({ label: chain[name], ...told[name] }))
}

type Chain = TenantWords['chain']

const noConnection = (count: number, chain: Chain): Told =>
  count === 0
    ? { mark: 'not_ready', value: chain.none, detail: chain.noneDetail }
    : { mark: 'not_ready', value: chain.noDefault, detail: chain.exist(count) }

function connectionFact(connection: ConnectionFacts, directoryId: string, chain: Chain): Told {
  if (!connection.isEnabled) return { mark: 'not_ready', value: chain.disabled, detail: connection.label }
  if (connection.directoryId !== directoryId)
    return { mark: 'not_ready', value: chain.otherDirectory, detail: connection.label }
  return { mark: 'ready', value: chain.types[connection.type], detail: chain.enabled }
}

const consentFact = ({ consent }: ConnectionFacts, chain: Chain): Told => ({
  mark: consent === 'granted' ? 'ready' : consent === 'unknown' ? 'check_first' : 'not_ready',
  value: chain.consents[consent],
  ...(consent === 'unknown' && { detail: chain.checkTells }),
})

function credentialFact(
  connection: ConnectionFacts,
  isUntried: boolean,
  { platformClientId }: Settings,
  at: string,
  reader: Reader,
): Told {
  const { chain } = tenantWords(reader.language)
  const { credential, type } = connection
  if (type === 'platform')
    return isOurApp(connection, platformClientId)
      ? { mark: 'ready', value: chain.usable, detail: chain.centrally }
      : { mark: 'not_ready', value: chain.noCentral }
  if (credential.kind === 'missing') return { mark: 'not_ready', value: chain.missing }
  const { expiresAt, form, rejectedAt } = credential
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(at))
    return { mark: 'not_ready', value: chain.expired, detail: reader.ago(new Date(expiresAt)) }
  if (rejectedAt !== null)
    return {
      mark: 'not_ready',
      value: chain.rejected,
      detail: chain.byMicrosoft(reader.ago(new Date(rejectedAt))),
    }
  const until = expiresAt === null ? chain.forms[form] : chain.until(reader.say.date(expiresAt))
  if (isUntried) return { mark: 'check_first', value: chain.untried, detail: chain.untriedSince(until) }
  return { mark: 'ready', value: chain.usable, detail: until }
}

function permissionsFact(
  { evidence }: ConnectionFacts,
  supported: ReadonlySet<OperationCode>,
  chain: Chain,
): Told {
  if (!evidence) return { mark: 'check_first', value: chain.notKnown, detail: chain.checkTells }
  const required = [...supported].flatMap((code) => definitionOf(code).required)
  const need = new Set(required.map(({ permission }) => permission)).size
  if (need === 0) return { mark: 'ready', value: chain.noNeed }
  const missing = missingPermissions(required, evidence.permissions).length
  return {
    mark: missing === 0 ? 'ready' : 'partly_ready',
    value: chain.granted(need - missing, need),
    detail: missing === 0 ? chain.allThere : chain.missingCount(missing),
  }
}

function evidenceFact({ evidence }: ConnectionFacts, maxAgeDays: number, at: string, reader: Reader): Told {
  const { chain } = tenantWords(reader.language)
  if (!evidence) return { mark: 'check_first', value: chain.never, detail: chain.checkTells }
  const stale = Date.parse(at) - Date.parse(evidence.seenAt) > maxAgeDays * 86_400_000
  return {
    mark: stale ? 'check_first' : 'ready',
    value: chain.old(reader.age(new Date(evidence.seenAt), new Date(at))),
    detail: stale ? chain.counted(maxAgeDays) : chain.goodFor(maxAgeDays),
  }
}
