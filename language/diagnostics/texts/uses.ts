// What is done with points, policies taken in, and cases.

import { entry } from './entry.ts'

export const useTexts = {
  // ---- uses
  'which-total': entry<'names'>(
    'error',
    (x) => [`有几个总分：${x.names}`, '写明这个应用用哪一个，如 总分 名'],
    (x) => [`there are several totals: ${x.names}`, 'Say which one the scenario uses: total name.'],
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
  'two-results': entry(
    'error',
    () => ['结果 要写两个不同的名称', '先写得到名额的，再写没有得到的：结果 "录取"、"轮候"'],
    () => ['results are two different names', 'First of those who get a place, then of those who do not: results "admitted", "waiting".'],
  ),
  'state-names-differ': entry<'name' | 'other'>(
    'error',
    ({ name, other }) => [`同一种状态在这里叫“${name}”，在别处叫“${other}”`, '一种状态只用一个名称'],
    ({ name, other }) => [`one state is called “${name}” here and “${other}” elsewhere`, 'Give one name to a state.'],
  ),
  'second-round-needs-lists': entry(
    'error',
    () => ['次轮分配的是各名单的剩余名额', '先写 名额 按 事实'],
    () => ['a second round gives the places that lists have left', 'Write quota by fact.'],
  ),
  'second-round-other-fact': entry<'name'>(
    'error',
    (x) => ['次轮的限额只能按分名额的那一项', `写作 每 ${x.name} 不超过 …`],
    (x) => ['the limit of a second round goes by the same fact as the quota', `Write per ${x.name} at most ….`],
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
    () => ['排到最后还相同的怎么办，要写明', '两人各项全同：同名次 并列，下一名空出；抽签 按种子排出先后。最后一项是唯一而必填的事实时可以不写'],
    () => [
      'it must be said what happens to equals',
      'Two alike in every key: share place puts both on one place, lot orders them by the seed. Not needed when the last key is a fact that is unique and required.',
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
  'direction-missing': entry<'directions' | 'key'>(
    'error',
    (x) => [`“${x.key}”没有写从哪头排起`, `可写：${x.directions}`],
    (x) => [`the direction of “${x.key}” is missing`, `Possible: ${x.directions}.`],
  ),
  'direction-mismatch': entry<'directions'>(
    'error',
    (x) => ['这个方向不适用', `可写：${x.directions}`],
    (x) => ['this direction does not fit', `Possible: ${x.directions}.`],
  ),
  'price-needs-live': entry<'name'>(
    'error',
    (x) => [`“${x.name}”不是可以兑换的指标`, '只有写了 期限 的指标可以兑换'],
    (x) => [`“${x.name}” cannot be spent`, 'Only an indicator with live can.'],
  ),
  'ahead-not-extendable': entry(
    'error',
    () => ['倒数的时限不能延长', '另写一条时限，或改从前一个日子起算'],
    () => ['a deadline that counts ahead cannot be extended', 'Write a deadline of its own, or count from the earlier day.'],
  ),
  // ---- policies that are taken in
  'import-not-found': entry<'path'>(
    'error',
    (x) => [`找不到“${x.path}”`, '路径相对于本文件；检查文件名'],
    (x) => [`“${x.path}” is not found`, 'The path is relative to this file; check its name.'],
  ),
  'import-has-errors': entry<'path'>(
    'error',
    (x) => [`“${x.path}”自身有错误`, `先改好它：heng check ${x.path}`],
    (x) => [`“${x.path}” has errors itself`, `Mend it first: heng check ${x.path}`],
  ),
  'import-cycle': entry<'path'>(
    'error',
    (x) => [`“${x.path}”又引用了本政策`, '两个政策不能互相引用'],
    (x) => [`“${x.path}” takes in this policy again`, 'Two policies cannot take in each other.'],
  ),
  'import-name': entry<'found' | 'name'>(
    'error',
    (x) => [`那个文件里的政策叫“${x.found}”`, `把“${x.name}”改成它的名字`],
    (x) => [`the policy in that file is called “${x.found}”`, `Write its name instead of “${x.name}”.`],
  ),
  'base-not-restated': entry<'names'>(
    'warning',
    (x) => [`引用只带来事实、定义、指标和基准日，这些没有带来：${x.names}`, '在本政策里重新写明'],
    (x) => [`use brings facts, definitions, items and reference dates; these do not come along: ${x.names}`, 'State them again in this policy.'],
  ),
  'not-extensible': entry<'name'>(
    'error',
    (x) => [`“${x.name}”不是引用来的可扩展指标组`, '只能扩展标了 可扩展 的指标组'],
    (x) => [`“${x.name}” is no extensible group of a policy that is taken in`, 'Only a group marked extensible can be extended.'],
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
  'quota-by-list': entry<'name'>(
    'error',
    (x) => [`这个应用的名额按“${x.name}”分`, '写作 名额 { 列 甲、乙 行 1、2 }'],
    (x) => [`the places of this use go by “${x.name}”`, 'Write quota { columns a, b row 1, 2 }.'],
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
  'date-set-already': entry<'name'>(
    'error',
    (x) => [`“${x.name}”由政策或应用定下，样例不再写`, '删去这一天'],
    (x) => [`“${x.name}” is set by the policy or the scenario`, 'Remove the day.'],
  ),
  'places-need-list': entry(
    'error',
    () => ['名次与入围用于一份名单', '把人写成 [ {编号: 甲；…}、… ]'],
    () => ['places and admitted are for a list', 'Write the people as [ {编号: a; …}, … ].'],
  ),
  'list-expects-places': entry(
    'error',
    () => ['一份名单应得的是名次与入围', '写 名次: {甲: 1；乙: 2} 或 入围: [甲]'],
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
} as const
