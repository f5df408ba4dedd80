import { Time } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'

/** A moment by its age, with the exact one behind it. */
export const Moment = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)
