import { Icon } from '../../web/look/index.ts'

interface RawObjectProps {
  raw: unknown
  title: string
  hint: string
}

/** The whole object as Microsoft gave it, folded away. */
export const RawObject = ({ hint, raw, title }: RawObjectProps) => (
  <details class="fold box part">
    <summary>
      <span class="chev">
        <Icon name="right" />
      </span>
      <span class="font-medium">{title}</span>
      <span class="fold-hint">{hint}</span>
    </summary>
    <div class="fold-body">
      <pre class="mono overflow-x-auto text-ui" tabindex={0}>
        {asWritten(raw)}
      </pre>
    </div>
  </details>
)

/** The object as JSON; what would turn the direction of a line is spelled out. */
const asWritten = (raw: unknown): string =>
  JSON.stringify(raw, null, 2).replace(
    /\p{Bidi_Control}/gu,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
