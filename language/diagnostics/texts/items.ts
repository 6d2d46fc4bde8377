// Items, rows, caps, records, rates, deductions, and the policy as a whole.

import { modes } from '../../../runtime/ir/operations.ts'
import { type PlanReason, planReasons } from '../../../runtime/ir/plan-reasons.ts'
import type { Mode } from '../../../runtime/ir/schema.ts'
import { either, wordsOf } from '../../words.ts'
import { term } from '../terms.ts'
import { entry, maybe } from './entry.ts'

/** What to write where a filter cannot tell by which day a record goes. */
function whichDate(filter: string, field: string): { readonly zh: string; readonly en: string } {
  if (filter === 'last') return { zh: `写明字段，如 近3年(审核日, ${field})`, en: `Name one, as in within last 3 years(day, ${field}).` }
  if (filter === 'between') return { zh: `改写作 其中 ${field} 在 起日..止日`, en: `Write where ${field} in from..to instead.` }
  if (filter === 'up-to') return { zh: `改写作 其中 ${field} <= 那一天`, en: `Write where ${field} <= day instead.` }
  return { zh: '这里的记录只能有一个日期字段', en: 'The records here may have one date only.' }
}

/** 2024-01-01 至 2028-12-31, or 2024-01-01 起. */
function daysWritten({ from, to }: { readonly from: string; readonly to: string }, language: 'zh' | 'en'): string {
  if (language === 'zh') return to === '' ? `${from} 起` : `${from} 至 ${to}`
  return to === '' ? `from ${from}` : `${from} to ${to}`
}

const reasonOf = (x: { readonly reason: string }, language: 'zh' | 'en'): readonly [string, string] =>
  planReasons[x.reason as PlanReason]?.[language] ?? [x.reason, x.reason]

