// Creates the editor. The text belongs to the editor: changes from outside come as small edits, and wait while an input method
// is composing.

import { joined } from '../state/join.ts'
import { useOfficial } from '../state/official.ts'
import type { Beside } from '../state/slices/editor.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'
import { defineThemes, newModel, registerLanguage, showDiagnostics } from './language.ts'
import { monaco } from './monaco.ts'

defineThemes()
registerLanguage()

const fonts = 'Consolas, "DejaVu Sans Mono", "Liberation Mono", Menlo, "Noto Sans Mono CJK SC", "Noto Sans CJK SC", "Microsoft YaHei", monospace'

const options = {
  automaticLayout: true,
  fontFamily: fonts,
  fontSize: 14,
  lineHeight: 24,
  fullwidthCharacterWidth: 'twoCells',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
  wordSegmenterLocales: ['zh-CN'],
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: false },
  quickSuggestionsDelay: 50,
  suggest: { showWords: false, filterGraceful: true },
  acceptSuggestionOnCommitCharacter: false,
  'semanticHighlighting.enabled': true,
  minimap: { enabled: false },
  folding: true,
  showFoldingControls: 'always',
  bracketPairColorization: { enabled: false },
  matchBrackets: 'always',
  insertSpaces: true,
  tabSize: 2,
  detectIndentation: false,
  renderFinalNewline: 'on',
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  wordWrap: 'on',
  wrappingIndent: 'deepIndent',
  links: false,
  copyWithSyntaxHighlighting: false,
  padding: { top: 8, bottom: 8 },
} satisfies monaco.editor.IStandaloneEditorConstructionOptions & Record<string, unknown>

/** The text of each policy that was open, with what can be undone of it, and how it was looked at: kept while the page lives. */
const models = new Map<string, monaco.editor.ITextModel>()
const views = new Map<string, monaco.editor.ICodeEditorViewState | null>()

function modelOf(path: string, text: string): monaco.editor.ITextModel {
  const known = models.get(path)
  if (known) return known
  const model = newModel(path, text)
  models.set(path, model)
  return model
}

/** @returns what takes the editor away again */
export function createEditor(host: HTMLElement): () => void {
  const state = useStudio.getState()
  const [path, text] = [state.open?.path ?? '', state.open?.text ?? '']
  const model = modelOf(path, text)
  const editor = monaco.editor.create(host, { ...options, model, ariaLabel: words[state.language].editorLabel })
  editor.restoreViewState(views.get(path) ?? null)
  // What changed while another policy was open comes as an edit that can be undone.
  replaceText(editor, model, text)
  let composing = false
  let applied = state.replacement?.sequence ?? 0
  let revealed = 0

  /** Another policy may be open already while this editor is still there. */
  const isOpen = () => useStudio.getState().open?.path === path
  const publish = () => {
    if (isOpen()) useStudio.getState().textChanged(model.getValue())
  }

  const takeFromOutside = () => {
    if (composing || !isOpen()) return
    const { replacement, reveal, open } = useStudio.getState()
    if (replacement && replacement.sequence > applied) {
      applied = replacement.sequence
      replaceText(editor, model, replacement.text)
    }
    if (reveal && reveal.sequence > revealed) {
      revealed = reveal.sequence
      const [start, end] = [model.getPositionAt(reveal.start), model.getPositionAt(reveal.end)]
      editor.setSelection(new monaco.Range(start.lineNumber, start.column, end.lineNumber, end.column))
      editor.revealLineInCenterIfOutsideViewport(start.lineNumber)
      editor.focus()
    }
    if (open && open.reading.text === model.getValue()) showDiagnostics(model, open.reading)
  }

  let beforeComposing = ''
  editor.onDidCompositionStart(() => {
    composing = true
    beforeComposing = model.getValue()
  })
  editor.onDidCompositionEnd(() => {
    composing = false
    const { replacement } = useStudio.getState()
    if (isOpen() && replacement && replacement.sequence > applied) {
      // What came meanwhile from elsewhere is joined with what was composed.
      applied = replacement.sequence
      const mine = model.getValue()
      replaceText(editor, model, joined(mine, beforeComposing, replacement.text) ?? mine)
    }
    publish()
    takeFromOutside()
  })
  editor.onDidChangeModelContent(() => {
    if (!composing) publish()
  })
  editor.onDidChangeCursorPosition(({ position }) => useOfficial.getState().cursorAt(model.getOffsetAt(position)))
  const keys = monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS
  editor.addCommand(keys, () => void useStudio.getState().save())
  const unsubscribe = useStudio.subscribe((now, before) => {
    if (now.language !== before.language) editor.updateOptions({ ariaLabel: words[now.language].editorLabel })
    takeFromOutside()
  })
  takeFromOutside()
  return () => {
    unsubscribe()
    views.set(path, editor.saveViewState())
    editor.dispose()
  }
}

/** One edit from the first to the last difference, so that the cursor and undo survive. */
function replaceText(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel, text: string) {
  const before = model.getValue()
  if (before === text) return
  let start = 0
  while (start < before.length && start < text.length && before[start] === text[start]) start += 1
  let [endBefore, endAfter] = [before.length, text.length]
  while (endBefore > start && endAfter > start && before[endBefore - 1] === text[endAfter - 1]) {
    endBefore -= 1
    endAfter -= 1
  }
  const [from, to] = [model.getPositionAt(start), model.getPositionAt(endBefore)]
  editor.pushUndoStop()
  editor.executeEdits('heng', [{ range: new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column), text: text.slice(start, endAfter) }])
  editor.pushUndoStop()
}

/** Two texts side by side, for a conflict. */
export function createDifference(host: HTMLElement, left: string, right: string): () => void {
  const [original, modified] = [newModel('', left), newModel('', right)]
  const editor = monaco.editor.createDiffEditor(host, {
    ...options,
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: false,
  })
  editor.setModel({ original, modified })
  return () => {
    editor.dispose()
    original.dispose()
    modified.dispose()
  }
}

/** A text to be read alone, at a place in it. */
export function createViewer(host: HTMLElement, { path, text, span }: Beside): () => void {
  const model = newModel(path, text)
  const editor = monaco.editor.create(host, { ...options, model, readOnly: true, domReadOnly: true, ariaLabel: path })
  const [start, end] = [model.getPositionAt(span.start), model.getPositionAt(span.end)]
  editor.setSelection(new monaco.Range(start.lineNumber, start.column, end.lineNumber, end.column))
  editor.revealLineInCenter(start.lineNumber)
  return () => {
    editor.dispose()
    model.dispose()
  }
}
