// The flat scheme with a use that ranks by list, and a folder for the files of a run.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { flatText } from '../engines/flat.ts'

export const quotas = { 梧桐: 9000, 凤鸣: 4000, 崇福: 6000, 濮院: 5000, 乌镇: 3000 } as const

const use = `
  事实 镇街: 选项 [${Object.keys(quotas).join('、')}]
  应用 入学 {
    名额 按 镇街 { 列 ${Object.keys(quotas).join('、')} 行 ${Object.values(quotas).join('、')} }
    排序 总分 从高到低、个性 从高到低、居住登记日期 从早到晚
    并列 同名次
    末位同分 全取
  }
}
`

export const heng = fileURLToPath(new URL('../../../runtime/cli/heng', import.meta.url))

/** A folder with the scheme in it, taken away when the process ends. */
export function benchFolder(): { readonly folder: string; readonly scheme: string } {
  const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const scheme = join(folder, 'flat.heng')
  writeFileSync(scheme, flatText.trimEnd().slice(0, -1) + use)
  return { folder, scheme }
}

export const rankArguments = (scheme: string, people: string, out: string): readonly string[] =>
  ['rank', scheme, '--people', people, '--as-of', '审核日=2025-03-01', '--out', out] as const
