export { waitingAtOperation } from './waiting-at-operation.tsx'
export { WaitingPart } from './waiting-part.tsx'
export { waitingStartRoutes } from './waiting-starts.pages.tsx'
