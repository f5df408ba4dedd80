import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { noteRequest } from '../traffic.ts'
import { answerNoted } from './answer-graph.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import type { KnownBearer } from './bearer.ts'
import { badRequest, refusal } from './errors.ts'

/** The most requests that Microsoft takes in one batch. */
const MOST = 20

const step = z.object({
  id: z.string().min(1),
  method: z.string().transform((method) => method.toUpperCase()),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
})
type Step = z.infer<typeof step>

/**
 * Answers a batch: every request in it is counted, throttled and answered for itself, and the answers come in
 * another order. https://learn.microsoft.com/graph/json-batching
 */
export function answerBatch(request: GraphRequest, bearer: KnownBearer): GraphAnswer {
  const batch = readBatch(request)
  if (Array.isArray(batch)) {
    const answered = new Map<string, GraphAnswer>()
    for (const each of batch) answered.set(each.id, answerStep(request, bearer, each, answered))
    const responses = batch.map(({ id }) => responseOf(id, answered.get(id))).reverse()
    return { status: 200, body: { responses } }
  }
  const { directory, app } = bearer
  const { clientId } = app
  noteRequest(directory.traffic, { ...request, clientId, status: batch.status, waitUntil: null })
  return batch
}

/** The requests of a batch, or what is wrong with it. */
function readBatch(request: GraphRequest): Step[] | GraphAnswer {
  if (request.method !== 'POST')
    return refusal(request, 405, 'directory', 'BadRequest', 'Only POST is allowed for batch requests.')
  const read = z.object({ requests: z.array(step) }).safeParse(request.body)
  if (!read.success) return badRequest(request, 'Invalid batch payload format.', 'BadRequest')
  const { requests } = read.data
  const objection = objectionTo(requests)
  return objection ? badRequest(request, objection, 'BadRequest') : requests
}

function objectionTo(steps: readonly Step[]): string | null {
  if (steps.length > MOST) return `Number of batch request steps exceeds the maximum value of ${MOST}.`
  if (new Set(steps.map(({ id }) => id.toLowerCase())).size < steps.length)
    return 'The id of each request in a batch has to be unique.'
  const isParallel = steps.every(({ dependsOn }) => dependsOn.length === 0)
  const isInTurn = steps.every(({ dependsOn }, index) =>
    index === 0 ? dependsOn.length === 0 : dependsOn.length === 1 && dependsOn[0] === steps[index - 1]?.id,
  )
  if (!isParallel && !isInTurn)
    return 'Either none of the requests in a batch may have a dependency, or each depends on the one before it.'
  return null
}

function answerStep(
  batch: GraphRequest,
  bearer: KnownBearer,
  { body, dependsOn, headers, id, method, url }: Step,
  answered: ReadonlyMap<string, GraphAnswer>,
): GraphAnswer {
  const path = url.replace(/^\//, '')
  const address = new URL(`/${batch.version}/${path}`, batch.url)
  const request: GraphRequest = {
    ...batch,
    method,
    url: address,
    path: address.pathname.slice(`/${batch.version}/`.length),
    body,
    ids: { request: randomUUID(), client: batch.ids.client },
    isBatched: true,
  }
  if (dependsOn.some((before) => (answered.get(before)?.status ?? 500) >= 400))
    return refusal(
      request,
      424,
      'directory',
      'FailedDependency',
      `A request that request ${id} depends on failed.`,
    )
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (body !== undefined && !isTyped)
    return badRequest(
      request,
      `Write request id : ${id} does not contain Content-Type header or body.`,
      'BadRequest',
    )
  return answerNoted(request, bearer)
}

const responseOf = (id: string, answer: GraphAnswer | undefined) => ({
  id,
  status: answer?.status,
  headers: { ...answer?.headers, 'Content-Type': 'application/json' },
  body: answer?.body,
})
