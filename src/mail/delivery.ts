/** What became of a letter that was handed to a mail server. */
export type Delivery =
  | 'taken'
  /** The server will not take this letter to this person, however often it is asked. */
  | 'refused'
  /** The server does not take this letter to this person for now. */
  | 'put_off'
  /** It surely was not taken: the server was not reached, or takes none of ours for now. */
  | 'not_taken'
  /** The server has it, and its answer never came: it may have been taken. */
  | 'unknown'

/** What a failed attempt comes to; `handedOver` says whether the server had been given the text. */
export function deliveryOf(fault: unknown, handedOver: boolean): Delivery {
  const { command, responseCode } = fault as { command?: unknown; responseCode?: unknown }
  if (typeof responseCode !== 'number' || responseCode < 400) return handedOver ? 'unknown' : 'not_taken'
  if (!ABOUT_THE_LETTER.includes(String(command)) || responseCode === CLOSING) return 'not_taken'
  return responseCode >= 500 ? 'refused' : 'put_off'
}

/** "Service not available, closing transmission channel": the server's answer to anything when it goes away. */
const CLOSING = 421

/** Answers to these are about the person or the letter; others are about the server, such as a wrong password. */
const ABOUT_THE_LETTER = ['RCPT TO', 'DATA']
