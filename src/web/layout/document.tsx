import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Language } from '../../kernel/index.ts'
import { type Assets, assetUrl } from '../look/index.ts'

export interface DocumentProps {
  language: Language
  assets: Assets
  /** Left out, the reader's system decides. */
  theme?: 'pilot-light' | 'pilot-dark'
  /** "Operation #1849"; the product's name follows it. */
  title: string
  children: Child
}

/**
 * htmx without styles of its own, as the content security policy wants it. What the reader opened stays open,
 * and the answer to a start stays where it was given.
 */
const HTMX = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  prefix: '',
  morphIgnore: ['data-htmx-powered', 'open', 'aria-busy'],
  morphSkip: '.a-answer:has(> .answer)',
})

/** The HTML document around every page. */
export const Document = ({ language, assets, theme, title, children }: DocumentProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang={language} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={HTMX} />
        <title>{title === PRODUCT ? PRODUCT : `${title} · ${PRODUCT}`}</title>
        <link rel="icon" href={assetUrl(assets, 'favicon.svg')} type="image/svg+xml" />
        <link
          rel="preload"
          href={assetUrl(assets, 'geist-latin.woff2')}
          as="font"
          type="font/woff2"
          crossorigin=""
        />
        <link rel="stylesheet" href={assetUrl(assets, 'app.css')} />
        <script src={assetUrl(assets, 'app.js')} defer />
      </head>
      <body>{children}</body>
    </html>
  </>
)

export const PRODUCT = 'TenantPilot'

/** The product's mark. */
export const Brand = () => (
  <svg class="brand" viewBox="0 0 24 24" aria-hidden="true">
    <rect class="is-plate" width="24" height="24" rx="6.5" />
    <path class="is-bar" d="M6.2 6.2v11.6M17.8 6.2v3.1M17.8 14.7v3.1" fill="none" />
    <path class="is-play" d="M9.6 8.3 16 12l-6.4 3.7z" />
  </svg>
)
