// What people write instead of a word of the language. Each is tried only where the text cannot be read as it stands, and
// never where the text declares it as a name of its own.

import type { SymbolForm } from '../tokens.ts'
import type { FunctionId, KeywordId, Surface, TypeId } from '../words.ts'

type Written = Readonly<Record<Surface, readonly string[]>>
type Table<Id extends string> = readonly (readonly [id: Id, zh: string, en?: string])[]

/** Instead of a keyword. One word may stand for several; they are tried in this order. */
const keywordTable: Table<KeywordId> = [
  ['when', '如果 若 如 凡 对于 假如 当且仅当 只要 凡是', 'if where for whenever'],
  ['otherwise', '其他 其它 其余 否 不然 默认 其他情况 其余情况', 'else default other'],
  ['award', '加 计 记 给 得分 加分 计分 赋 奖 奖励 得到 获得 获 打 积', 'give gives add adds get gets gain score scores plus awards grant'],
  ['deduct', '减 减分 扣分 扣除 减去 罚', 'subtract minus lose deducts remove'],
  ['per', '按每 每个 每一', 'every each for_each'],
  ['per-full', '满 每满足 每达到 每达', 'per_full each_full'],
  ['plus', '另加 再 再加 并 另外 同时 加上', 'and also then'],
  ['max', '上限 封顶 不超过 满分 至多 最多 最大 最高分 限 最高不超过 上限为 最高为', 'cap limit maximum at_most up_to upto'],
  ['min', '下限 保底 不低于 不少于 至少 最少 最小 最低分 最低为', 'floor minimum at_least'],
  ['sum', '累计 合计 求和 相加 加总 累积 叠加', 'total add cumulative'],
  ['highest', '就高 从高 最高 取高 取最大 择高 取最高分 就高不就低 取最高项 最大', 'max best maximum greatest'],
  ['lowest', '就低 从低 取低 取最小 最低', 'min minimum least'],
  ['first', '取第一 首个 第一个 取先 取第一个', 'first_match'],
  ['cites', '根据 依照 按照 出处 条文 参照', 'cite source basis according ref'],
  ['source', '来自 出处 数据来源 提供 出自', 'from origin sources'],
  ['audited-by', '责任单位 审核部门 主管部门 负责部门 部门', 'audit auditor'],
  ['unsourced', '待定 待查 存疑 待确认 试拟', 'todo unverified'],
  ['reading', '说明 备注 注 注释 释义', 'note notes comment remark'],
  ['default', '默认 默认值 缺省值 默认为', 'defaults initial'],
  ['required', '必须 必需 必选 必填项 不能为空', 'mandatory must needed require'],
  ['unique', '不重复 独有 唯一值', 'distinct'],
  ['range', '区间 范围为 取值 取值范围 值域 介于', 'ranges between bounds'],
  ['fact', '数据 输入 字段 变量 事项 信息', 'input field var variable data let'],
  ['define', '变量 设 令 定义为 计算', 'def let const definition'],
  ['parameter', '常量 常数 变量 标准', 'param const constant'],
  ['group', '组 指标类 大类 分组 类别 模块', 'section category'],
  ['indicator', '项目 项 指标项 评分项 加分项', 'item criterion rule metric'],
  ['deductions', '扣分项 扣分类 减分组 减分项 负面清单', 'deduction penalties penalty'],
  ['total', '总积分 总得分 合计 总计 总和 积分 总成绩', 'sum totals score'],
  ['applies', '申请条件 适用 申请对象 资格 条件', 'apply eligible eligibility'],
  ['veto', '一票否决 否定', 'reject disqualify'],
  ['clear', '归零 积分清零', 'reset zero'],
  ['lapse', '终止 中止 作废', 'expire expires'],
  ['bar', '禁止 不得申请 限制申请', 'ban'],
  ['scenario', '场景 用途 应用场景', 'use usage application'],
  ['quota', '指标数 名额数 计划数 数量', 'quotas seats'],
  ['rank', '排名 排队 排列 次序', 'order sort ranking order_by'],
  ['high-to-low', '降序 由高到低 高到低 从大到小 由大到小 倒序', 'desc descending'],
  ['low-to-high', '升序 由低到高 低到高 从小到大 由小到大', 'asc ascending'],
  ['early-to-late', '由早到晚 早到晚 从先到后 先后', 'earliest_first'],
  ['late-to-early', '由晚到早 晚到早', 'latest_first'],
  ['equals', '同分 相同', 'ties tie'],
  ['share-place', '并列名次 名次相同', 'share same_place'],
  ['lot', '摇号 随机 抓阄', 'draw random lottery'],
  ['deadline', '期限 时间 办理时限', 'limit'],
  ['case', '用例 示例 例 例子 测试 案例', 'example test'],
  ['expect', '预期 期望 结果 应为 得到', 'expects expected should result'],
  ['as-of', '审核日 基准日期 截止日', 'asof date'],
  ['in-force', '生效 施行日期 有效期 实施', 'effective valid inforce force'],
  ['to', '到 止 截止', 'until till through'],
  ['number', '编号 文件号 发文字号', 'no'],
  ['use', '引入 导入 使用', 'import include using'],
  ['from', '从', 'of'],
  ['and', '和 并且 并 而且 与 同时 以及 及 && ＆＆ & 且且', '&& & plus also'],
  ['or', '或者 或是 抑或 || |', '|| |'],
  ['not', '不 没有 无 未 ! 并非 非是', '! no none'],
  ['is', '为 等于 属于 == 就是', '== equals are eq ='],
  ['is-not', '非 不为 不等于 不属于 <>', '<> isnt not_equal neq'],
  ['in', '属于 介于 为 处于 在于', 'within between among'],
  ['has', '包含 包括 有 具有 含有', 'contains includes include have'],
  ['has-not', '不包含 不包括 没有', 'lacks'],
  ['where', '且 当 条件', 'when if with'],
  ['within-last', '最近 过去 近期', 'last recent past'],
  ['up-to', '截止 截止到 至', 'until till'],
  ['each', '每条 逐条 对每个 对每项 对于每条', 'for_each every for'],
  ['best-of', '取最高的一条 最高一条', 'best'],
  ['round', '取 精确到 精确', 'rounded rounding'],
  ['half-up', '四舍五入取整 舍入', 'nearest half_up'],
  ['down', '截断 去尾 向下取整', 'floor truncate'],
  ['up', '进位 向上取整', 'ceil ceiling'],
  ['rounded-up', '不足一按一计 不满按一计', 'started'],
]

