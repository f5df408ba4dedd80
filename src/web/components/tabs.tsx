import type { Child } from 'hono/jsx'

export interface Tab {
  href: string
  label: string
  count?: Child
  current?: boolean
}

/** Changes what the page is about; links, with the state in the address. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav class="tabs mt-4" aria-label={label}>
    {tabs.map((tab) => (
      <a class="tab" href={tab.href} aria-current={tab.current ? 'page' : undefined}>
        {tab.label}
        {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
      </a>
    ))}
  </nav>
)
