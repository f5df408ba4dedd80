/**
 * Whether a statement failed by the moment and not by what it said: the connection was lost, the server was going or
 * coming, or somebody else was in the way. Whether it was carried out is not known then.
 */
export function isPassing(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false
  const { code = '' } = fault as { code?: unknown }
  return typeof code === 'string' && code !== '' ? PASSING.test(code) : LOST.test(fault.message)
}

/** Connection exceptions, rollbacks, sessions ended for sleeping in a transaction, no resources, a lock not had in time, an operator's intervention; and Node's own. */
const PASSING =
  /^(08...|25P03|40(001|P01)|53...|55P03|57P0[1-3]|ECONN(RESET|REFUSED|ABORTED)|EPIPE|ETIMEDOUT)$/

/** What the driver says without a code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
