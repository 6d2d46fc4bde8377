// Slips that people make when they type, seen in the browser: what is said of each stands in the list, and its button mends the text.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeFix, describe as saying } from '../../language/diagnostics/catalogue.ts'
import { findingsOf, fixed, slips, typedText } from '../language/slips.ts'
import { oneIn } from '../whole.ts'
import { editorReady, noBrowser, openStudio, type Studio } from './browser.ts'

/** Every other one: all kinds are among them. */
const seen = slips.filter((slip, i) => i % (2 * oneIn(5)) === 0 && slip.severity !== 'none')

describe.skipIf(noBrowser)('slips in the browser', () => {
  let studio: Studio
  beforeAll(async () => {
    studio = await openStudio()
    await mkdir(join(studio.folder, '手误'))
    for (const slip of seen) await writeFile(join(studio.folder, '手误', `${slip.name}.heng`), typedText(slip))
  })
  afterAll(async () => {
    await studio?.close()
  })

  test('each is told in the list, with a button that mends it', async () => {
    const visit = await studio.visit()
    const { page, served } = visit
    const draftOf = async (path: string): Promise<string | undefined> => {
      const folder = join(served.state, 'drafts')
      const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
      const drafts = texts.filter((text) => text !== '').map((text) => JSON.parse(text) as { path: string; draft?: { text: string } })
      return drafts.find((draft) => draft.path === path)?.draft?.text
    }
    for (const slip of seen) {
      const path = `手误/${slip.name}.heng`
      await page.getByRole('navigation').getByTitle(path, { exact: true }).click()
      await page.locator('.frame-header .frame-path').getByText(path, { exact: true }).waitFor()
      await editorReady(page)
      const [finding] = findingsOf(slip)
      if (!finding) throw new Error(`${slip.name}: nothing is found`)
      const { message } = saying(finding, 'zh')
      await expect.poll(() => page.locator('.frame-problem .what').allTextContents(), { message: slip.name }).toEqual([message])
      const [fix] = finding.fixes ?? []
      if (!fix) continue
      await page
        .locator('.frame-fixes')
        .getByRole('button', { name: describeFix(fix, 'zh'), exact: true })
        .click()
      await expect.poll(() => draftOf(path), { message: slip.name }).toBe(fixed(typedText(slip), fix))
    }
    expect(visit.complaints).toEqual([])
    await visit.close()
  })
})
