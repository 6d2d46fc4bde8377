// Names, types, exactness, parameters and units.

import { functions, type Surface, types, units } from '../../words.ts'
import { term } from '../terms.ts'
import { entry, maybe } from './entry.ts'

const listed = (entries: readonly Readonly<Record<Surface, string>>[], surface: Surface): string =>
  [...new Set(entries.map((word) => word[surface]))].join(surface === 'zh' ? '、' : ', ')

/** How a name of this kind is declared. */
function whereDeclared(kind: string): Readonly<Record<Surface, string>> {
  switch (kind) {
    case 'item':
      return { zh: '先用 指标 或 指标组 声明它；若少了空格，请把词分开', en: 'Declare it as an indicator or a group first.' }
    case 'scenario':
      return { zh: '先用 应用 声明它', en: 'Declare it as a scenario first.' }
    case 'reference-date':
      return { zh: '先把它写进 基准日', en: 'Write it into as of first.' }
    case 'fact':
      return { zh: '先用 事实 声明它', en: 'Declare it as a fact first.' }
    case 'total':
      return { zh: '先写 总分 名 = …', en: 'Write total name = … first.' }
    case 'key':
      return { zh: '编号要是名单里的', en: 'The key is one of the list.' }
    case 'field':
      return { zh: '写记录里有的字段', en: 'Write a field of the records.' }
    default:
      return { zh: '先用 事实 或 定义 声明它；若少了空格，请把词分开', en: 'Declare it as a fact or a definition first.' }
  }
}

