import { type OperationCode, satisfies } from '../../engine/catalog/index.ts'
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
import { operationsWords } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { permissionsWords } from './permissions.words.ts'
import { neededPermissions } from './verification-report.ts'

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
  const needs = neededPermissions([...supported])
  const names = needs.map(({ requirement }) => requirement.permission).join('\n')
  const lacks = needs.some(({ requirement }) => !satisfies(requirement, evidence?.permissions ?? []))
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

type Need = ReturnType<typeof neededPermissions>[number]

function rowOf(
  { requirement, usedBy }: Need,
  granted: readonly string[] | null,
  reader: Reader,
): ReportCheck {
  const { permissions: words } = connectionWords(reader.language)
  const { alsoSatisfiedBy, permission } = requirement
  const row = { name: permission, code: true, usedFor: words.neededFor(operationsWords(usedBy, reader)) }
  if (granted && satisfies(requirement, granted)) {
    const wider = granted.includes(permission)
      ? undefined
      : alsoSatisfiedBy.find((name) => granted.includes(name))
    return { ...row, result: 'passed', word: wider ? words.through(wider) : words.granted }
  }
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  return {
    ...row,
    ...(granted ? { result: 'missing', word: words.missing } : { result: 'skipped', word: words.unknown }),
    ...(alsoSatisfiedBy.length > 0 && { remedy: { text: words.also(list.format(alsoSatisfiedBy)) } }),
  }
}
