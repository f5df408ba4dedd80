import { ConfirmArea, type ConfirmAreaProps, LinkButton } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { membersWords } from './members.words.ts'

interface ConfirmationProps extends Pick<ConfirmAreaProps, 'title' | 'sums' | 'href' | 'hidden' | 'button'> {
  cancelHref: string
  reader: Reader
}

/** What takes something away, said before it is done, with the way back. */
export const Confirmation = ({ cancelHref, reader, ...area }: ConfirmationProps) => (
  <div class="mb-6 mt-4 grid max-w-xl gap-3">
    <ConfirmArea id="confirm" overwrites {...area} />
    <p>
      <LinkButton href={cancelHref} look="quiet">
        {membersWords(reader.language).inviteForm.cancel}
      </LinkButton>
    </p>
  </div>
)
