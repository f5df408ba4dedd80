/**
 * Shows every component with sample data, to look at: `build/showcase/*.html` in two languages (German stands
 * for its length) and two themes. With `--pictures` it also takes pictures in Chromium and asks axe.
 */

import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Child } from 'hono/jsx'
import { chromium } from 'playwright-core'
import * as c from '../src/web/components/index.ts'
import * as l from '../src/web/layout/index.ts'
import { readAssets } from '../src/web/look/index.ts'

const build = join(import.meta.dirname, '../build')
const out = join(build, 'showcase')
const assets = readAssets(join(build, 'assets'))
const AXE_FINDINGS =
  'axe.run().then(({ violations }) => violations.flatMap((rule) => rule.nodes.map((node) => rule.id + " " + node.html)))'
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

type Language = 'en' | 'de'
type Say = (text: string) => string
interface Sample {
  language: Language
  theme: 'pilot-light' | 'pilot-dark'
  w: Say
}

/** German runs a third longer: every longer word gets a tail. */
const lengthened: Say = (text) =>
  text.replace(/\p{L}{4,}/gu, (word) => word + word.slice(-Math.max(1, Math.round(word.length * 0.35))))

const at = new Date('2026-11-23T14:28:00+01:00')
const time = (text: string) => ({ at, exact: 'Monday 23 November 2026, 14:28:00', children: text })

const shell = ({ language, theme, w }: Sample): l.Shell => ({
  language,
  theme,
  assets,
  words: {
    skip: w('Skip to content'),
    workspace: w('Workspace'),
    changeWorkspace: w('change workspace'),
    findTenant: w('Find a tenant'),
    mainNavigation: w('Main'),
    whereYouAre: w('Where you are'),
    back: w('Back'),
    more: w('More'),
    close: w('Close'),
    notifications: w('Notifications'),
    unread: (count) => w(`${count} unread`),
    signOut: w('Sign out'),
    workingNow: w('At work now'),
    moreAtWork: (count) => w(`+${count} more`),
  },
  workspace: { name: 'Contoso MSP', href: '#workspaces' },
  findTenantHref: '/admin/tenants',
  navigation: [
    {
      entries: [
        { href: '#overview', icon: 'overview', label: w('Overview') },
        { href: '#tenants', icon: 'tenants', label: w('Tenants'), count: '12', docked: true },
        { href: '#connections', icon: 'connections', label: w('Connections'), docked: true },
        {
          href: '#operations',
          icon: 'operations',
          label: w('Operations'),
          count: w('5 active'),
          docked: true,
        },
      ],
    },
    { heading: w('Workspace'), entries: [{ href: '#members', icon: 'members', label: w('Members') }] },
  ],
  user: { name: 'Manager One', role: w('Manager'), signOutHref: '/sign-out' },
  notifications: { href: '#notifications', unread: 2 },
  activity: {
    items: [
      {
        href: '/1',
        state: 'running',
        stateWord: w('Running'),
        operation: w('Sync groups'),
        tenant: 'Northwind Traders',
        progress: { kind: 'known', done: 31240, total: 51204 },
      },
      {
        href: '#2',
        state: 'waiting',
        stateWord: w('Waiting'),
        operation: w('Sync inventory'),
        tenant: 'Proseware',
      },
      {
        href: '#3',
        state: 'likely_stale',
        stateWord: w('Likely stale'),
        operation: w('Back up policies'),
        tenant: 'Adventure Works',
      },
    ],
    beyond: 2,
    allHref: '#operations',
    pollHref: '/activity',
  },
})

const link = (text: string): c.NextStep => ({ kind: 'link', text, href: '#next' })

