import { newsOf } from './news-of.ts'
import type { OperationsWords } from './operations.words.ts'

/** The words of the operations pages in English. */
export const EN: OperationsWords = {
  lead: (active, attention) =>
    `${active === 0 ? 'Nothing is at work' : `${active} at work`}, ${attention === 0 ? 'nothing needs somebody.' : attention === 1 ? '1 needs somebody.' : `${attention} need somebody.`}`,
  tabs: { active: 'Active', attention: 'Needs attention', all: 'All', label: 'Operations' },
  columns: {
    state: 'State',
    operation: 'Operation',
    tenant: 'Tenant',
    result: 'Progress or result',
    by: 'Started by',
    when: 'When',
    took: 'Took',
  },
  caption: 'Operations, newest first',
  groups: { active: 'At work now', ended: 'Ended', movesByItself: 'moves by itself' },
  none: {
    active: { title: 'Nothing is at work', text: 'What is started appears here while it runs.' },
    attention: {
      title: 'Nothing needs somebody',
      text: 'The newest operation of every kind went well in every tenant.',
    },
    all: {
      title: 'No operations yet',
      text: 'Open a tenant and start something; every start and every blocked attempt is listed here.',
    },
  },
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  onlyTenant: (name) => `Only ${name}`,
  showAll: 'Show all tenants',
  queued: {
    title: 'Waits for a worker',
    text: 'It starts as soon as one is free, usually within a second. Nothing to do.',
  },
  waits: {
    until: (time) => `for Microsoft until ${time}`,
    title: (time) => `Waits for Microsoft until ${time}`,
    why: {
      throttle_window:
        'Microsoft has asked for a pause in requests to this tenant. Nothing is sent until then; after it the operation goes on by itself from where it stopped.',
      answer:
        'Microsoft could not be reached, or its service failed. The operation tries again then, by itself, from where it stopped.',
    },
    since: (age) => `held up for ${age}`,
    givesUp: (time) => `Nothing to do. It gives up if it gets no further until ${time}.`,
    read: (count) => `${count} read so far`,
  },
  running: {
    unit: 'read so far',
    noCount: 'Working',
    todo: 'Nothing to do. You get one notification when it ends.',
    alive: (age) => `last sign of life ${age}`,
    since: (age) => `running for ${age}`,
  },
  ended: {
    itself: (title, tenant, id) => `“${title}” in ${tenant} has ended; it was Operation #${id}.`,
    holder: (id) => `Operation #${id} has ended.`,
    noLongerHolds: (title, how) => `“${title}” no longer holds the directory: ${how}.`,
    isFree: 'The directory is free again.',
  },
  stopping: 'The directory stays held until the work has really stopped.',
  stale:
    'Nothing was heard of it for longer than usual. If its worker is gone, it is taken up again or ended by itself.',
  nothingStarted: (label) => `Nothing was started: ${label}`,
  succeeded: 'It went well',
  succeededWithFinding: 'Done, with a finding',
  succeededButFound: (label) => `The check is done and found something: ${label}`,
  whatWasChecked: {
    title: 'What was checked before the start',
    lead: 'In this order; the first obstacle ends it.',
  },
  gate: {
    tenant: 'Tenant operable',
    paused: 'Operation not paused',
    frozen: 'Tenant not frozen',
    connection: 'Connection found',
    enabled: 'Connection enabled',
    supported: 'Operation available',
    directory: 'Directory matches',
    consent: 'Admin consent',
    credential: 'Credential usable',
    permissions: 'Permissions, freshly seen',
    throttle: 'No throttle window',
  },
  notLookedAt: 'not looked at',
  evidence: 'What it found',
  counts: {
    seen: 'Seen',
    created: 'New',
    changed: 'Changed',
    unchanged: 'Unchanged',
    gone: 'Gone',
    failed: 'Failed',
    checks: 'Facts checked',
    passed: 'As they should be',
    attention: 'Need somebody',
  },
  facts: {
    connection: 'Connection',
    directory: 'Directory',
    startedBy: 'Started by',
    tries: 'Tries',
    created: 'Asked for',
    started: 'Begun',
    took: 'Took',
  },
  about: 'About this operation',
  none_: 'none',
  timeline: 'Timeline',
  story: {
    admitted: 'Admitted by the gate and queued',
    claimed: 'Taken by a worker and authorised again',
    tried: 'Tried again, same reason',
    born: 'Blocked at the click; never queued, holds nothing',
    stopAsked: 'Asked to stop',
    putAside: 'Held up; waits',
  },
  storyTried: (tries) => `${tries} tries within 15 minutes, kept in this record`,
  diagnostics: { title: 'Diagnostics', hint: 'reason code, correlation id and the facts of the decision' },
  diagnosticFacts: {
    reason: 'Reason code',
    correlation: 'Correlation id',
    identity: 'Selection',
    attempt: 'Attempt',
    fromMicrosoft: 'From Microsoft',
    facts: 'Facts of the decision',
  },
  soFar: (count) => `${count} so far`,
  result: (counts, count) => {
    if (counts.checks !== undefined)
      return `${count(counts.passed ?? 0)} of ${count(counts.checks)} facts as they should be`
    if (counts.seen === undefined) return ''
    const news = newsOf(counts, ['new', 'changed', 'gone'], count)
    return news ? `${news}, ${count(counts.seen)} seen` : `Unchanged, ${count(counts.seen)} seen`
  },
}
