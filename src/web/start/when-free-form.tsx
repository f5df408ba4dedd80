import type { OperationCode } from '../../engine/catalog/index.ts'
import { Button, HiddenFields, type HiddenValues } from '../components/index.ts'
import type { Reader } from '../reader.ts'
import { waitingWords } from './waiting.words.ts'

interface WhenFreeFormProps {
  directoryId: string
  operation: OperationCode
  /** What was chosen beside the operation: the same start is to be tried later. */
  chosen: HiddenValues
  reader: Reader
}

/** Where a start gets in line while its directory is held. */
const whenFreeHref = (directoryId: string, operation: string) =>
  `/admin/t/${directoryId}/provider-actions/${operation}/start-when-free`

/** The wish on an answer that the same start be tried once the directory is free; its answer takes the place of this one. */
export const WhenFreeForm = ({ chosen, directoryId, operation, reader }: WhenFreeFormProps) => {
  const href = whenFreeHref(directoryId, operation)
  return (
    <form
      method="post"
      action={href}
      hx-post={href}
      hx-target="closest .answer"
      hx-swap="outerHTML"
      hx-sync="this:drop"
    >
      <HiddenFields values={chosen} />
      <Button small>{waitingWords(reader.language).whenFree}</Button>
    </form>
  )
}
