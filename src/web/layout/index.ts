export { Activity } from './activity.tsx'
export {
  BarePage,
  type BarePageProps,
  Or,
  ProblemPage,
  type WorkspaceChoice,
  WorkspaceChoices,
} from './bare-layout.tsx'
export { Brand, Document, type DocumentProps, PRODUCT } from './document.tsx'
export { Bell, type Crumb, Page, type PageProps } from './layout.tsx'
export type { ActivityItem, ActivityState, NavEntry, NavGroup, Shell, ShellWords } from './shell.ts'
