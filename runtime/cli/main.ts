// heng: the command line. Reads options, calls a command, sets the exit code.

import { Command, InvalidArgumentError, Option } from 'commander'
import type { Surface } from '../../language/words.ts'
import project from '../../package.json' with { type: 'json' }
import type { Language } from '../problems.ts'
import type { Common } from './common.ts'
import { CannotRun, readAsGb18030 } from './files.ts'
import { say } from './text.ts'
import { languageAsked, usageText } from './usage.ts'

// A reader that has enough, such as head, closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`heng: ${say[common().language].outputFailed(error.code ?? error.message)}\n`)
  process.exit(2)
})

// Whoever started it on another Node is gone, perhaps killed: nobody waits for what it does.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

const usual: Language = process.env.HENG_LANGUAGE === 'en' ? 'en' : 'zh'

const program = new Command('heng')
  .description('衡 Heng: points schemes as text · 积分政策的语言')
  .version(project.version)
  .addOption(new Option('--language <language>', '提示语言 · language of messages').choices(['zh', 'en']).default(usual))
  .option('--json', '机器可读的输出 · machine output', false)
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(usageText(text, languageAsked(process.argv, usual))) })
  .exitOverride()

const common = (): Common => program.opts<Common>()
const collect = (value: string, before: readonly string[]) => [...before, value]

interface CompileInputs {
  readonly target: string
  readonly asOf: string[]
  readonly scenario?: string
  readonly trial: boolean
  readonly columns: boolean
  readonly raw: boolean
  readonly rank: boolean
  readonly seed?: string
  readonly out?: string
}

interface FileInputs {
  readonly people: string
  readonly records: string[]
  readonly asOf: string[]
  readonly scenario?: string
  readonly trial: boolean
  readonly out?: string
  readonly rejects?: string
  readonly manifest?: string
  readonly bom: boolean
}

const trialHelp = '试算：当作在施行期，输出都注明 · as if in force; what comes out says so'

const manifestHelp = '写一份清单：输入、选项、输出各是什么，供 heng verify 核对 · write what went in and came out, for heng verify'

const fileOptions = (options: FileInputs) => {
  const { scenario, out, rejects, manifest } = options
  return { ...common(), ...options, scenario, out, rejects, manifest }
}

const surface = (value: string): Surface => {
  if (value !== 'zh' && value !== 'en') throw new InvalidArgumentError('zh | en')
  return value
}

program
  .command('check')
  .description('检查政策 · check policies')
  .argument('<files...>', '.heng 文件或文件夹 · files or folders')
  .option('--strict', '也列出没有官方依据的值（待核） · also list values that no official text gives', false)
  .action(async (files: string[], options: { strict: boolean }) => finish((await import('./check.ts')).checkCommand(files, { ...common(), ...options })))

program
  .command('fmt')
  .description('就地排版；--lang 就地换一种写法 · format in place; --lang rewrites in place in the other surface')
  .argument('<files...>', '.heng 文件、文件夹；- 读标准输入，写标准输出 · files, folders; - reads standard input and writes standard output')
  .option('--check', '只看是否已排版 · only say what is not formatted', false)
  .option('--lang <surface>', '换成 zh 或 en 的写法 · rewrite in the surface zh or en', surface)
  .option('--to-utf8', '把 GB18030 的文件转成 UTF-8；不加则不动它 · convert what is GB18030 to UTF-8, which is left alone otherwise', false)
  .action(async (files: string[], options: { check: boolean; lang?: Surface; toUtf8: boolean }) =>
    finish((await import('./fmt.ts')).formatCommand(files, { ...common(), check: options.check, surface: options.lang, toUtf8: options.toUtf8 })),
  )

program
  .command('merge')
  .description('把从同一份改出来的两份政策并成一份，写进 mine；供 git 作合并驱动 · join two versions of a policy into mine; a merge driver for git')
  .argument('<base>', '两份共同的原稿 · what both grew from')
  .argument('<mine>', '我的，结果写在这里 · mine, which is written over')
  .argument('<theirs>', '对方的 · theirs')
  .action(async (base: string, mine: string, theirs: string) => finish((await import('./merge.ts')).mergeCommand(base, mine, theirs, common())))

program
  .command('coverage')
  .description('原文各条的对应情况 · what becomes of each clause of the official text')
  .argument('[paths...]', '.heng 文件或文件夹 · files or folders', ['policies'])
  .action(async (paths: string[]) => finish((await import('./coverage.ts')).coverageCommand(paths, common())))