export const itemTexts = {
  'cannot-compute': entry<'name' | 'reason'>(
    'error',
    (x) => [`“${x.name}”能检查，但不能给一批人精确计分：${reasonOf(x, 'zh')[0]}`, reasonOf(x, 'zh')[1]],
    (x) => [`“${x.name}” cannot be computed exactly for a file of applicants: ${reasonOf(x, 'en')[0]}`, reasonOf(x, 'en')[1]],
  ),
  // ---- rows
  'otherwise-needs-first': entry(
    'error',
    () => ['否则 只用于 取首个', '改为 取首个；前面的行不会同时成立时，什么都不写也可以'],
    () => ['otherwise belongs under first', 'Write first instead, or nothing where no two rows before it can hold at once.'],
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
  'row-never-in-force': entry<'from' | 'to'>(
    'warning',
    (x) => [`政策施行的日子（${daysWritten(x, 'zh')}）里永远轮不到这一行`, '核对这一行的日期；不再用的行可以删去'],
    (x) => [`this row is never reached while the policy is in force (${daysWritten(x, 'en')})`, 'Check the days of the row, or remove what is no longer used.'],
  ),
  'row-outdone': entry<'mode'>(
    'warning',
    (x) => [`这一行成立时总有另一行胜过它，${wordsOf([x.mode as Mode], 'zh')} 永远用不到它`, '核对分值和条件；几行都要计时写 累加'],
    (x) => [
      `wherever this row holds another one beats it, so that under ${wordsOf([x.mode as Mode], 'en')} it never counts`,
      'Check points and conditions; write sum where both are to count.',
    ],
  ),
  'rows-pause': entry<'from' | 'name' | 'to'>(
    'warning',
    (x) => [`${maybe(x.name, (name) => `“${name}”`)}${x.from} 至 ${x.to} 断了：前一段施行已止，这一段还没有起`, '把两段接上；有意停止的，在指标名后面写 解释'],
    (x) => [
      `${maybe(x.name, (name) => `“${name}” has `)}nothing from ${x.from} to ${x.to}: one period of its rows has ended and this one has not begun`,
      'Join the two periods, or say why with a reading after the name of the indicator.',
    ],
  ),
  'mode-missing': entry<'name', 'witness'>(
    'error',
    (x) => [`“${x.name}”的几行可能同时成立，没有说怎样合计${maybe(x.witness, (witness) => `（如 ${witness}）`)}`, `写明 ${either(modes.words, 'zh')}`],
    (x) => [
      `several rows of “${x.name}” may hold at once${maybe(x.witness, (witness) => ` (as with ${witness})`)}, and nothing says how they combine`,
      `Say ${either(modes.words, 'en')}.`,
    ],
  ),
  'rows-leave-gap': entry<'witness', 'name'>(
    'warning',
    (x) => [
      `${maybe(x.name, (name) => `“${name}”`)}没有说到这种情形：${x.witness}`,
      '补一行 否则 得0分 解释 "为什么"，遇到的人就看得到；或在指标名后面写 解释',
    ],
    (x) => [
      `${x.name === '' ? 'this' : `“${x.name}”`} leaves a case open: ${x.witness}`,
      'Add a row otherwise award 0 points reading "why", which those whom it meets will see; or write the reading behind the name of the indicator.',
    ],
  ),
  'steps-contradict': entry(
    'error',
    () => ['每满 与 不足按一计 相矛盾', '每满 不计零头，每 … 不足按一计 把零头算一步：取其一'],
    () => ['per full and rounded up contradict each other', 'per full drops a started step, per … rounded up counts it: keep one.'],
  ),
  'table-leaves-gap': entry<'witness'>(
    'warning',
    (x) => [`表里没有这种情形：${x.witness}`, '补上一列，或用 解释 说明为什么不计'],
    (x) => [`the table leaves this open: ${x.witness}`, 'Add a column, or say in a reading why it does not count.'],
  ),
  'table-keys-overlap': entry<never, 'witness'>(
    'error',
    (x) => [`表的两列可能同时成立${maybe(x.witness, (witness) => `：${witness}`)}`, '各列要互不重叠'],
    (x) => [`two columns of the table may hold at once${maybe(x.witness, (witness) => `: ${witness}`)}`, 'Columns must not overlap.'],
  ),
  'table-shape': entry<'keys' | 'values'>(
    'error',
    (x) => [`表有 ${x.keys} 列，却有 ${x.values} 个分值`, '每列一个分值'],
    (x) => [`the table has ${x.keys} columns and ${x.values} amounts`, 'Give each column one amount.'],
  ),
  'first-is-for-rows': entry(
    'error',
    () => ['取首个 用于指标里的行，不用于指标组', '组里写 累加 或 取最高'],
    () => ['first is for the rows of an indicator, not for a group', 'Write sum or highest.'],
  ),
  'mode-on-row': entry(
    'error',
    () => [`${wordsOf(modes.words, 'zh').join('、')} 写在指标或指标组上`, '把它移到指标名后面'],
    () => [`${wordsOf(modes.words, 'en').join(', ')} stand on an indicator or a group`, 'Move it behind the name.'],
  ),
  'empty-item': entry<never, 'name'>(
    'warning',
    (x) => [`${maybe(x.name, (name) => `“${name}”`) || '这'}里什么也没有`, '没有内容的指标永远是 0 分'],
    (x) => [`${maybe(x.name, (name) => `“${name}”`) || 'this'} is empty`, 'It will always be 0 points.'],
  ),
  // ---- caps
  'cap-below-floor': entry(
    'error',
    () => ['最高 小于 最低', '检查两个数'],
    () => ['max is below min', 'Check both figures.'],
  ),
  'cap-never-reached': entry<'cap' | 'name' | 'reach'>(
    'warning',
    (x) => [`“${x.name}”最高 ${x.cap} 分，实际最多只能得 ${x.reach} 分`, '检查分值或上限是否写错'],
    (x) => [`“${x.name}” is capped at ${x.cap} points but can give ${x.reach} at most`, 'Check the amounts and the cap.'],
  ),
  'caps-below-parent': entry<'cap' | 'name' | 'reach'>(
    'warning',
    (x) => [`“${x.name}”最高 ${x.cap} 分，各项上限合计只有 ${x.reach} 分`, '检查是否漏了一项，或哪个上限写错'],
    (x) => [`“${x.name}” is capped at ${x.cap} points, its parts' caps add up to ${x.reach}`, 'Check whether an item is missing or a cap is wrong.'],
  ),
  'caps-above-parent': entry<'cap' | 'name' | 'reach'>(
    'notice',
    (x) => [`“${x.name}”各项上限合计 ${x.reach} 分，高于本组最高 ${x.cap} 分`, '本组上限会起作用；若不是本意，请核对原文'],
    (x) => [
      `the parts of “${x.name}” add up to ${x.reach} points, above its cap of ${x.cap}`,
      'The cap will bite; compare with the official text if that is not meant.',
    ],
  ),
  // ---- the whole
  'no-total': entry(
    'warning',
    () => ['没有写 总分', '例如 总分 = 省级共性指标 最低0分'],
    () => ['there is no total', 'For example total = common min 0 points.'],
  ),
  'item-in-no-total': entry<'name'>(
    'notice',
    (x) => [`“${x.name}”不在任何总分、排序或状态里`, '写进 总分，如 总分 = 甲 + 乙；不计分就删去'],
    (x) => [`“${x.name}” is in no total, ranking or state`, 'Add it to a total, as in total = a + b, or remove it.'],
  ),
  'harm-needs-default': entry<'name'>(
    'error',
    (x) => [`“${x.name}”只用于扣分或状态，必须说明缺这一项时怎么办`, '写 缺省 值（没有就按它算）或 必填（缺了就退回这一行）'],
    (x) => [`“${x.name}” is only used to deduct, and must say what its absence means`, 'Write default value, or required (the row is then rejected).'],
  ),
  'unused-fact': entry<'name'>(
    'notice',
    (x) => [`事实“${x.name}”没有被用到`, '删去它，或检查是否漏写了规则'],
    (x) => [`the fact “${x.name}” is not used`, 'Remove it, or check whether a rule is missing.'],
  ),
  'unused-definition': entry<'name'>(
    'notice',
    (x) => [`定义“${x.name}”没有被用到`, '删去它，或检查是否漏写了规则'],
    (x) => [`the definition “${x.name}” is not used`, 'Remove it, or check whether a rule is missing.'],
  ),
  'unused-parameter': entry<'name'>(
    'notice',
    (x) => [`参数“${x.name}”没有被用到`, '删去它，或检查规则里是否把它的数另写了一遍'],
    (x) => [`the parameter “${x.name}” is not used`, 'Remove it, or check whether a rule repeats its figure.'],
  ),
  'parameter-without-value': entry<'from' | 'name' | 'to'>(
    'warning',
    (x) => [`参数“${x.name}”在 ${x.from} 至 ${x.to} 没有值，政策这些天已经要用`, '补上这些天的值；没有公布过的，让用它的行从有值的那天起 施行'],
    (x) => [
      `the parameter “${x.name}” has no value from ${x.from} to ${x.to}, when the policy already asks for it`,
      'Add the value of these days, or let the rows that use it be in force from the first day that has one.',
    ],
  ),
  'later-records-count': entry<'day' | 'name', 'field'>(
    'warning',
    (x) => [
      `“${x.name}”里 ${x.day} 以后的记录也会算到申请人头上`,
      x.field === undefined || x.field === '' ? `写作 ${x.name} 截至 ${x.day}` : `在 其中 里写 ${x.field} <= ${x.day}`,
    ],
    (x) => [
      `records of “${x.name}” from after ${x.day} count against the applicant too`,
      x.field === undefined || x.field === '' ? `Write ${x.name} up to ${x.day}.` : `Write ${x.field} <= ${x.day} under where.`,
    ],
  ),
  'later-day-counts': entry<'day' | 'name'>(
    'warning',
    (x) => [`“${x.name}”在 ${x.day} 以后的也会算到申请人头上`, `事实写 范围 ..${x.day}，或在条件里加上 且 ${x.name} <= ${x.day}`],
    (x) => [
      `a “${x.name}” after ${x.day} counts against the applicant too`,
      `Write range ..${x.day} for the fact, or add and ${x.name} <= ${x.day} to the condition.`,
    ],
  ),
  'case-needs-date': entry<'names'>(
    'error',
    (x) => [`样例没有写基准日：${x.names}`, '写作 样例 "…" 于 审核日 2025-03-01'],
    (x) => [`the case lacks the reference date ${x.names}`, 'Write case "…" on review_day 2025-03-01.'],
  ),
  'case-expects-nothing': entry(
    'warning',
    () => ['样例没有写应得什么', '在 应得 里写状态、总分或指标的分值'],
    () => ['the case expects nothing', 'Write a state, the total or an item under expect.'],
  ),
  // ---- records
  'fields-missing': entry(
    'error',
    () => ['记录要写出字段', '如 { 日期: 日期；金额: 小数2位 元 }'],
    () => ['records need their fields', 'Write them, as in { day: date; amount: decimal 2 places yuan }.'],
  ),
  'field-ends-on-day': entry<'day'>(
    'error',
    (x) => [`记录的字段不能以基准日为界：${x.day} 以后的记录不会因此退回`, `删去这个范围，用到这份记录的地方写 截至 ${x.day}`],
    (x) => [
      `the range of a field cannot end on a reference date: records from after ${x.day} would not be rejected`,
      `Remove it, and write up to ${x.day} where the records are used.`,
    ],
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
  'record-incomplete': entry<'fields'>(
    'error',
    (x) => [`这一条缺字段：${x.fields}`, '一条记录的每个字段都要有；字段可以写 缺省'],
    (x) => [`the record lacks ${x.fields}`, 'A record has all of its fields; a field may have a default.'],
  ),
  'where-not-last': entry(
    'error',
    () => ['“其中”后面还有筛选', '把 其中 写在最后；要先选后截，就先定义一个名字'],
    () => ['another filter follows where', 'Put where last; to choose first and cut then, define a name for the chosen records.'],
  ),
  'filter-needs-periods': entry<'filter'>(
    'error',
    (x) => ['这里要时段', `${term(x.filter, 'zh')}只能用于时段（有起有止），写作 事实 名: 时段`],
    (x) => ['periods are needed here', `Only periods (with a start and an end) can be used with ${term(x.filter, 'en')}.`],
  ),
  'no-date-field': entry<'fields'>(
    'error',
    (x) => ['没有可用的日期字段', `日期字段有：${x.fields}`],
    (x) => ['there is no such date field', `Date fields: ${x.fields}.`],
  ),
  'window-day-missing': entry<'day'>(
    'error',
    (x) => ['没有说从哪一天往回看', `在后面用括号写明，如 (${x.day})`],
    (x) => ['it is not said from which day to look back', `Write it in parentheses, as in (${x.day}).`],
  ),
  'which-date-field': entry<'fields' | 'filter' | 'first'>(
    'error',
    (x) => [`有几个日期字段，不知道按哪一个：${x.fields}`, whichDate(x.filter, x.first).zh],
    (x) => [`there are several date fields: ${x.fields}`, whichDate(x.filter, x.first).en],
  ),
  'gap-missing': entry(
    'error',
    () => ['没有说允许多长的间断', '写 允许间断3个月；一天都不允许就写 允许间断0天'],
    () => ['the length of a tolerated gap is missing', 'Write gap up to 3 months; gap up to 0 days when none is tolerated.'],
  ),
  'gap-counting-missing': entry(
    'error',
    () => ['间断的时间计不计，要写明', '2018年1月至2020年6月、2020年10月至2025年2月：间断计入 86个月，间断不计 83个月'],
    () => ['it must be said whether gaps count', 'January 2018 to June 2020 and October 2020 to February 2025: gap counted 86 months, gap not counted 83.'],
  ),
  'not-a-length': entry<'units'>(
    'error',
    (x) => ['这里写整数的时间长度', `单位可用：${x.units}`],
    (x) => ['a whole length of time is needed here', `Units: ${x.units}.`],
  ),
  'same-needs-mode': entry<'key'>(
    'error',
    (x) => [`同一“${x.key}”的几条怎么算，要写明`, `两条同“${x.key}”的各得10分、5分：只计最高一条 得10分，最高12分 得12分；若都计就删去 同一`],
    (x) => [
      `it must be said how records of one “${x.key}” count`,
      `Two of one “${x.key}” with 10 and 5 points: best only gives 10, max 12 points gives 12; remove same if all count.`,
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
  'bands-need-choice': entry<'quantity' | 'reached' | 'slices'>(
    'error',
    (x) => ['分档的分值按到达的档算，还是分段算，要写明', `${x.quantity}时：按档 ${x.reached}分，分段 ${x.slices}分`],
    (x) => ['it must be said whether the band reached or slices count', `For ${x.quantity}: at reached band ${x.reached} points, by slices ${x.slices}.`],
  ),
  'bands-overlap': entry<'value'>(
    'error',
    (x) => [`${x.value} 同时在两档里，或各档没有从低到高写`, '各档从低到高，前一档的终点小于后一档的起点；不含终点写作 0..不满100'],
    (x) => [`${x.value} is in two bands, or the bands do not rise`, 'Write them from low to high; 0..under 100 leaves out its end.'],
  ),
  'bands-leave-gap': entry<'from' | 'to'>(
    'error',
    (x) => [`${x.from} 与 ${x.to} 之间没有档`, '接上，如 0..不满100 与 100..不满1000；整档计算时相邻两档差一档'],
    (x) => [`no band holds between ${x.from} and ${x.to}`, 'Join them, as in 0..under 100 and 100..under 1000; whole steps may be one step apart.'],
  ),
  'band-end': entry(
    'error',
    () => ['档的两端要写出数来', '写成数字；参数和算出来的值不能作档的两端，会变的档用 当 … 的几行写'],
    () => ['the ends of a band are written numbers', 'Write numbers; for ends that change write rows with when.'],
  ),
  'table-subjects': entry(
    'error',
    () => ['查表的行列与所查的不合', '查一个量写一行分值；查两个量，列是第一个的值，每行以第二个的值开头，如 行 本科: 5、8'],
    () => [
      'the table does not fit what it looks up',
      'One subject has one row of values; with two, columns belong to the first and every row begins with a value of the second, as in row high: 5, 8.',
    ],
  ),
  'rows-beside-items': entry<'name'>(
    'error',
    (x) => [`“${x.name}”里既有指标又有计分行`, '把计分行放进一个指标'],
    (x) => [`“${x.name}” holds indicators and rows`, 'Put the rows into an indicator.'],
  ),
  'award-in-deductions': entry(
    'error',
    () => ['扣分组里写“扣”', '改为 扣；扣分组的分在总分里减去'],
    () => ['deductions are written with deduct', 'Write deduct; the total takes the group away.'],
  ),
  'group-in-deductions': entry<'name'>(
    'error',
    (x) => [`扣分组里的“${x.name}”是指标组`, '改为 扣分组'],
    (x) => [`“${x.name}” is a group inside deductions`, 'Write deductions.'],
  ),
  'deductions-in-highest': entry<'name'>(
    'error',
    (x) => [`取最高的组里不能有扣分组“${x.name}”`, '把它移到组外，在总分里减去'],
    (x) => [`deductions “${x.name}” cannot compete for the highest`, 'Move them out and subtract them in the total.'],
  ),
  'whole-list-inside-each': entry<'name'>(
    'warning',
    (x) => [`对每条“${x.name}”里又问了整个“${x.name}”：每一条都会得这么多`, '要按合计算，去掉 对每条；要按每一条算，直接用字段'],
    (x) => [
      `each “${x.name}” asks for the whole list again: every record would give as much`,
      'To count over the sum leave out each; to count per record use its fields.',
    ],
  ),
  'deduction-below-zero': entry<'low'>(
    'error',
    (x) => [`扣的分可能小于零（${x.low}），那就成了得分`, '扣后面写正数；给 范围 排除负数，或用 较大(…, 0分)'],
    (x) => [
      `the amount deducted may be below zero (${x.low}), which would give points`,
      'Write a positive amount; exclude negatives by a range, or by larger(…, 0 points).',
    ],
  ),
  'item-counted-twice': entry<'group' | 'name'>(
    'warning',
    (x) => [`“${x.name}”已在“${x.group}”里，在总分里又算了一次`, '总分里只写外层，或只写内层'],
    (x) => [`“${x.name}” is inside “${x.group}” and counts twice in the total`, 'Keep the outer one or the inner one.'],
  ),
  'deductions-added': entry<'name'>(
    'warning',
    (x) => [`扣分组“${x.name}”被加上了`, `扣分组里的分是正数，总分里写 - ${x.name}`],
    (x) => [`deductions “${x.name}” are added`, `Their points are positive: write - ${x.name}.`],
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
  'clause-not-here': entry<'what'>(
    'error',
    (x) => [`${term(x.what, 'zh')}不写在这里`, '删去，或移到适用的地方'],
    (x) => [`${term(x.what, 'en')} does not belong here`, 'Remove it, or move it to where it applies.'],
  ),
} as const
