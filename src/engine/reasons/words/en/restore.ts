import type { ReasonTexts } from '../words.ts'

/** Reasons that hold back a restore. */
export const restoreTexts = {
  restore_preview_missing: () => ({
    label: 'Preview missing',
    explanation: 'This restore has no preview, so nobody can see what it would change.',
    cause: 'A restore writes only what was previewed and confirmed.',
  }),
  restore_preview_outdated: ({ because, previewedAt, maxAgeMinutes }, say) => ({
    label: 'Preview outdated',
    explanation:
      because === 'too_old'
        ? `The preview is from ${say.time(previewedAt)}. A preview is good for ${maxAgeMinutes} minutes.`
        : `The selection, its mapping or the tenant has changed since the preview of ${say.time(previewedAt)}.`,
    cause: 'Only what was seen in the preview is written, so the preview must fit the tenant as it is now.',
  }),
  restore_not_confirmed: () => ({
    label: 'Restore not confirmed',
    explanation: 'This restore has a preview, but nobody has confirmed it.',
    cause: 'A restore overwrites settings. Somebody therefore confirms it with the name of the tenant first.',
  }),
  restore_write_gate_closed: () => ({
    label: 'Write access not proven',
    explanation: 'There is no recent proof that the app may write to this tenant.',
    cause: 'A restore refused halfway leaves a tenant half changed, so write access is proven before it.',
  }),
  restore_outcome_unknown: () => ({
    label: 'Result of an earlier write unknown',
    explanation: 'An earlier restore sent a write to Microsoft, and its result is not known.',
    cause: 'Writing again could create the same policy twice, so somebody has to compare first.',
  }),
} satisfies Partial<ReasonTexts>