/** Instead of a sign. Of a keyword, too, that means something else elsewhere. */
const signTable: Table<SymbolForm> = [
  ['>=', '大于等于 大于或等于 不低于 不小于 不少于 至少 达到 满 高于等于 不早于 => 达', 'at_least => atleast not_below'],
  ['<=', '小于等于 小于或等于 不高于 不大于 不超过 不多于 至多 最多 不晚于 =<', 'at_most =< atmost not_above'],
  ['>', '大于 高于 多于 超过 超出 晚于 超', 'above over exceeds greater_than more_than after'],
  ['<', '小于 低于 少于 不足 不满 未满 早于 不到 未达', 'below under less_than before'],
  ['=', '等于 == : 为 是', '== equals eq : is are'],
  [':', '= 为', '='],
  ['!=', '不等于 <> 不为', '<> neq'],
  ['..', '至 到 ~ 到达', 'to until till through'],
  ['+', '加 加上', 'plus'],
  ['-', '减 减去', 'minus'],
  ['*', '乘 乘以 x X', 'times x'],
  ['/', '除以', 'divided_by over'],
  [',', '; 和 与 及 / 或', '; and / or'],
]

/** Words that need not be said, and are taken out. */
export const needless: Written = {
  zh: ['则', '那么', '就', '的话', '即', '共', '共计', '均', '即可', '为', ';', ',', '.', ':', '=', '=>', '->'],
  en: ['then', 'the', 'a', 'an', 'do', 'will', 'shall', 'of', ';', ',', '.', ':', '=', '=>', '->'],
}

