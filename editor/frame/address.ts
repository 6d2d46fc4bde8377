// The address of what is looked at: #/zhejiang/common-2023.heng?face=official&item=省级共性指标.年龄, so that Back goes back, a reload stays, and
// a link leads there.

import { type Pane, panes } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'

interface Address {
  readonly path: string | undefined
  readonly face: Pane
  readonly item: string | undefined
}

/** Not written into addresses. */
const usual: Pane = 'person'

function hashOf({ path = '', face, item }: Address): string {
  const asked = new URLSearchParams({ ...(face === usual ? {} : { face }), ...(item === undefined ? {} : { item }) }).toString()
  return `#/${path.split('/').map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`
}

/** What the address names. */
export function addressed(): Address {
  const [, written, asked] = /^#\/([^?]+)(?:\?(.*))?$/.exec(window.location.hash) ?? []
  const query = new URLSearchParams(asked)
  const face = panes.find((pane) => pane === query.get('face')) ?? usual
  try {
    return { path: written?.split('/').map(decodeURIComponent).join('/'), face, item: query.get('item') ?? undefined }
  } catch {
    return { path: undefined, face, item: undefined }
  }
}

const shown = (): Address => {
  const { open, pane, item } = useStudio.getState()
  return { path: open?.path, face: pane, item }
}

/** Shows what an address names; a policy that is not there is told. */
async function follow({ path, face, item }: Address): Promise<void> {
  const { open, openPolicy, choosePane } = useStudio.getState()
  choosePane(face)
  if (path !== undefined && path !== open?.path) await openPolicy(path)
  if (item !== undefined && useStudio.getState().open?.path === path) useStudio.getState().showItem(item)
}

/** Opens what the address names, or what was open last. */
export async function start(): Promise<void> {
  const wanted = addressed()
  await useStudio.getState().start(wanted.path)
  await follow(wanted)
}

/** Keeps address and what is looked at the same. @returns what ends it */
export function followAddress(): () => void {
  let following = false
  const onAddress = () => {
    following = true
    void follow(addressed()).finally(() => {
      following = false
    })
  }
  window.addEventListener('popstate', onAddress)
  const unsubscribe = useStudio.subscribe(({ open, pane, item }, before) => {
    if (open?.path === undefined || (open.path === before.open?.path && pane === before.pane && item === before.item)) return
    const hash = hashOf(shown())
    if (following || hash === hashOf(addressed())) return
    // Where nothing was looked at before there is nothing to go back to.
    if (before.open) window.history.pushState(null, '', hash)
    else window.history.replaceState(null, '', hash)
  })
  return () => {
    window.removeEventListener('popstate', onAddress)
    unsubscribe()
  }
}
