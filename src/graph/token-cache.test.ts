import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { type Clock, type DirectoryId, parseDirectoryId } from '../kernel/index.ts'
import { AccessToken } from './access-token.ts'
import { failed, type Result, success } from './failure.ts'
import { createTokenCache, type TokenWish } from './token-cache.ts'

const MINUTE = 60_000
const directoryId = parseDirectoryId('1f0c6d3a-5b1e-4c53-9a44-0d0f6f6b7a10') as DirectoryId

/** A clock that is moved by hand, and a Microsoft that answers when told to. */
function world() {
  let nowMs = 0
  const clock: Clock = { now: () => new Date(nowMs), monotonic: () => nowMs }
  const cache = createTokenCache(clock)
  const asked: ((answer: Result<AccessToken>) => void)[] = []
  const wish = (changes: Partial<TokenWish> = {}) =>
    cache.obtain({
      key: 'contoso',
      ask: () => new Promise((resolve) => asked.push(resolve)),
      ...changes,
    })
  const token = (lifetimeMs = 60 * MINUTE) =>
    new AccessToken({
      token: 'header.payload.signature',
      obtainedAt: clock.now(),
      expiresAt: nowMs + lifetimeMs,
      lifetimeMs,
      roles: [],
      directoryId,
      appId: 'app',
    })
  const answer = (index: number, result: Result<AccessToken>) => asked[index]?.(result)
  return {
    wish,
    token,
    asked,
    answer,
    advance: (ms: number) => {
      nowMs += ms
    },
  }
}

test('callers that want the same token at the same time share one request', async () => {
  const { wish, token, asked, answer } = world()
  const all = Promise.all([wish(), wish(), wish()])
  answer(0, success(token()))

  const [first, second, third] = await all

  expect(asked).toHaveLength(1)
  expect(first).toBe(second)
  expect(second).toBe(third)
})

test('a token is reused until five minutes before its end', async () => {
  const { wish, token, asked, answer, advance } = world()
  const first = wish()
  answer(0, success(token()))
  await first

  advance(54 * MINUTE)
  await wish()
  expect(asked).toHaveLength(1)

  advance(MINUTE)
  void wish()
  expect(asked).toHaveLength(2)
})

test('a token that lives only minutes is still reused for half of its life', async () => {
  const { wish, token, asked, answer, advance } = world()
  const first = wish()
  answer(0, success(token(2 * MINUTE)))
  await first

  advance(MINUTE - 1)
  await wish()
  expect(asked).toHaveLength(1)
})

test('applications, directories and credential versions do not share tokens', async () => {
  const { wish, asked } = world()
  void wish({ key: 'contoso v1' })
  void wish({ key: 'contoso v2' })

  expect(asked).toHaveLength(2)
})

test('a fresh token is asked for in spite of a remembered one, and replaces it', async () => {
  const { wish, token, asked, answer } = world()
  const first = wish()
  answer(0, success(token()))
  await first
  const renewed = token()
  const fresh = wish({ fresh: true })
  answer(1, success(renewed))
  await fresh

  expect(await wish()).toEqual(success(renewed))
  expect(asked).toHaveLength(2)
})

test('a slow older answer does not replace a fresh one', async () => {
  const { wish, token, answer } = world()
  const slow = wish()
  const fresh = wish({ fresh: true })
  const renewed = token()
  answer(1, success(renewed))
  await fresh
  answer(0, success(token()))
  await slow

  const kept = await wish()
  expect(kept.ok && kept.value).toBe(renewed)
})

test('when Microsoft refuses a fresh token, the remembered one is not used any more', async () => {
  const { wish, token, asked, answer } = world()
  const first = wish()
  answer(0, success(token()))
  await first
  const fresh = wish({ fresh: true })
  answer(1, failed({ kind: 'app_not_installed' }))
  await fresh

  void wish()
  expect(asked).toHaveLength(3)
})

test('when Microsoft cannot be reached for a fresh token, the remembered one stays', async () => {
  const { wish, token, asked, answer } = world()
  const first = wish()
  answer(0, success(token()))
  await first
  const fresh = wish({ fresh: true })
  answer(1, failed({ kind: 'unreachable', detail: 'network' }))
  await fresh

  expect(await wish()).toMatchObject({ ok: true })
  expect(asked).toHaveLength(2)
})

test('a refusal is not remembered', async () => {
  const { wish, asked, answer } = world()
  const first = wish()
  answer(0, failed({ kind: 'credential_rejected' }))
  await first

  void wish()
  expect(asked).toHaveLength(2)
})

test('callers whose token was refused share one request for the next', async () => {
  const { wish, token, asked, answer } = world()
  const refused = token()
  const first = wish()
  answer(0, success(refused))
  await first
  const both = Promise.all([wish({ refused }), wish({ refused })])
  answer(1, success(token()))
  await both

  await wish({ refused })
  expect(asked).toHaveLength(2)
})

test('a caller that gives up leaves; the others still get their token', async () => {
  const { wish, token, answer } = world()
  const controller = new AbortController()
  const leaving = wish({ signal: controller.signal })
  const staying = wish()
  controller.abort()

  expect(await leaving).toMatchObject({ failure: { kind: 'cancelled' } })
  answer(0, success(token()))
  expect(await staying).toMatchObject({ ok: true })
})

test('a token cannot be printed', () => {
  const token = world().token()

  const everything = JSON.stringify(token) + inspect(token, { depth: null, showHidden: true }) + String(token)
  expect(everything).not.toContain('header.payload')
  expect(token.authorization()).toBe('Bearer header.payload.signature')
})
