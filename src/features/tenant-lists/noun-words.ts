/** What a list says of its own noun. */
export interface NounWords<Show extends string = string> {
  readonly title: string
  readonly search: string
  readonly show: string
  readonly shows: Readonly<Record<Show, string>>
  /** The head of the first column: one of them. */
  readonly name: string
  readonly never: { readonly title: string; readonly text: string }
  readonly notYetAll: { readonly title: string; readonly text: string }
  readonly noMatch: {
    readonly title: string
    readonly none: string
    readonly text: (search: string) => string
  }
  /** It was read to its end, and there was nothing. */
  readonly nothing: { readonly title: string; readonly text: string }
  /** What lies behind an old view. */
  readonly old: string
  readonly noDescription: string
  /** What found the news, where that is no sync: "the last snapshot found 3 new". */
  readonly found?: (news: string) => string
  readonly rawHint: string
}
