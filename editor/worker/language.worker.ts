// Where the language works while the page only draws.

import { expose } from 'comlink'
import { makeLanguageWorker } from './language.ts'

expose(makeLanguageWorker())
