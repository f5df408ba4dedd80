import { describe, expect, test } from 'vitest'
import type { StartOutcome } from '../../engine/gate/index.ts'
import { readerOf } from '../reader.ts'
import { OutcomeAnswer } from './start-page.tsx'

const HOLDER = {
  runId: 1849,
  operation: 'directory.groups.sync',
  initiatorName: 'Ada Lovelace',
  since: '2026-11-23T14:28:00.000Z',
} as const

const busy = (kind: 'scope_busy' | 'deduped'): StartOutcome => ({
  kind,
  reason: { code: kind === 'deduped' ? 'already_running' : 'scope_busy', holder: HOLDER },
  at: '2026-11-23T14:32:00.000Z',
  operation: 'directory.role_definitions.sync',
  tenant: {
    id: 1,
    directoryId: '11111111-1111-4111-8111-111111111111',
    name: 'Northwind Traders',
    workspaceId: 1,
  },
  connection: null,
  run: { id: 1849, status: 'running', tries: 1 },
})

const ASKED = { role: 'operator', reader: readerOf('en', 'UTC'), chosen: {}, takesFocus: false } as const

const shown = (kind: 'scope_busy' | 'deduped', holder: Parameters<typeof OutcomeAnswer>[0]['holder']) =>
  String(<OutcomeAnswer {...ASKED} outcome={busy(kind)} {...(holder !== undefined && { holder })} />)

describe.each(['scope_busy', 'deduped'] as const)('an answer that names the work in the way (%s)', (kind) => {
  test('says whose it is, how far it came, and where to open it', () => {
    const text = shown(kind, { heartbeatAt: new Date(), done: 31240, total: null, waitsUntil: null })

    expect(text).toContain('Held by Operation #1849 · Ada Lovelace')
    expect(text).toContain('31,240 so far · last sign of life just now')
    expect(text).toContain('href="/admin/operations/1849"')
  })

  test('says only that something is there, to whoever may not see which', () => {
    const text = shown(kind, null)

    expect(text).not.toMatch(/1849|Ada Lovelace|Sync groups/)
    expect(text).toMatch(/Another operation holds this directory|The same work is already under way/)
  })
})
