import type { OperationCode } from '../../engine/catalog/index.ts'
import {
  CopyButton,
  NextStepLink,
  Part,
  Report,
  type ReportCheck,
  SubHeading,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { permissionsHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import type { SeenConnection } from './connections.sql.ts'
import { type PermissionNeed, permissionsToGrant, throughOf } from './permission-needs.ts'
import { permissionsWords } from './permissions.words.ts'
import { usesWords } from './uses-words.ts'

interface PermissionsProps {
  connection: SeenConnection
  reader: Reader
  supported: ReadonlySet<OperationCode>
}

/** What the app has to be granted, by which operation it is needed, whether it is there; how to grant what is not. */
export const PermissionsPart = ({ connection, reader, supported }: PermissionsProps) => {
  const { copied, permissions: words } = connectionWords(reader.language)
  const { facts } = connection
  const { evidence } = facts
  const needs = permissionsToGrant([...supported])
  const names = needs.map(({ permission }) => permission).join('\n')
  const lacks = needs.some((need) => !throughOf(need, evidence?.permissions ?? []))
  const lead = evidence ? words.seen(reader.ago(new Date(evidence.seenAt))) : words.unseen
  return (
    <Part
      id="permissions"
      title={words.title}
      lead={needs.length > 0 ? lead : words.none}
      end={
        needs.length > 0 && (
          <>
            <CopyButton text={names} label={words.copy} copied={copied} />
            {' · '}
            <NextStepLink
              href={permissionsHref(connection.id)}
              text={permissionsWords(reader.language).all}
            />
          </>
        )
      }
    >
      {needs.length > 0 && (
        <Report checks={needs.map((need) => rowOf(need, evidence?.permissions ?? null, reader))} />
      )}
      {lacks && (
        <>
          <SubHeading>{words.how}</SubHeading>
          <ol class="list-decimal ps-5 text-ui text-ink-2 grid gap-1 max-w-[38rem]">
            {(facts.type === 'platform' ? words.centralSteps : words.steps).map((step) => (
              <li>{step}</li>
            ))}
          </ol>
        </>
      )}
    </Part>
  )
}

function rowOf(need: PermissionNeed, granted: readonly string[] | null, reader: Reader): ReportCheck {
  const { permissions: words } = connectionWords(reader.language)
  const { permission, wider } = need
  const row = { name: permission, code: true, usedFor: usesWords(need, reader) }
  const through = granted && throughOf(need, granted)
  if (through)
    return { ...row, result: 'passed', word: through === permission ? words.granted : words.through(through) }
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  return {
    ...row,
    ...(granted ? { result: 'missing', word: words.missing } : { result: 'skipped', word: words.unknown }),
    ...(wider.length > 0 && { remedy: { text: words.also(list.format(wider)) } }),
  }
}