program
  .command('test')
  .description('运行政策里的样例 · run the cases in policies')
  .argument('[paths...]', '.heng 文件或文件夹 · files or folders', ['policies'])
  .action(async (paths: string[]) => finish((await import('./test.ts')).testCommand(paths, common())))

program
  .command('score')
  .description('为一个文件的人计分 · score a file of people')
  .argument('<file>', '政策 · policy')
  .requiredOption('--people <file>', '.csv | .jsonl | .parquet | .xlsx')
  .option('--records <fact=file>', '记录另有文件，可重复 · a list from a file of its own, repeatable', collect, [])
  .option('--as-of <name=date>', '基准日，可重复 · reference date, repeatable', collect, [])
  .option('--scenario <name>', '应用 · scenario')
  .option('--trial', trialHelp, false)
  .option('--out <file>', '.csv | .jsonl | .parquet | .xlsx；缺省为标准输出 · default: standard output')
  .option('--rejects <file>', '退回的行；缺省在输出旁边 · rejected rows, default: beside the output')
  .option('--bounds', '另写每项的最低可能、最高可能 · also the lowest and the highest of every figure', false)
  .option('--manifest <file>', manifestHelp)
  .option('--bom', '写字节序标记，供 Excel 打开 · write a byte-order mark for Excel', false)
  .action(async (file: string, options: FileInputs & { bounds: boolean }) =>
    finish((await import('./score.ts')).scoreCommand(file, { ...fileOptions(options), bounds: options.bounds })),
  )

program
  .command('rank')
  .description('按应用排名、分配名额 · rank the applicants of a scenario and give out its places')
  .argument('<file>', '政策 · policy')
  .requiredOption('--people <file>', '.csv | .jsonl | .parquet | .xlsx')
  .option('--records <fact=file>', '记录另有文件，可重复 · a list from a file of its own, repeatable', collect, [])
  .option('--as-of <name=date>', '基准日，可重复 · reference date, repeatable', collect, [])
  .option('--scenario <name>', '应用；只有一个时可省 · scenario, may be left out when there is one')
  .option('--trial', trialHelp, false)
  .option('--quota <number>', '名额，代替政策里的 · places, instead of the policy’s')
  .option('--quota-file <file>', '各名单的名额：名单,名额 · places by list')
  .option('--seed <text>', '抽签的种子 · seed of the lot')
  .option('--out <file>', '.csv | .jsonl | .parquet | .xlsx；缺省为标准输出 · default: standard output')
  .option('--rejects <file>', '退回的行；缺省在输出旁边 · rejected rows, default: beside the output')
  .option('--manifest <file>', manifestHelp)
  .option('--bom', '写字节序标记，供 Excel 打开 · write a byte-order mark for Excel', false)
  .option('--explain <key>', '这个编号为什么在这个名次，前后各是什么 · why this key has its place')
  .action(async (file: string, options: FileInputs & { quota?: string; quotaFile?: string; seed?: string; explain?: string }) => {
    const { quota, quotaFile, seed, explain } = options
    return finish((await import('./rank.ts')).rankCommand(file, { ...fileOptions(options), quota, quotaFile, seed, explain }))
  })

program
  .command('verify')
  .description('照清单重做一遍，看输入、输出和结果变了没有 · repeat a run from its manifest and say what has changed')
  .argument('<manifest>', 'score 或 rank 用 --manifest 写的清单 · what --manifest of score or rank wrote')
  .option('--from <folder>', '文件名从这个文件夹算起，代替清单所记的 · folder that names are relative to, instead of what the manifest says')
  .action(async (file: string, options: { from?: string }) => finish((await import('./verify.ts')).verifyCommand(file, { ...common(), from: options.from })))

