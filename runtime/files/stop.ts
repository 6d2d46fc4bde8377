// A process that is told to stop leaves older outputs whole and nothing half written.

import { abandonUnfinished } from './whole-file.ts'

let stopping = false

/** Whether the process is about to leave: what fails now is no finding. */
export const isStopping = (): boolean => stopping

/** What somebody at work needs to let go of its files, in milliseconds, and how often it is told: between two steps nobody hears it. */
const letGo = 200
const toldAgain = 10

/** @param interrupt tells whoever is at work to let go; gives whether there is somebody */
export function stopCleanly(interrupt: () => boolean = () => false) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopping = true
      const leave = () => {
        abandonUnfinished()
        process.exit(128 + numbers[signal])
      }
      if (!interrupt()) return leave()
      setInterval(interrupt, toldAgain)
      setTimeout(leave, letGo)
    })
  }
}
