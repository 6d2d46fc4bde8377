// Runs Node 24 or later with the arguments given.

import { runNode } from './launch.mjs'

runNode(process.argv.slice(2))
