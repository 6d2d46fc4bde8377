// A deadline of ten working days from the day of acceptance, changed where a test says so.

import type { DeadlineRule } from '../../runtime/timeline/timeline.ts'

export function rule(more: Partial<DeadlineRule>): DeadlineRule {
  return { id: 'a', name: '审核', from: '受理日', ahead: false, bound: 'at-most', amount: 10, unit: 'working_days', cites: [], ...more }
}