const Tenant = (s: Sample) => {
  const { w } = s
  const queues = { tone: 'queues', text: w('Queues now'), detail: w('usually 1 min') } as const
  const start = (whole: string, short: string, forecast: c.ForecastWords): c.StartAction => ({
    kind: 'start',
    href: '/start',
    label: { whole: w(whole), short: w(short) },
    forecast,
  })
  const blocked = { tone: 'blocked', text: w('Blocked: permission missing') } as const
  const permission = (
    <c.ReasonCallout
      title={w('The app may not read apps in this tenant')}
      why={
        <>
          {w('Inventory includes app configurations, and Microsoft needs')}{' '}
          <code>DeviceManagementApps.Read.All</code>{' '}
          {w('for them. It was not granted when this tenant was checked 12 minutes ago.')}
        </>
      }
      nextSteps={[
        link(w('Review required permissions')),
        { kind: 'sentence', text: w('Then check the connection, and inventory can start.') },
      ]}
    />
  )
  return (
    <l.Page
      shell={shell(s)}
      title="Margie’s Travel"
      crumbs={[
        { label: 'Contoso MSP', href: '/next' },
        { label: w('Tenants'), href: '/next' },
        { label: 'Margie’s Travel' },
      ]}
      at="#tenants"
    >
      <c.PageHeader
        title="Margie’s Travel"
        pill={<c.StatePill state="partly_ready">{w('Partly ready')}</c.StatePill>}
        facts={[
          'margiestravel.example',
          <>
            {w('Directory')} <span class="mono">3f8a1c2e-77b0-4d15</span>…
          </>,
        ]}
      >
        <c.LinkButton href="/next">{w('Open connection')}</c.LinkButton>
      </c.PageHeader>
      <c.Tabs
        label={w('Tenant')}
        tabs={[
          { href: '/next', label: w('Overview'), current: true },
          ...['Operations', 'Groups', 'Inventory', 'Compliance', 'Backups'].map((name) => ({
            href: '/next',
            label: w(name),
          })),
          { href: '/next', label: w('Connections'), count: 1 },
        ]}
      />
      <c.Columns
        label={w('About this tenant')}
        aside={
          <>
            <c.AsidePart title={w('Next scheduled starts')}>
              <p>{w('Take compliance snapshot')}</p>
              <c.ForecastNote tone="queues">{w('would queue')}</c.ForecastNote>
              <p class="mt-2">{w('Sync inventory')}</p>
              <c.ForecastNote tone="blocked">{w('would be blocked')}</c.ForecastNote>
            </c.AsidePart>
            <c.AsidePart title={w('Your access')}>
              <p>
                {w('Manager. You may start everything here. Credentials are changed by an owner: Owner One.')}
              </p>
            </c.AsidePart>
          </>
        }
      >
        <c.Part
          id="ready"
          title={w('4 of 6 operations can start now')}
          lead={w('Inventory and backups wait for one permission.')}
        >
          <c.FactChain
            facts={[
              {
                label: w('Connection'),
                mark: 'ready',
                value: w('Platform app'),
                detail: w('default, enabled'),
              },
              { label: w('Consent'), mark: 'ready', value: w('Granted'), detail: '3 Sep 2026' },
              {
                label: w('Credential'),
                mark: 'ready',
                value: w('Usable'),
                detail: w('held by the platform'),
              },
              {
                label: w('Permissions'),
                mark: 'partly_ready',
                value: w('6 of 7 granted'),
                detail: w('1 missing'),
              },
              {
                label: w('Evidence'),
                mark: 'check_first',
                value: w('12 min old'),
                detail: w('good for 24 h'),
              },
            ]}
          />
        </c.Part>
        <c.Part id="work" title={w('Start work')}>
          <c.StartList>
            <c.StartRow
              id="check"
              noun={w('Connection')}
              sub={w('Checked 12 min ago')}
              action={start('Check connection', 'Check', queues)}
            >
              <c.Answer
                kind="accepted"
                word={w('Queued.')}
                sentence={w(
                  'Check connection is Operation #1853. It starts as soon as a worker is free, and you get one notification when it ends.',
                )}
                open={{ href: '/next', text: w('Open operation #1853') }}
              />
            </c.StartRow>
            <c.StartRow
              id="groups"
              noun={w('Groups')}
              sub={w('4,118 groups, synced 1 h ago')}
              action={start('Sync groups', 'Sync', queues)}
            />
            <c.StartRow
              id="roles"
              noun={w('Role definitions')}
              sub={w('112 roles, synced 1 day ago')}
              action={{
                kind: 'open',
                href: '/next',
                label: { whole: w('Open operation') },
                forecast: { tone: 'running', text: w('Running, 61%') },
              }}
              more={<c.Meter state={{ kind: 'known', done: 61, total: 100 }} label={w('Role definitions')} />}
            >
              <c.Answer
                kind="deduped"
                word={w('Already running.')}
                sentence={w('Operator One started the same sync 4 minutes ago; no second one was started.')}
                meta={w('31,240 of 51,204 groups · alive 3 s ago')}
                open={{ href: '/next', text: w('Open operation #1849') }}
              />
            </c.StartRow>
            <c.StartRow
              id="compliance"
              noun={w('Compliance')}
              sub={w('412 devices, snapshot 5 h ago')}
              action={start('Take compliance snapshot', 'Take snapshot', {
                tone: 'busy',
                text: w('Scope busy'),
              })}
            >
              <c.Answer
                kind="scope_busy"
                word={w('Scope busy.')}
                sentence={w(
                  'Sync groups holds this directory, and only one operation may work on it at a time. Nothing was started.',
                )}
                meta={w('Held by Operation #1849 · Operator One, since 14:28 · 61% · alive 3 s ago')}
                open={{ href: '/next', text: w('Open operation #1849') }}
              >
                <c.Button small type="button">
                  {w('Start when it is free')}
                </c.Button>
              </c.Answer>
            </c.StartRow>
            <c.StartRow
              id="inventory"
              noun={w('Inventory')}
              sub={w('Last success 7 days ago')}
              action={start('Sync inventory', 'Sync', blocked)}
            >
              {permission}
            </c.StartRow>
            <c.StartRow
              id="backups"
              noun={w('Backups')}
              sub={w('Last success 6 days ago')}
              action={start('Back up policies', 'Back up', blocked)}
              reasonId="inventory-reason"
              more={<a href="#inventory">{w('Same reason as inventory')}</a>}
            >
              <c.Answer
                kind="blocked"
                word={w('Blocked.')}
                sentence={w(
                  'The client secret expired on 20 Nov 2026, and Microsoft refuses expired secrets. Nothing was started.',
                )}
                meta={w('Recorded as Operation #1841 · your second try in 15 minutes, kept as one record')}
                nextSteps={[link(w('Update the credential'))]}
                open={{ href: '/next', text: w('Open operation #1841') }}
              />
            </c.StartRow>
            <c.StartRow
              id="policies"
              noun={w('Policies')}
              sub={w('3 backup sets')}
              action={{
                kind: 'denied',
                label: { whole: w('Back up policies'), short: w('Back up') },
                why: w('Needs a manager. Ask Owner One or Manager One.'),
              }}
            />
            <c.StartRow
              id="restores"
              noun={w('Restores')}
              sub={w('3 backup sets')}
              action={{
                kind: 'open',
                href: '/next',
                label: { whole: w('Prepare a restore'), short: w('Prepare') },
                note: w('Starts after a confirmed preview'),
              }}
            />
          </c.StartList>
        </c.Part>
        <c.Part
          id="recent"
          title={w('Recent operations')}
          end={<c.NextStepLink href="/next" text={w('All operations')} />}
        >
          <c.DataTable
            layout="recent"
            caption={w('Recent operations')}
            columns={[
              { label: w('Outcome') },
              { label: w('Operation') },
              { label: w('Result') },
              { label: w('Started by') },
              { label: w('When'), number: true },
              { label: w('Took'), number: true },
            ]}
          >
            <c.RowGroup>
              {(['succeeded', 'blocked', 'partially_succeeded', 'failed'] as const).map((state) => (
                <c.Row>
                  <c.Cell at="state">
                    <c.StateBadge state={state}>{w(WORDS[state])}</c.StateBadge>
                  </c.Cell>
                  <c.HeadCell at="op" href="/next" number="#1844">
                    {w('Sync inventory')}
                  </c.HeadCell>
                  <c.Cell at="res">{w('Permission missing, 2 tries')}</c.Cell>
                  <c.Cell at="who">Manager One</c.Cell>
                  <c.Cell at="when" number>
                    <c.Time {...time(w('12 min ago'))} />
                  </c.Cell>
                  <c.Cell at="took" number>
                    1 min 14 s
                  </c.Cell>
                </c.Row>
              ))}
            </c.RowGroup>
          </c.DataTable>
        </c.Part>
      </c.Columns>
    </l.Page>
  )
}

