/**
 * Whether a text can be kept and shown as it is: whole characters, no control characters (line breaks
 * and NUL among them), nothing that turns the direction of what follows, and something to see.
 */
export const isPlainText = (text: string): boolean =>
  text.isWellFormed() && !/[\p{Cc}\p{Bidi_Control}]/u.test(text) && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)

/** A text of somebody else as it may be shown: whatever a plain text cannot hold is a space. */
export const legible = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
