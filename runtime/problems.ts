// What can be wrong with a run or with an applicant's data: a code, the row and column where it stands, what is written there, and the
// remedy, in Chinese and English. A bad row is reported and never dropped in silence.

import { dayMeant } from './exact/date.ts'
import { visible } from './exact/text.ts'
import type { Data, Language, Texts, Told, Words } from './ir/messages.ts'
import { keyColumn, keyColumnEnglish } from './ir/names.ts'
import { type PlanReason, planReasons } from './ir/plan-reasons.ts'
import type { BrokenJson } from './written.ts'

export type { Language } from './ir/messages.ts'

/** What a problem is told beside its column and what is written there. */
const of = <Needed extends string = never, Possible extends string = never>(
  texts: Texts<Data<Needed | 'column' | 'value', Possible>>,
): Texts<Data<Needed | 'column' | 'value', Possible>> => texts

const isNegativeZero = (written: string): boolean => /^-0(\.0+)?$/.test(written)

/** What is wrong with a row that cannot be read, where the sign that tells it would say nothing. */
const unreadable: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  '"': { zh: '这一行的引号没有成对', en: 'the quotes of this row do not come in pairs' },
  '{ … }': { zh: '这一行应是一个对象 { … }', en: 'this row should be an object { … }' },
}

/** Where a text stops being JSON, or what should not stand in it. */
function whereBroken({ at, token }: BrokenJson, language: Language): string {
  const [line, column] = at.includes(':') ? at.split(':') : ['', at]
  if (at === '') return token === '' ? '' : language === 'zh' ? `：不应有“${token}”` : `: “${token}” should not be there`
  if (language === 'zh') return line === '' ? `：第${column}个字符起不对` : `：第${line}行第${column}个字符起不对`
  return line === '' ? `: it goes wrong at character ${column}` : `: it goes wrong at character ${column} of line ${line}`
}

/** Several members, each of which is known, with another mark between them. */
const isListedOtherwise = ({ value, members }: { readonly value: string; readonly members: string }): boolean => {
  const [parts, known] = [value.split(/\s*[,，;；/]\s*/), members.split('、')]
  return parts.length > 1 && parts.every((part) => known.includes(part))
}

