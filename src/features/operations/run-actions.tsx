import { roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import { Button, LinkButton, NextStepLink } from '../../web/components/index.ts'
import { type Reader, runHref } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { actionWords } from './run-actions.words.ts'
import { releaseVerdict } from './run-release.ts'

interface ActionProps {
  run: RunDetail
  reader: Reader
}

/** What can be done about a run that has not ended: stop it, and where it does not stop, take it from its worker. */
export const StopActions = ({ reader, run }: ActionProps) => (
  <>
    {run.stopping ? <StopAsked run={run} reader={reader} /> : <StopForm run={run} reader={reader} />}
    <ReleaseLink run={run} reader={reader} />
  </>
)

/** Since when it is to stop, and who wants it. */
const StopAsked = ({ reader, run }: ActionProps) => {
  const { stop_asked_at: at, stop_asked_by: by } = run
  return at === null ? null : (
    <p class="sub">
      {actionWords(reader.language).stop.asked(by, reader.moment(at), reader.ago(at, run.now))}
    </p>
  )
}

/** Stops it at once, or asks first where something would be lost. */
const StopForm = ({ reader, run }: ActionProps) => {
  const words = actionWords(reader.language)
  const href = `${runHref(run.id)}/cancel`
  if (!roleMay(run.role, 'tenant.operations.cancel')) return null
  if (losesWork(run))
    return (
      <p class="mt-2">
        <LinkButton href={href} small>
          {words.stop.button}
        </LinkButton>
      </p>
    )
  return (
    <form method="post" action={href} class="mt-2">
      <Button small>{words.stop.button}</Button>
    </form>
  )
}

/** Whether stopping costs something: pages that were read, or writes that stay half done. */
export const losesWork = ({ operation, progress_done, status }: RunDetail): boolean =>
  (progress_done ?? 0) > 0 || (status === 'running' && definitionOf(operation).access === 'writes')

/** The last way out, as soon as it is open. */
const ReleaseLink = ({ reader, run }: ActionProps) => {
  if (releaseVerdict(run).kind === 'refused') return null
  const { ask, link } = actionWords(reader.language).release
  return roleMay(run.role, 'tenant.operations.force_release') ? (
    <NextStepLink href={`${runHref(run.id)}/force-release`} text={link} />
  ) : (
    <p class="sub">{ask}</p>
  )
}
