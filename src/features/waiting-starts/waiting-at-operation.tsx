import type { OperationCode } from '../../engine/catalog/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import { type Reader, waitingHref, waitingWords } from '../../web/index.ts'

/** What waits to be started of an operation, beside its row: whose it is and its place; null when nothing does. */
export function waitingAtOperation(line: readonly SeenWaiting[], operation: OperationCode, reader: Reader) {
  const mine = line.filter((waiting) => waiting.operation === operation)
  if (mine.length === 0) return null
  const words = waitingWords(reader.language)
  return (
    <>
      {mine.map(({ id, person, place }) => (
        <a class="block" href={waitingHref(id)}>
          {[words.states.waiting, person.name, words.place(place ?? 1)].join(' · ')}
        </a>
      ))}
    </>
  )
}