const WORDS: Record<c.StateName, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  stopping: 'Stopping',
  succeeded: 'Succeeded',
  partially_succeeded: 'Partially succeeded',
  blocked: 'Blocked',
  failed: 'Failed',
  cancelled: 'Cancelled',
  likely_stale: 'Likely stale',
  ready: 'Ready',
  partly_ready: 'Partly ready',
  not_ready: 'Blocked',
  check_first: 'Check first',
  archived: 'Archived',
}

const operationPage = (s: Sample, state: c.StateName, children: Child) => (
  <l.Page
    shell={shell(s)}
    title="Operation #1849"
    crumbs={[
      { label: 'Contoso MSP', href: '/next' },
      { label: s.w('Operations'), href: '/next' },
      { label: s.w('Operation #1849') },
    ]}
    at="#operations"
  >
    <c.PageHeader
      title={s.w('Sync groups')}
      aside={
        <>
          <span class="max-md:sr-only">{s.w('Operation')} </span>#1849
        </>
      }
      pill={<c.StatePill state={state}>{s.w(WORDS[state])}</c.StatePill>}
      facts={[
        <a class="link-quiet" href="/next">
          Northwind Traders
        </a>,
        s.w('you started it at 14:28, 4 minutes ago'),
      ]}
    />
    <c.Columns
      label={s.w('What it works with')}
      aside={
        <c.AsidePart title={s.w('Works with')}>
          <c.Facts
            facts={[
              { label: s.w('Connection'), value: s.w('Platform app'), detail: s.w('pinned at the start') },
              { label: s.w('Directory'), value: <span class="mono">a7d0…41c9</span> },
              { label: s.w('Started by'), value: 'Operator One' },
              { label: s.w('Attempt'), value: '1' },
            ]}
          />
        </c.AsidePart>
      }
    >
      {children}
    </c.Columns>
  </l.Page>
)

