#!/usr/bin/env node
// heng: starts the command line, in this process where its Node is new enough.

import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { cache, isNewEnough, runNode } from './node24.mjs'

const main = new URL('main.ts', import.meta.url)
if (isNewEnough) {
  module.enableCompileCache?.(cache)
  await import(main.href)
} else runNode([fileURLToPath(main), ...process.argv.slice(2)])
