/** What one event of a live stream said. */
export interface LiveEvent {
  readonly id: string
  readonly all: boolean
  readonly changes: readonly { readonly kind: string; readonly id: number; readonly tenant: string }[]
}

/** A live stream as a browser reads it. */
export interface LiveReader {
  /** The next event; null once the stream has ended. */
  next(): Promise<LiveEvent | null>
  /** The events until one speaks of this operation, that one included. Throws when the stream ends before. */
  until(runId: number): Promise<LiveEvent[]>
  cut(): Promise<void>
}

/** Reads the events of a stream. */
export function liveReader(stream: ReadableStream<Uint8Array>): LiveReader {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const next = async (): Promise<LiveEvent | null> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const event = eventIn(text.slice(0, end))
        text = text.slice(end + 2)
        if (event) return event
        continue
      }
      const { done, value } = await reader.read()
      if (done) return null
      text += decoder.decode(value, { stream: true })
    }
  }
  return {
    next,
    async until(runId) {
      const events: LiveEvent[] = []
      for (;;) {
        const event = await next()
        if (!event) throw new Error(`The stream ended before it spoke of operation ${runId}`)
        events.push(event)
        if (event.changes.some(({ id }) => id === runId)) return events
      }
    },
    cut: () => reader.cancel().catch(() => {}),
  }
}

/** The event of a block of lines; null for one that says nothing, such as how soon to come back. */
function eventIn(block: string): LiveEvent | null {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
  const data = field('data')
  if (field('event') !== 'changes' || data === undefined) return null
  const { all = false, changes = [] } = JSON.parse(data)
  return { id: field('id') ?? '', all, changes }
}

/** The operations that events speak of, each once, in order. */
export const runsTold = (events: readonly LiveEvent[]): number[] =>
  [...new Set(events.flatMap(({ changes }) => changes.map(({ id }) => id)))].sort((a, b) => a - b)
