// What holds for every text whatsoever: compiling it gives a tree and diagnostics inside it; and where it compiles without
// errors, the formatter settles it without changing what it means, in both surfaces.

import type { Compiled } from '../../language/compile.ts'
import { describe, describeFix } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { compileValid, meaning, outside, underline } from './underline.ts'

/** The first promise that `text` breaks, in words; `undefined` when it keeps all. */
export function brokenPromise(text: string): string | undefined {
  try {
    const compiled = compileValid(text)
    return brokenByReading(text, compiled) ?? (compiled.policy ? brokenByFormatting(text, compiled) : undefined)
  } catch (error) {
    return `an exception: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join('\n') : String(error)}`
  }
}

function brokenByReading(text: string, { parsed, diagnostics, policy }: Compiled): string | undefined {
  if (parsed.tree.kind !== 'policy') return 'no tree'
  const stray = diagnostics.find((diagnostic) => outside(diagnostic, text.length).length > 0)
  if (stray) return `a place outside the text: ${JSON.stringify(stray)}`
  if (!policy && diagnostics.length === 0) return 'no policy, and nothing said about it'
  if (policy && !parsed.whole) return 'a policy from a text that was not read as a whole'
  for (const diagnostic of diagnostics) {
    for (const language of ['zh', 'en'] as const) {
      const { message, hint } = describe(diagnostic, language)
      const words = [message, hint, ...(diagnostic.fixes ?? []).map((fix) => describeFix(fix, language))]
      if (words.some((line) => line.trim() === '' || /undefined|NaN|\[object/.test(line))) return `empty words: ${JSON.stringify([diagnostic, words])}`
      const internal = language === 'zh' && /“([a-z][a-zA-Z-]*_?)”/.exec(message)?.[1]
      if (internal && !diagnostic.code.startsWith('unknown-') && !text.normalize('NFKC').includes(internal)) return `an internal word in a message: ${message}`
    }
  }
  return undefined
}

function brokenByFormatting(text: string, { policy }: Compiled): string | undefined {
  const formatted = format(text)
  if (!formatted.ok) return `a text without errors is not formatted: ${JSON.stringify(formatted.diagnostics)}`
  const again = format(formatted.text)
  if (!again.ok || again.text !== formatted.text) return `formatting twice differs:\n${formatted.text}\n----\n${again.ok ? again.text : 'not formatted'}`
  const compiled = compileValid(formatted.text)
  if (!compiled.policy) return `the formatted text has errors:\n${formatted.text}\n${underline(formatted.text, compiled.diagnostics)}`
  if (policy && JSON.stringify(meaning(policy)) !== JSON.stringify(meaning(compiled.policy))) return `formatting changed the meaning:\n${formatted.text}`
  const [here, there] = compiled.parsed.surface === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  const over = format(formatted.text, there)
  if (!over.ok) return `not written in ${there}`
  const settled = format(over.text)
  if (!settled.ok || settled.text !== over.text)
    return `written in ${there}, formatting again differs:\n${over.text}\n----\n${settled.ok ? settled.text : 'not formatted'}`
  const translated = compileValid(over.text)
  if (!translated.policy) return `written in ${there} it has errors:\n${over.text}\n${underline(over.text, translated.diagnostics)}`
  if (policy && JSON.stringify(meaning(policy)) !== JSON.stringify(meaning(translated.policy)))
    return `written in ${there} it means something else:\n${over.text}`
  const back = format(over.text, here)
  if (!back.ok || back.text !== formatted.text)
    return `${here} → ${there} → ${here} differs:\n${formatted.text}\n----\n${back.ok ? back.text : 'not formatted'}`
  return undefined
}
