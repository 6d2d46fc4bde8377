// Cases run beside the page, so that typing never waits for them.

import { type CasesAsked, runCases } from './run-cases.ts'

self.onmessage = ({ data }: MessageEvent<CasesAsked>) => self.postMessage(runCases(data))
