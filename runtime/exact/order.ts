// What a comparison says of an order of two values.

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** @param order below zero when the left value comes first, zero when both are equal */
export function holds(order: number, operator: Comparison): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}
