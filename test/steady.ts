// How Node is started for tests, so that each of many thousand processes ends.

/**
 * Machine code is put together on the thread that runs it. On one beside it, it may ask that thread for memory while that thread, at the end
 * of the process, waits for it: now and then a process never ends (github.com/nodejs/node/issues/54918). It has to be said from the start:
 * switched while code is being made, it stops the process. Other Nodes may not know it.
 */
export const steady: readonly string[] = process.versions.node.startsWith('24.') ? ['--no-maglev-build-code-on-background'] : []
