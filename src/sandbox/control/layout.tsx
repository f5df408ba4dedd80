import type { Child } from 'hono/jsx'

/** The frame of every control page. */
export function Layout({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/sandbox.css" />
      </head>
      <body>
        <header>
          <a href="/">Sandbox</a>
          <span class="quiet">
            A Microsoft 365 that runs on this machine. Nothing here reaches Microsoft. It remembers changes
            only while it runs: after a restart everything here is as it was at first.
          </span>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
