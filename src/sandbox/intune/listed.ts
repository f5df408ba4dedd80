/** Objects that need not all be there at once; an array is one of these. */
export interface Listed {
  readonly length: number
  at(index: number): object | undefined
}

/** The objects from one place up to another, or all there are. */
export const sliceOf = (objects: Listed, from = 0, to = objects.length): object[] =>
  Array.from(
    { length: Math.max(0, Math.min(to, objects.length) - from) },
    (_, index) => objects.at(from + index) ?? {},
  )
