import { type Capability, roleMay } from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
import {
  forbidden,
  formOf,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  runHref,
  type StartEndpoint,
  type Web,
} from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { releaseOperation } from './release-operation.ts'
import { losesWork } from './run-actions.tsx'
import { actionWords } from './run-actions.words.ts'
import { visibleRun } from './run-in-path.ts'
import { isRepeatable, placeAgain } from './start-again.ts'
import { CancelPage, ReleasePage, refusal } from './stop-pages.tsx'

const ONE = '/admin/operations/:run'

/** What is done with an operation beside looking at it: stopping it with care, releasing it by force, starting it again. */
export const runActionRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    app.get(`${ONE}/cancel`, async (c) => {
      const at = await permitted(web, c, 'tenant.operations.cancel', 'operation.cancel')
      if (!at.ok) return at.answer
      const { run } = at
      if (run.stopping || run.status === 'completed' || !losesWork(run))
        return c.redirect(runHref(run.id), 303)
      return c.html(<CancelPage shell={await frameFor(web, c)} reader={c.var.reader} run={run} />)
    })

    app.get(`${ONE}/force-release`, async (c) => {
      const at = await permitted(web, c, 'tenant.operations.force_release', 'operation.force_release')
      if (!at.ok) return at.answer
      const { run } = at
      if (run.status !== 'running') return c.redirect(runHref(run.id), 303)
      return c.html(<ReleasePage shell={await frameFor(web, c)} reader={c.var.reader} run={run} />)
    })

    app.post(`${ONE}/force-release`, async (c) => {
      const at = await permitted(web, c, 'tenant.operations.force_release', 'operation.force_release')
      if (!at.ok) return at.answer
      const form = await formOf(web, c)
      if (!form.ok) return form.answer
      const why = readWhy(form.texts.why)
      if (why === null) return wrongReason(web, c, at.run, form.texts.why)
      const by = { actor: personOf(c).actor, why, correlationId: c.var.correlationId }
      const verdict = await releaseOperation(web.db, at.run, by)
      if (verdict.kind === 'refused')
        return problem(web, c, 'not_now', [{ pointer: '', detail: refusal(verdict, c.var.reader) }])
      if (representationFor(c, null) === 'json') return c.json({ result: 'released' })
      return c.redirect(runHref(at.run.id), 303)
    })

    app.post(`${ONE}/start-again`, async (c) => {
      const run = await visibleRun(web, c)
      if (!run) return problem(web, c, 'not_found')
      return isRepeatable(run) ? start(c, placeAgain(run)) : problem(web, c, 'not_found')
    })
  }

type Permitted =
  | { readonly ok: true; readonly run: RunDetail }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/** The run of the path, for somebody who may do this to it; otherwise 404, or 403 with its record. */
async function permitted(web: Web, c: Request, capability: Capability, action: string): Promise<Permitted> {
  const run = await visibleRun(web, c)
  if (!run) return { ok: false, answer: problem(web, c, 'not_found') }
  if (roleMay(run.role, capability)) return { ok: true, run }
  const deed = {
    action,
    targetKind: 'operation',
    targetId: String(run.id),
    workspaceId: run.workspaceId as NonNullable<Parameters<typeof forbidden>[2]['workspaceId']>,
  }
  return { ok: false, answer: forbidden(web, c, deed) }
}

/** A reason as it is kept; null when it is none. */
function readWhy(typed: string | undefined): string | null {
  const why = typed?.trim() ?? ''
  return why.length >= 3 && why.length <= 300 && isPlainText(why) ? why : null
}

async function wrongReason(web: Web, c: Request, run: RunDetail, typed: string | undefined) {
  const { reader } = c.var
  const { whyWrong } = actionWords(reader.language).release
  if (representationFor(c, null) === 'json')
    return problem(web, c, 'malformed', [{ pointer: '/why', detail: whyWrong }])
  const page = (
    <ReleasePage shell={await frameFor(web, c)} reader={reader} run={run} typed={typed ?? ''} wrong />
  )
  return c.html(page, 422)
}