const entries = {
  // of a run
  'missing-days': of<'example'>({
    zh: (x) => [`没有给出${x.value}`, `例如 --as-of ${x.example}`],
    en: (x) => [`a reference date is missing: ${x.value}`, `For instance --as-of ${x.example}.`],
  }),
  'unknown-day': of<'known'>({
    zh: (x) => [`政策没有基准日“${x.value}”`, `有：${x.known}`],
    en: (x) => [`the policy has no reference date “${x.value}”`, `It has ${x.known}.`],
  }),
  'day-is-set': of({
    zh: (x) => [`“${x.value}”由政策或应用定下`, '不用再给'],
    en: (x) => [`“${x.value}” is set by the policy or the scenario`, 'Leave it out.'],
  }),
  'scenario-needed': of<'known'>({
    zh: (x) => [`要说明用于哪个应用，有：${x.known}`, '用 --scenario 选一个'],
    en: (x) => [`a scenario is needed; there are ${x.known}`, 'Choose one with --scenario.'],
  }),
  'unknown-scenario': of<'known'>({
    zh: (x) => [`政策没有应用“${x.value}”`, `有：${x.known === '' ? '无' : x.known}`],
    en: (x) => [`the policy has no scenario “${x.value}”`, `It has ${x.known === '' ? 'none' : x.known}.`],
  }),
  'no-scenarios': of({
    zh: () => ['政策没有写 应用，不能排名', '写上 应用，说明名额和排序'],
    en: () => ['the policy has no scenario, so nobody can be ranked', 'Write a scenario with its quota and rank.'],
  }),
  'no-ranking': of({
    zh: (x) => [`应用“${x.value}”没有写 排序`, '写上 排序'],
    en: (x) => [`the scenario “${x.value}” has no rank`, 'Write one.'],
  }),
  'seed-needed': of({
    zh: () => ['要抽签，没有种子', '给一个看得见的种子（命令行 --seed），同一种子得同一结果'],
    en: () => ['a lot is drawn, and there is no seed', 'Give a seed that can be seen (--seed on the command line); the same seed gives the same result.'],
  }),
  'seed-unseen': of({
    zh: () => ['抽签的种子两端有空白，或有看不见的字符', '去掉它们：种子要写在公示里，任何人照着能重抽'],
    en: () => ['the seed of the lot has blanks at an end, or characters that nobody sees', 'Leave them out: the seed is published, for anybody to draw again.'],
  }),
  'places-by-list': of({
    zh: () => ['名额按名单分配', '用 --quota-file'],
    en: () => ['the quota goes by lists', 'Use --quota-file.'],
  }),
  'places-not-by-list': of({
    zh: () => ['这个应用的名额不分名单', '用 --quota'],
    en: () => ['the quota of this scenario goes by no lists', 'Use --quota.'],
  }),
  'places-missing': of({
    zh: (x) => [`这些名单没有名额：${x.value}`, '用 --quota-file 给出，没有名额的写 0'],
    en: (x) => [`these lists have no quota: ${x.value}`, 'Give it with --quota-file, 0 when there are no places.'],
  }),
  // of deadlines; the column names the deadline
  'no-deadlines': of({
    zh: () => ['政策里没有时限', '写上 时限'],
    en: () => ['the policy has no deadlines', 'Write one with deadline.'],
  }),
  'no-such-start': of<'known'>({
    zh: (x) => [`没有时限自“${x.value}”起算`, `起算日有：${x.known}`],
    en: (x) => [`no deadline counts from “${x.value}”`, `They count from ${x.known}.`],
  }),
  'calendar-unknown': of<'date' | 'year' | 'first' | 'last'>({
    zh: (x) => [
      `“${x.column}”数到 ${x.date}，要看 ${x.year} 年的放假安排；日历里有 ${x.first} 至 ${x.last} 年`,
      `国务院办公厅公布 ${x.year} 年安排后更新日历库 chinese-days，或按公布的安排自行确定这一日`,
    ],
    en: (x) => [
      `“${x.column}” counts to ${x.date}, which takes the holidays of ${x.year}; the calendar has those of ${x.first} to ${x.last}`,
      `Update the calendar library chinese-days once the notice for ${x.year} is out, or set the day yourself by that notice.`,
    ],
  }),
  'outside-dates': of<'first' | 'last'>({
    zh: (x) => [`“${x.column}”落在 ${x.first} 至 ${x.last} 以外`, '核对起算的日期与期限的长短'],
    en: (x) => [`“${x.column}” falls outside ${x.first} to ${x.last}`, 'Check the day it counts from and its length.'],
  }),
  'extension-ahead': of({
    zh: (x) => [`“${x.column}”是提前的期限，“可延”可以是更早，也可以是更晚`, '按原文另写一个时限，说明延长后的天数'],
    en: (x) => [`“${x.column}” counts backwards: extended may mean earlier or later`, 'Write a deadline of its own with the length after extension.'],
  }),
  // of an applicant
  'not-a-date': of({
    zh: (x) => [`“${x.value}”不是日期`, dayMeant(x.value) === undefined ? '写作 2025-03-01 的样子' : `写作 ${dayMeant(x.value)}`],
    en: (x) => [`“${x.value}” is not a date`, dayMeant(x.value) === undefined ? 'Write it like 2025-03-01.' : `Write ${dayMeant(x.value)}.`],
  }),
  'no-such-day': of({
    zh: (x) => [`没有 ${x.value} 这一天`, '检查月份和日子'],
    en: (x) => [`there is no day ${x.value}`, 'Check month and day.'],
  }),
  'not-a-number': of({
    zh: (x) => [`“${x.value}”不是数`, isNegativeZero(x.value) ? '零没有负号，写 0' : '写阿拉伯数字，不带单位、千分位和空格，如 36 或 48.5'],
    en: (x) => [
      `“${x.value}” is not a number`,
      isNegativeZero(x.value) ? 'Zero has no minus sign: write 0.' : 'Write plain digits without unit, separator or blank, such as 36 or 48.5.',
    ],
  }),
  'not-whole': of({
    zh: (x) => [`${x.value} 不是整数`, '这一列只收整数'],
    en: (x) => [`${x.value} is not a whole number`, 'This column takes whole numbers.'],
  }),
  'too-many-places': of<'places'>({
    zh: (x) => [`${x.value} 的小数多于 ${x.places} 位`, `最多 ${x.places} 位小数`],
    en: (x) => [`${x.value} has more than ${x.places} decimals`, `Give ${x.places} decimals at most.`],
  }),
  'out-of-range': of<'high' | 'low'>({
    zh: (x) => [`${x.value} 超出范围 ${x.low}..${x.high}`, '核对数值；范围写在政策的事实里'],
    en: (x) => [`${x.value} is outside ${x.low}..${x.high}`, 'Check the value; the range stands with the fact in the policy.'],
  }),
  'after-day': of<'date' | 'day'>({
    zh: (x) => [`${x.value} 晚于${x.day} ${x.date}`, '核对日期；范围写在政策的事实里'],
    en: (x) => [`${x.value} is after ${x.day}, ${x.date}`, 'Check the date; the range stands with the fact in the policy.'],
  }),
  'not-yes-or-no': of({
    zh: (x) => [`“${x.value}”不是“是”或“否”`, '写 是 或 否，不知道就留空'],
    en: (x) => [`“${x.value}” is neither 是 nor 否`, 'Write 是 or 否, or leave it empty when not known.'],
  }),
  'unknown-member': of<'members'>({
    zh: (x) => [`“${x.value}”不在可选之列`, isListedOtherwise(x) ? '几项之间用、隔开' : `可选：${x.members}`],
    en: (x) => [`“${x.value}” is not one of the members`, isListedOtherwise(x) ? 'Separate several by 、.' : `Members: ${x.members}.`],
  }),
  'repeated-member': of({
    zh: (x) => [`“${x.value}”里有重复`, '每个成员只写一次，用、隔开'],
    en: (x) => [`“${x.value}” repeats a member`, 'Write each member once, separated by 、.'],
  }),
  'not-records': of({
    zh: (x) => [`“${x.value}”不是记录`, '写成对象的列表，如 [{"日期":"2024-01-01"}]；没有就写 []'],
    en: (x) => [`“${x.value}” is no list of records`, 'Write a list of objects, such as [{"日期":"2024-01-01"}]; [] when there are none.'],
  }),
  'not-a-list': of({
    zh: (x) => [`“${x.value}”不是记录或时段`, '--records 只用于政策里的记录和时段'],
    en: (x) => [`“${x.value}” is no fact of records or periods`, '--records is for facts of records or periods.'],
  }),
  'too-many-records': of<'count' | 'limit'>({
    zh: (x) => [`有 ${x.count} 条，多于 ${x.limit} 条`, '核对记录；确有这么多，就在政策的事实里写更大的范围'],
    en: (x) => [`${x.count} records, more than ${x.limit}`, 'Check the records; if there are that many, give the fact a larger range in the policy.'],
  }),
  'unknown-field': of<'fields'>({
    zh: (x) => [`没有“${x.value}”这个字段`, `字段有：${x.fields}`],
    en: (x) => [`there is no field “${x.value}”`, `Fields: ${x.fields}.`],
  }),
  'field-missing': of({
    zh: () => ['这一条记录里缺这个字段', '补上；一条记录的每个字段都要有'],
    en: () => ['this field is missing in the record', 'Give it; a record has all of its fields.'],
  }),
  'field-not-text': of({
    zh: (x) => [`“${x.value}”不是一个值`, '字段写文字、数或日期'],
    en: (x) => [`“${x.value}” is not a value`, 'A field is a text, a number or a date.'],
  }),
  'fact-not-text': of<'kind'>({
    zh: (x) => [`给的是 ${x.kind}，不是文字`, '每一项都写成文字，如表格里的一格：36 写作 "36"，记录写作 JSON'],
    en: (x) => [`a ${x.kind} is given, not a text`, 'Give every fact as a text, as in a cell of a table: 36 as "36", records as JSON.'],
  }),
  'period-reversed': of<'end' | 'start'>({
    zh: (x) => [`止 ${x.end} 早于起 ${x.start}`, '核对起止日期'],
    en: (x) => [`it ends on ${x.end}, before it starts on ${x.start}`, 'Check the two days.'],
  }),
  'no-parameter-value': of<'parameter'>({
    zh: (x) => [`参数“${x.parameter}”在 ${x.value} 没有值`, '核对日期，或在政策里补上这一天起的值'],
    en: (x) => [`the parameter “${x.parameter}” has no value on ${x.value}`, 'Check the date, or give the policy a value that applies from then.'],
  }),
  'cannot-compute': of<'reason'>({
    zh: (x) => [`“${x.column}”不能精确计算：${planReasons[x.reason as PlanReason].zh[0]}`, planReasons[x.reason as PlanReason].zh[1]],
    en: (x) => [`“${x.column}” cannot be computed exactly: ${planReasons[x.reason as PlanReason].en[0]}`, planReasons[x.reason as PlanReason].en[1]],
  }),
  overspent: of<'date' | 'spent' | 'balance'>({
    zh: (x) => [`${x.date} 兑换 ${x.spent} 分，当日只有 ${x.balance} 分`, '核对兑换记录与得分记录'],
    en: (x) => [`${x.spent} points spent on ${x.date}, when there were ${x.balance}`, 'Check the records of points and of spends.'],
  }),
  'no-such-date': of({
    zh: (x) => [`没有 ${x.value} 这一天`, '核对组成日期的年、月、日'],
    en: (x) => [`there is no day ${x.value}`, 'Check the year, month and day that make it.'],
  }),
  'not-unique': of<'rows'>({
    zh: (x) => [`${x.value} 在第 ${x.rows} 行都有`, '政策说这一列唯一，各行都退回'],
    en: (x) => [`${x.value} stands in rows ${x.rows}`, 'The policy says that this column is unique; all of them are rejected.'],
  }),
  'household-too-large': of<'count'>({
    zh: (x) => [`“${x.value}”这一户有 ${x.count} 人`, `一户最多两人；核对“${x.column}”`],
    en: (x) => [`the household ${x.value} has ${x.count} members`, `A household has two at most; check “${x.column}”.`],
  }),
  'household-incomplete': of<'other'>({
    zh: (x) => [`“${x.value}”这一户的另一人 ${x.other} 被退回，这一户不参加排名`, `改正另一人的数据；那人不在这一户，就改正“${x.column}”`],
    en: (x) => [
      `${x.other}, of the same household ${x.value}, is rejected: the household is not ranked`,
      `Mend the other's data, or “${x.column}” of the two.`,
    ],
  }),
  'household-differs': of<'key' | 'other'>({
    zh: (x) => [`填的是“${x.value}”，同户的 ${x.key} 填的是“${x.other}”`, '这一项属于全户：核对后填成一样，或只由一人填'],
    en: (x) => [
      `it says “${x.value}”, and ${x.key} of the same household says “${x.other}”`,
      'It belongs to the household: write one value, or leave it to one of the two.',
    ],
  }),
  'household-filled': of<'count'>({
    zh: (x) => [`有 ${x.count} 人没有填“${x.column}”，按同户另一人所填的计`, '核对同户两人说的是同一件事'],
    en: (x) => [`${x.count} people leave “${x.column}” empty: what the other of their household says counts`, 'Check that both mean the same.'],
  }),
  'household-crossed': of({
    zh: (x) => [`填的是 ${x.value} 的编号，${x.value} 填的是这一位的编号`, `双方在“${x.column}”填同一个号，例如都填 ${x.value}`],
    en: (x) => [`it gives the key of ${x.value}, who gives the key of this one`, `Both write one and the same in “${x.column}”, such as ${x.value}.`],
  }),
  'household-one-sided': of<'count'>({
    zh: (x) => [`有 ${x.count} 人填了别人的编号，那人没有填同一个号，两人不作一户：${x.value}`, `若是一户，双方在“${x.column}”填同一个号`],
    en: (x) => [
      `${x.count} people give the key of somebody who does not give the same, and are no household with them: ${x.value}`,
      `If they are one, both write one and the same in “${x.column}”.`,
    ],
  }),
  'lists-differ': of<'count'>({
    zh: (x) => [`有 ${x.count} 户的两人所选的名单不同：${x.value}`, '以参加排名的一人为准；核对他们的选择'],
    en: (x) => [`in ${x.count} households the two name different lists: ${x.value}`, 'The one who is ranked decides; check what they chose.'],
  }),
  'household-main': of({
    zh: (x) => [`“${x.value}”这一户没有恰好一名主申请人`, '一户只有一人填 是'],
    en: (x) => [`the household ${x.value} does not have exactly one main applicant`, 'Exactly one of them says 是.'],
  }),
  'required-missing': of({
    zh: () => ['必填而没有填', '补上这一项；政策声明它必填'],
    en: () => ['is required and empty', 'Fill it in; the policy says that it is required.'],
  }),
  'empty-key': of({
    zh: () => ['编号为空', '每一行要有自己的编号'],
    en: () => ['the key is empty', 'Every row has a key of its own.'],
  }),
  'duplicate-key': of<'rows'>({
    zh: (x) => [`编号 ${x.value} 在第 ${x.rows} 行都有`, '各行都退回；每个人只留一行'],
    en: (x) => [`the key ${x.value} stands in rows ${x.rows}`, 'All of them are rejected; keep one row for each person.'],
  }),
  'wrong-field-count': of<'expected' | 'found'>({
    zh: (x) => [`这一行有 ${x.found} 格，表头有 ${x.expected} 格`, '检查逗号与引号'],
    en: (x) => [`this row has ${x.found} fields, the header ${x.expected}`, 'Check commas and quotes.'],
  }),
  'unreadable-row': of<'reason'>({
    zh: (x) => [unreadable[x.reason]?.zh ?? `读不出这一行：${x.reason}`, '检查引号、逗号或花括号是否成对'],
    en: (x) => [unreadable[x.reason]?.en ?? `this row cannot be read: ${x.reason}`, 'Check that quotes, commas and braces are in order.'],
  }),
  'not-json': of<'at' | 'token'>({
    zh: (x) => [`不是完整的 JSON${whereBroken(x, 'zh')}`, '检查引号、逗号和括号'],
    en: (x) => [`this is no whole JSON${whereBroken(x, 'en')}`, 'Check quotes, commas and braces.'],
  }),
  'not-text': of({
    zh: () => ['这一行里有不是文字的字节', '按 UTF-8 或 GB18030 重新导出这个文件'],
    en: () => ['this row holds bytes that are no text', 'Export the file again as UTF-8 or GB18030.'],
  }),
  'repeated-name': of({
    zh: (x) => [`“${x.value}”在这一行里写了两次`, '保留一处'],
    en: (x) => [`“${x.value}” stands twice in this row`, 'Keep one of them.'],
  }),
  'empty-file': of({
    zh: () => ['文件是空的', '第一行写列名，从 编号 起'],
    en: () => ['the file is empty', 'Its first line names the columns, 编号 first.'],
  }),
  'other-separator': of({
    zh: (x) => [`表头只有一列，里面有“${x.value}”`, '各列用逗号隔开：另存为 CSV（逗号分隔）'],
    en: (x) => [`the header is one column that holds “${x.value}”`, 'Columns are divided by commas: save it as CSV with commas.'],
  }),
  'not-a-table': of({
    zh: () => ['文件不是 UTF-8 或 GB18030 的文字', '检查扩展名是否和内容相符；CSV 另存为 CSV UTF-8'],
    en: () => ['the file is no text in UTF-8 or GB18030', 'Check that its extension says what it is; save CSV as CSV UTF-8.'],
  }),
  'not-parquet': of({
    zh: () => ['文件不是 Parquet', '检查扩展名是否和内容相符'],
    en: () => ['the file is no Parquet', 'Check that its extension says what it is.'],
  }),
  'not-workbook': of({
    zh: () => ['文件不是 xlsx 工作簿', '用 Excel 或 WPS 另存为 .xlsx；老的 .xls 也要另存'],
    en: () => ['the file is no xlsx workbook', 'Save it as .xlsx; an old .xls too.'],
  }),
  'too-long-for-workbook': of<'most' | 'rows'>({
    zh: (x) => [`${x.rows} 行放不进 xlsx，这张表最多 ${x.most} 行`, '输出改用 .csv 或 .parquet'],
    en: (x) => [`${x.rows} rows do not fit into xlsx, which holds ${x.most} of this table`, 'Write .csv or .parquet.'],
  }),
  'formula-failed': of({
    zh: (x) => [`这一格的公式出错：${x.value}`, '改正公式，或填上值；不知道就清空'],
    en: (x) => [`the formula in this cell failed: ${x.value}`, 'Mend it, or enter the value; clear the cell when it is not known.'],
  }),
  'formula-without-value': of({
    zh: () => ['这一格的公式没有存下结果', '用 Excel 或 WPS 打开、重新计算后保存，或填上值'],
    en: () => ['the formula in this cell was saved without its result', 'Open the workbook, have it calculated and save it, or enter the value.'],
  }),
  'cell-unreadable': of({
    zh: () => ['读不出这一格', '在 Excel 或 WPS 里重新填写这一格，另存为 .xlsx'],
    en: () => ['this cell cannot be read', 'Enter it again and save the workbook as .xlsx.'],
  }),
  'merged-columns': of({
    zh: (x) => [`合并单元格跨了几列（${x.value}），不知道是哪一列的值`, '取消合并，每一格各填各的'],
    en: (x) => [`a merged cell spans columns (${x.value}), and it is not certain whose value it is`, 'Unmerge it and fill each cell.'],
  }),
  'column-renamed': of({
    zh: (x) => [`“${x.column}”与另一列只差大小写，在 Parquet 里叫“${x.value}”`, '读这个文件时用这个名称，或改用 .csv、.jsonl、.xlsx'],
    en: (x) => [
      `“${x.column}” differs from another column in capitals alone, and is called “${x.value}” in Parquet`,
      'Read it by this name, or write .csv, .jsonl or .xlsx.',
    ],
  }),
  'hidden-rows': of<'count'>({
    zh: (x) => [`有 ${x.count} 行是隐藏的，照样计算：${x.value}`, '不该算的，从文件里删去'],
    en: (x) => [`${x.count} rows are hidden and count all the same: ${x.value}`, 'Delete those that should not count.'],
  }),
  'hidden-columns': of<'count'>({
    zh: (x) => [`有 ${x.count} 列是隐藏的，照样计算：${x.value}`, '不该算的，从文件里删去'],
    en: (x) => [`${x.count} columns are hidden and count all the same: ${x.value}`, 'Delete those that should not count.'],
  }),
  'hidden-sheet': of({
    zh: (x) => [`读的是第一张表“${x.value}”，它是隐藏的`, '核对要读的是不是这一张；不是就把它移到后面或删去'],
    en: (x) => [`the first sheet, “${x.value}”, is read, and it is hidden`, 'Check that it is the one; if not, move it behind the others or delete it.'],
  }),
  'workbook-too-large': of({
    zh: () => ['这个工作簿解开后太大，不像是名单', '另存一份只有这一张表的 .xlsx，或用 .csv'],
    en: () => ['this workbook unpacks to more than a list can be', 'Save a workbook with this sheet only, or use .csv.'],
  }),
  'old-or-locked-workbook': of({
    zh: () => ['这是老的 .xls，或设了密码的工作簿', '去掉密码，用 Excel 或 WPS 另存为 .xlsx'],
    en: () => ['this is an old .xls, or a workbook under a password', 'Remove the password and save it as .xlsx.'],
  }),
  'day-in-doubt': of({
    zh: () => ['1900-03-01 以前的日期，各家表格软件算得不一样', '把这一格设为文本格式，写成 1900-02-28 这样'],
    en: () => ['spreadsheets do not agree on days before 1900-03-01', 'Format the cell as text and enter it like 1900-02-28.'],
  }),
  'digits-lost': of({
    zh: (x) => [`${x.value} 存成了数，表格只保留 15 位`, '把这一列设为文本格式，重新填写'],
    en: (x) => [`${x.value} is stored as a number, of which a sheet keeps 15 digits`, 'Format the column as text and enter it again.'],
  }),
  'missing-column': of<never, 'stray' | 'suggestion' | 'idTaken'>({
    zh: (x) => [
      `缺少列“${x.value}”${x.suggestion ? `，是不是“${x.suggestion}”` : ''}`,
      `${x.stray ? `文件里有政策不认识的列：${x.stray}；若是笔误请改名。` : ''}补上这一列；都不知道就整列留空`,
    ],
    en: (x) => [
      `the column “${x.value}” is missing${x.suggestion ? `; is it “${x.suggestion}”?` : ''}`,
      `${x.stray ? `The file has columns that the policy does not know: ${x.stray}; rename them if they are slips. ` : ''}Add it; leave it empty when nothing is known.`,
    ],
  }),
  'unknown-column': of({
    zh: (x) => [`列“${x.value}”不是政策的事实，没有使用`, '多余的列不影响计分；若是笔误请改名'],
    en: (x) => [`the column “${x.value}” is no fact of the policy and is not used`, 'It does no harm; rename it if it is a slip.'],
  }),
  'unknown-record-column': of({
    zh: (x) => [`记录“${x.column}”没有字段“${x.value}”，这一列没有使用`, '多余的列不影响计分；若是笔误请改名'],
    en: (x) => [`the records “${x.column}” have no field “${x.value}”; the column is not used`, 'It does no harm; rename it if it is a slip.'],
  }),
  'record-of-nobody': of<never, 'near'>({
    zh: (x) => [`“${x.column}”的这一条记录不属于任何人：没有编号“${x.value}”${x.near ? `，有“${x.near}”` : ''}`, '核对这一条记录的编号，或补上这个人'],
    en: (x) => [
      `this record of “${x.column}” belongs to nobody: there is no key “${x.value}”${x.near ? `, but “${x.near}”` : ''}`,
      'Check the key of the record, or add the person.',
    ],
  }),
  'looks-alike': of<'other'>({
    zh: (x) => [`“${x.column}”里“${x.value}”与“${x.other}”看起来一样，却是不同的值`, '若是同一个，改成同样的字符'],
    en: (x) => [`in “${x.column}”, “${x.value}” and “${x.other}” look alike and are different values`, 'Write them with the same characters if they are one.'],
  }),
  'more-look-alike': of<'count'>({
    zh: (x) => [`“${x.column}”里还有 ${x.count} 对看起来一样的值`, '先改前面列出的'],
    en: (x) => [`“${x.column}” has ${x.count} more pairs that look alike`, 'Mend those above first.'],
  }),
  'private-use': of<'count'>({
    zh: (x) => [`“${x.column}”的“${x.value}”里有自造区的字，换一台电脑可能是别的字（共 ${x.count} 个值）`, '改用这个字的标准编码'],
    en: (x) => [
      `“${x.value}” in “${x.column}” holds a character of private use, which another computer may take for another (${x.count} values)`,
      'Use the standard code of the character.',
    ],
  }),
  'no-rows': of({
    zh: () => ['文件里没有一个人', '核对文件；表头之下要有行'],
    en: () => ['the file holds nobody', 'Check the file; there should be rows below its header.'],
  }),
  'no-records': of({
    zh: (x) => [`“${x.column}”的记录文件里没有一条记录`, '确实没有就不用管；否则核对文件'],
    en: (x) => [`the file of “${x.column}” holds no record`, 'Nothing to do when there are none; otherwise check the file.'],
  }),
  'record-too-long': of<'row'>({
    zh: (x) => [`第 ${x.row} 行的引号一直没有结束`, '补上结束的引号，或拆开这一格'],
    en: (x) => [`the quotes of row ${x.row} never end`, 'Close them, or divide the cell.'],
  }),
  'file-changed': of({
    zh: () => ['文件在读的时候变了', '等它写完，再运行一次'],
    en: () => ['the file changed while it was read', 'Wait until it is written, and run again.'],
  }),
  'duplicate-column': of({
    zh: (x) => [`列“${x.value}”出现了两次`, '每列只留一处'],
    en: (x) => [`the column “${x.value}” stands twice`, 'Keep one of them.'],
  }),
} as const

