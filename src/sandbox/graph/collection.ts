import type { LiveDirectory } from '../directory.ts'
import type { Dialect, GraphAnswer, GraphRequest } from './answers.ts'

/** A collection Graph offers, who may read it, and which service answers. */
export interface Collection {
  readonly path: string
  readonly versions: readonly string[]
  readonly dialect: Dialect
  /** Any of these permissions will do to read. */
  readonly acceptable: readonly string[]
  readonly pageSize: (directory: LiveDirectory) => number
  /** The most that `$top` may ask for; 999 unless told otherwise. */
  readonly largestPage?: number
  readonly items: (directory: LiveDirectory, request: GraphRequest) => Items
  /** One item; looked for among all of them where nothing faster is known. */
  readonly item?: (directory: LiveDirectory, id: string, request: GraphRequest) => Item | null
  /** There is only one, and its address is that of the collection. */
  readonly isSingle?: true
  /** Answered with changes after the first time. */
  readonly isDelta?: true
  /** What is known of the items' properties, where unknown ones are refused. */
  readonly shape?: Shape
  /** What `$expand` may name, and where. */
  readonly expands?: readonly Expandable[]
  readonly deeds?: readonly Deed[]
}

export interface Shape {
  /** As messages call an item. */
  readonly entity: string
  /** What every item has, of whatever type it is. */
  readonly properties: (directory: LiveDirectory, request: GraphRequest) => ReadonlySet<string>
}

export interface Expandable {
  readonly name: string
  readonly in: readonly ('list' | 'object')[]
}

/** What can be asked of a collection besides reading it. */
export interface Deed {
  readonly method: string
  /** Asked of the collection, of one item, or below one item at an address that begins so. */
  readonly at: 'list' | 'object' | RegExp
  /** Groups of permissions; of each, any will do. */
  readonly needs: readonly (readonly string[])[]
  readonly answer: (request: GraphRequest, directory: LiveDirectory, place: Place) => GraphAnswer
}

/** Which item of a collection is meant, if any, and what stands below it in the address. */
export interface Place {
  readonly id: string
  readonly below: string
}

export type Item = { readonly id?: string }

/** The items of a collection, not necessarily all at once. */
export interface Items {
  /** Up to so many from a place on, and the place of those after them. */
  read(from: number, most: number): { readonly items: readonly Item[]; readonly next: number | null }
}

/** Items that are all there at once. */
export const listed = (items: readonly Item[]): Items => ({
  read: (from, most) => ({
    items: items.slice(from, from + most),
    next: from + most < items.length ? from + most : null,
  }),
})
