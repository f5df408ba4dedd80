import type { UserId, WorkspaceId } from '../kernel/index.ts'

/** Who asks: a person at a browser, a person's key in a program, or the installation itself. */
export type Actor =
  | { readonly kind: 'user'; readonly userId: UserId; readonly name: string }
  | {
      readonly kind: 'api_key'
      readonly userId: UserId
      readonly name: string
      readonly keyId: string
      /** A key reaches one workspace only, whatever else its owner may see. */
      readonly workspaceId: WorkspaceId
    }
  | { readonly kind: 'system' }

/** The installation itself: it starts what no person has to ask for. */
export const SYSTEM = { kind: 'system' } as const

/** The person behind an actor, as records name them; System has none. */
export const personBehind = (actor: Actor): { userId: UserId | null; name: string | null } =>
  actor.kind === 'system' ? { userId: null, name: null } : { userId: actor.userId, name: actor.name }

/** An actor with a person behind it. */
export type PersonalActor = Exclude<Actor, { kind: 'system' }>
