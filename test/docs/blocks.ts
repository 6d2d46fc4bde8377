// The examples of the language reference: every ```heng block of a markdown text, made whole so that it can be compiled.
// A block's info string says what it is: `fragment` stands inside a policy that begins with the `prelude` blocks,
// `noprelude` keeps them out, `error=code` is a deliberate mistake. `file=name` is a whole policy that others may take in by
// that name, `cases=name` the file of cases beside it. An English block belongs to the Chinese one right before.

import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'
import { surfaceOf } from '../../language/lex.ts'
import type { Surface } from '../../language/words.ts'

export interface Block {
  readonly marks: readonly string[]
  /** The code that a deliberate mistake gives. */
  readonly mistake: string | undefined
  readonly text: string
  readonly line: number
  readonly surface: Surface
  /** Where `text` stands in the markdown. */
  readonly start: number
}

export interface Example {
  readonly block: Block
  readonly english: Block | undefined
}

const markOf = (marks: readonly string[], kind: 'error' | 'file' | 'cases') => marks.find((mark) => mark.startsWith(`${kind}=`))?.slice(kind.length + 1)

const fence = /^```heng([^\n]*)\n([\s\S]*?)^```\n/gm

/** Fragments do not begin with the word that tells the surface: the English one is marked `en`. */
export function examplesIn(markdown: string): readonly Example[] {
  const blocks = [...markdown.matchAll(fence)].map((match): Block => {
    const [, info = '', text = ''] = match
    const marks = info.trim().split(/\s+/).filter(Boolean)
    return {
      marks,
      mistake: markOf(marks, 'error'),
      text,
      line: markdown.slice(0, match.index).split('\n').length,
      surface: marks.includes('en') ? 'en' : surfaceOf(text),
      start: match.index + '```heng'.length + info.length + 1,
    }
  })
  return blocks.flatMap((block, i) => {
    if (block.surface === 'en') return []
    const next = blocks[i + 1]
    const follows = next?.surface === 'en' && /^```\s*```heng/.test(markdown.slice(block.start + block.text.length))
    return [{ block, english: follows ? next : undefined }]
  })
}

export interface Whole {
  readonly text: string
  /** The block's own text again, out of what a formatter made of the whole. */
  own(formatted: string): string
}

/** Completes a block; `prelude` is the text of the prelude in the block's surface. */
export function complete({ marks, text, surface }: Block, prelude: string): Whole {
  if (!marks.includes('fragment') && !marks.includes('prelude')) return { text, own: (formatted) => formatted }
  const [policy, total, points] = surface === 'zh' ? ['政策', '总分', '0分'] : ['policy', 'total', '0 points']
  const before = marks.includes('fragment') && !marks.includes('noprelude') ? `${indent(prelude)}\n` : ''
  const head = `${policy} 例 {\n${before}`
  const hasTotal = /^(?:总分|total)(?=[ =])/m.test(text)
  const tail = hasTotal ? '}\n' : `\n  ${total} = ${points}\n}\n`
  return {
    text: head + indent(text) + tail,
    own: (formatted) =>
      formatted.startsWith(head) && formatted.endsWith(tail) ? formatted.slice(head.length, formatted.length - tail.length).replace(/^ {2}/gm, '') : formatted,
  }
}

/** Compiles a block's whole text; the other files of the page are `all` examples, in the surface they are first shown in. */
export function compileBlock({ marks }: Block, text: string, all: readonly Example[]): Compiled {
  const fileNamed = (name: string) => all.find(({ block }) => markOf(block.marks, 'file') === name)?.block.text
  const load: Load = (written) => {
    const found = fileNamed(written)
    return found === undefined ? undefined : { path: written, text: found }
  }
  const policy = markOf(marks, 'cases')
  return policy === undefined ? compile(text, '', load) : compileCases(text, '', compile(fileNamed(policy) ?? '', policy, load))
}

const indent = (text: string) => text.replace(/^(?=.)/gm, '  ')
