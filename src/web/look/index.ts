export { type Assets, assetCaching, assetUrl, readAssets } from './assets.ts'
export { Glyph, type GlyphName, Icon, type IconName } from './icons.tsx'
