import { Icon } from '../look/index.ts'

/** Copies a text; only seen where the browser can. */
export const CopyButton = ({ text, label, copied }: { text: string; label: string; copied: string }) => (
  <button type="button" class="next copy" data-copy={text} data-copied={copied}>
    <span data-copy-label aria-live="polite">
      {label}
    </span>
    <Icon name="copy" />
  </button>
)
