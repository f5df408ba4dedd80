/** One name in `$expand`, with what is expanded inside of it. */
export interface Expansion {
  readonly name: string
  readonly inner: string | null
}

/** Reads `$expand`: names between commas, each with at most one expansion inside. */
export function readExpand(query: URLSearchParams): Expansion[] {
  const text = query.get('$expand') ?? ''
  return [...text.matchAll(/([^,()\s]+)(?:\(([^)]*)\))?/g)].map(([, name = '', options]) => ({
    name,
    inner: /^\$expand=(\w+)$/.exec(options ?? '')?.[1] ?? null,
  }))
}

/** The names in `$expand`. */
export const namesIn = (query: URLSearchParams): string[] => readExpand(query).map(({ name }) => name)
