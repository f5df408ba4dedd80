/** Builds what the browser loads into build/assets: the style, the script, fonts, sprite and a manifest. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const look = join(import.meta.dirname, '../src/web/look')
const modules = join(import.meta.dirname, '../node_modules')
const out = join(import.meta.dirname, '../build/assets')
const began = performance.now()

const font = (family: string, subset: string) =>
  [
    `${family}-${subset}.woff2`,
    join(modules, `@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`),
  ] as const
const FONTS = [
  font('geist', 'latin'),
  font('geist', 'latin-ext'),
  font('geist-mono', 'latin'),
  font('geist-mono', 'latin-ext'),
]
/** Files that keep their name, because markup and browsers ask for them by it. */
const PLAIN = ['sprite.svg', 'favicon.svg']

/** The stylesheet of theme.css, minified; Tailwind looks through the pages for the classes they use. */
async function style(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantpilot-style-'))
  const file = join(folder, 'app.css')
  const tailwind = join(modules, '@tailwindcss/cli/dist/index.mjs')
  await promisify(execFile)(process.execPath, [
    tailwind,
    '-i',
    join(look, 'theme.css'),
    '-o',
    file,
    '--minify',
  ])
  const text = await readFile(file, 'utf8')
  await rm(folder, { recursive: true })
  return text
}

async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(look, 'client.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  })
  return outputFiles.map((file) => file.text).join('')
}

/** `app.css` with its content's hash in it: `app.0123456789.css`. */
function hashed(name: string, content: string | Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const ending = extname(name)
  return `${name.slice(0, -ending.length)}.${hash}${ending}`
}

const manifest: Record<string, string> = {}
async function put(name: string, content: string | Buffer): Promise<void> {
  const file = hashed(name, content)
  manifest[name] = file
  await writeFile(join(out, file), content)
}

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const [css, js] = await Promise.all([
  style(),
  script(),
  ...FONTS.map(async ([name, source]) => put(name, await readFile(source))),
  ...PLAIN.map(async (name) => {
    manifest[name] = name
    await cp(join(look, name), join(out, name))
  }),
])
await put(
  'app.css',
  css.replace(/\/assets\/([a-z-]+\.woff2)/g, (_, name) => `/assets/${manifest[name]}`),
)
await put('app.js', js)
const sorted = Object.fromEntries(Object.entries(manifest).sort())
await writeFile(join(out, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`)

const size = (text: string) => `${Math.round(text.length / 1024)} KB`
console.log(
  `Assets in build/assets: style ${size(css)}, script ${size(js)}, in ${Math.round(performance.now() - began)} ms`,
)