/** After a number: 60个月以上 is >= 60个月, for 以上 and 以下 hold the number itself (民法典第一千二百五十九条). */
export const suffixes: readonly (readonly [suffix: string, sign: SymbolForm])[] = [
  ['及以上', '>='],
  ['或以上', '>='],
  ['以上', '>='],
  ['及以下', '<='],
  ['或以下', '<='],
  ['以下', '<='],
  ['以内', '<='],
  ['以外', '>'],
]

/** Instead of a type. */
const typeTable: Table<TypeId> = [
  ['yesno', '布尔 布尔值 真假 是非 逻辑 是/否 是或否', 'boolean bool yes_no flag'],
  ['whole', '数字 整型 数 数值 数量 整', 'integer int number num'],
  ['decimal', '浮点 金额 实数 数字', 'float double number money'],
  ['date', '时间 日 年月日', 'day datetime time'],
  ['text', '字符 字符串 文字 名称', 'string str'],
  ['choice', '枚举 单选 选择 类别', 'enum option options one_of'],
  ['levels', '级别 分级 层级 档次', 'level grade grades'],
  ['choices', '复选 多项 标签', 'multi multiple tags set'],
  ['records', '列表 清单 明细', 'record list table'],
  ['periods', '期间 时间段 区间', 'period spans'],
]

/** Instead of a function; none that would mean another day or another count. */
const functionTable: Table<FunctionId> = [
  ['age_on', '年龄 周龄 岁数 满周岁', 'age age_at years_of_age'],
  ['full_months', '月数 足月 满月 月份数', 'months months_between'],
  ['days_between', '天 日数 间隔天数 相差天数', 'days day_count'],
  ['count', '计数 个数 条数 数量 数目', 'length size number_of'],
  ['total_of', '求和 总和 累计 汇总', 'sum sum_of total'],
  ['greatest', '最大值', 'maximum max_of'],
  ['least', '最小值', 'minimum min_of'],
  ['larger', '取大 较大值', 'max'],
  ['smaller', '取小 较小值', 'min'],
  ['year_of', '年 年度', 'year'],
  ['any', '存在 任一', 'exists some'],
]

const index = <Id extends string>(table: Table<Id>, surface: Surface): ReadonlyMap<string, readonly Id[]> => {
  const found = new Map<string, Id[]>()
  for (const [id, zh, en = ''] of table) {
    for (const written of (surface === 'zh' ? zh : en).split(' ')) {
      // Of two words in English the blank is written as _ in the table.
      const word = written.replaceAll('_', ' ')
      if (word !== '') found.set(word, [...(found.get(word) ?? []), id])
    }
  }
  return found
}

const both = <Id extends string>(table: Table<Id>) => ({ zh: index(table, 'zh'), en: index(table, 'en') })

/** Instead of a unit. */
const unitTable: Table<string> = [
  ['months', '月 个月份 月份', 'month mo mths'],
  ['years', '载 年份', 'year yr yrs'],
  ['days', '日 个日', 'day'],
  ['hours', '时 个小时 钟头', 'hour hr hrs'],
  ['points', '点 分数 积分', 'point pt pts'],
  ['yuan', '块 圆 块钱 元钱', 'rmb cny'],
  ['years_old', '周岁数 岁数', 'age year_old'],
  ['times', '回 遍 趟', 'time'],
  ['persons', '名 位人', 'person people'],
  ['items', '', 'item'],
  ['ml', 'ML cc', 'mL milliliter'],
  ['working_days', '工作日', 'working_day workdays'],
  ['%', '个百分点 百分点', 'percent pct'],
]

export const instead = {
  unit: both(unitTable),
  keyword: both(keywordTable),
  sign: both(signTable),
  type: both(typeTable),
  function: both(functionTable),
}
