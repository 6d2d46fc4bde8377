// A command as it was given, and as one line that a POSIX shell reads as the same.

/** What no shell reads anything into. */
const plain = /^[\p{L}\p{N}_%+,./:@=-]+$/u

const quoted = (word: string): string => (plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)

/**
 * @param args without the program
 * @param env of which the language of messages counts, where no option says it
 */
export function commandLine(args: readonly string[], { HENG_LANGUAGE: language }: NodeJS.ProcessEnv = {}): { argv: string[]; line: string } {
  const argv = ['heng', ...args]
  const isSaid = args.some((word) => word === '--language' || word.startsWith('--language='))
  const before = language === undefined || language === '' || isSaid ? [] : [`HENG_LANGUAGE=${quoted(language)}`]
  return { argv, line: [...before, ...argv.map(quoted)].join(' ') }
}
