import { apiKeysOf, createApiKey, LONGEST_KEY_NAME, revokeApiKey } from '../../access/index.ts'
import { isLanguage, isPlainText } from '../../kernel/index.ts'
import {
  Button,
  Cell,
  CopyButton,
  DataTable,
  EmptyState,
  ErrorSummary,
  HeadCell,
  PageHeader,
  Part,
  ReasonCallout,
  Row,
  RowGroup,
  SelectField,
  TextField,
} from '../../web/components/index.ts'
import {
  forbidden,
  formOf,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { Page } from '../../web/layout/index.ts'
import { recordKeyAction, saveSpoken } from './settings.sql.ts'
import { settingsWords } from './settings.words.ts'

/** How a person wants to be spoken to, and the keys of their programs. */
export const settingsRoutes: Routes = (app, web) => {
  app.get('/admin/settings', (c) => settingsPage(web, c, {}))

  app.post('/admin/settings', async (c) => {
    const { actor } = personOf(c)
    if (actor.kind !== 'user') return refusedKey(web, c, 'person.update')
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const spoken = spokenIn(form.texts)
    if (spoken.issues.length > 0) return wrong(web, c, form.texts, spoken.issues)
    await saveSpoken(web.db, actor.userId, spoken.value)
    return c.redirect('/admin/settings', 303)
  })

  app.post('/admin/api-keys', (c) => createKey(web, c))

  app.post('/admin/api-keys/:key/revoke', async (c) => {
    const { actor } = personOf(c)
    if (actor.kind !== 'user') return refusedKey(web, c, 'api_key.revoke')
    const { workspace } = await workplaceOf(web, c)
    const keyId = c.req.param('key')
    if (!isPlainText(keyId) || !(await revokeApiKey(web.db, keyId, actor.userId)))
      return problem(web, c, 'not_found')
    await recordKeyAction(web.db, workspace.id, {
      actor,
      keyId,
      action: 'api_key.revoke',
    })
    return c.redirect('/admin/settings#keys', 303)
  })
}

/** Keys neither make nor revoke keys, and do not speak for what their owner likes. */
const refusedKey = (web: Web, c: Request, action: 'person.update' | 'api_key.create' | 'api_key.revoke') =>
  forbidden(web, c, {
    action,
    targetKind: action === 'person.update' ? 'person' : 'api_key',
    targetId: action === 'person.update' ? personOf(c).actor.userId : null,
  })

/** The page again with what was typed and what is wrong with it; a program gets the problem. */
const wrong = (web: Web, c: Request, typed: Typed, issues: readonly Issue[]) =>
  representationFor(c, null) === 'json'
    ? problem(web, c, 'malformed', issues)
    : settingsPage(web, c, { typed, issues })

type Typed = Readonly<Record<string, string | undefined>>
interface Issue {
  readonly pointer: string
  readonly detail: string
}

const THEMES = ['light', 'dark'] as const

/** How somebody wants to be spoken to; what is left out or empty is left to the browser. */
function spokenIn({ language, theme, timeZone }: Typed) {
  const value = {
    language: isLanguage(language) ? language : null,
    theme: THEMES.find((each) => each === theme) ?? null,
    timeZone: timeZone && ZONES.includes(timeZone) ? timeZone : null,
  }
  const checks = [
    ['/language', language && !value.language, 'No such language.'],
    ['/theme', theme && !value.theme, 'No such theme.'],
    ['/timeZone', timeZone && !value.timeZone, 'No such time zone.'],
  ] as const
  return { value, issues: checks.flatMap(([pointer, is, detail]) => (is ? [{ pointer, detail }] : [])) }
}

const LONGEST_DAYS = 366

async function createKey(web: Web, c: Request) {
  const { actor } = personOf(c)
  if (actor.kind !== 'user') return refusedKey(web, c, 'api_key.create')
  const { workspace } = await workplaceOf(web, c)
  const form = await formOf(web, c)
  if (!form.ok) return form.answer
  const name = (form.texts.name ?? '').trim()
  const days = Number(form.texts.days ?? 90)
  const words = settingsWords(c.var.reader.language)
  const issues = [
    ...(!isPlainText(name) || name.length > LONGEST_KEY_NAME
      ? [{ pointer: '/name', detail: words.keyFaults.name }]
      : []),
    ...(Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS
      ? []
      : [{ pointer: '/days', detail: words.keyFaults.days }]),
  ]
  if (issues.length > 0) return wrong(web, c, form.texts, issues)
  const made = await createApiKey(web.auth, web.db, {
    userId: actor.userId,
    workspaceId: workspace.id,
    name,
    days,
  })
  await recordKeyAction(web.db, workspace.id, { actor, keyId: made.id, action: 'api_key.create' })
  if (representationFor(c, null) === 'json')
    return c.json({ id: made.id, key: made.key, expiresAt: made.expiresAt?.toISOString() ?? null }, 201)
  return settingsPage(web, c, { newKey: made.key })
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]

interface SettingsProps {
  newKey?: string
  /** What was sent and is shown again, with what is wrong with it. */
  typed?: Typed
  issues?: readonly Issue[]
}

async function settingsPage(web: Web, c: Request, { issues = [], newKey, typed = {} }: SettingsProps) {
  const { actor, workspace } = await workplaceOf(web, c)
  const { language, theme, timeZone } = personOf(c)
  const words = settingsWords(c.var.reader.language)
  const errorOf = (field: string) => issues.find(({ pointer }) => pointer === `/${field}`)?.detail
  return c.html(
    <Page
      shell={await frameFor(web, c)}
      title={words.title}
      crumbs={[{ label: workspace.name, href: '/admin' }, { label: words.title }]}
      at="/admin/settings"
    >
      <PageHeader title={words.title} />
      {issues.length > 0 && (
        <div class="mt-4 max-w-md">
          <ErrorSummary title={words.wrong} errors={issues.map(errorAt)} />
        </div>
      )}
      <Part id="you" title={words.you}>
        <form method="post" action="/admin/settings" class="mt-3 grid gap-4 max-w-md">
          <SelectField
            id="language"
            name="language"
            label={words.language}
            value={typed.language ?? language ?? ''}
            error={errorOf('language')}
            options={[
              { value: '', label: words.asBrowser },
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
          />
          <SelectField
            id="timeZone"
            name="timeZone"
            label={words.timeZone}
            value={typed.timeZone ?? timeZone ?? ''}
            error={errorOf('timeZone')}
            options={[
              { value: '', label: words.zoneDefault },
              ...ZONES.map((zone) => ({ value: zone, label: zone })),
            ]}
          />
          <SelectField
            id="theme"
            name="theme"
            label={words.theme}
            value={typed.theme ?? theme ?? ''}
            error={errorOf('theme')}
            options={[
              { value: '', label: words.asSystem },
              { value: 'light', label: words.light },
              { value: 'dark', label: words.dark },
            ]}
          />
          <div>
            <Button look="primary" type="submit">
              {words.save}
            </Button>
          </div>
        </form>
      </Part>
      <Part id="keys" title={words.keys} lead={words.keysLead(workspace.name)}>
        {newKey && (
          <ReasonCallout mark="succeeded" title={words.keyMade} why={words.keyOnce}>
            <p class="mt-2 mono break-all">{newKey}</p>
            <CopyButton text={newKey} label={words.copy} copied={words.copied} />
          </ReasonCallout>
        )}
        <Keys c={c} keys={await apiKeysOf(web.db, workspace.id, actor.userId)} />
        <form method="post" action="/admin/api-keys" class="mt-4 grid gap-4 max-w-md" novalidate>
          <TextField
            id="key-name"
            name="name"
            label={words.keyName}
            hint={words.keyNameHint}
            value={typed.name ?? ''}
            error={errorOf('name')}
            maxlength={LONGEST_KEY_NAME}
            required
          />
          <TextField
            id="key-days"
            name="days"
            type="number"
            label={words.keyDays}
            value={typed.days ?? '90'}
            error={errorOf('days')}
            required
          />
          <div>
            <Button type="submit">{words.createKey}</Button>
          </div>
        </form>
      </Part>
    </Page>,
    issues.length > 0 ? 422 : 200,
  )
}

/** The fields of a key have ids of their own on this page. */
const errorAt = ({ detail, pointer }: Issue) => {
  const field = pointer.slice(1)
  return { text: detail, field: field === 'name' || field === 'days' ? `key-${field}` : field }
}

type KeyRows = Awaited<ReturnType<typeof apiKeysOf>>

const Keys = ({ c, keys }: { c: Request; keys: KeyRows }) => {
  const { reader } = c.var
  const words = settingsWords(reader.language)
  if (keys.length === 0) return <EmptyState title={words.noKeys.title} text={words.noKeys.text} />
  return (
    <DataTable
      layout="plain"
      caption={words.keys}
      columns={Object.values(words.keyColumns).map((label) => ({ label }))}
    >
      <RowGroup>
        {keys.map((key) => (
          <Row>
            <HeadCell>{key.name}</HeadCell>
            <Cell label={words.keyColumns.start}>
              <span class="mono">{key.start}…</span>
            </Cell>
            <Cell label={words.keyColumns.until}>
              {key.expires_at ? reader.say.time(key.expires_at.toISOString()) : '–'}
            </Cell>
            <Cell label={words.keyColumns.used}>
              {key.last_request ? reader.ago(key.last_request) : words.never}
            </Cell>
            <Cell>
              <form method="post" action={`/admin/api-keys/${key.id}/revoke`}>
                <Button small>{words.revoke}</Button>
              </form>
            </Cell>
          </Row>
        ))}
      </RowGroup>
    </DataTable>
  )
}
