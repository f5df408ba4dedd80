/** What became of a letter that was handed to a mail server. */
export type Delivery =
  | 'taken'
  /** The server will not take this letter to this person, however often it is asked. */
  | 'refused'
  /** It surely was not taken: the server was not reached, or said no for now. */
  | 'not_taken'
  /** The server has it, and its answer never came: it may have been taken. */
  | 'unknown'

/** What a failed attempt comes to; `handedOver` says whether the server had been given the text. */
export function deliveryOf(fault: unknown, handedOver: boolean): Delivery {
  const { command, responseCode } = fault as { command?: unknown; responseCode?: unknown }
  if (typeof responseCode !== 'number' || responseCode < 400) return handedOver ? 'unknown' : 'not_taken'
  return responseCode >= 500 && ABOUT_THE_LETTER.includes(String(command)) ? 'refused' : 'not_taken'
}

/** Answers to these are about the person or the letter; others are about the server, such as a wrong password. */
const ABOUT_THE_LETTER = ['RCPT TO', 'DATA']
