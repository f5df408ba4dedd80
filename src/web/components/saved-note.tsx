import { ReasonCallout } from './reason-callout.tsx'

/** Above a form that was taken just now: what it did. */
export const SavedNote = ({ children }: { children: string }) => (
  <div class="mt-4" role="status">
    <ReasonCallout mark="succeeded" title={children} why="" />
  </div>
)