export const valueTexts = {
  // ---- names
  'duplicate-name': entry<'name'>(
    'error',
    (x) => [`“${x.name}”已经声明过`, '改名，或删去其中一处'],
    (x) => [`“${x.name}” is declared twice`, 'Rename one of them, or remove it.'],
  ),
  'same-id': entry<'id'>(
    'error',
    (x) => [`“${x.id}”分不清是哪一项：另一项连上所在的组也叫这个名称`, '给其中一项换一个名称'],
    (x) => [`“${x.id}” is the full name of another item as well`, 'Rename one of them: results are kept by the full name.'],
  ),
  'reserved-name': entry<'name'>(
    'error',
    (x) => [`不能用“${x.name}”作名称`, '名称不能为空；编号 和 状态 是结果表里固定的列'],
    (x) => [`“${x.name}” cannot be a name`, 'A name is not empty; 编号 and 状态 are columns of every result.'],
  ),
  'paper-named-twice': entry<'name'>(
    'error',
    (x) => [`原文列了两个叫“${x.name}”的文件`, `依据写成“《${x.name}》三(二)”，分不清是哪一个：同一文件只列一次，不同的文件改用不同的文件名`],
    (x) => [
      `the official text names two files called “${x.name}”`,
      `a clause cited as “《${x.name}》三(二)” could be of either: name a file once, and give different files different names`,
    ],
  ),
  'duplicate-header': entry<'what'>(
    'error',
    (x) => [`${term(x.what, 'zh')}写了两次`, '保留一处'],
    (x) => [`${term(x.what, 'en')} stands twice`, 'Keep one of them.'],
  ),
  'duplicate-clause': entry<'what'>(
    'error',
    (x) => [`${term(x.what, 'zh')}写了两次`, '保留一处'],
    (x) => [`${term(x.what, 'en')} stands twice`, 'Keep one of them.'],
  ),
  'duplicate-member': entry<'name'>(
    'error',
    (x) => [`成员“${x.name}”重复`, '每个成员只写一次'],
    (x) => [`the member “${x.name}” stands twice`, 'Write each member once.'],
  ),
  'bad-member': entry<'name'>(
    'error',
    (x) => [`成员不能写作“${x.name}”`, '成员不能为空，也不能含、：数据里用、隔开各个成员'],
    (x) => [`a member cannot be written “${x.name}”`, 'A member is not empty and holds no 、, which separates members in data.'],
  ),
  'duplicate-field': entry<'name'>(
    'error',
    (x) => [`“${x.name}”写了两次`, '保留一处'],
    (x) => [`“${x.name}” stands twice`, 'Keep one of them.'],
  ),
  'unknown-name': entry<'kind' | 'name', 'suggestion'>(
    'error',
    (x) => [`没有叫“${x.name}”的名称${maybe(x.suggestion, (name) => `，是不是“${name}”`)}`, whereDeclared(x.kind).zh],
    (x) => [`nothing is called “${x.name}”${maybe(x.suggestion, (name) => `; did you mean “${name}”?`)}`, whereDeclared(x.kind).en],
  ),
  'unknown-member': entry<'members' | 'name', 'suggestion'>(
    'error',
    (x) => [`没有成员“${x.name}”${maybe(x.suggestion, (name) => `，是不是“${name}”`)}`, `可选：${x.members}`],
    (x) => [`there is no member “${x.name}”${maybe(x.suggestion, (name) => `; did you mean “${name}”?`)}`, `Members: ${x.members}.`],
  ),
  'member-alone': entry<'instead' | 'member'>(
    'error',
    (x) => [`“${x.member}”是一个成员，不是条件`, x.instead === '' ? '把和它的比较写全' : `写作 ${x.instead}`],
    (x) => [`“${x.member}” is a member, not a condition`, x.instead === '' ? 'Write the comparison with it in full.' : `Write ${x.instead}.`],
  ),
  'unknown-type': entry<'word'>(
    'error',
    (x) => [`没有类型“${x.word}”`, `类型有 ${listed(types, 'zh').replace('小数', '小数N位')}`],
    (x) => [`there is no type “${x.word}”`, `Types are ${listed(types, 'en').replace('decimal', 'decimal N places')}.`],
  ),
  'unknown-unit': entry<'unit'>(
    'error',
    (x) => [`没有单位“${x.unit}”`, `单位有 ${listed(units, 'zh')}；自己的单位先用 单位 声明`],
    (x) => [`there is no unit “${x.unit}”`, `Units are ${listed(units, 'en')}; declare one of your own with unit.`],
  ),
  'unknown-function': entry<'name', 'suggestion'>(
    'error',
    (x) => [`没有函数“${x.name}”${maybe(x.suggestion, (name) => `，是不是“${name}”`)}`, `可用 ${listed(functions, 'zh')}`],
    (x) => [`there is no function “${x.name}”${maybe(x.suggestion, (name) => `; did you mean “${name}”?`)}`, `There are ${listed(functions, 'en')}.`],
  ),
  'wrong-argument-count': entry<'expected' | 'found' | 'name'>(
    'error',
    (x) => [`${x.name} 要 ${x.expected} 个参数，写了 ${x.found} 个`, '例如 周岁(出生日期, 审核日)'],
    (x) => [`${x.name} takes ${x.expected} arguments, not ${x.found}`, 'For example age_on(birth, review_day).'],
  ),
  'item-not-here': entry<'name'>(
    'error',
    (x) => [`“${x.name}”是指标，不能在这里当作值`, '计分行和定义只用事实与定义；指标之间的运算写在 总分 里'],
    (x) => [`“${x.name}” is an item and cannot be used as a value here`, 'Rows and definitions use facts and definitions; combine items in a total.'],
  ),
  'ambiguous-item': entry<'name' | 'paths'>(
    'error',
    (x) => [`有几个指标都叫“${x.name}”`, `写出所在的组：${x.paths}`],
    (x) => [`several items are called “${x.name}”`, `Write the group too: ${x.paths}.`],
  ),
  'ambiguous-name': entry<'name'>(
    'error',
    (x) => [`“${x.name}”既是指标又是一个数`, '指标的分写作 得分(…)，或给其中一个改名'],
    (x) => [`“${x.name}” is both an item and a number`, 'Points of an item are written points_of(…); or rename one of them.'],
  ),
  cycle: entry<'names'>(
    'error',
    (x) => [`定义循环：${x.names}`, '一个值不能由它自己算出'],
    (x) => [`a circle of definitions: ${x.names}`, 'A value cannot be computed from itself.'],
  ),
  // ---- types
  'wrong-type': entry<'expected' | 'found'>(
    'error',
    (x) => [`这里应为${term(x.expected, 'zh')}，写的是${term(x.found, 'zh')}`, '检查两边是否同一类'],
    (x) => [`expected ${term(x.expected, 'en')}, found ${term(x.found, 'en')}`, 'Check that both sides are of one kind.'],
  ),
  'members-differ': entry<never, 'here' | 'there'>(
    'error',
    (x) => [
      `两边的成员不同：${x.here === '' && x.there === '' ? '次序不同' : [maybe(x.there, (names) => `只有那边有 ${names}`), maybe(x.here, (names) => `只有这里有 ${names}`)].filter((part) => part !== '').join('，')}`,
      '两处写同样的成员，次序也相同；或分别与成员比较，如 当 甲 是 东 且 乙 是 东',
    ],
    (x) => [
      `the two sides have different members: ${x.here === '' && x.there === '' ? 'their order differs' : [maybe(x.there, (names) => `only there ${names}`), maybe(x.here, (names) => `only here ${names}`)].filter((part) => part !== '').join(', ')}`,
      'Declare both with the same members in the same order, or compare each with a member.',
    ],
  ),
  'unit-mismatch': entry<'expected' | 'found'>(
    'error',
    (x) => [`单位不合：这里是${x.found}，那边是${x.expected}`, '换算成同一单位；岁不是年'],
    (x) => [`units do not go together: ${x.found} here, ${x.expected} there`, 'Bring both to one unit; years of age are not years.'],
  ),
  'unit-product': entry<'left' | 'right'>(
    'error',
    (x) => [`${x.left} 不能乘 ${x.right}`, '两个有单位的数不能相乘；比率写成没有单位的数'],
    (x) => [`${x.left} cannot be multiplied by ${x.right}`, 'Two numbers with units do not multiply; a ratio has no unit.'],
  ),
  'not-points': entry<'example' | 'unit'>(
    'error',
    (x) => [`得分要以分计，这里是${x.unit}`, `把它变成分要写明比率：${x.example}`],
    (x) => [`an amount is in points, this is in ${x.unit}`, `Say the rate: ${x.example}.`],
  ),
  'percent-as-points': entry<'percent'>(
    'warning',
    (x) => [`${x.percent}在这里按分计，不到几分`, '要的若是某个分值的百分之几，写作 10分 × 50%；若就是零点几分，写成小数'],
    (x) => [
      `${x.percent} is read as points here, a fraction of one`,
      'For a share of an amount write 10 points * 50%; for a fraction of a point write a decimal.',
    ],
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
  'use-is': entry<'found'>(
    'error',
    (x) => [`${term(x.found, 'zh')}不能用 含`, '含 只用于多选；其余用 是 或 在'],
    (x) => [`has does not go with ${term(x.found, 'en')}`, 'It is for choices; use is or in.'],
  ),
  'unknown-only-in-cases': entry(
    'error',
    () => ['未知 只能写在样例里', '规则不能问一个值是否未知；用 缺省 说明没有时按什么算'],
    () => ['unknown belongs in cases only', 'A rule cannot ask whether a value is unknown; say with default what its absence means.'],
  ),
  'type-part-misplaced': entry<'part' | 'type'>(
    'error',
    (x) => [`${term(x.type, 'zh')}类型不带${term(x.part, 'zh')}`, '删去它，或换一种类型'],
    (x) => [`the type ${term(x.type, 'en')} takes no such part: ${term(x.part, 'en')}`, 'Remove it, or choose another type.'],
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
  'levels-order': entry<'name'>(
    'warning',
    (x) => [`等级由低到高排列，“${x.name}”的位置可疑`, '“及以下”应在最前，“及以上”应在最后'],
    (x) => [`levels run low to high; “${x.name}” seems out of place`, '及以下 stands first, 及以上 last.'],
  ),
  'no-such-date': entry<'date'>(
    'error',
    (x) => [`没有 ${x.date} 这一天`, '检查月份和日子'],
    (x) => [`there is no day ${x.date}`, 'Check month and day.'],
  ),
  'date-out-of-range': entry<'date'>(
    'error',
    (x) => [`日期 ${x.date} 超出 1900-01-01 至 2199-12-31`, '检查年份'],
    (x) => [`the date ${x.date} is outside 1900-01-01 to 2199-12-31`, 'Check the year.'],
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
    () => [
      '范围的两端要是写明的数或日期，位数不多于这个事实',
      '例如 整数的范围 0..720，日期的范围 2000-01-01..2099-12-31；日期的后一端也可以是基准日，如 范围 ..审核日',
    ],
    () => [
      'the ends of a range are written numbers or days, with no more decimals than the fact',
      'For example range 0..720, or 2000-01-01..2099-12-31; the later end of a date may be a reference date, as in range ..review_day.',
    ],
  ),
  'too-many-places': entry<'limit'>(
    'error',
    (x) => [`小数位数多于 ${x.limit} 位`, '减少位数，或放宽事实的位数'],
    (x) => [`more than ${x.limit} decimal places`, 'Write fewer, or give the fact more.'],
  ),
  'outside-range': entry<'high' | 'low'>(
    'error',
    (x) => [`超出范围 ${x.low}..${x.high}`, '改正这个值，或放宽 范围'],
    (x) => [`outside the range ${x.low}..${x.high}`, 'Mend the value, or widen the range.'],
  ),
  'default-and-required': entry(
    'error',
    () => ['缺省 与 必填 不能同写', '有缺省就不会缺；二者取一'],
    () => ['default and required exclude each other', 'Keep one of them.'],
  ),
  'definition-needs-otherwise': entry<'name'>(
    'error',
    (x) => [`定义“${x.name}”最后要有 否则`, '分支的定义对每个人都要有值'],
    (x) => [`the definition “${x.name}” ends with otherwise`, 'A definition by cases has a value for everybody.'],
  ),
  // ---- exactness
  'needs-range': entry<'high' | 'places', 'fact' | 'field'>(
    'error',
    (x) => [
      `结果可能大到 ${x.high}（${x.places} 位小数），不能保证精确${maybe(x.fact, (name) => `：请给事实“${name}”${maybe(x.field, (field) => `的字段“${field}”`)}写上更小的 范围`)}`,
      '例如 范围 0..1000000',
    ],
    (x) => [
      `this may grow to ${x.high} (${x.places} decimals), too large to be exact${maybe(x.fact, (name) => `; give ${maybe(x.field, (field) => `the field “${field}” of `)}the fact “${name}” a smaller range`)}`,
      'For example range 0..1000000.',
    ],
  ),
  'endless-decimal': entry<never, 'value'>(
    'error',
    (x) => [`${maybe(x.value, (value) => `${value} `)}除不尽`, '用 每满（取整步）、不足按一计，或 保留 N 位 四舍五入｜舍去｜进一'],
    (x) => [`${maybe(x.value, (value) => `${value} `)}has no finite decimal form`, 'Use per full, rounded up, or round N places half up, down or up.'],
  ),
  'division-by-zero': entry<'high' | 'low'>(
    'error',
    (x) => [`除数可能为零（${x.low}..${x.high}）`, '用 范围 排除零，或改写'],
    (x) => [`the divisor may be zero (${x.low}..${x.high})`, 'Exclude zero with a range, or write it otherwise.'],
  ),
  // ---- parameters and units
  'parameter-needs-date': entry<'name'>(
    'error',
    (x) => [`参数“${x.name}”随日期变，要写明哪一天`, `写作 ${x.name}(审核日)`],
    (x) => [`the parameter “${x.name}” changes with the day`, `Write ${x.name}(day).`],
  ),
  'parameter-takes-no-date': entry<'name'>(
    'error',
    (x) => [`参数“${x.name}”只有一个值`, `写作 ${x.name}`],
    (x) => [`the parameter “${x.name}” has one value`, `Write ${x.name}.`],
  ),
  'parameter-order': entry<'before'>(
    'error',
    (x) => [`日期要比前一个 ${x.before} 晚`, '从早到晚写'],
    (x) => [`the day must be after ${x.before}`, 'Write them from early to late.'],
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
  'main-date-fixed': entry<'name'>(
    'error',
    (x) => [`“${x.name}”是主基准日，由每次计算给出`, '把另一个日子写在前面，或不在这里设定'],
    (x) => [`“${x.name}” is the main date, which every run gives`, 'Put another day first, or do not set it here.'],
  ),
} as const