export type ProblemCode = keyof typeof entries

type ToldOf<C extends ProblemCode> = Omit<Told<typeof entries, C>, 'column' | 'value'>

/** Of a code, with what the words of just that code are told. */
export type ProblemOf<C extends ProblemCode> = C extends ProblemCode
  ? {
      readonly code: C
      /** The column's name. */
      readonly column: string
      /** What is written there. */
      readonly value: string
      readonly data: ToldOf<C>
    }
  : never

export type Problem = ProblemOf<ProblemCode>

/** What follows a code: nothing where its words are told nothing more. */
export type WithData<C extends ProblemCode> = Record<never, string> extends ToldOf<C> ? readonly [data?: ToldOf<C>] : readonly [data: ToldOf<C>]

export const problem = <C extends ProblemCode>(code: C, column: string, value: string, ...[data]: WithData<C>): Problem =>
  ({ code, column, value, data: data ?? {} }) as Problem

export const problemCodes = Object.keys(entries) as readonly ProblemCode[]

/** Lists that have candidates and no quota. */
export const placesMissing = (lists: readonly string[]): Problem => ({ code: 'places-missing', column: '', value: lists.join('、'), data: {} })

/** The column of a problem. A key that no file has yet is asked for by the reader's word for it, unless a fact or a field is called so. */
export const columnShown = ({ code, column, data }: Pick<Problem, 'code' | 'column' | 'data'>, language: Language): string =>
  code === 'missing-column' && column === keyColumn && language === 'en' && !('idTaken' in data) ? keyColumnEnglish : column

/** Reason and remedy in words. */
export function describeProblem({ code, column, value, data }: Problem, language: Language): { readonly reason: string; readonly remedy: string } {
  // That the data are those of the code is the type of a problem; of all of them at once the compiler cannot say it.
  const words = entries[code][language] as Words<Readonly<Record<string, string>>>
  const named = (text: string): string => columnShown({ code, column: text, data }, language)
  const [reason, remedy] = words(
    Object.fromEntries(Object.entries({ ...data, column: named(column), value: named(value) }).map(([name, text]) => [name, visible(text)])),
  )
  return { reason, remedy }
}
