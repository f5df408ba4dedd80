export { settingsRoutes } from './settings.pages.tsx'
export { SettingsTabs } from './settings-tabs.tsx'
