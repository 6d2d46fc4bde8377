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
    (x) => [`这一行里缺少结束的引号 ${x.quote}`, '引号中的文字不能跨行；以“开头的必须以”结束'],
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
