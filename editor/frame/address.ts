// The address of what is looked at: #/zhejiang/common-2023.heng, so that Back goes back, a reload stays, and a link leads there.

import { useStudio } from '../state/studio.ts'

const hashOf = (path: string): string => `#/${path.split('/').map(encodeURIComponent).join('/')}`

/** The policy that the address names. */
export function addressed(): string | undefined {
  const [, written] = /^#\/(.+)$/.exec(window.location.hash) ?? []
  try {
    return written?.split('/').map(decodeURIComponent).join('/')
  } catch {
    return undefined
  }
}

/** Keeps address and open policy the same. @returns what ends it */
export function followAddress(): () => void {
  const onAddress = () => {
    const path = addressed()
    const { open, openPolicy } = useStudio.getState()
    if (path !== undefined && path !== open?.path) void openPolicy(path)
  }
  window.addEventListener('popstate', onAddress)
  const unsubscribe = useStudio.subscribe(({ open }, before) => {
    const path = open?.path
    if (path === undefined || path === before.open?.path || path === addressed()) return
    // Where nothing was looked at before there is nothing to go back to.
    if (before.open) window.history.pushState(null, '', hashOf(path))
    else window.history.replaceState(null, '', hashOf(path))
  })
  return () => {
    window.removeEventListener('popstate', onAddress)
    unsubscribe()
  }
}
