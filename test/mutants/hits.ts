// Which functions of the sources a test reaches: each function says its name when it is called.

import ts from 'typescript'

type Function = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody }

const isFunction = (node: ts.Node): node is Function => ts.isFunctionLike(node) && 'body' in node && node.body !== undefined

/** @returns the name of the function that stands about a place, or of the file itself */
export function functionAt(file: string, text: string, at: number): string {
  let name = `${file}:0`
  const visit = (node: ts.Node): void => {
    if (at < node.getStart() || at >= node.end) return
    if (isFunction(node)) name = nameOf(file, node)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(treeOf(text), visit)
  return name
}

/** @returns the text in which every function adds its name to `globalThis.reached` */
export function withHits(file: string, text: string): string {
  const hit = (name: string): string => `globalThis.reached?.add(${JSON.stringify(name)})`
  const inserts: (readonly [at: number, what: string])[] = [[0, `${hit(`${file}:0`)};`]]
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) {
      const [start, end] = [node.body.getStart(), node.body.end]
      if (ts.isBlock(node.body)) inserts.push([start + 1, `${hit(nameOf(file, node))};`])
      else inserts.push([start, `(${hit(nameOf(file, node))}, `], [end, ')'])
    }
    ts.forEachChild(node, visit)
  }
  visit(treeOf(text))
  // From behind, and of two at one place the inner one first.
  return inserts
    .map(([at, what], i) => ({ at, what, i }))
    .sort((a, b) => b.at - a.at || b.i - a.i)
    .reduce((out, { at, what }) => out.slice(0, at) + what + out.slice(at), text)
}

const nameOf = (file: string, node: Function): string => `${file}:${node.getStart()}`

const treeOf = (text: string): ts.SourceFile => ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023, true)
