import { Facts, PageHeader, Part } from '../../web/components/index.ts'
import { type Routes, themeOf } from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { openApiDocument } from './openapi.ts'

interface Described {
  paths: Record<
    string,
    Record<string, { summary?: string; responses: Record<string, { description: string }> }>
  >
}

/** The description of the API, for programs and for people. */
export const apiDescriptionRoutes: Routes = (app, web) => {
  const document = openApiDocument(web.publicUrl)

  app.get('/openapi.json', (c) => c.json(document))

  app.get('/docs/api', (c) => {
    const { paths } = document as Described
    return c.html(
      <BarePage language="en" assets={web.assets} {...themeOf(c)} title="API" width="text">
        <PageHeader
          title="API"
          lead="Every start answers 200 with one of four results: accepted, deduped, scope_busy, blocked. Sign in with an API key as “Authorization: Bearer …”."
        />
        <p class="mt-3">
          <a class="link" href="/openapi.json">
            openapi.json
          </a>
        </p>
        {Object.entries(paths).flatMap(([path, methods]) =>
          Object.entries(methods).map(([method, { responses, summary }]) => (
            <Part id={`${method}${path}`.replace(/[^a-z]+/gi, '-')} title={summary ?? path}>
              <p class="mono break-all">
                {method.toUpperCase()} {path}
              </p>
              <div class="mt-2">
                <Facts
                  facts={Object.entries(responses).map(([status, { description }]) => ({
                    label: status,
                    value: description,
                  }))}
                />
              </div>
            </Part>
          )),
        )}
      </BarePage>,
    )
  })
}
