// Which faults a file of TypeScript can have, from its syntax tree: an operator for another, a bound off by one, a condition negated, a
// branch dropped, a constant for another; and the same in the text that a printer writes.

import ts from 'typescript'
import type { Edit, Kind } from './site.ts'

const { SyntaxKind } = ts

const operators: ReadonlyMap<ts.SyntaxKind, readonly (readonly [kind: Kind, faulty: string])[]> = new Map([
  [SyntaxKind.PlusToken, [['operator', '-']]],
  [SyntaxKind.MinusToken, [['operator', '+']]],
  [SyntaxKind.AsteriskToken, [['operator', '+']]],
  [SyntaxKind.SlashToken, [['operator', '*']]],
  [SyntaxKind.PercentToken, [['operator', '*']]],
  [SyntaxKind.PlusEqualsToken, [['operator', '-=']]],
  [SyntaxKind.MinusEqualsToken, [['operator', '+=']]],
  [SyntaxKind.LessThanToken, [['bound', '<=']]],
  [SyntaxKind.LessThanEqualsToken, [['bound', '<']]],
  [SyntaxKind.GreaterThanToken, [['bound', '>=']]],
  [SyntaxKind.GreaterThanEqualsToken, [['bound', '>']]],
  [SyntaxKind.EqualsEqualsEqualsToken, [['operator', '!==']]],
  [SyntaxKind.ExclamationEqualsEqualsToken, [['operator', '===']]],
  [SyntaxKind.AmpersandAmpersandToken, [['operator', '||']]],
  [SyntaxKind.BarBarToken, [['operator', '&&']]],
] as const)

/** In the text of modules and queries. A number there is off by one. */
const written: readonly (readonly [sound: RegExp, faulty: string])[] = [
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ = /g, ' <> '],
  [/ <> /g, ' = '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* /g, ' + '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ AND /g, ' OR '],
  [/ OR /g, ' AND '],
  [/\bNOT /g, ''],
  [/\bIS NULL\b/g, 'IS NOT NULL'],
  [/\bIS NOT NULL\b/g, 'IS NULL'],
  [/\b(?:LEAST|least)\b/g, 'GREATEST'],
  [/\b(?:GREATEST|greatest)\b/g, 'LEAST'],
  [/\bmin\(/g, 'max('],
  [/\bmax\(/g, 'min('],
  [/ DESC\b/g, ' ASC'],
  [/ ASC\b/g, ' DESC'],
  [/\b(?:true|TRUE)\b/g, 'false'],
  [/\b(?:false|FALSE)\b/g, 'true'],
]

/** @param text of a file of TypeScript @returns its faults in the order of the text */
export function faultsOf(text: string): readonly Edit[] {
  const tree = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023, true)
  const words = modesOf(tree)
  const edits: Edit[] = []
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return
    edits.push(...faultsAt(node, text, words))
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return edits.sort((a, b) => a.start - b.start || a.end - b.end || (a.faulty < b.faulty ? -1 : 1))
}

/** Types are no code, and what is thrown as an error tells of a mistake of the program itself. */
const isLeftOut = (node: ts.Node): boolean =>
  ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || isOwnError(node) || isGuard(node)

const isGuard = (node: ts.Node): boolean =>
  ts.isIfStatement(node) &&
  isOwnError(ts.isBlock(node.thenStatement) && node.thenStatement.statements[0] ? node.thenStatement.statements[0] : node.thenStatement)

const isOwnError = (node: ts.Node): boolean =>
  ts.isThrowStatement(node) && node.expression !== undefined && ts.isNewExpression(node.expression) && node.expression.expression.getText() === 'Error'

function faultsAt(node: ts.Node, text: string, words: readonly string[]): readonly Edit[] {
  const over = (part: ts.Node, kind: Kind, faulty: string): Edit => ({ kind, start: part.getStart(), end: part.end, faulty })
  const negated = (part: ts.Expression) => over(part, 'branch', `!(${part.getText()})`)
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === SyntaxKind.QuestionQuestionToken)
      return [{ kind: 'branch', start: node.getStart(), end: node.right.getStart(), faulty: '' }]
    return (operators.get(node.operatorToken.kind) ?? []).map(([kind, faulty]) => over(node.operatorToken, kind, faulty))
  }
  if (ts.isIfStatement(node)) {
    return [negated(node.expression), over(node.expression, 'branch', 'false'), ...(node.elseStatement ? [over(node.expression, 'branch', 'true')] : [])]
  }
  if (ts.isConditionalExpression(node)) return ['true', 'false'].map((value) => over(node.condition, 'branch', value))
  if (ts.isContinueStatement(node)) return [over(node, 'branch', ';')]
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) return [over(node, 'branch', node.operand.getText())]
  if (ts.isNumericLiteral(node)) return numbers(node.getText()).map(([kind, value]) => over(node, kind, value))
  if (ts.isBigIntLiteral(node)) return numbers(node.getText().slice(0, -1)).map(([kind, value]) => over(node, kind, `${value}n`))
  if (node.kind === SyntaxKind.TrueKeyword) return [over(node, 'constant', 'false')]
  if (node.kind === SyntaxKind.FalseKeyword) return [over(node, 'constant', 'true')]
  if (ts.isStringLiteral(node) && isMode(node))
    return [over(node, 'constant', `'${nextOf(words, node.text)}'`)].filter(({ faulty }) => faulty !== node.getText())
  return isText(node) ? inText(node, text) : []
}

/** 0 and 1 stand for each other, any other number is one too many. */
const numbers = (text: string): readonly (readonly [Kind, string])[] =>
  text === '0'
    ? [['constant', '1']]
    : text === '1'
      ? [['constant', '0']]
      : /^[\d_]+$/.test(text)
        ? [['bound', String(Number(text.replaceAll('_', '')) + 1)]]
        : []

/** A word that the program chooses by: no name of a property, no text for people. */
const isMode = (node: ts.StringLiteral): boolean =>
  /^[a-z][a-z-]{0,23}$/.test(node.text) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node)

function modesOf(tree: ts.SourceFile): readonly string[] {
  const words = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return
    if (ts.isStringLiteral(node) && isMode(node)) words.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return [...words].sort()
}

const nextOf = (words: readonly string[], word: string): string => words[(words.indexOf(word) + 1) % words.length] ?? word

const isText = (node: ts.Node): node is ts.TemplateLiteralLikeNode | ts.StringLiteral =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)

function inText(node: ts.Node, text: string): readonly Edit[] {
  const [start, end] = [node.getStart(), node.end]
  const own = text.slice(start, end)
  const words = written.flatMap(([sound, faulty]) =>
    [...own.matchAll(sound)].map((match) => ({ kind: 'text' as const, start: start + match.index, end: start + match.index + match[0].length, faulty })),
  )
  const figures = [...own.matchAll(/(?<![\w.$\\])\d{1,15}(?![\w.])/g)].map((match) => ({
    kind: 'text' as const,
    start: start + match.index,
    end: start + match.index + match[0].length,
    faulty: String(Number(match[0]) + 1),
  }))
  return [...words, ...figures]
}
