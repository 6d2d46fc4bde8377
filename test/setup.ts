// Before any test: what several of them share is built or started once. Pages and programs are built only when a source is newer.

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { builtPages } from '../editor/server/build.ts'
import { freshPackage } from '../runtime/package/build.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one browser of all tests listens. */
    readonly browser: string | undefined
  }
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await freshPackage('heng-cli')
  if (executablePath !== 'none') await builtPages(() => {})
  const browser = existsSync(executablePath)
    ? await chromium.launchServer({
        executablePath,
        headless: true,
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      })
    : undefined
  project.provide('browser', browser?.wsEndpoint())
  return async () => browser?.close()
}
