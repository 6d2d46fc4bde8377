// What cannot be read: characters, words, limits, grammar.

import { mayStand, place, remedyFor, term } from '../terms.ts'
import { entry, maybe } from './entry.ts'

export const readingTexts = {
  // ---- characters and words
  'unexpected-character': entry<'written'>(
    'error',
    (x) => [`读不懂“${x.written}”`, '删去它，或换成中文键盘上对应的标点'],
    (x) => [`cannot read “${x.written}”`, 'Remove it, or write the mark that was meant.'],
  ),
  'unclosed-string': entry<'quote'>(
    'error',
    (x) => [`引号没有合上：这一行里缺少结束的引号 ${x.quote}`, '引号中的文字不能跨行；以“开头的必须以”结束'],
    (x) => [`the closing ${x.quote} is missing on this line`, 'A quoted text ends on its line, with the mark that belongs to its first.'],
  ),
  'invisible-blank': entry<'name'>(
    'notice',
    (x) => [`这里有一个看不见的空白（${x.name}）`, '按普通空格处理；多半是粘贴带来的，可以替换'],
    (x) => [`an invisible blank (${x.name}) stands here`, 'It is read as a blank; it probably came with a paste.'],
  ),
  'unseen-in-text': entry<'name'>(
    'warning',
    (x) => [
      x.name === '' ? '引号里的文字开头或末尾有空格' : `引号里的文字夹着看不见的字符（${x.name}）`,
      '它和没有这个字符的文字不是同一个；多半是粘贴带来的，删去即可',
    ],
    (x) => [
      x.name === '' ? 'the quoted text begins or ends with a blank' : `the quoted text holds a character that is not seen (${x.name})`,
      'Without it the text is another one; it probably came with a paste: remove it.',
    ],
  ),
  'look-alike-characters': entry<'plain' | 'written'>(
    'warning',
    (x) => [`“${x.written}”里有形似而不同的字`, `按“${x.plain}”处理；替换后便于检索`],
    (x) => [`“${x.written}” contains look-alike characters`, `It is read as “${x.plain}”; replace it so that searching finds it.`],
  ),
  'date-not-padded': entry<'date' | 'written'>(
    'warning',
    (x) => [`日期 ${x.written} 没有写足位数`, `写作 ${x.date}`],
    (x) => [`the date ${x.written} is not padded`, `Write ${x.date}.`],
  ),
  'thousands-separator': entry<'written'>(
    'notice',
    (x) => [`${x.written} 按两个数读`, '逗号分隔列表；一千写作 1000'],
    (x) => [`${x.written} is read as two numbers`, 'A comma separates a list; write one thousand as 1000.'],
  ),
  'chinese-number': entry<'digits' | 'written'>(
    'error',
    (x) => [`“${x.written}”里的数字是汉字`, `写作 ${x.digits}`],
    (x) => [`the number in “${x.written}” is in Chinese letters`, `Write ${x.digits}.`],
  ),
  'full-stop': entry(
    'notice',
    () => ['句末的句号没有作用', '规则不以句号结束，可以删去'],
    () => ['a full stop has no meaning here', 'Rules do not end in a stop; remove it.'],
  ),
  'range-dash': entry<'written'>(
    'error',
    (x) => [`范围不用“${x.written}”`, '写作 55..60'],
    (x) => [`a range is not written with “${x.written}”`, 'Write 55..60.'],
  ),
  'glued-words': entry<'split' | 'written'>(
    'error',
    (x) => [`“${x.written}”像是少了空格`, `按“${x.split}”继续检查；若确是一个名称，请先声明它`],
    (x) => [`“${x.written}” seems to lack a blank`, `Checking goes on with “${x.split}”; if it is one name, declare it.`],
  ),
  // ---- what was probably meant
  'write-instead': entry<'instead' | 'written'>(
    'error',
    (x) => [`“${x.written}”在这里写作“${x.instead}”`, '替换即可；若意思不同，请改写这一处'],
    (x) => [`“${x.written}” is written “${x.instead}” here`, 'Replace it; if something else is meant, write this part anew.'],
  ),
  'value-missing': entry<'after' | 'what'>(
    'error',
    (x) => [`“${x.after}”后面要写${term(x.what, 'zh')}`, '这里还没有写；补上以后再检查'],
    (x) => [`“${x.after}” must be followed by ${term(x.what, 'en')}`, 'It is not written yet.'],
  ),
  'keyword-missing': entry<'before' | 'keyword'>(
    'error',
    (x) => [`“${x.before}”前面少了“${x.keyword}”`, '补上即可'],
    (x) => [`“${x.keyword}” is missing before “${x.before}”`, 'Add it.'],
  ),
  'subject-missing': entry<'sign' | 'subject'>(
    'error',
    (x) => [`“${x.sign}”前面没有写和什么比`, `两个比较各写全：… 且 ${x.subject} ${x.sign} …`],
    (x) => [`“${x.sign}” does not say what is compared`, `Write each comparison in full: … and ${x.subject} ${x.sign} ….`],
  ),
  'separator-missing': entry<'before' | 'mark'>(
    'error',
    (x) => [`“${x.before}”前面少了“${x.mark}”`, `几个并列的之间写“${x.mark}”`],
    (x) => [`“${x.mark}” is missing before “${x.before}”`, `Write “${x.mark}” between the parts of a list.`],
  ),
  'body-missing': entry<'after'>(
    'error',
    (x) => [`“${x.after}”后面要写 { … }`, '花括号里写它的内容'],
    (x) => [`“${x.after}” must be followed by { … }`, 'What it holds stands between the braces.'],
  ),
  'not-closed': entry<'name'>(
    'error',
    (x) => [`“${x.name}”的 { 没有合上，这里少了 }`, '补上即可；每个 { 都要有自己的 }'],
    (x) => [`the { of “${x.name}” is not closed; } is missing here`, 'Add it: every { has a } of its own.'],
  ),
  'brace-too-many': entry<'written'>(
    'error',
    (x) => [`这里多了一个 ${x.written}`, '删去即可；每个括号只合一次'],
    (x) => [`there is a ${x.written} too many here`, 'Remove it: a bracket is closed once.'],
  ),
  'name-needs-quotes': entry<'name' | 'quoted'>(
    'error',
    (x) => [`名称“${x.name}”要用引号，写作 ${x.quoted}`, '名称里有数字、空格、符号，或名称就是一个关键词，要放在「」里'],
    (x) => [`the name “${x.name}” must be quoted: ${x.quoted}`, 'A name that holds digits, blanks or signs, or is a keyword, is quoted.'],
  ),
  'text-needs-quotes': entry<'after' | 'written'>(
    'error',
    (x) => [`“${x.after}”后面的文字要放在引号里`, `写作 "${x.written}"`],
    (x) => [`the text after “${x.after}” stands in quotation marks`, `Write "${x.written}".`],
  ),
  'wrong-order': entry<'before' | 'written'>(
    'error',
    (x) => [`“${x.written}”要写在“${x.before}”前面`, '移到前面即可'],
    (x) => [`“${x.written}” stands before “${x.before}”`, 'Move it there.'],
  ),
  'statement-not-here': entry<'inside' | 'what'>(
    'error',
    (x) => [`“${x.what}”不写在“${x.inside}”里`, '移到它的 } 后面，与指标组、指标并列'],
    (x) => [`“${x.what}” does not stand inside “${x.inside}”`, 'Move it behind its }, beside groups and indicators.'],
  ),
  'merge-conflict': entry<'written'>(
    'error',
    (x) => [`这里是 git 合并时没有解决的冲突（${x.written}）`, '从 <<<<<<< 到 ======= 是一方的写法，到 >>>>>>> 是另一方的：留下一种，删去这几行标记，再检查'],
    (x) => [
      `a merge conflict of git is left here (${x.written})`,
      'Up to ======= stands one side, up to >>>>>>> the other: keep one, remove the lines with the marks, then check again.',
    ],
  ),
  // ---- limits
  'source-too-large': entry<'limit'>(
    'error',
    (x) => [`文件超过 ${x.limit}，没有读取`, '一份政策通常只有几十 KB；请检查是否选错了文件'],
    (x) => [`the file is larger than ${x.limit} and was not read`, 'A policy is a few dozen KB; check that this is the right file.'],
  ),
  'nested-too-deep': entry<'limit'>(
    'error',
    (x) => [`嵌套超过 ${x.limit} 层`, '检查括号是否成对'],
    (x) => [`more than ${x.limit} levels of nesting`, 'Check that brackets come in pairs.'],
  ),
  'too-many-diagnostics': entry<'limit'>(
    'error',
    (x) => [`只列出前 ${x.limit} 处问题`, '先改正列出的，再检查一次'],
    (x) => [`only the first ${x.limit} findings are shown`, 'Mend these first, then check again.'],
  ),
  'more-notices': entry<'limit'>(
    'notice',
    (x) => [`只列出前 ${x.limit} 处提示`, '处理掉一些，就会看到其余的'],
    (x) => [`only the first ${x.limit} notices are shown`, 'See to some of them, and the others appear.'],
  ),
  // ---- grammar
  'not-a-policy': entry(
    'error',
    () => ['文件应以“政策 名称 {”开头', '第一个词是 政策（中文）或 policy（英文）'],
    () => ['a file begins with “policy name {”', 'The first word is 政策 (Chinese) or policy (English).'],
  ),
  'unexpected-token': entry<'place' | 'written', 'expected'>(
    'error',
    (x) => [
      `${place(x.place, 'zh')}不应出现“${x.written}”${maybe(x.expected, (expected) => `，应为${term(expected, 'zh')}`)}`,
      remedyFor(x.place, x.written, 'zh'),
    ],
    (x) => [
      `“${x.written}” does not belong ${place(x.place, 'en')}${maybe(x.expected, (expected) => `; expected ${term(expected, 'en')}`)}`,
      remedyFor(x.place, x.written, 'en'),
    ],
  ),
  'missing-token': entry<'expected'>(
    'error',
    (x) => [`这里缺少${term(x.expected, 'zh')}`, '补上即可；括号要成对'],
    (x) => [`${term(x.expected, 'en')} is missing here`, 'Add it; brackets come in pairs.'],
  ),
  'unexpected-end': entry<'place'>(
    'error',
    (x) => [`文件在${place(x.place, 'zh')}突然结束`, mayStand(x.place, 'zh')],
    (x) => [`the file ends ${place(x.place, 'en')}`, mayStand(x.place, 'en')],
  ),
  'text-after-end': entry<'written'>(
    'error',
    (x) => [`政策已经结束，后面还有“${x.written}”`, '多半是前面多了一个 }'],
    (x) => [`the policy has ended, but “${x.written}” follows`, 'There is probably a } too many above.'],
  ),
} as const