const story = ({ w }: Sample) => (
  <c.Part id="story" title={w('Timeline')}>
    <c.Timeline
      entries={[
        { time: time(w('now')), mark: 'running', title: w('Reading page 313 of about 513') },
        {
          time: time('14:31:52'),
          title: w('Saved up to page 312'),
          detail: w('A restart continues here and repeats at most one page'),
        },
        {
          time: time('14:29:53'),
          mark: 'waiting',
          title: w('Waited 12 s'),
          detail: w('Microsoft asked to slow down at 14:29:41; every worker of this tenant waited'),
        },
        {
          time: time('14:28:03'),
          mark: 'accepted',
          title: w('Queued'),
          detail: w('Connection pinned, directory free, started from the tenant page'),
        },
      ]}
    />
  </c.Part>
)

const Running = (s: Sample) => {
  const { w } = s
  return operationPage(
    s,
    'running',
    <>
      <c.ProgressBox
        meter={{ state: { kind: 'known', done: 31240, total: 51204 }, label: w('Groups read') }}
        amount={w('31,240 of 51,204')}
        unit={w('groups read')}
        percent="61%"
        todo={
          <>
            <strong>{w('Nothing to do.')}</strong>{' '}
            {w(
              'You may close this page; one notification follows when it ends. Until then, other work on this directory answers “Scope busy”.',
            )}
          </>
        }
        signs={[
          <>
            <c.Mark name="alive" size="small" />
            {w('Alive, last sign 3 s ago')}
          </>,
          w('About 3 minutes left'),
          w('7,800 groups a minute'),
        ]}
      >
        <form method="post" action="/stop" class="max-md:w-full grid">
          <c.Button>{w('Stop operation')}</c.Button>
        </form>
      </c.ProgressBox>
      <c.Part id="found" title={w('Found so far')}>
        <c.Tally
          counts={[
            ['New', '12'],
            ['Changed', '340'],
            ['Removed', '3'],
            ['Unchanged', '30,885'],
            ['Failed', '0'],
          ].map(([label = '', value]) => ({ label: w(label), value }))}
        />
      </c.Part>
      {story(s)}
      <c.Diagnostics
        title={w('Diagnostics')}
        hint={w('identity, request ids and the facts of the decision')}
        facts={[{ label: w('Correlation id'), value: <code>7c1e0b52-9a44-4b0e-8f21-0d6a5be2c913</code> }]}
      />
    </>,
  )
}

const Blocked = (s: Sample) => {
  const { w } = s
  const check = (result: c.GateResult, name: string, finding: string): c.GateCheck => ({
    result,
    name: w(name),
    finding: w(finding),
  })
  const parts = ['Device configurations', 'Settings catalog', 'Scope tags']
  return operationPage(
    s,
    'blocked',
    <>
      <c.ReasonCallout
        size="large"
        title={w('Nothing was started: the client secret expired')}
        why={w(
          'It ended on 20 November 2026, three days ago. Microsoft refuses expired secrets, so every operation on this tenant would stop at its first request.',
        )}
      >
        <c.StepsToDo
          steps={[
            {
              title: w('Update the credential'),
              detail: w('Add a new client secret or a certificate. You may do this as an owner.'),
              button: { href: '/next', text: w('Update the credential') },
            },
            {
              title: w('Check the connection'),
              detail: w('Proves that Microsoft accepts the new one, under 30 s.'),
            },
            { title: w('Start again') },
          ]}
        />
      </c.ReasonCallout>
      <c.Part
        id="checked"
        title={w('What was checked before the start')}
        lead={w('In this order; the first obstacle ends it.')}
      >
        <c.GateList
          checks={[
            check('passed', 'Operation allowed', 'not paused'),
            check('passed', 'Directory matches', 'c04e…9f12 on both sides'),
            check('obstacle', 'Credential usable', 'client secret, ended 20 Nov 2026'),
            check('not_looked_at', 'Permissions', 'not looked at'),
          ]}
        />
      </c.Part>
      <c.Part
        id="parts"
        title={w('Results by type')}
        lead={w('459 items seen, 7 new, 16 changed, 1 missing')}
      >
        <c.DataTable
          layout="parts"
          caption={w('Result per policy type')}
          columns={[
            { label: w('Type') },
            { label: w('Result') },
            ...['Seen', 'New', 'Changed', 'Missing'].map((name) => ({ label: w(name), number: true })),
          ]}
        >
          <c.RowGroup>
            <c.Row>
              <c.HeadCell at="type">{w('App configurations')}</c.HeadCell>
              <c.Cell at="result" span={5}>
                <c.StateBadge state="blocked">{w('Not permitted')}</c.StateBadge>
                <p class="text-ink-2">
                  {w('The app lacks')} <code>DeviceManagementApps.Read.All</code>.
                </p>
                <c.NextStepLink href="/next" text={w('Review required permissions')} />
              </c.Cell>
            </c.Row>
            {parts.map((name) => (
              <c.Row>
                <c.HeadCell at="type">{w(name)}</c.HeadCell>
                <c.Cell at="result">
                  <c.StateBadge state="succeeded">{w('Succeeded')}</c.StateBadge>
                </c.Cell>
                {['Seen', 'New', 'Changed', 'Missing'].map((label, n) => (
                  <c.Cell number label={w(label)}>
                    {n * 9}
                  </c.Cell>
                ))}
              </c.Row>
            ))}
          </c.RowGroup>
        </c.DataTable>
      </c.Part>
    </>,
  )
}

