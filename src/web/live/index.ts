export { createLiveFeed } from './feed.ts'
export { liveRoutes } from './live.routes.ts'
