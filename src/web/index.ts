export { createApp, type Routes } from './app.ts'
export { forbidden } from './forbidden.ts'
export { fieldsOf, formOf } from './form.ts'
export { frameFacts } from './frame.sql.ts'
export { activityOf, frameFor, navigation, workplaceOf } from './frame.ts'
export { healthRoutes } from './health.ts'
export { perMinute } from './limit.ts'
export { MOST_LISTED, nextHref, partAsked, partOf } from './list-part.ts'
export { type Turn, turnTo, type WantedTurn } from './list-turn.ts'
export { createLiveFeed, liveRoutes } from './live/index.ts'
export { readAssets } from './look/index.ts'
export { representationFor } from './negotiation.ts'
export { type ProblemKind, problem, themeOf } from './problems.tsx'
export { type Reader, readerOf } from './reader.ts'
export { askSignIn, passCookies } from './sign-in-library.ts'
export { personOf } from './signed-in.ts'
export {
  BOOTSTRAP_OPERATIONS,
  bootstrapRequestSchema,
  namedConnection,
  parseBootstrap,
} from './start/bootstrap-body.ts'
export {
  type BootstrapEndpoint,
  type BootstrapPlace,
  bootstrapEndpoint,
} from './start/bootstrap-endpoint.tsx'
export { explainedAt, explainRoutes } from './start/explain.routes.tsx'
export { signsOf } from './start/holder.tsx'
export { readBody, startRequestSchema, stepField } from './start/start-body.ts'
export { type StartEndpoint, type StartPlace, startEndpoint, startLimit } from './start/start-endpoint.tsx'
export type { CameFrom } from './start/start-page.tsx'
export { waitingWords } from './start/waiting.words.ts'
export { mayStopWaiting, PlaceNow, StopWaiting, WaitingAnswer, waitsFor } from './start/waiting-answer.tsx'
export {
  nextStepSchema,
  providerConnectionSchema,
  runHref,
  START_OUTCOME_TYPE,
  startOutcomeSchema,
  startRowId,
} from './start/wire.ts'
export { BOOTSTRAP_OUTCOME_TYPE, bootstrapOutcomeSchema, wireBootstrap } from './start/wire-bootstrap.ts'
export { waitingHref, waitingStartSchema, whenFreeSchema, wireWaiting } from './start/wire-waiting.ts'
export type { DemoNotice, Log, Request, Web } from './web.ts'
export { webWords } from './words.ts'
