export { createApp, type Routes, withAddress } from './app.ts'
export { frameFacts } from './frame.sql.ts'
export { activityOf, frameFor, workplaceOf } from './frame.ts'
export { healthRoutes } from './health.ts'
export { readAssets } from './look/index.ts'
export { type Representation, representationFor } from './negotiation.ts'
export { type ProblemKind, problem, themeOf } from './problems.tsx'
export { type Reader, readerOf } from './reader.ts'
export { personOf } from './signed-in.ts'
export { connectionTarget, directoryTarget, explainRoutes } from './start/explain.routes.tsx'
export { readBody, startRequestSchema } from './start/start-body.ts'
export { type StartEndpoint, startEndpoint } from './start/start-endpoint.tsx'
export {
  nextStepSchema,
  providerConnectionSchema,
  runHref,
  START_OUTCOME_TYPE,
  startOutcomeSchema,
} from './start/wire.ts'
export type { App, DemoNotice, Env, Log, Request, Web } from './web.ts'
export { type WebWords, webWords } from './words.ts'
