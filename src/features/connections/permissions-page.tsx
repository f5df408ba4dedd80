import type { Child } from 'hono/jsx'
import {
  CopyButton,
  NextStepLink,
  PageHeader,
  Part,
  ReasonCallout,
  Report,
  type ReportCheck,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import { Ago, stepsToTry } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { type GrantState, isOptional, type PermissionNeed } from './permission-needs.ts'
import { permissionsWords } from './permissions.words.ts'
import { usesWords } from './uses-words.ts'

export interface JudgedNeed extends PermissionNeed {
  readonly state: GrantState
  /** When a check last saw it granted. */
  readonly lastSeenAt: Date | null
}

interface PermissionsPageProps {
  reader: Reader
  connection: SeenConnection
  needs: readonly JudgedNeed[]
  maxAgeDays: number
}

/** What the app of a connection has to be granted: what for, whether it is there, and how to grant what is not. */
export const PermissionsPage = ({ shell, ...props }: PermissionsPageProps & { shell: Shell }) => {
  const { connection, needs, reader } = props
  const { facts, id, tenant } = connection
  const words = permissionsWords(reader.language)
  const missing = needs.filter(({ state }) => state.kind === 'missing')
  const lacks = needs.some(({ state }) => state.kind !== 'granted')
  return (
    <Page
      shell={shell}
      title={words.title(facts.label)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.connections, href: CONNECTIONS },
        { label: facts.label, href: connectionHref(id) },
        { label: words.title(facts.label) },
      ]}
      at={CONNECTIONS}
    >
      <PageHeader title={words.title(facts.label)} lead={leadOf(props)} facts={[tenant.name]} />
      {needs.length > 0 && (
        <>
          <div class="mt-5">
            <Decision {...props} />
          </div>
          <Part id="permissions" title={words.list} lead={seenWhen(props)}>
            <Report checks={needs.map((need) => rowOf(need, props))} />
          </Part>
          {lacks && <HowToGrant connection={connection} reader={reader} missing={missing} />}
        </>
      )}
      <p class="mt-6">
        <NextStepLink href={connectionHref(id)} text={words.back} />
      </p>
    </Page>
  )
}

/** What is left out where an optional permission is missing holds nothing up, and does not count. */
const counted = (needs: readonly JudgedNeed[]) => needs.filter((need) => !isOptional(need))

const leadOf = ({ needs: all, reader }: PermissionsPageProps): string => {
  const words = permissionsWords(reader.language)
  const needs = counted(all)
  if (needs.length === 0) return words.none
  if (countOf(needs, 'unknown') > 0) return words.count(needs.length)
  return words.lead(countOf(needs, 'granted'), needs.length)
}

const countOf = (needs: readonly JudgedNeed[], kind: GrantState['kind']) =>
  needs.filter(({ state }) => state.kind === kind).length

const seenWhen = ({ connection: { facts }, reader }: PermissionsPageProps): Child => {
  const words = permissionsWords(reader.language)
  if (!facts.evidence) return words.unseen
  return <Ago at={new Date(facts.evidence.seenAt)} reader={reader} say={words.seen} />
}

const Decision = ({ connection, maxAgeDays, needs: all, reader }: PermissionsPageProps) => {
  const words = permissionsWords(reader.language)
  const needs = counted(all)
  const missing = countOf(needs, 'missing')
  const nextSteps = stepsToTry(connection, reader)
  if (countOf(needs, 'unknown') > 0)
    return (
      <ReasonCallout
        size="large"
        mark="check_first"
        title={words.unknown}
        why={connection.facts.evidence ? words.unknownWhy(maxAgeDays) : words.unseen}
        nextSteps={nextSteps}
      />
    )
  if (missing > 0)
    return (
      <ReasonCallout
        size="large"
        title={words.missing(missing)}
        why={words.missingWhy}
        nextSteps={nextSteps}
      />
    )
  const isAll = countOf(all, 'missing') === 0
  return (
    <ReasonCallout
      size="large"
      mark="ready"
      title={isAll ? words.complete : words.enough}
      why={isAll ? words.completeWhy : `${words.completeWhy} ${words.enoughWhy}`}
    />
  )
}

function rowOf(need: JudgedNeed, { reader }: PermissionsPageProps): ReportCheck {
  const words = permissionsWords(reader.language)
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  const accepted = need.wider.length > 0 ? ` ${words.wider(list.format(need.wider))}` : ''
  const seen = need.lastSeenAt === null ? words.neverSeen : words.lastSeen(reader.ago(need.lastSeenAt))
  return {
    ...toldOf(need, words),
    name: need.permission,
    code: true,
    usedFor: usesWords(need, reader),
    remedy: { text: `${words.least}${accepted} ${seen}` },
  }
}

function toldOf(
  need: JudgedNeed,
  words: ReturnType<typeof permissionsWords>,
): Pick<ReportCheck, 'result' | 'word'> {
  const { permission, state } = need
  if (state.kind === 'missing' && isOptional(need)) return { result: 'skipped', word: words.states.optional }
  if (state.kind === 'missing') return { result: 'missing', word: words.states.missing }
  if (state.kind === 'granted')
    return {
      result: 'passed',
      word: state.through === permission ? words.states.granted : words.through(state.through),
    }
  if (state.wasGranted === null) return { result: 'skipped', word: words.states.unknown }
  return { result: 'skipped', word: state.wasGranted ? words.wasGranted : words.wasMissing }
}

/** The central app is registered by whoever runs the installation; a directory only consents to it. */
const stepsFor = ({ clientId, facts }: SeenConnection, { language }: Reader): readonly string[] =>
  facts.type === 'platform'
    ? connectionWords(language).permissions.centralSteps
    : permissionsWords(language).steps(clientId)

const HowToGrant = ({
  connection,
  missing,
  reader,
}: Pick<PermissionsPageProps, 'connection' | 'reader'> & { missing: readonly JudgedNeed[] }) => {
  const words = permissionsWords(reader.language)
  const names = missing.map(({ permission }) => permission)
  return (
    <Part
      id="grant"
      title={words.how}
      end={
        names.length > 0 && <CopyButton text={names.join('\n')} label={words.copy} copied={words.copied} />
      }
    >
      <ol class="list-decimal ps-5 text-ui text-ink-2 grid gap-1 max-w-[38rem]">
        {stepsFor(connection, reader).map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {names.length > 0 && (
        <>
          <p class="field-label mt-4">{words.copyList}</p>
          <pre class="mono text-ui overflow-x-auto" tabindex={0}>
            {names.join('\n')}
          </pre>
        </>
      )}
    </Part>
  )
}
