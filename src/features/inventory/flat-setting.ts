/** One setting of a policy as a line: what it is called at Microsoft, what it is set to, and how deep it stands. */
export interface FlatSetting {
  readonly name: string
  /** Null where it only holds others. */
  readonly value: string | null
  readonly depth: number
}
