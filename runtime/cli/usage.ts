// What is wrong with a command line, in the reader's language: the library that reads it speaks English alone.

import type { Language } from '../problems.ts'

/** What the library says, and how it is said in Chinese; what it quotes is filled in. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.+)'$/, '没有选项 $1'],
  [/^unknown command '(.+)'$/, '没有命令 $1'],
  [/^required option '(.+)' not specified$/, '缺少选项 $1'],
  [/^option '(.+)' argument missing$/, '选项 $1 后面要写值'],
  [/^missing required argument '(.+)'$/, '缺少 $1'],
  [/^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+).*$/, '多写了：要 $2 个，写了 $3 个'],
  [/^option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/, '选项 $1 不能是“$2”，可选：$3'],
  [/^(?:option|command-argument value) '(.+)' argument '(.*)' is invalid\. (.+)$/, '选项 $1 不能是“$2”，可选：$3'],
  [/^\(Did you mean one of (.+)\?\)$/, '（是不是 $1）'],
  [/^\(Did you mean (.+)\?\)$/, '（是不是 $1）'],
]

/** @param text as the library would print it, after `error: ` */
export function usageText(text: string, language: Language): string {
  const said = text.replace(/^error: /, '').trimEnd()
  if (language === 'en') return `heng: ${said}\n`
  const lines = said.split('\n').map((line) => {
    const [form, words] = chinese.find(([pattern]) => pattern.test(line)) ?? []
    return form && words !== undefined ? line.replace(form, words) : line
  })
  return `heng: ${lines.join('')}\n`
}

/** The language that is asked for, also where the rest of the line cannot be read. */
export function languageAsked(args: readonly string[], otherwise: Language): Language {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='))
  const value = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
  return value === 'en' || value === 'zh' ? value : otherwise
}
