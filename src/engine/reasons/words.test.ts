import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../kernel/index.ts'
import { REASON_CODES, type Reason, sayer, wordsFor } from './index.ts'
import { REASON_SAMPLES } from './reasons.samples.ts'
import { REASON_VARIANTS } from './reasons.variants.ts'

const every: readonly Reason[] = [...REASON_CODES.map((code) => REASON_SAMPLES[code]), ...REASON_VARIANTS]

const read = (reason: Reason, language: Language) => wordsFor(reason, language, sayer(language, 'UTC'))

describe('the words of a reason', () => {
  test.each(LANGUAGES)('are whole sentences without codes or gaps (%s)', (language) => {
    for (const reason of every) {
      const { label, explanation, cause } = read(reason, language)
      for (const text of [label, explanation, cause]) {
        expect(text).not.toMatch(/undefined|null|NaN|Invalid|\[object|[a-z]_[a-z]|\s\s|\d{4}-\d{2}-\d{2}T/)
        expect(text).toMatch(/^[“„\p{Lu}\d]/u)
        expect(text.trim()).toBe(text)
      }
      for (const sentence of [explanation, cause]) expect(sentence).toMatch(/[.!?][“”]?$/)
      expect(label).not.toMatch(/[.!?]$/)
      expect(label.length, label).toBeLessThanOrEqual(60)
    }
  })

  test('differ in every language', () => {
    for (const reason of every) {
      const [english, german] = [read(reason, 'en'), read(reason, 'de')]
      expect(german.label).not.toBe(english.label)
      expect(german.explanation).not.toBe(english.explanation)
      expect(german.cause).not.toBe(english.cause)
    }
  })

  test('say when the client secret expired, and what follows', () => {
    expect(read(REASON_SAMPLES.provider_credential_expired, 'en')).toEqual({
      label: 'Client secret expired',
      explanation: 'The client secret expired on 20 Nov 2026, and Microsoft refuses expired secrets.',
      cause: 'Every operation through this connection would stop at its first request.',
    })
    expect(read(REASON_SAMPLES.provider_credential_expired, 'de').explanation).toBe(
      'Der geheime Clientschlüssel ist am 20. Nov. 2026 abgelaufen. Microsoft weist abgelaufene Clientschlüssel ab.',
    )
  })

  test('name each missing permission', () => {
    const words = read(REASON_SAMPLES.provider_permission_missing, 'en')

    expect(words.label).toBe('2 permissions missing')
    expect(words.explanation).toContain('DeviceManagementApps.Read.All and Policy.Read.All')
  })

  test('name the holder of a busy scope, or nobody the viewer may not know', () => {
    const known = read(REASON_SAMPLES.scope_busy, 'en')
    const unknown = read({ code: 'scope_busy', holder: null }, 'en')

    expect(known.cause).toContain('Operation #1849, started by Operator One on 23 Nov 2026, 14:28 UTC')
    expect(unknown.explanation + unknown.cause).not.toMatch(/#|Operator|Sync/)
  })
})

describe('times', () => {
  test('are said in the viewer’s language and zone, with the zone', () => {
    expect(sayer('en', 'UTC').time('2026-11-23T14:32:00Z')).toBe('23 Nov 2026, 14:32 UTC')
    expect(sayer('de', 'Europe/Berlin').time('2026-11-23T14:32:00Z')).toBe('23. Nov. 2026, 15:32 MEZ')
    expect(sayer('en', 'Asia/Tokyo').date('2026-11-23T20:00:00Z')).toBe('24 Nov 2026')
  })

  test('keep midnight at the start of its day', () => {
    expect(sayer('en', 'UTC').time('2026-11-23T00:05:00Z')).toBe('23 Nov 2026, 00:05 UTC')
  })
})
