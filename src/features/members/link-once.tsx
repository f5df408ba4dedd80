import { CopyButton, ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { membersWords } from './members.words.ts'

export interface LinkOnceProps {
  title: string
  why: string
  link: string
}

/** A link that opens something, shown this once. */
export const LinkOnce = ({ link, reader, title, why }: LinkOnceProps & { reader: Reader }) => {
  const words = membersWords(reader.language)
  return (
    <div class="mt-4">
      <ReasonCallout mark="succeeded" title={title} why={why}>
        <p class="mt-2 mono break-all">{link}</p>
        <CopyButton text={link} label={words.copy} copied={words.copied} />
      </ReasonCallout>
    </div>
  )
}
