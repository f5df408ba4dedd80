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

/** An actor with a person behind it. */
export type PersonalActor = Exclude<Actor, { kind: 'system' }>
