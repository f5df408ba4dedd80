import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import type { LiveFeed } from './feed.ts'
import { type Look, lookSince } from './live.sql.ts'
import { knownAfter, newsTo, type Told } from './told.ts'

/** Who watches what, and from where on. */
export interface Watcher {
  readonly actor: PersonalActor
  readonly sessionId: string
  readonly workspaceId: WorkspaceId
  /** The position that an earlier stream came to; null for a page that has none yet. */
  readonly since: string | null
}

interface Source {
  readonly db: Db
  readonly live: LiveFeed
}

/** Between two looks at least, in milliseconds: four a second, however much is written. The last one is never left out. */
const LOOKS_EVERY = 250

/** A sign of life this often, in milliseconds, with a look: no session outlives its time by more. */
const SIGN_OF_LIFE_EVERY = 20_000

/**
 * One stream of events. Announcements only say when to look; what goes out is what a look has found, and each look
 * asks anew whether the person is still signed in, a member, and reaches the tenant. Once they may see less or more
 * than at the beginning, the stream ends, and whoever may still watch comes back. Null when there are too many.
 */
export function openStream({ db, live }: Source, watcher: Watcher): ReadableStream<Uint8Array> | null {
  let out: ReadableStreamDefaultController<Uint8Array> | undefined
  let position = watcher.since
  let standing: string | null = null
  let known: ReadonlyMap<string, string> = new Map()
  let isOver = false
  let isLooking = false
  let isWanted = false
  let lookedAt = -LOOKS_EVERY
  let timer: ReturnType<typeof setTimeout> | undefined

  const end = () => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    clearInterval(life)
    leave?.()
  }
  const close = () => {
    if (!isOver) out?.close()
    end()
  }
  /** A reader that does not keep up is told when it has: what it is told then is all of it. */
  const isBehind = () => (out?.desiredSize ?? 0) <= 0

  const wantLook = () => {
    isWanted = true
    if (isOver || isLooking || timer || !out) return
    timer = setTimeout(look, Math.max(0, lookedAt + LOOKS_EVERY - performance.now()))
  }
  const look = async () => {
    timer = undefined
    if (isOver || isBehind()) return
    isWanted = false
    isLooking = true
    lookedAt = performance.now()
    const seen = await lookSince(db, watcher.workspaceId, { ...watcher, position }).catch(() => null)
    isLooking = false
    if (isOver) return
    if (seen === null || seen.standing === null || (standing !== null && seen.standing !== standing))
      return close()
    tell(seen)
    if (isWanted) wantLook()
  }
  const tell = (seen: Look) => {
    const isFirst = standing === null
    const isAhead = position !== null && BigInt(position) > BigInt(seen.position)
    const news: Told | null = position === null || isAhead ? { all: true } : newsTo(known, seen)
    standing = seen.standing
    position = seen.position
    known = knownAfter(seen)
    if (news || isFirst) write(eventOf(seen.position, news ?? { changes: [] }))
  }
  const write = (text: string) => out?.enqueue(new TextEncoder().encode(text))

  const leave = live.follow({ ...watcher, userId: watcher.actor.userId, look: wantLook, leave: close })
  if (!leave) return null
  const life = setInterval(() => {
    if (!isBehind() && position !== null) write(eventOf(position, { changes: [] }))
    wantLook()
  }, SIGN_OF_LIFE_EVERY)
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        out = controller
        write('retry: 2000\n\n')
        wantLook()
      },
      pull: () => {
        if (isWanted) wantLook()
      },
      cancel: end,
    },
    { highWaterMark: 16 },
  )
}

/** An event as browsers read it; its id is where a later stream goes on. */
const eventOf = (position: string, told: Told) =>
  `id: ${position}\nevent: changes\ndata: ${JSON.stringify(told)}\n\n`