const Lists = (s: Sample) => {
  const { w } = s
  const ages = ['Check', 'Groups', 'Roles', 'Inventory', 'Compliance', 'Backup']
  const tenant = (
    name: string,
    domain: string,
    cell: c.ReadinessCellProps,
    runs: Child,
    values: readonly string[],
  ) => (
    <c.Row>
      <c.HeadCell at="name" href="/next" sub={domain}>
        {name}
      </c.HeadCell>
      <c.Cell at="ready">
        <c.ReadinessCell {...cell} />
      </c.Cell>
      <c.Cell at="runs">{runs ?? <span class="is-none text-ink-3">–</span>}</c.Cell>
      <c.Cell at="ages">
        {values.length ? (
          <c.Ages
            ages={values.map((value, n) => ({ label: w(ages[n] ?? ''), value, old: value.endsWith('d') }))}
          />
        ) : (
          <span class="sub never">{w('Nothing has succeeded yet')}</span>
        )}
      </c.Cell>
    </c.Row>
  )
  const run = (
    state: c.StateName,
    name: string,
    tenantName: string,
    result: Child,
    when: string,
    live = false,
  ) => (
    <c.Row live={live}>
      <c.Cell at="state">
        <c.StateBadge state={state}>{w(WORDS[state])}</c.StateBadge>
      </c.Cell>
      <c.HeadCell at="op" href="/next" number="#1849">
        {w(name)}
      </c.HeadCell>
      <c.Cell at="tenant">
        <a class="link-quiet" href="/next">
          {tenantName}
        </a>
      </c.Cell>
      <c.Cell at="res">{result}</c.Cell>
      <c.Cell at="who">Operator One</c.Cell>
      <c.Cell at="when" number>
        <c.Time {...time(when)} />
      </c.Cell>
    </c.Row>
  )
  const progress = (
    <div class="res">
      <c.Meter state={{ kind: 'known', done: 61, total: 100 }} label={w('Sync groups')} />
      <span>61%</span>
      <span class="text-ink-3">{w('3 min left')}</span>
    </div>
  )
  return (
    <l.Page shell={shell(s)} title={w('Tenants')} crumbs={[{ label: 'Contoso MSP' }]} at="#tenants">
      <c.PageHeader
        title={w('Tenants')}
        lead={
          <>
            {w('3 of 11 active tenants can start everything, 1 can start most of it,')}{' '}
            <strong>{w('7 would be blocked right now')}</strong>.
          </>
        }
      >
        <c.LinkButton href="/next">{w('Start on several')}</c.LinkButton>
        <c.LinkButton href="/next" look="primary">
          {w('Onboard a tenant')}
        </c.LinkButton>
      </c.PageHeader>
      <div>
        <c.FilterBar
          label={w('Show tenants')}
          chips={[
            { href: '/next', label: w('All'), count: 12, on: true },
            { href: '/next', label: w('Blocked'), count: 7, mark: 'not_ready' },
            { href: '/next', label: w('Partly'), count: 1, mark: 'partly_ready' },
            { href: '/next', label: w('Ready'), count: 3, mark: 'ready' },
            { href: '/next', label: w('Running now'), count: 3, mark: 'running' },
          ]}
          freshness={
            <>
              <c.Mark name="alive" size="small" />
              <span>
                {w('Live, as of')} <c.Time {...time('14:32:08')} />
              </span>
            </>
          }
        />
      </div>
      <c.DataTable
        layout="tenants"
        caption={w('Tenants')}
        columns={[
          { label: w('Tenant') },
          { label: w('Readiness and next step') },
          { label: w('Runs now') },
          { label: <c.AgesHead title={w('Last success')} labels={ages} /> },
        ]}
      >
        <c.RowGroup>
          <c.GroupHeading
            span={4}
            title={w('Would be blocked')}
            count={7}
            hint={w('a start in these tenants is answered with a reason, nothing is queued')}
          />
          {tenant(
            'Bellows College',
            'bellowscollege.example',
            {
              state: 'not_ready',
              headline: w('No provider connection'),
              detail: w('nothing reaches it yet'),
              nextStep: link(w('Add a provider connection')),
            },
            null,
            [],
          )}
          {tenant(
            'Graphic Design Institute',
            'graphicdesign.example',
            {
              state: 'not_ready',
              headline: w('Client secret expired'),
              detail: w('3 days ago'),
              nextStep: { kind: 'sentence', text: w('Ask an owner to update the credential') },
            },
            null,
            ['3 d', '3 d', '4 d', '3 d', '3 d', '4 d'],
          )}
        </c.RowGroup>
        <c.RowGroup>
          <c.GroupHeading span={4} title={w('Ready')} count={3} />
          {tenant(
            'Northwind Traders',
            'northwind.example',
            { state: 'ready', headline: w('Ready'), detail: w('checked 40 min ago') },
            <>
              <a class="link-quiet" href="/next">
                {w('Sync groups')}
              </a>{' '}
              <span class="text-ink-3">61%</span>
              <span class="block mt-1.5">
                <c.Meter state={{ kind: 'known', done: 61, total: 100 }} label={w('Sync groups')} />
              </span>
            </>,
            ['12 min', '1 h', '1 d', '7 d', '5 h', '6 d'],
          )}
        </c.RowGroup>
      </c.DataTable>
      <c.Part id="operations" title={w('Operations')}>
        <c.DataTable
          layout="operations"
          caption={w('Operations, newest first')}
          columns={[
            { label: w('State') },
            { label: w('Operation') },
            { label: w('Tenant') },
            { label: w('Progress or result') },
            { label: w('Started by') },
            { label: w('When'), number: true },
          ]}
        >
          <c.RowGroup>
            <c.GroupHeading span={6} title={w('At work now')} count={2} hint={w('moves by itself')} />
            {run('running', 'Sync groups', 'Northwind Traders', progress, '4 min', true)}
            {run(
              'running',
              'Back up policies',
              'Adventure Works',
              <div class="res">
                <c.Badge tone="act" mark="likely_stale">
                  {w('Likely stale')}
                </c.Badge>
                <span>{w('no sign for 6 min, ends by itself in 4')}</span>
              </div>,
              '19 min',
              true,
            )}
          </c.RowGroup>
          <c.RowGroup>
            <c.GroupHeading span={6} title={w('Today')} />
            {run(
              'partially_succeeded',
              'Sync inventory',
              'Graphic Design Institute',
              w('2 of 8 types not read'),
              '14:02',
            )}
            {run(
              'cancelled',
              'Take compliance snapshot',
              'Northwind Traders',
              w('Stopped by Operator One after 40 s'),
              '13:58',
            )}
          </c.RowGroup>
        </c.DataTable>
        <c.Pagination
          label={w('Pages')}
          words={{ newer: w('Newer'), older: w('Older') }}
          older="/next"
          summary={w('14 operations in the last 24 hours')}
        />
      </c.Part>
      <c.Part id="notifications" title={w('Notifications')}>
        <c.NotificationList>
          <c.NotificationRow
            state="failed"
            title={w('Check connection in Humongous Insurance failed')}
            href="/next"
            text={w('Client secret rejected by Microsoft')}
            time={time(w('26 min ago'))}
            unread={w('unread')}
          />
          <c.NotificationRow
            state="succeeded"
            title={w('Sync groups in Margie’s Travel succeeded')}
            href="/next"
            text={w('12 changed of 4,118')}
            time={time(w('1 h ago'))}
          />
        </c.NotificationList>
      </c.Part>
      <c.Part id="connections" title={w('Connections')}>
        <c.DataTable
          layout="plain"
          caption={w('Connections')}
          columns={[
            { label: w('Name') },
            { label: w('State') },
            { label: w('Consent') },
            { label: w('Credential') },
          ]}
        >
          <c.RowGroup>
            <c.Row>
              <c.HeadCell href="/next">{w('Platform app')}</c.HeadCell>
              <c.Cell label={w('State')}>
                <c.StateBadge state="ready">{w('Ready')}</c.StateBadge>
              </c.Cell>
              <c.Cell label={w('Consent')}>{w('granted 3 Sep 2026')}</c.Cell>
              <c.Cell label={w('Credential')}>{w('held by the platform')}</c.Cell>
            </c.Row>
          </c.RowGroup>
        </c.DataTable>
      </c.Part>
    </l.Page>
  )
}

