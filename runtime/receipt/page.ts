// The receipt as a page of HTML that stands alone, for print and for offices that hand it out: line for line what the text says.

import type { Policy } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import type { Receipt } from './document.ts'
import { type Line, receiptLines } from './print.ts'

/** @param shown with `all` also rows that do not hold */
export function receiptPage(document: Receipt, policy: Pick<Policy, 'units'>, language: Language, shown: { readonly all?: boolean } = {}): string {
  const lines = receiptLines(document, policy, language, shown)
  const title = [document.policy.name, ...(document.key === null ? [] : [document.key])].join(' · ')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 1.2rem 0 0; }
p { margin: 0; padding-left: calc(var(--depth, 0) * 1.5em); white-space: pre-wrap; overflow-wrap: anywhere; }
.total, .item { font-weight: 600; }
.item { margin-top: .3rem; }
.row, .inside, .note { font-weight: 400; }
.state { color: #8a3b12; }
.version { margin-top: 1.2rem; color: #595959; font-size: .85em; }
hr { border: 0; border-top: 1px solid #d9d9d9; margin: .8rem 0; }
@media print { body { margin: 0; max-width: none; } .item { break-after: avoid; } }
</style>
</head>
<body>
${lines.map(lineOf).join('\n')}
</body>
</html>
`
}

function lineOf({ kind, depth, text }: Line): string {
  switch (kind) {
    case 'policy':
      return `<h1>${escaped(text)}</h1>`
    case 'heading':
      return `<h2>${escaped(text)}</h2>`
    case 'gap':
      return '<hr>'
    case 'about':
    case 'state':
    case 'total':
    case 'item':
    case 'row':
    case 'inside':
    case 'note':
    case 'version':
      return `<p class="${kind}"${depth > 0 ? ` style="--depth: ${depth}"` : ''}>${escaped(text)}</p>`
  }
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
