export { createLiveFeed, type LiveFeed } from './feed.ts'
export { liveRoutes } from './live.routes.ts'
