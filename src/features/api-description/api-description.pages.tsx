import { type Fact, Facts, PageHeader, Part } from '../../web/components/index.ts'
import { type Routes, themeOf } from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { openApiDocument } from './openapi.ts'

interface Schema {
  readonly $ref?: string
  readonly enum?: readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
}

interface Call {
  readonly summary?: string
  readonly parameters?: readonly {
    name: string
    in: string
    required?: boolean
    schema: Schema
    description?: string
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The description of the API, for programs and for people. */
export const apiDescriptionRoutes: Routes = (app, web) => {
  const document = openApiDocument(web.publicUrl) as Described

  app.get('/openapi.json', (c) => c.json(document))

  app.get('/docs/api', (c) =>
    c.html(
      <BarePage language="en" assets={web.assets} {...themeOf(c)} title="API" width="text">
        <PageHeader
          title="API"
          lead="Every start answers 200 with one of four results: accepted, deduped, scope_busy, blocked. Sign in with an API key of your settings as “Authorization: Bearer …”. A path that ends in explain answers the same and starts nothing."
        />
        <p class="mt-3">
          <a class="link" href="/openapi.json">
            openapi.json
          </a>
        </p>
        <Part id="example" title="An example">
          <pre class="mono overflow-x-auto" tabindex={0}>
            {exampleAt(web.publicUrl)}
          </pre>
        </Part>
        {Object.entries(document.paths).flatMap(([path, methods]) =>
          Object.entries(methods).map(([method, call]) => (
            <Part id={`${method}${path}`.replace(/[^a-z]+/gi, '-')} title={call.summary ?? path}>
              <p class="mono break-all">
                {method.toUpperCase()} {path}
              </p>
              <div class="mt-2">
                <Facts facts={[...takenBy(document, call), ...answersOf(call)]} />
              </div>
            </Part>
          )),
        )}
      </BarePage>,
    ),
  )
}

/** Learns the ids, then starts an operation; a script can be made from it as it stands. */
const exampleAt = (url: string) => `KEY=…   # Settings → API keys

curl ${url}/admin/tenants \\
  -H "Authorization: Bearer $KEY" -H "Accept: application/json"

TENANT=…   # an "id" of that list
curl -X POST ${url}/admin/t/$TENANT/provider-actions/directory.role_definitions.sync/start \\
  -H "Authorization: Bearer $KEY" -H "Accept: application/json" \\
  -H "Content-Type: application/json" -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"sourceSurface": "nightly script"}'`

function takenBy(document: Described, { parameters = [], requestBody }: Call): Fact[] {
  const body = requestBody?.content['application/json']?.schema
  const fields = (body?.$ref ? document.components.schemas[body.$ref.split('/').at(-1) ?? ''] : body)
    ?.properties
  return [
    ...parameters.map(({ description, in: place, name, required, schema }) => ({
      label: name,
      value: (description ?? schema.description ?? '').concat(
        schema.enum ? ` One of: ${schema.enum.join(', ')}.` : '',
      ),
      detail: `${place}${required ? '' : ', may be left out'}`,
    })),
    ...Object.entries(fields ?? {}).map(([label, { description }]) => ({
      label,
      value: description ?? '',
      detail: 'field of the JSON body, may be left out',
    })),
  ]
}

const answersOf = ({ responses }: Call): Fact[] =>
  Object.entries(responses).map(([status, { description }]) => ({ label: status, value: description }))
