export { Activity } from './activity.tsx'
export {
  BarePage,
  Or,
  ProblemPage,
  WorkspaceChoices,
} from './bare-layout.tsx'
export { Bell, type Crumb, MovingCount, Page } from './layout.tsx'
export type { ActivityItem, ActivityState, Shell, ShellWords } from './shell.ts'