const Controls = (s: Sample) => {
  const { w } = s
  return (
    <l.Page
      shell={shell(s)}
      title={w('Components')}
      crumbs={[{ label: 'Contoso MSP', href: '/next' }, { label: w('Components') }]}
    >
      <c.PageHeader title={w('Components')} lead={w('Every state, control and form.')} />
      <c.Part id="states" title={w('States')}>
        <div class="form-end">
          {(Object.keys(WORDS) as c.StateName[]).map((state) => (
            <c.StateBadge state={state}>{w(WORDS[state])}</c.StateBadge>
          ))}
        </div>
        <div class="form-end mt-3">
          {(['running', 'succeeded', 'partially_succeeded', 'failed', 'archived'] as const).map((state) => (
            <c.StatePill state={state}>{w(WORDS[state])}</c.StatePill>
          ))}
        </div>
        <div class="form-end mt-3">
          <c.Badge tone="act" mark="likely_stale">
            {w('Likely stale')}
          </c.Badge>
          <c.Badge tone="live">{w('new since 14:11')}</c.Badge>
          <c.Badge>{w('Operator')}</c.Badge>
        </div>
      </c.Part>
      <c.Part id="buttons" title={w('Actions')}>
        <div class="form-end">
          <c.Button look="primary">{w('Update the credential')}</c.Button>
          <c.Button>{w('Sync groups')}</c.Button>
          <c.Button look="held">{w('Sync inventory')}</c.Button>
          <c.Button look="danger">{w('Restore 23 items')}</c.Button>
          <c.Button look="quiet">{w('Drop')}</c.Button>
          <button type="button" class="btn" aria-busy="true">
            {w('Sync groups')}
          </button>
        </div>
        <div class="mt-3">
          <c.DeniedButton id="denied" why={w('Needs a manager. Ask Owner One or Manager One.')}>
            {w('Back up policies')}
          </c.DeniedButton>
        </div>
      </c.Part>
      <c.Part id="progress" title={w('Progress')}>
        <div class="grid gap-3">
          <c.Progress
            state={{ kind: 'known', done: 31240, total: 51204 }}
            label={w('Groups read')}
            text={w('31,240 of 51,204')}
            detail={w('3 min left')}
          />
          <c.Progress
            state={{ kind: 'waiting' }}
            label={w('Waiting')}
            text={w('waits for Microsoft until 14:36')}
          />
          <c.Progress state={{ kind: 'open' }} label={w('Working')} text={w('214 items so far')} />
        </div>
      </c.Part>
      <c.Part id="report" title={w('Verification report')} lead={w('7 of 9 passed. Checked 2 minutes ago.')}>
        <c.SubHeading>{w('Permissions of the app')}</c.SubHeading>
        <c.Report
          checks={[
            {
              result: 'missing',
              name: 'DeviceManagementApps.Read.All',
              code: true,
              usedFor: w('Inventory, backups'),
              word: w('Missing'),
              remedy: {
                text: w(
                  'A Global Administrator grants it. Send them the consent link or open it with their sign-in.',
                ),
                nextSteps: [link(w('Grant admin consent'))],
                more: (
                  <c.CopyButton
                    text="https://login.example"
                    label={w('Copy the consent link')}
                    copied={w('Copied')}
                  />
                ),
              },
            },
            {
              result: 'passed',
              name: 'DeviceManagementConfiguration.Read.All',
              code: true,
              usedFor: w('Inventory, compliance'),
              word: w('Granted'),
              news: w('new since 14:11'),
            },
            {
              result: 'passed',
              name: w('Credential accepted'),
              usedFor: w('Certificate, valid until 14 Mar 2027'),
              word: w('Passed'),
            },
            {
              result: 'skipped',
              name: 'DeviceManagementConfiguration.ReadWrite.All',
              code: true,
              usedFor: w('Restores only'),
              word: w('Not granted, optional'),
            },
          ]}
        />
      </c.Part>
      <c.Part id="form" title={w('Form')}>
        <form class="form" method="post" action="/save">
          <c.ErrorSummary
            title={w('Two things are missing')}
            errors={[
              { text: w('Enter the client id as Microsoft shows it.'), field: 'client' },
              { text: w('Choose a kind of credential.'), field: 'kind' },
            ]}
          />
          <c.TextField
            id="name"
            name="name"
            label={w('Name')}
            value="Own app"
            hint={w('Shown wherever this connection is used.')}
          />
          <c.TextField
            id="client"
            name="client"
            label={w('Client id')}
            value="c04e"
            error={w('Enter the client id as Microsoft shows it.')}
            hint={w('A GUID from the app registration.')}
          />
          <c.SelectField
            id="kind"
            name="kind"
            label={w('Credential')}
            options={[
              { value: 'secret', label: w('Client secret') },
              { value: 'certificate', label: w('Certificate') },
            ]}
            error={w('Choose a kind of credential.')}
          />
          <c.LongTextField id="why" name="why" label={w('Reason')} />
          <c.TickField
            id="default"
            name="default"
            label={w('Use it as the default connection of this tenant')}
          />
          <c.TickField id="radio" name="radio" only checked label={w('Only this one')} />
          <div class="form-end">
            <c.Button look="primary">{w('Save connection')}</c.Button>
            <c.LinkButton href="/next" look="quiet">
              {w('Cancel')}
            </c.LinkButton>
          </div>
        </form>
      </c.Part>
      <c.Part id="confirm-part" title={w('Confirm')}>
        <div class="form">
          <c.ConfirmArea
            id="confirm"
            title={w('Restore into Adventure Works')}
            sums={[
              { label: w('Create'), value: 5, mark: 'ready' },
              { label: w('Unchanged'), value: 12, off: true },
            ]}
            href="/confirm"
            tick={{
              name: 'read',
              label: w('I have read the preview. 18 policies in this tenant will be overwritten.'),
            }}
            typed={{
              name: 'name',
              label: w('Type the tenant’s name'),
              hint: w('Not yet “Adventure Works”'),
              value: 'Adventure',
            }}
            button={w('Restore 23 items')}
            overwrites
            forecast={{ tone: 'queues', text: w('Queues now'), detail: w('usually 1 min') }}
          />
        </div>
      </c.Part>
      <c.Part id="empty" title={w('Nothing')}>
        <c.EmptyState
          title={w('Nobody is needed')}
          text={w('No operation is blocked, failed or stale in the last 24 hours.')}
        >
          <c.NextStepLink href="/next" text={w('Show all operations')} />
        </c.EmptyState>
      </c.Part>
    </l.Page>
  )
}

