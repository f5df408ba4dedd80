import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const OF_THE_SYSTEM = '/usr/bin/chromium'

/** A real Chromium: the system's, or the one that an npm package brings with its libraries. */
export async function openChromium(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ]
  if (existsSync(OF_THE_SYSTEM)) return chromium.launch({ executablePath: OF_THE_SYSTEM, args: quiet })
  // The package unpacks the libraries that a bare system lacks only where it believes to be at home.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args, ...quiet],
    headless: true,
  })
}