program
  .command('compile')
  .description('编译为可供其他系统运行的程序 · a policy as text that runs elsewhere')
  .argument('<file>', '政策 · policy')
  .requiredOption('--target <name>', 'ir | js | sql')
  .option('--as-of <name=date>', '基准日，可重复；js 和 sql 需要 · reference date, repeatable; for js and sql', collect, [])
  .option('--scenario <name>', '应用 · scenario')
  .option('--trial', trialHelp, false)
  .option('--columns', 'js：按列计算一批人，而不是一个人 · js: columns of many people, not one person', false)
  .option('--raw', 'js：不检查所给的值，由调用者检查 · js: checks nothing of what it is given; the caller does', false)
  .option('--rank', 'sql：整个应用的排名，而不只是计分 · sql: the ranking of a scenario, not scores alone', false)
  .option('--seed <text>', '抽签的种子，用于 --rank · seed of the lot, for --rank')
  .option('--out <file>', '缺省为标准输出 · default: standard output')
  .action(async (file: string, options: CompileInputs) =>
    finish((await import('./compile.ts')).compileCommand(file, { ...common(), ...options, scenario: options.scenario, out: options.out, seed: options.seed })),
  )

program
  .command('explain')
  .description('一个人的得分明细 · the receipt of one person')
  .argument('<file>', '政策 · policy')
  .requiredOption('--person <file>', '.json；- 为标准输入 · - for standard input')
  .option('--as-of <name=date>', '基准日，可重复 · reference date, repeatable', collect, [])
  .option('--scenario <name>', '应用 · scenario')
  .option('--trial', trialHelp, false)
  .option('--all', '也列出不成立的行 · also list rows that do not hold', false)
  .option('--html', '写成网页，供打印 · as a page of HTML, for print', false)
  .action(async (file: string, options: { person: string; asOf: string[]; scenario?: string; trial: boolean; all: boolean; html: boolean }) =>
    finish((await import('./explain.ts')).explainCommand(file, { ...common(), ...options, scenario: options.scenario })),
  )

program
  .command('people')
  .description('合成人群，供试算 · a synthetic population to try a policy on')
  .argument('<file>', '政策 · policy')
  .requiredOption('--n <number>', '人数 · number of people')
  .option('--seed <text>', '种子，同一种子得同一人群 · seed', '1')
  .option('--day <date>', '从这一天往回推日期 · day from which dates are counted back')
  .option('--out <file>', '.csv | .jsonl；缺省为标准输出 · default: standard output')
  .option('--bom', '写字节序标记，供 Excel 打开 · write a byte-order mark for Excel', false)
  .action(async (file: string, options: { n: string; seed: string; day?: string; out?: string; bom: boolean }) =>
    finish((await import('./people.ts')).peopleCommand(file, { ...common(), ...options, day: options.day, out: options.out })),
  )

program
  .command('timeline')
  .description('时限的日期，按官方日历 · the days of deadlines, by the official calendar')
  .argument('<file>', '政策 · policy')
  .option('--from <name=date>', '起算日，可重复 · day to count from, repeatable', collect, [])
  .option('--ics <file>', '也写日历文件 · also write a calendar file')
  .action(async (file: string, options: { from: string[]; ics?: string }) =>
    finish((await import('./timeline.ts')).timelineCommand(file, { ...common(), ...options, ics: options.ics })),
  )

program
  .command('studio')
  .description('打开政策工作台 · open the studio')
  .argument('[folder]', '政策文件夹 · folder of policies', 'policies')
  .option('--port <port>', '端口，0 为任取；缺省为这个文件夹固定的 · port, 0 for any; default: the same for a folder at every start')
  .option('--no-open', '不打开浏览器 · do not open a browser')
  .action(async (folder: string, options: { port?: string; open: boolean }) => {
    const { startStudio } = await import('../../editor/server/main.ts')
    await startStudio({
      folder,
      port: options.port === undefined ? undefined : Number(options.port),
      open: options.open,
      language: common().language as Language,
    })
  })

/** Whatever became of a command: what it read is not what others would read. */
function tellGb18030() {
  // fmt says itself what it did with them.
  if (program.args[0] === 'fmt') return
  for (const path of readAsGb18030()) process.stderr.write(`${say[common().language].isGb18030(path)}\n`)
}

async function finish(work: Promise<0 | 1 | 2>) {
  const code = await work
  // A file that could not be read has set it already.
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code)
}

try {
  await program.parseAsync().finally(tellGb18030)
} catch (error) {
  const known = error as { code?: string; exitCode?: number }
  if (error instanceof CannotRun) {
    process.stderr.write(`heng: ${error.message}\n`)
    process.exitCode = 2
  } else if (known.code?.startsWith('commander.')) {
    process.exitCode = known.exitCode === 0 ? 0 : 2
  } else {
    // Our own mistake: told with its place, and not to be taken for findings.
    process.stderr.write(`heng: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 2
  }
}