const SignIn = ({ language, theme, w }: Sample) => (
  <l.BarePage language={language} theme={theme} assets={assets} title={w('Sign in')}>
    <h1>{w('Sign in')}</h1>
    <p class="mt-1 text-ink-2">{w('Every start in every tenant, answered at the click.')}</p>
    <form class="form mt-6" method="post" action="/sign-in">
      <c.TextField
        id="mail"
        name="mail"
        type="email"
        autocomplete="username"
        label={w('E-mail')}
        value="manager@contoso.example"
      />
      <c.TextField
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        label={w('Password')}
        end={
          <a class="link" href="/next">
            {w('Forgot it')}
          </a>
        }
      />
      <c.Button look="primary">{w('Sign in')}</c.Button>
    </form>
    <l.Or>{w('or')}</l.Or>
    <l.WorkspaceChoices
      href="/workspace"
      field="workspace"
      choices={[
        { value: '1', name: 'Contoso MSP', role: w('Manager') },
        { value: '2', name: 'Fabrikam IT', role: w('Readonly') },
      ]}
    />
  </l.BarePage>
)

const Wall = ({ language, theme, w }: Sample) => (
  <l.ProblemPage
    language={language}
    theme={theme}
    assets={assets}
    problem={{
      status: 503,
      title: w('The start was not decided'),
      text: w('Our database did not answer in time. Nothing was started, so you may safely try again.'),
      children: (
        <>
          <c.LinkButton href="/next" look="primary">
            {w('Try again')}
          </c.LinkButton>
          <span class="sub">
            {w('Report with')} <span class="mono">b71e-40c2</span>
          </span>
        </>
      ),
    }}
  />
)

