// Every diagnostic that the language gives: its code, severity, message and hint, in Chinese and English. The code is also
// the name of its fixture and its anchor in the reference. The tone is a helpful colleague's: what is wrong, then what to do.

import type { Surface } from '../words.ts'
import type { Diagnostic, Fix } from './diagnostic.ts'
import { mayStand, place, term } from './terms.ts'

/** `notice` informs and never fails a check. */
export type Severity = 'error' | 'warning' | 'notice'

type Data = Readonly<Record<string, string>>
type Texts = (data: Data) => readonly [message: string, hint: string]

interface Entry {
  readonly severity: Severity
  readonly zh: Texts
  readonly en: Texts
}

const d = (data: Data, key: string): string => data[key] ?? ''
const maybe = (text: string, words: (text: string) => string): string => (text === '' ? '' : words(text))
const entry = (severity: Severity, zh: Texts, en: Texts): Entry => ({ severity, zh, en })

const entries = {
  // ---- characters and words
  'unexpected-character': entry(
    'error',
    (x) => [`读不懂“${d(x, 'written')}”`, '删去它，或换成中文键盘上对应的标点'],
    (x) => [`cannot read “${d(x, 'written')}”`, 'Remove it, or write the mark that was meant.'],
  ),
  'unclosed-string': entry(
    'error',
    (x) => [`这一行里缺少结束的引号 ${d(x, 'quote')}`, '引号中的文字不能跨行；以“开头的必须以”结束'],
    (x) => [`the closing ${d(x, 'quote')} is missing on this line`, 'A quoted text ends on its line, with the mark that belongs to its first.'],
  ),
  'invisible-blank': entry(
    'notice',
    (x) => [`这里有一个看不见的空白（${d(x, 'name')}）`, '按普通空格处理；多半是粘贴带来的，可以替换'],
    (x) => [`an invisible blank (${d(x, 'name')}) stands here`, 'It is read as a blank; it probably came with a paste.'],
  ),
  'look-alike-characters': entry(
    'warning',
    (x) => [`“${d(x, 'written')}”里有形似而不同的字`, `按“${d(x, 'plain')}”处理；替换后便于检索`],
    (x) => [`“${d(x, 'written')}” contains look-alike characters`, `It is read as “${d(x, 'plain')}”; replace it so that searching finds it.`],
  ),
  'date-not-padded': entry(
    'warning',
    (x) => [`日期 ${d(x, 'written')} 没有写足位数`, `写作 ${d(x, 'date')}`],
    (x) => [`the date ${d(x, 'written')} is not padded`, `Write ${d(x, 'date')}.`],
  ),
  'thousands-separator': entry(
    'notice',
    (x) => [`${d(x, 'written')} 按两个数读`, '逗号分隔列表；一千写作 1000'],
    (x) => [`${d(x, 'written')} is read as two numbers`, 'A comma separates a list; write one thousand as 1000.'],
  ),
  'chinese-number': entry(
    'error',
    (x) => [`“${d(x, 'written')}”里的数字是汉字`, `写作 ${d(x, 'digits')}`],
    (x) => [`the number in “${d(x, 'written')}” is in Chinese letters`, `Write ${d(x, 'digits')}.`],
  ),
  'full-stop': entry(
    'notice',
    () => ['句末的句号没有作用', '规则不以句号结束，可以删去'],
    () => ['a full stop has no meaning here', 'Rules do not end in a stop; remove it.'],
  ),
  'range-dash': entry(
    'error',
    (x) => [`范围不用“${d(x, 'written')}”`, '写作 55..60'],
    (x) => [`a range is not written with “${d(x, 'written')}”`, 'Write 55..60.'],
  ),
  'glued-words': entry(
    'error',
    (x) => [`“${d(x, 'written')}”像是少了空格`, `按“${d(x, 'split')}”继续检查；若确是一个名称，请先声明它`],
    (x) => [`“${d(x, 'written')}” seems to lack a blank`, `Checking goes on with “${d(x, 'split')}”; if it is one name, declare it.`],
  ),
  // ---- limits
  'source-too-large': entry(
    'error',
    (x) => [`文件超过 ${d(x, 'limit')}，没有读取`, '一份政策通常只有几十 KB；请检查是否选错了文件'],
    (x) => [`the file is larger than ${d(x, 'limit')} and was not read`, 'A policy is a few dozen KB; check that this is the right file.'],
  ),
  'nested-too-deep': entry(
    'error',
    (x) => [`嵌套超过 ${d(x, 'limit')} 层`, '检查括号是否成对'],
    (x) => [`more than ${d(x, 'limit')} levels of nesting`, 'Check that brackets come in pairs.'],
  ),
  'too-many-diagnostics': entry(
    'error',
    (x) => [`只列出前 ${d(x, 'limit')} 处问题`, '先改正列出的，再检查一次'],
    (x) => [`only the first ${d(x, 'limit')} findings are shown`, 'Mend these first, then check again.'],
  ),
  // ---- grammar
  'not-a-policy': entry(
    'error',
    () => ['文件应以“政策 名称 {”开头', '第一个词是 政策（中文）或 policy（英文）'],
    () => ['a file begins with “policy name {”', 'The first word is 政策 (Chinese) or policy (English).'],
  ),
  'unexpected-token': entry(
    'error',
    (x) => [
      `${place(d(x, 'place'), 'zh')}不应出现“${d(x, 'written')}”${maybe(d(x, 'expected'), (expected) => `，应为${term(expected, 'zh')}`)}`,
      mayStand(d(x, 'place'), 'zh'),
    ],
    (x) => [
      `“${d(x, 'written')}” does not belong ${place(d(x, 'place'), 'en')}${maybe(d(x, 'expected'), (expected) => `; expected ${term(expected, 'en')}`)}`,
      mayStand(d(x, 'place'), 'en'),
    ],
  ),
  'missing-token': entry(
    'error',
    (x) => [`这里缺少${term(d(x, 'expected'), 'zh')}`, '补上即可；括号要成对'],
    (x) => [`${term(d(x, 'expected'), 'en')} is missing here`, 'Add it; brackets come in pairs.'],
  ),
  'unexpected-end': entry(
    'error',
    (x) => [`文件在${place(d(x, 'place'), 'zh')}突然结束`, mayStand(d(x, 'place'), 'zh')],
    (x) => [`the file ends ${place(d(x, 'place'), 'en')}`, mayStand(d(x, 'place'), 'en')],
  ),
  'text-after-end': entry(
    'error',
    (x) => [`政策已经结束，后面还有“${d(x, 'written')}”`, '多半是前面多了一个 }'],
    (x) => [`the policy has ended, but “${d(x, 'written')}” follows`, 'There is probably a } too many above.'],
  ),
  // ---- names
  'duplicate-name': entry(
    'error',
    (x) => [`“${d(x, 'name')}”已经声明过`, '改名，或删去其中一处'],
    (x) => [`“${d(x, 'name')}” is declared twice`, 'Rename one of them, or remove it.'],
  ),
  'reserved-name': entry(
    'error',
    (x) => [`不能用“${d(x, 'name')}”作名称`, '名称不能为空；编号 和 状态 是结果表里固定的列'],
    (x) => [`“${d(x, 'name')}” cannot be a name`, 'A name is not empty; 编号 and 状态 are columns of every result.'],
  ),
  'duplicate-header': entry(
    'error',
    (x) => [`${term(d(x, 'what'), 'zh')}写了两次`, '保留一处'],
    (x) => [`${term(d(x, 'what'), 'en')} stands twice`, 'Keep one of them.'],
  ),
  'duplicate-clause': entry(
    'error',
    (x) => [`${term(d(x, 'what'), 'zh')}写了两次`, '保留一处'],
    (x) => [`${term(d(x, 'what'), 'en')} stands twice`, 'Keep one of them.'],
  ),
  'duplicate-member': entry(
    'error',
    (x) => [`成员“${d(x, 'name')}”重复`, '每个成员只写一次'],
    (x) => [`the member “${d(x, 'name')}” stands twice`, 'Write each member once.'],
  ),
  'bad-member': entry(
    'error',
    (x) => [`成员不能写作“${d(x, 'name')}”`, '成员不能为空，也不能含、：数据里用、隔开各个成员'],
    (x) => [`a member cannot be written “${d(x, 'name')}”`, 'A member is not empty and holds no 、, which separates members in data.'],
  ),
  'duplicate-field': entry(
    'error',
    (x) => [`“${d(x, 'name')}”写了两次`, '保留一处'],
    (x) => [`“${d(x, 'name')}” stands twice`, 'Keep one of them.'],
  ),
  'unknown-name': entry(
    'error',
    (x) => [`没有叫“${d(x, 'name')}”的名称${maybe(d(x, 'suggestion'), (name) => `，是不是“${name}”`)}`, '先用 事实 或 定义 声明它；若少了空格，请把词分开'],
    (x) => [
      `nothing is called “${d(x, 'name')}”${maybe(d(x, 'suggestion'), (name) => `; did you mean “${name}”?`)}`,
      'Declare it as a fact or a definition first.',
    ],
  ),
  'unknown-member': entry(
    'error',
    (x) => [`没有成员“${d(x, 'name')}”${maybe(d(x, 'suggestion'), (name) => `，是不是“${name}”`)}`, `可选：${d(x, 'members')}`],
    (x) => [`there is no member “${d(x, 'name')}”${maybe(d(x, 'suggestion'), (name) => `; did you mean “${name}”?`)}`, `Members: ${d(x, 'members')}.`],
  ),
  'unknown-type': entry(
    'error',
    (x) => [`没有类型“${d(x, 'word')}”`, '类型有 日期、是否、文本、整数、小数N位、选项、等级、多选'],
    (x) => [`there is no type “${d(x, 'word')}”`, 'Types are date, yesno, text, whole, decimal N places, choice, levels, choices.'],
  ),
  'unknown-unit': entry(
    'error',
    (x) => [`没有单位“${d(x, 'unit')}”`, '单位有 分、元、万元、年、个月、天、小时、岁、周岁、次、人、个、项、毫升'],
    (x) => [
      `there is no unit “${d(x, 'unit')}”`,
      'Units are points, yuan, wan_yuan, years, months, days, hours, years_old, times, persons, items, entries, ml.',
    ],
  ),
  'unknown-function': entry(
    'error',
    (x) => [`没有函数“${d(x, 'name')}”${maybe(d(x, 'suggestion'), (name) => `，是不是“${name}”`)}`, '可用 周岁、满月数、年份、年初、年末、较大、较小'],
    (x) => [
      `there is no function “${d(x, 'name')}”${maybe(d(x, 'suggestion'), (name) => `; did you mean “${name}”?`)}`,
      'There are age_on, full_months, year_of, year_start, year_end, larger, smaller.',
    ],
  ),
  'wrong-argument-count': entry(
    'error',
    (x) => [`${d(x, 'name')} 要 ${d(x, 'expected')} 个参数，写了 ${d(x, 'found')} 个`, '例如 周岁(出生日期, 审核日)'],
    (x) => [`${d(x, 'name')} takes ${d(x, 'expected')} arguments, not ${d(x, 'found')}`, 'For example age_on(birth, review_day).'],
  ),
  'item-not-here': entry(
    'error',
    (x) => [`“${d(x, 'name')}”是指标，不能在这里当作值`, '计分行和定义只用事实与定义；指标之间的运算写在 总分 里'],
    (x) => [`“${d(x, 'name')}” is an item and cannot be used as a value here`, 'Rows and definitions use facts and definitions; combine items in a total.'],
  ),
  'ambiguous-item': entry(
    'error',
    (x) => [`有几个指标都叫“${d(x, 'name')}”`, `写出所在的组：${d(x, 'paths')}`],
    (x) => [`several items are called “${d(x, 'name')}”`, `Write the group too: ${d(x, 'paths')}.`],
  ),
  'ambiguous-name': entry(
    'error',
    (x) => [`“${d(x, 'name')}”既是指标又是以分计的值`, '给其中一个改名'],
    (x) => [`“${d(x, 'name')}” is both an item and a value in points`, 'Rename one of them.'],
  ),
  cycle: entry(
    'error',
    (x) => [`定义循环：${d(x, 'names')}`, '一个值不能由它自己算出'],
    (x) => [`a circle of definitions: ${d(x, 'names')}`, 'A value cannot be computed from itself.'],
  ),
  // ---- types
  'wrong-type': entry(
    'error',
    (x) => [`这里应为${term(d(x, 'expected'), 'zh')}，写的是${term(d(x, 'found'), 'zh')}`, '检查两边是否同一类'],
    (x) => [`expected ${term(d(x, 'expected'), 'en')}, found ${term(d(x, 'found'), 'en')}`, 'Check that both sides are of one kind.'],
  ),
  'unit-mismatch': entry(
    'error',
    (x) => [`单位不合：这里是${d(x, 'found')}，那边是${d(x, 'expected')}`, '换算成同一单位；岁不是年'],
    (x) => [`units do not go together: ${d(x, 'found')} here, ${d(x, 'expected')} there`, 'Bring both to one unit; years of age are not years.'],
  ),
  'unit-product': entry(
    'error',
    (x) => [`${d(x, 'left')} 不能乘 ${d(x, 'right')}`, '两个有单位的数不能相乘；比率写成没有单位的数'],
    (x) => [`${d(x, 'left')} cannot be multiplied by ${d(x, 'right')}`, 'Two numbers with units do not multiply; a ratio has no unit.'],
  ),
  'not-points': entry(
    'error',
    (x) => [`得分要以分计，这里是${d(x, 'unit')}`, `把它变成分要写明比率：${d(x, 'example')}`],
    (x) => [`an amount is in points, this is in ${d(x, 'unit')}`, `Say the rate: ${d(x, 'example')}.`],
  ),
  'not-ordered': entry(
    'error',
    () => ['这一类值没有先后大小', '等级、数、日期可以比大小；选项、文本只能用 是、在'],
    () => ['values of this kind have no order', 'Levels, numbers and dates can be compared; choices and texts only with is and in.'],
  ),
  'not-a-duration': entry(
    'error',
    () => ['日期只能加减整数的年、个月或天', '例如 审核日 + 60天'],
    () => ['a date takes whole years, months or days', 'For example review_day + 60 days.'],
  ),
  'use-has': entry(
    'error',
    () => ['多选要用 含', '例如 任职 含 人大代表'],
    () => ['choices are asked with has', 'For example posts has delegate.'],
  ),
  'use-is': entry(
    'error',
    (x) => [`${term(d(x, 'found'), 'zh')}不能用 含`, '含 只用于多选；其余用 是 或 在'],
    (x) => [`has does not go with ${term(d(x, 'found'), 'en')}`, 'It is for choices; use is or in.'],
  ),
  'unknown-only-in-cases': entry(
    'error',
    () => ['未知 只能写在样例里', '规则不能问一个值是否未知；用 缺省 说明没有时按什么算'],
    () => ['unknown belongs in cases only', 'A rule cannot ask whether a value is unknown; say with default what its absence means.'],
  ),
  'type-part-misplaced': entry(
    'error',
    (x) => [`${term(d(x, 'type'), 'zh')}类型不带${term(d(x, 'part'), 'zh')}`, '删去它，或换一种类型'],
    (x) => [`the type ${term(d(x, 'type'), 'en')} takes no such part: ${term(d(x, 'part'), 'en')}`, 'Remove it, or choose another type.'],
  ),
  'decimal-places': entry(
    'error',
    () => ['小数要写明位数，1 到 8 位；整数不写', '例如 小数2位 元'],
    () => ['a decimal says its places, 1 to 8; a whole number has none', 'For example decimal 2 places yuan.'],
  ),
  'members-missing': entry(
    'error',
    () => ['这里要列出成员', '例如 选项 [有效、中止、注销]'],
    () => ['the members are missing', 'For example choice [valid, suspended].'],
  ),
  'levels-order': entry(
    'warning',
    (x) => [`等级由低到高排列，“${d(x, 'name')}”的位置可疑`, '“及以下”应在最前，“及以上”应在最后'],
    (x) => [`levels run low to high; “${d(x, 'name')}” seems out of place`, '及以下 stands first, 及以上 last.'],
  ),
  'no-such-date': entry(
    'error',
    (x) => [`没有 ${d(x, 'date')} 这一天`, '检查月份和日子'],
    (x) => [`there is no day ${d(x, 'date')}`, 'Check month and day.'],
  ),
  'date-out-of-range': entry(
    'error',
    (x) => [`日期 ${d(x, 'date')} 超出 1900-01-01 至 2199-12-31`, '检查年份'],
    (x) => [`the date ${d(x, 'date')} is outside 1900-01-01 to 2199-12-31`, 'Check the year.'],
  ),
  'empty-range': entry(
    'error',
    () => ['这个范围里没有任何值', '低端写在前，高端写在后'],
    () => ['nothing lies in this range', 'The low end comes first.'],
  ),
  'range-not-here': entry(
    'error',
    () => ['范围 只用于数和日期，写作 低..高', '例如 范围 0..720'],
    () => ['a range is for numbers and dates, written low..high', 'For example range 0..720.'],
  ),
  'range-end': entry(
    'error',
    () => ['范围的两端要是写明的数或日期，位数不多于这个事实', '例如 整数的范围 0..720，日期的范围 2000-01-01..2099-12-31'],
    () => ['the ends of a range are written numbers or days, with no more decimals than the fact', 'For example range 0..720, or 2000-01-01..2099-12-31.'],
  ),
  'too-many-places': entry(
    'error',
    (x) => [`小数位数多于 ${d(x, 'limit')} 位`, '减少位数，或放宽事实的位数'],
    (x) => [`more than ${d(x, 'limit')} decimal places`, 'Write fewer, or give the fact more.'],
  ),
  'outside-range': entry(
    'error',
    (x) => [`超出范围 ${d(x, 'low')}..${d(x, 'high')}`, '改正这个值，或放宽 范围'],
    (x) => [`outside the range ${d(x, 'low')}..${d(x, 'high')}`, 'Mend the value, or widen the range.'],
  ),
  'default-and-required': entry(
    'error',
    () => ['缺省 与 必填 不能同写', '有缺省就不会缺；二者取一'],
    () => ['default and required exclude each other', 'Keep one of them.'],
  ),
  'definition-needs-otherwise': entry(
    'error',
    (x) => [`定义“${d(x, 'name')}”最后要有 否则`, '分支的定义对每个人都要有值'],
    (x) => [`the definition “${d(x, 'name')}” ends with otherwise`, 'A definition by cases has a value for everybody.'],
  ),
  // ---- exactness
  'needs-range': entry(
    'error',
    (x) => [
      `结果可能大到 ${d(x, 'high')}（${d(x, 'places')} 位小数），不能保证精确${maybe(d(x, 'fact'), (name) => `：请给事实“${name}”写上更小的 范围`)}`,
      '例如 范围 0..1000000',
    ],
    (x) => [
      `this may grow to ${d(x, 'high')} (${d(x, 'places')} decimals), too large to be exact${maybe(d(x, 'fact'), (name) => `; give the fact “${name}” a smaller range`)}`,
      'For example range 0..1000000.',
    ],
  ),
  'endless-decimal': entry(
    'error',
    (x) => [`${maybe(d(x, 'value'), (value) => `${value} `)}除不尽`, '用 每满（取整步）、不足按一计，或 保留 N 位 四舍五入｜舍去｜进一'],
    (x) => [`${maybe(d(x, 'value'), (value) => `${value} `)}has no finite decimal form`, 'Use per full, rounded up, or round N places half up, down or up.'],
  ),
  'division-by-zero': entry(
    'error',
    (x) => [`除数可能为零（${d(x, 'low')}..${d(x, 'high')}）`, '用 范围 排除零，或改写'],
    (x) => [`the divisor may be zero (${d(x, 'low')}..${d(x, 'high')})`, 'Exclude zero with a range, or write it otherwise.'],
  ),
  // ---- rows
  'otherwise-needs-first': entry(
    'error',
    () => ['否则 只用于 取首个', '在指标上写 取首个，否则它会与别的行相加'],
    () => ['otherwise belongs under first', 'Write first on the indicator.'],
  ),
  'otherwise-not-last': entry(
    'error',
    () => ['否则 要写在最后', '它后面的行永远轮不到'],
    () => ['otherwise comes last', 'Nothing after it can ever apply.'],
  ),
  'row-never-applies': entry(
    'error',
    () => ['这个条件永远不成立', '检查数值、事实的 范围 和 且／或'],
    () => ['this condition can never hold', 'Check the figures, the range of the fact, and the ands and ors.'],
  ),
  'row-shadowed': entry(
    'error',
    () => ['前面的行已经覆盖了这一行，永远轮不到', '取首个 按先后取；把更窄的条件写在前面'],
    () => ['earlier rows cover this one, it is never reached', 'first takes the first that holds; put the narrower condition before.'],
  ),
  'mode-missing': entry(
    'error',
    (x) => [`“${d(x, 'name')}”的几行可能同时成立，没有说怎样合计${maybe(d(x, 'witness'), (witness) => `（如 ${witness}）`)}`, '写明 累加、取最高 或 取首个'],
    (x) => [
      `several rows of “${d(x, 'name')}” may hold at once${maybe(d(x, 'witness'), (witness) => ` (as with ${witness})`)}, and nothing says how they combine`,
      'Say sum, highest or first.',
    ],
  ),
  'rows-leave-gap': entry(
    'warning',
    (x) => [`“${d(x, 'name')}”没有说到这种情形：${d(x, 'witness')}`, '补一行，写 否则 得0分，或用 解释 说明为什么不计'],
    (x) => [`“${d(x, 'name')}” leaves this open: ${d(x, 'witness')}`, 'Add a row, write otherwise award 0 points, or say in a reading why it does not count.'],
  ),
  'steps-contradict': entry(
    'error',
    () => ['每满 与 不足按一计 相矛盾', '每满 不计零头，每 … 不足按一计 把零头算一步：取其一'],
    () => ['per full and rounded up contradict each other', 'per full drops a started step, per … rounded up counts it: keep one.'],
  ),
  'table-leaves-gap': entry(
    'warning',
    (x) => [`表里没有这种情形：${d(x, 'witness')}`, '补上一列，或用 解释 说明为什么不计'],
    (x) => [`the table leaves this open: ${d(x, 'witness')}`, 'Add a column, or say in a reading why it does not count.'],
  ),
  'table-keys-overlap': entry(
    'error',
    (x) => [`表的两列可能同时成立${maybe(d(x, 'witness'), (witness) => `：${witness}`)}`, '各列要互不重叠'],
    (x) => [`two columns of the table may hold at once${maybe(d(x, 'witness'), (witness) => `: ${witness}`)}`, 'Columns must not overlap.'],
  ),
  'table-shape': entry(
    'error',
    (x) => [`表有 ${d(x, 'keys')} 列，却有 ${d(x, 'values')} 个分值`, '每列一个分值'],
    (x) => [`the table has ${d(x, 'keys')} columns and ${d(x, 'values')} amounts`, 'Give each column one amount.'],
  ),
  'first-is-for-rows': entry(
    'error',
    () => ['取首个 用于指标里的行，不用于指标组', '组里写 累加 或 取最高'],
    () => ['first is for the rows of an indicator, not for a group', 'Write sum or highest.'],
  ),
  'mode-on-row': entry(
    'error',
    () => ['累加、取最高、取首个 写在指标或指标组上', '把它移到指标名后面'],
    () => ['sum, highest and first stand on an indicator or a group', 'Move it behind the name.'],
  ),
  'empty-item': entry(
    'warning',
    (x) => [`“${d(x, 'name')}”里什么也没有`, '没有内容的指标永远是 0 分'],
    (x) => [`“${d(x, 'name')}” is empty`, 'It will always be 0 points.'],
  ),
  // ---- caps
  'cap-below-floor': entry(
    'error',
    () => ['最高 小于 最低', '检查两个数'],
    () => ['max is below min', 'Check both figures.'],
  ),
  'cap-never-reached': entry(
    'warning',
    (x) => [`“${d(x, 'name')}”最高 ${d(x, 'cap')} 分，实际最多只能得 ${d(x, 'reach')} 分`, '检查分值或上限是否写错'],
    (x) => [`“${d(x, 'name')}” is capped at ${d(x, 'cap')} points but can give ${d(x, 'reach')} at most`, 'Check the amounts and the cap.'],
  ),
  'caps-below-parent': entry(
    'warning',
    (x) => [`“${d(x, 'name')}”最高 ${d(x, 'cap')} 分，各项上限合计只有 ${d(x, 'reach')} 分`, '检查是否漏了一项，或哪个上限写错'],
    (x) => [
      `“${d(x, 'name')}” is capped at ${d(x, 'cap')} points, its parts' caps add up to ${d(x, 'reach')}`,
      'Check whether an item is missing or a cap is wrong.',
    ],
  ),
  'caps-above-parent': entry(
    'notice',
    (x) => [`“${d(x, 'name')}”各项上限合计 ${d(x, 'reach')} 分，高于本组最高 ${d(x, 'cap')} 分`, '本组上限会起作用；若不是本意，请核对原文'],
    (x) => [
      `the parts of “${d(x, 'name')}” add up to ${d(x, 'reach')} points, above its cap of ${d(x, 'cap')}`,
      'The cap will bite; compare with the official text if that is not meant.',
    ],
  ),
  // ---- the whole
  'no-total': entry(
    'warning',
    () => ['没有写 总分', '例如 总分 = 省级共性指标 最低0分'],
    () => ['there is no total', 'For example total = common min 0 points.'],
  ),
  'harm-needs-default': entry(
    'error',
    (x) => [`“${d(x, 'name')}”只用于扣分或状态，必须说明缺这一项时怎么办`, '写 缺省 值（没有就按它算）或 必填（缺了就退回这一行）'],
    (x) => [`“${d(x, 'name')}” is only used to deduct, and must say what its absence means`, 'Write default value, or required (the row is then rejected).'],
  ),
  'unused-fact': entry(
    'notice',
    (x) => [`事实“${d(x, 'name')}”没有被用到`, '删去它，或检查是否漏写了规则'],
    (x) => [`the fact “${d(x, 'name')}” is not used`, 'Remove it, or check whether a rule is missing.'],
  ),
  'case-needs-date': entry(
    'error',
    (x) => [`样例没有写基准日：${d(x, 'names')}`, '写作 样例 "…" 于 审核日 2025-03-01'],
    (x) => [`the case lacks the reference date ${d(x, 'names')}`, 'Write case "…" on review_day 2025-03-01.'],
  ),
  'case-expects-nothing': entry(
    'warning',
    () => ['样例没有写应得什么', '在 应得 里写状态、总分或指标的分值'],
    () => ['the case expects nothing', 'Write a state, the total or an item under expect.'],
  ),
  // ---- records
  'fields-missing': entry(
    'error',
    (x) => [`${term(d(x, 'type'), 'zh')}要写出字段`, '如 { 日期: 日期；金额: 小数2位 元 }'],
    (x) => [`${term(d(x, 'type'), 'en')} need their fields`, 'Write them, as in { day: date; amount: decimal 2 places yuan }.'],
  ),
  'records-in-records': entry(
    'error',
    () => ['记录的字段不能又是记录', '把里层的记录写成另一个事实'],
    () => ['a field of records cannot hold records', 'Make the inner records a fact of their own.'],
  ),
  'record-limit': entry(
    'error',
    () => ['记录的范围只写条数的上限', '写作 范围 ..50；最少1条，最多100000条'],
    () => ['the range of a list is the greatest number of records', 'Write range ..50; from 1 to 100000.'],
  ),
  'record-incomplete': entry(
    'error',
    (x) => [`这一条缺字段：${d(x, 'fields')}`, '一条记录的每个字段都要有；字段可以写 缺省'],
    (x) => [`the record lacks ${d(x, 'fields')}`, 'A record has all of its fields; a field may have a default.'],
  ),
  'where-not-last': entry(
    'error',
    () => ['“其中”后面还有筛选', '把 其中 写在最后；要先选后截，就先定义一个名字'],
    () => ['another filter follows where', 'Put where last; to choose first and cut then, define a name for the chosen records.'],
  ),
  'filter-needs-periods': entry(
    'error',
    (x) => ['这里要时段', `${term(d(x, 'filter'), 'zh')}只能用于时段（有起有止）`],
    (x) => ['periods are needed here', `Only periods (with a start and an end) can be used with ${term(d(x, 'filter'), 'en')}.`],
  ),
  'no-date-field': entry(
    'error',
    (x) => ['没有可用的日期字段', `日期字段有：${d(x, 'fields')}`],
    (x) => ['there is no such date field', `Date fields: ${d(x, 'fields')}.`],
  ),
  'which-date-field': entry(
    'error',
    (x) => ['有几个日期字段，不知道按哪一个', `写明字段，如 近3年(审核日, 发生日期)；字段有：${d(x, 'fields')}`],
    (x) => ['there are several date fields', `Name one, as in within last 3 years(d, field); fields: ${d(x, 'fields')}.`],
  ),
  'gap-missing': entry(
    'error',
    () => ['没有说容许多长的间断', '写 容断 3个月；一天都不容许就写 容断 0天'],
    () => ['the length of a tolerated gap is missing', 'Write gap up to 3 months; gap up to 0 days when none is tolerated.'],
  ),
  'gap-counting-missing': entry(
    'error',
    () => ['间断的时间计不计，要写明', '2018年1月至2020年6月、2020年10月至2025年2月：计断 86个月，不计断 83个月'],
    () => ['it must be said whether gaps count', 'January 2018 to June 2020 and October 2020 to February 2025: gap counted 86 months, gap not counted 83.'],
  ),
  'not-a-length': entry(
    'error',
    (x) => ['这里写整数的时间长度', `单位可用：${d(x, 'units')}`],
    (x) => ['a whole length of time is needed here', `Units: ${d(x, 'units')}.`],
  ),
  'same-needs-mode': entry(
    'error',
    (x) => [`同一“${d(x, 'key')}”的几条怎么算，要写明`, `两条同“${d(x, 'key')}”的各得10分、5分：取最高 得10分，最高12分 得12分；若都计就删去 同一`],
    (x) => [
      `it must be said how records of one “${d(x, 'key')}” count`,
      `Two of one “${d(x, 'key')}” with 10 and 5 points: highest gives 10, max 12 points gives 12; remove same if all count.`,
    ],
  ),
  'same-with-best': entry(
    'error',
    () => ['取最高一条只取一条，不再分组', '删去 同一，或改为 对每条'],
    () => ['best of takes one record of all', 'Remove same, or write each.'],
  ),
  'key-not-of-record': entry(
    'error',
    () => ['“同一”的键只能用这条记录的字段', '写一个字段，或如 年份(日期)'],
    () => ['the key of same can use fields of the record only', 'Write a field, or for example year_of(day).'],
  ),
  'each-only-bars': entry(
    'error',
    () => ['只有禁止申请可以逐条起算', '改为 当 有(…)'],
    () => ['only bar can run from each record', 'Write when any(…) instead.'],
  ),
  'partner-not-here': entry(
    'error',
    () => ['另一方 只用在有 同户 的应用的 排序 里', '移到排序里，或先写 同户'],
    () => ['partner is for the ranking of a scenario with household', 'Move it into rank, or declare the household first.'],
  ),
  // ---- rates, blocks and deductions
  'bands-need-choice': entry(
    'error',
    (x) => ['分档的分值按到达的档算，还是分段算，要写明', `${d(x, 'quantity')}时：按档 ${d(x, 'reached')}分，分段 ${d(x, 'slices')}分`],
    (x) => [
      'it must be said whether the band reached or slices count',
      `For ${d(x, 'quantity')}: at reached band ${d(x, 'reached')} points, by slices ${d(x, 'slices')}.`,
    ],
  ),
  'bands-overlap': entry(
    'error',
    (x) => [`${d(x, 'value')} 同时在两档里，或各档没有从低到高写`, '各档从低到高，前一档的终点小于后一档的起点；用 ..< 去掉终点'],
    (x) => [`${d(x, 'value')} is in two bands, or the bands do not rise`, 'Write them from low to high; ..< leaves an end out.'],
  ),
  'bands-leave-gap': entry(
    'error',
    (x) => [`${d(x, 'from')} 与 ${d(x, 'to')} 之间没有档`, '接上，如 0..<100 与 100..<1000；整档计算时相邻两档差一档'],
    (x) => [`no band holds between ${d(x, 'from')} and ${d(x, 'to')}`, 'Join them, as in 0..<100 and 100..<1000; whole steps may be one step apart.'],
  ),
  'band-end': entry(
    'error',
    () => ['档的两端要写出数来', '写常数；会变的数先定义成参数'],
    () => ['the ends of a band are written numbers', 'Write constants.'],
  ),
  'table-subjects': entry(
    'error',
    () => ['查表的行列与所查的不合', '查一个量写一行分值；查两个量，列是第一个的值，每行以第二个的值开头，如 行 本科: 5、8'],
    () => [
      'the table does not fit what it looks up',
      'One subject has one row of values; with two, columns belong to the first and every row begins with a value of the second, as in row high: 5, 8.',
    ],
  ),
  'rows-beside-items': entry(
    'error',
    (x) => [`“${d(x, 'name')}”里既有指标又有计分行`, '把计分行放进一个指标'],
    (x) => [`“${d(x, 'name')}” holds indicators and rows`, 'Put the rows into an indicator.'],
  ),
  'award-in-deductions': entry(
    'error',
    () => ['扣分组里写“扣”', '改为 扣；扣分组的分在总分里减去'],
    () => ['deductions are written with deduct', 'Write deduct; the total takes the group away.'],
  ),
  'group-in-deductions': entry(
    'error',
    (x) => [`扣分组里的“${d(x, 'name')}”是指标组`, '改为 扣分组'],
    (x) => [`“${d(x, 'name')}” is a group inside deductions`, 'Write deductions.'],
  ),
  'deductions-in-highest': entry(
    'error',
    (x) => [`取最高的组里不能有扣分组“${d(x, 'name')}”`, '把它移到组外，在总分里减去'],
    (x) => [`deductions “${d(x, 'name')}” cannot compete for the highest`, 'Move them out and subtract them in the total.'],
  ),
  'deduction-below-zero': entry(
    'error',
    (x) => [`扣的分可能小于零（${d(x, 'low')}），那就成了得分`, '扣后面写正数；给 范围 排除负数，或用 较大(…, 0分)'],
    (x) => [
      `the amount deducted may be below zero (${d(x, 'low')}), which would give points`,
      'Write a positive amount; exclude negatives by a range, or by larger(…, 0 points).',
    ],
  ),
  'item-counted-twice': entry(
    'warning',
    (x) => [`“${d(x, 'name')}”已在“${d(x, 'group')}”里，在总分里又算了一次`, '总分里只写外层，或只写内层'],
    (x) => [`“${d(x, 'name')}” is inside “${d(x, 'group')}” and counts twice in the total`, 'Keep the outer one or the inner one.'],
  ),
  'deductions-added': entry(
    'warning',
    (x) => [`扣分组“${d(x, 'name')}”被加上了`, `扣分组里的分是正数，总分里写 - ${d(x, 'name')}`],
    (x) => [`deductions “${d(x, 'name')}” are added`, `Their points are positive: write - ${d(x, 'name')}.`],
  ),
  'highest-of-deductions': entry(
    'warning',
    () => ['全是扣分，取最高就是取扣得最少的', '要取最重的，把它们放进扣分组'],
    () => ['the highest of deductions is the mildest', 'Put them into deductions to take the heaviest.'],
  ),
  'spend-needs-live': entry(
    'error',
    () => ['兑换要先有期限', '写 期限 自 … 至 … 于 …'],
    () => ['spend needs points that lapse', 'Write live from … to … on ….'],
  ),
  'live-needs-each': entry(
    'error',
    () => ['有期限的指标只写一行“对每条”', '每条记录是一笔会到期的分；不写 同一、取最高一条，封顶写在指标上'],
    () => ['an indicator with live has one row with each', 'Every record is a grant that lapses; no same, no best of, the cap stands on the indicator.'],
  ),
  'clause-not-here': entry(
    'error',
    (x) => [`${term(d(x, 'what'), 'zh')}不写在这里`, '删去，或移到适用的地方'],
    (x) => [`${term(d(x, 'what'), 'en')} does not belong here`, 'Remove it, or move it to where it applies.'],
  ),
  // ---- parameters and units
  'parameter-needs-date': entry(
    'error',
    (x) => [`参数“${d(x, 'name')}”随日期变，要写明哪一天`, `写作 ${d(x, 'name')}(审核日)`],
    (x) => [`the parameter “${d(x, 'name')}” changes with the day`, `Write ${d(x, 'name')}(day).`],
  ),
  'parameter-takes-no-date': entry(
    'error',
    (x) => [`参数“${d(x, 'name')}”只有一个值`, `写作 ${d(x, 'name')}`],
    (x) => [`the parameter “${d(x, 'name')}” has one value`, `Write ${d(x, 'name')}.`],
  ),
  'parameter-order': entry(
    'error',
    (x) => [`日期要比前一个 ${d(x, 'before')} 晚`, '从早到晚写'],
    (x) => [`the day must be after ${d(x, 'before')}`, 'Write them from early to late.'],
  ),
  'parameter-not-number': entry(
    'error',
    () => ['参数的值是一个数', '写出数来；算出来的值用 定义'],
    () => ['the value of a parameter is a number', 'Write the number; define gives worked-out values.'],
  ),
  'own-unit-wrong': entry(
    'error',
    () => ['单位只能等于一个带单位的正数', '写作 单位 积点 = 10次'],
    () => ['a unit equals a positive number with a unit', 'Write unit point = 10 times.'],
  ),
  'main-date-fixed': entry(
    'error',
    (x) => [`“${d(x, 'name')}”是主基准日，由每次计算给出`, '把另一个日子写在前面，或不在这里设定'],
    (x) => [`“${d(x, 'name')}” is the main date, which every run gives`, 'Put another day first, or do not set it here.'],
  ),
  // ---- uses
  'which-total': entry(
    'error',
    (x) => [`有几个总分：${d(x, 'names')}`, '写明这个应用用哪一个，如 总分 名'],
    (x) => [`there are several totals: ${d(x, 'names')}`, 'Say which one the scenario uses: total name.'],
  ),
  'quota-not-whole': entry(
    'error',
    () => ['名额是不小于零的整数', '写整数，或值为整数的参数'],
    () => ['a quota is a whole number, zero or more', 'Write a whole number, or a parameter that is one.'],
  ),
  'quota-per-person': entry(
    'error',
    () => ['名额不能因人而异', '用数、参数；按名单分配写 名额 按 事实'],
    () => ['a quota is the same for everybody', 'Use numbers and parameters; for lists write quota by fact.'],
  ),
  'quota-needs-rank': entry(
    'error',
    () => ['有名额而没有排序', '写 排序 总分 从高到低'],
    () => ['there is a quota and no ranking', 'Write rank total high to low.'],
  ),
  'second-round-needs-lists': entry(
    'error',
    () => ['次轮分配的是各名单的剩余名额', '先写 名额 按 事实'],
    () => ['a second round gives the places that lists have left', 'Write quota by fact.'],
  ),
  'second-round-other-fact': entry(
    'error',
    (x) => ['次轮的限额只能按分名额的那一项', `写作 每 ${d(x, 'name')} 不超过 …`],
    (x) => ['the limit of a second round goes by the same fact as the quota', `Write per ${d(x, 'name')} at most ….`],
  ),
  'definition-in-group': entry(
    'error',
    () => ['定义不写在指标组里', '写在政策里，或写进用到它的指标'],
    () => ['a definition does not stand in a group', 'Write it in the policy, or in the indicator that uses it.'],
  ),
  'limit-share': entry(
    'error',
    () => ['次轮的限额是名单名额的百分之几', '写 0% 到 100%，如 不超过 10%'],
    () => ['the limit of a second round is a share of the quota', 'Write 0% to 100%, as in at most 10%.'],
  ),
  'limit-rounding-missing': entry(
    'error',
    () => ['百分之几不是整数时怎么取，要写明', '6人的10%：舍去 0人，进一 1人，四舍五入 1人'],
    () => ['it must be said how the share is rounded', '10% of 6: down 0, up 1, half up 1.'],
  ),
  'merge-order-missing': entry(
    'error',
    () => ['两人的分先合并还是先封顶，要写明', '上限20分，一人30分，一人-5分：先限后合 15分，先合后限 20分'],
    () => ['it must be said whether points are merged or capped first', 'Cap 20, one has 30 and the other -5: cap then merge 15, merge then cap 20.'],
  ),
  'equals-missing': entry(
    'error',
    () => ['排到最后还相同的怎么办，要写明', '两人各项全同：同名次 并列，下一名空出；抽签 按种子排出先后。最后一项是唯一的事实时可以不写'],
    () => [
      'it must be said what happens to equals',
      'Two alike in every key: share place puts both on one place, lot orders them by the seed. Not needed when the last key is a unique fact.',
    ],
  ),
  'cutoff-missing': entry(
    'error',
    () => ['末位同分的怎么办，要写明', '剩1个名额而两人同分：全取 取2人，不取 取0人，抽签 取1人'],
    () => [
      'it must be said what happens to equals across the last place',
      'One place left and two equals: admit all takes 2, admit none takes 0, lot takes 1.',
    ],
  ),
  'cutoff-needs-quota': entry(
    'error',
    () => ['没有名额，不会有末位', '写 名额，或删去 末位同分'],
    () => ['without a quota there is no last place', 'Write a quota, or remove at cutoff.'],
  ),
  'cutoff-never': entry(
    'notice',
    () => ['不会有末位同分', '名次已经各不相同，可以删去'],
    () => ['there are never equals at the last place', 'All places differ already; it can be removed.'],
  ),
  'direction-missing': entry(
    'error',
    (x) => ['没有写从哪头排起', `可写：${d(x, 'directions')}`],
    (x) => ['the direction is missing', `Possible: ${d(x, 'directions')}.`],
  ),
  'direction-mismatch': entry(
    'error',
    (x) => ['这个方向不适用', `可写：${d(x, 'directions')}`],
    (x) => ['this direction does not fit', `Possible: ${d(x, 'directions')}.`],
  ),
  'price-needs-live': entry(
    'error',
    (x) => [`“${d(x, 'name')}”不是可以兑换的指标`, '只有写了 期限 的指标可以兑换'],
    (x) => [`“${d(x, 'name')}” cannot be spent`, 'Only an indicator with live can.'],
  ),
  'ahead-not-extendable': entry(
    'error',
    () => ['倒数的时限不能延长', '另写一条时限，或改从前一个日子起算'],
    () => ['a deadline that counts ahead cannot be extended', 'Write a deadline of its own, or count from the earlier day.'],
  ),
  // ---- policies that are taken in
  'import-not-found': entry(
    'error',
    (x) => [`找不到“${d(x, 'path')}”`, '路径相对于本文件；检查文件名'],
    (x) => [`“${d(x, 'path')}” is not found`, 'The path is relative to this file; check its name.'],
  ),
  'import-has-errors': entry(
    'error',
    (x) => [`“${d(x, 'path')}”自身有错误`, `先改好它：heng check ${d(x, 'path')}`],
    (x) => [`“${d(x, 'path')}” has errors itself`, `Mend it first: heng check ${d(x, 'path')}`],
  ),
  'import-cycle': entry(
    'error',
    (x) => [`“${d(x, 'path')}”又引用了本政策`, '两个政策不能互相引用'],
    (x) => [`“${d(x, 'path')}” takes in this policy again`, 'Two policies cannot take in each other.'],
  ),
  'import-name': entry(
    'error',
    (x) => [`那个文件里的政策叫“${d(x, 'found')}”`, `把“${d(x, 'name')}”改成它的名字`],
    (x) => [`the policy in that file is called “${d(x, 'found')}”`, `Write its name instead of “${d(x, 'name')}”.`],
  ),
  'base-not-restated': entry(
    'warning',
    (x) => [`引用只带来事实、定义、指标和基准日，这些没有带来：${d(x, 'names')}`, '在本政策里重新写明'],
    (x) => [`use brings facts, definitions, items and reference dates; these do not come along: ${d(x, 'names')}`, 'State them again in this policy.'],
  ),
  'not-extensible': entry(
    'error',
    (x) => [`“${d(x, 'name')}”不是引用来的可扩展指标组`, '只能扩展标了 可扩展 的指标组'],
    (x) => [`“${d(x, 'name')}” is no extensible group of a policy that is taken in`, 'Only a group marked extensible can be extended.'],
  ),
  // ---- cases of lists, and beside a policy
  'list-needs-scenario': entry(
    'error',
    () => ['一份名单的样例要写应用', '写作 样例 "…" 应用 名 于 …'],
    () => ['a case with a list needs a scenario', 'Write case "…" scenario name on ….'],
  ),
  'list-needs-key': entry(
    'error',
    () => ['名单里每人要有编号', '写 编号: 甲'],
    () => ['everybody in the list has a key', 'Write 编号: a.'],
  ),
  'quota-needs-list': entry(
    'error',
    () => ['名额与抽签用于一份名单', '把人写成 [ {编号: 甲；…}、… ]'],
    () => ['quota and lot are for a list', 'Write the people as [ {编号: a; …}, … ].'],
  ),
  'list-needs-seed': entry(
    'error',
    () => ['这个应用会抽签，样例要写种子', '写作 样例 "…" 应用 名 于 … 抽签 "种子"'],
    () => ['the scenario may draw a lot, and the case needs a seed', 'Write case "…" scenario name on … lot "seed".'],
  ),
  'date-set-already': entry(
    'error',
    (x) => [`“${d(x, 'name')}”由政策或应用定下，样例不再写`, '删去这一天'],
    (x) => [`“${d(x, 'name')}” is set by the policy or the scenario`, 'Remove the day.'],
  ),
  'places-need-list': entry(
    'error',
    () => ['名次与录取用于一份名单', '把人写成 [ {编号: 甲；…}、… ]'],
    () => ['places and admitted are for a list', 'Write the people as [ {编号: a; …}, … ].'],
  ),
  'list-expects-places': entry(
    'error',
    () => ['一份名单应得的是名次与录取', '写 名次: {甲: 1；乙: 2} 或 录取: [甲]'],
    () => ['of a list places and admitted are expected', 'Write places: {a: 1; b: 2} or admitted: [a].'],
  ),
  'only-cases': entry(
    'error',
    () => ['样例文件里只写样例', '把它移到政策里'],
    () => ['a file of cases holds nothing but cases', 'Move it into the policy.'],
  ),
  'cases-alone': entry(
    'error',
    () => ['这是一个样例文件，要与政策一起检查', '把它放在政策旁边，叫 政策文件名.cases.heng'],
    () => ['this is a file of cases, which is checked with its policy', 'Put it beside the policy as NAME.cases.heng.'],
  ),
} as const satisfies Record<string, Entry>

export type Code = keyof typeof entries

export const catalogue: Readonly<Record<Code, Entry>> = entries

export const severityOf = (diagnostic: Diagnostic): Severity => catalogue[diagnostic.code].severity

export interface Message {
  readonly severity: Severity
  readonly message: string
  readonly hint: string
}

/** The words of a diagnostic in one language. */
export function describe(diagnostic: Diagnostic, language: Surface): Message {
  const { severity, [language]: texts } = catalogue[diagnostic.code]
  const [message, hint] = texts(diagnostic.data)
  return { severity, message, hint }
}

/** The words of a fix in one language. */
export function describeFix(fix: Fix, language: Surface): string {
  const text = fix.data.text ?? ''
  const zh = language === 'zh'
  switch (fix.title) {
    case 'replace':
      return zh ? `改为“${text}”` : `Replace with “${text}”`
    case 'insert':
      return zh ? `补上“${text}”` : `Insert “${text}”`
    case 'remove':
      return zh ? '删去' : 'Remove'
    case 'split':
      return zh ? `分开写作“${text}”` : `Split into “${text}”`
  }
}
