// Whether a fault passes the type checker. What it refuses nobody can commit.

import { join } from 'node:path'
import ts from 'typescript'
import { areas, filesOf, root } from './areas.ts'

/** What is declared of libraries that say no types stands beside. */
const files = [...areas.flatMap(filesOf), 'runtime/batch/saxen.d.ts']

const { options } = ts.parseJsonConfigFileContent(
  {
    extends: './tsconfig.base.json',
    compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true, allowUnreachableCode: true, types: ['node'] },
    files,
  },
  ts.sys,
  root,
)

/** @returns a check of a file, from the project on, with another text */
export function makeCompiler(): (file: string, text: string) => boolean {
  let instead: { readonly path: string; readonly text: string } | undefined
  const versions = new Map<string, number>()
  const changed = (path: string): unknown => versions.set(path, (versions.get(path) ?? 0) + 1)
  const host: ts.LanguageServiceHost = {
    getScriptFileNames: () => files.map((file) => join(root, file)),
    getScriptVersion: (path) => String(versions.get(path) ?? 0),
    getScriptSnapshot: (path) => {
      const text = path === instead?.path ? instead.text : ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  }
  const service = ts.createLanguageService(host)
  return (file, text) => {
    const path = join(root, file)
    instead = { path, text }
    changed(path)
    const isSound = service.getSyntacticDiagnostics(path).length === 0 && service.getSemanticDiagnostics(path).length === 0
    instead = undefined
    changed(path)
    return isSound
  }
}