const PAGES = {
  tenant: Tenant,
  running: Running,
  blocked: Blocked,
  lists: Lists,
  controls: Controls,
  'sign-in': SignIn,
  wall: Wall,
}
const THEMES = ['light', 'dark'] as const

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const names: string[] = []
for (const [page, show] of Object.entries(PAGES)) {
  for (const language of ['en', 'de'] as const) {
    for (const theme of THEMES) {
      const name = `${page}-${language}-${theme}`
      names.push(name)
      const document = show({
        language,
        theme: `pilot-${theme}`,
        w: language === 'de' ? lengthened : (text) => text,
      })
      await writeFile(join(out, `${name}.html`), String(await document))
    }
  }
}
console.log(`${names.length} pages in build/showcase`)
if (process.argv.includes('--pictures')) await takePictures()

/** Serves the build under the product's own policy. */
async function serve() {
  const kinds: Readonly<Record<string, string>> = {
    html: 'text/html; charset=utf-8',
    css: 'text/css',
    js: 'text/javascript',
    svg: 'image/svg+xml',
    woff2: 'font/woff2',
  }
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://showcase').pathname
    const file = join(build, path.startsWith('/assets/') ? path : `showcase${path}`)
    const content = await readFile(file).catch(() => null)
    response.writeHead(content ? 200 : 204, {
      'content-type': kinds[path.split('.').at(-1) ?? ''] ?? 'text/plain',
      'content-security-policy': POLICY,
    })
    response.end(content)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address ? address.port : 0 }
}

/** Pictures every page, and says what axe, the console and a ruler found. */
async function takePictures(): Promise<void> {
  const { server, port } = await serve()
  const axe = await readFile(join(build, '../node_modules/axe-core/axe.min.js'), 'utf8')
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  const found = new Set<string>()
  page.on('console', (message) => {
    if (message.type() === 'error') found.add(`${page.url()}: ${message.text()}`)
  })
  for (const name of names) {
    await page.goto(`http://127.0.0.1:${port}/${name}.html`)
    await page.evaluate('document.fonts.ready')
    await page.evaluate(axe)
    for (const width of [1440, 1100, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 900 })
      const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (over > 0) found.add(`${name}: ${over} px too wide at ${width}`)
      if (width !== 1440 && width !== 390) continue
      const findings = (await page.evaluate(AXE_FINDINGS)) as string[]
      for (const finding of findings) found.add(`${name} at ${width}: ${finding}`)
      await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true })
    }
  }
  await browser.close()
  server.close()
  console.log(found.size === 0 ? 'Nothing found.' : [...found].join('\n'))
}
