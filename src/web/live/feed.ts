import { type Database, type Listening, listen } from '../../database/index.ts'
import type { UserId, WorkspaceId } from '../../kernel/index.ts'

/** Where the database announces what people watch; its triggers name it too. */
const CHANNEL = 'tenantpilot_live'

/** One who wants to know when to look. */
export interface Follower {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId
  readonly sessionId: string
  /** Something may have changed. */
  look(): void
  /** The process ends. */
  leave(): void
}

/** What is announced to one process, and who follows it there. */
export interface LiveFeed {
  /** Follows until the answered function is called; null when there are too many already. */
  follow(follower: Follower): (() => void) | null
  /** Sends everybody away and takes nobody any more. */
  close(): Promise<void>
}

/**
 * A browser opens at most six connections to a host of HTTP/1.1, and pages have to be loaded through them, too; so
 * one that looks at many windows has some that ask in intervals, as without streams.
 */
const MOST_OF_SESSION = 4
const MOST_OF_PERSON = 16

/** The feed of a process. The database is listened to from the first follower on. */
export function createLiveFeed(database: Database): LiveFeed {
  const followers = new Set<Follower>()
  let listening: Listening | undefined
  let isClosed = false

  const lookAll = () => {
    for (const follower of followers) follower.look()
  }
  /** An announcement is two words: whom it concerns, and the id. */
  const heard = (payload: string) => {
    const [what, id] = payload.split(' ')
    for (const follower of followers)
      if (id === (what === 'person' ? follower.userId : String(follower.workspaceId))) follower.look()
  }
  const countOf = (is: (follower: Follower) => boolean) => [...followers].filter(is).length

  return {
    follow(follower) {
      const ofSession = countOf(({ sessionId }) => sessionId === follower.sessionId)
      const ofPerson = countOf(({ userId }) => userId === follower.userId)
      if (isClosed || ofSession >= MOST_OF_SESSION || ofPerson >= MOST_OF_PERSON) return null
      followers.add(follower)
      listening ??= listen(database, CHANNEL, { heard, begun: lookAll })
      return () => followers.delete(follower)
    },
    async close() {
      isClosed = true
      for (const follower of followers) follower.leave()
      followers.clear()
      await listening?.close()
    },
  }
}
