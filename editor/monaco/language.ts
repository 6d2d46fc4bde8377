// The language service put into Monaco: thin adapters, offsets in and data out.

import { describe, describeFix } from '../../language/diagnostics/catalogue.ts'
import { type ColourKind, colourKinds, colourLine } from '../../language/service/colours.ts'
import type { Completion } from '../../language/service/offers.ts'
import type { OutlineEntry } from '../../language/service/outline.ts'
import type { Span } from '../../language/span.ts'
import type { Surface } from '../../language/words.ts'
import { language } from '../state/language.ts'
import { themeOf } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'
import { type Token, tokens } from '../theme/tokens.ts'
import type { Reading, Subject } from '../worker/protocol.ts'
import { monaco } from './monaco.ts'

export const languageId = 'heng'
type Model = monaco.editor.ITextModel

/** Which file a text is of. */
const paths = new WeakMap<Model, string>()

export function newModel(path: string, text: string): Model {
  const model = monaco.editor.createModel(text, languageId)
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  paths.set(model, path)
  return model
}

/** The text as it stands now. */
const subjectOf = (model: Model): Subject => ({ path: paths.get(model) ?? '', text: model.getValue() })

function rangeOf(model: Model, span: Span): monaco.Range {
  const [start, end] = [model.getPositionAt(span.start), model.getPositionAt(span.end)]
  return new monaco.Range(start.lineNumber, start.column, end.lineNumber, end.column)
}

const uiLanguage = (): Surface => useStudio.getState().language

// ---- colours -----------------------------------------------------------------------------------------------------------

class LineState implements monaco.languages.IState {
  clone() {
    return this
  }
  equals(other: monaco.languages.IState) {
    return other === this
  }
}
const lineState = new LineState()

function registerColours() {
  monaco.languages.setTokensProvider(languageId, {
    getInitialState: () => lineState,
    tokenize(line) {
      const surface = useStudio.getState().open?.reading.surface ?? 'zh'
      const tokens: monaco.languages.IToken[] = []
      let at = 0
      for (const { start, end, kind } of colourLine(line, surface)) {
        // A token runs to the start of the next: gaps need one of their own.
        if (start > at) tokens.push({ startIndex: at, scopes: '' })
        tokens.push({ startIndex: start, scopes: `${kind}.heng` })
        at = end
      }
      if (at < line.length) tokens.push({ startIndex: at, scopes: '' })
      return { tokens, endState: lineState }
    },
  })
  const changed = new monaco.Emitter<void>()
  useStudio.subscribe((now, before) => {
    if (now.open?.reading.text !== before.open?.reading.text) changed.fire()
  })
  monaco.languages.registerDocumentSemanticTokensProvider(languageId, {
    onDidChange: changed.event,
    getLegend: () => ({ tokenTypes: [...colourKinds], tokenModifiers: [] }),
    provideDocumentSemanticTokens: async (model) => ({ data: await language.colours(subjectOf(model)) }),
    releaseDocumentSemanticTokens() {},
  })
}

export function defineThemes() {
  for (const name of ['light', 'dark'] as const) {
    const of = tokens[name]
    const rule = (token: ColourKind, kind: Extract<Token, `code-${string}`>, fontStyle = '') => ({ token, foreground: of[kind].slice(1), fontStyle })
    monaco.editor.defineTheme(`heng-${name}`, {
      base: name === 'dark' ? 'vs-dark' : 'vs',
      inherit: true,
      rules: [
        rule('comment', 'code-comment', 'italic'),
        rule('keyword', 'code-keyword', 'bold'),
        rule('string', 'code-string'),
        rule('number', 'code-number'),
        rule('unit', 'code-number'),
        rule('type', 'code-type'),
        rule('function', 'code-function'),
        rule('member', 'code-type'),
        rule('operator', 'code-operator'),
        rule('name', 'code-name'),
        rule('declaration', 'code-declaration', 'bold'),
      ],
      colors: {
        'editor.background': of.ground,
        'editor.foreground': of.ink,
        'editorLineNumber.foreground': of['code-line'],
        'editorLineNumber.activeForeground': of.blue,
        'editor.lineHighlightBackground': of['code-current'],
      },
    })
  }
  const follow = () => monaco.editor.setTheme(`heng-${themeOf(useStudio.getState())}`)
  useStudio.subscribe((now, before) => {
    if (themeOf(now) !== themeOf(before)) follow()
  })
  follow()
}

// ---- completion, hover, outline, folding, going to a declaration, fixes, format ------------------------------------------

/** The scheme of addresses that lead into another policy of the folder. */
const otherPolicy = 'heng-policy'

function registerProviders() {
  registerCompletion()
  registerHover()
  registerOutline()
  registerFolds()
  registerDefinition()
  registerFormat()
  registerFixes()
}

function registerCompletion() {
  const kinds: Readonly<Record<Completion['kind'], monaco.languages.CompletionItemKind>> = {
    keyword: monaco.languages.CompletionItemKind.Keyword,
    name: monaco.languages.CompletionItemKind.Variable,
    member: monaco.languages.CompletionItemKind.EnumMember,
    type: monaco.languages.CompletionItemKind.Class,
    function: monaco.languages.CompletionItemKind.Function,
    value: monaco.languages.CompletionItemKind.Value,
  }
  monaco.languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: [' ', ':', '：', '[', '【'],
    async provideCompletionItems(model, position) {
      const { span, list } = await language.complete(subjectOf(model), model.getOffsetAt(position), uiLanguage())
      const range = rangeOf(model, span)
      return {
        suggestions: list.map((entry, i) => ({
          label: { label: entry.text, description: entry.detail },
          kind: kinds[entry.kind],
          insertText: entry.text,
          filterText: entry.search,
          sortText: String(i).padStart(4, '0'),
          range,
        })),
      }
    },
  })
}

function registerHover() {
  monaco.languages.registerHoverProvider(languageId, {
    async provideHover(model, position) {
      const found = await language.hover(subjectOf(model), model.getOffsetAt(position), uiLanguage())
      if (!found) return null
      const [head = '', ...rest] = found.lines
      const plain = (line: string) => line.replaceAll(/[\\`*_{}[\]()#+\-.!|<>&]/g, '\\$&')
      return { range: rangeOf(model, found.span), contents: [{ value: `**${plain(head)}**` }, ...rest.map((line) => ({ value: plain(line) }))] }
    },
  })
}

function registerOutline() {
  monaco.languages.registerDocumentSymbolProvider(languageId, {
    async provideDocumentSymbols(model) {
      const symbolKinds: Readonly<Record<OutlineEntry['kind'], monaco.languages.SymbolKind>> = {
        fact: monaco.languages.SymbolKind.Field,
        definition: monaco.languages.SymbolKind.Variable,
        group: monaco.languages.SymbolKind.Namespace,
        deductions: monaco.languages.SymbolKind.Namespace,
        indicator: monaco.languages.SymbolKind.Class,
        total: monaco.languages.SymbolKind.Number,
        parameter: monaco.languages.SymbolKind.Constant,
        state: monaco.languages.SymbolKind.Boolean,
        scenario: monaco.languages.SymbolKind.Module,
        deadline: monaco.languages.SymbolKind.Event,
        case: monaco.languages.SymbolKind.Event,
      }
      const convert = (entry: OutlineEntry): monaco.languages.DocumentSymbol => ({
        name: entry.name === '' ? '?' : entry.name,
        detail: '',
        kind: symbolKinds[entry.kind],
        tags: [],
        range: rangeOf(model, entry.span),
        selectionRange: rangeOf(model, entry.nameSpan),
        children: entry.children.map(convert),
      })
      return (await language.outline(subjectOf(model))).map(convert)
    },
  })
}

function registerFolds() {
  monaco.languages.registerFoldingRangeProvider(languageId, {
    provideFoldingRanges: async (model) => (await language.folds(subjectOf(model))).map(({ from, to }) => ({ start: from, end: to })),
  })
}

function registerDefinition() {
  monaco.languages.registerDefinitionProvider(languageId, {
    async provideDefinition(model, position) {
      const subject = subjectOf(model)
      const declared = await language.declaration(subject, model.getOffsetAt(position))
      if (!declared) return null
      if (declared.path === subject.path) return { uri: model.uri, range: rangeOf(model, declared.span) }
      const { path, from, to } = declared
      return { uri: monaco.Uri.from({ scheme: otherPolicy, path: `/${path}` }), range: new monaco.Range(from.line, from.column, to.line, to.column) }
    },
  })
}

function registerFormat() {
  monaco.languages.registerDocumentFormattingEditProvider(languageId, {
    async provideDocumentFormattingEdits(model) {
      const formatted = await language.format(subjectOf(model))
      return formatted === undefined ? [] : [{ range: model.getFullModelRange(), text: formatted }]
    },
  })
}

function registerFixes() {
  monaco.languages.registerCodeActionProvider(languageId, {
    async provideCodeActions(model, range) {
      await useStudio.getState().settled()
      const { open } = useStudio.getState()
      const diagnostics = open?.reading.text === model.getValue() ? open.reading.diagnostics : []
      const actions = diagnostics
        .filter(({ span }) => monaco.Range.areIntersectingOrTouching(rangeOf(model, span), range))
        .flatMap((diagnostic) =>
          (diagnostic.fixes ?? []).map((fix, i) => ({
            title: describeFix(fix, uiLanguage()),
            kind: 'quickfix',
            isPreferred: i === 0,
            edit: {
              edits: fix.edits.map((edit) => ({
                resource: model.uri,
                versionId: model.getVersionId(),
                textEdit: { range: rangeOf(model, edit.span), text: edit.text },
              })),
            },
          })),
        )
      return { actions, dispose() {} }
    },
  })
}

/** A declaration in a policy that is taken in opens that policy. */
function openOtherPolicies() {
  monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, place) {
      if (resource.scheme !== otherPolicy || !place) return false
      const range = 'lineNumber' in place ? { ...place, startLineNumber: place.lineNumber, startColumn: place.column } : place
      void useStudio.getState().showLine(resource.path.slice(1), range.startLineNumber, range.startColumn)
      return true
    },
  })
}

export function registerLanguage() {
  monaco.languages.register({ id: languageId, extensions: ['.heng'], aliases: ['衡'] })
  monaco.languages.setLanguageConfiguration(languageId, {
    comments: { lineComment: '#' },
    brackets: [
      ['{', '}'],
      ['(', ')'],
      ['（', '）'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '(', close: ')' },
      { open: '（', close: '）' },
      { open: '[', close: ']' },
      { open: '"', close: '"', notIn: ['string', 'comment'] },
      { open: '“', close: '”', notIn: ['string', 'comment'] },
    ],
    wordPattern: /\d+(?:\.\d+)?|[\p{Script=Han}A-Za-z_]+/u,
    indentationRules: { increaseIndentPattern: /[{｛][^}｝]*$/, decreaseIndentPattern: /^\s*[}｝]/ },
  })
  registerColours()
  registerProviders()
  openOtherPolicies()
}

/** Diagnostics as underlines in the model. */
export function showDiagnostics(model: Model, { diagnostics }: Reading) {
  const surface = uiLanguage()
  const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning, notice: monaco.MarkerSeverity.Info }
  monaco.editor.setModelMarkers(
    model,
    languageId,
    diagnostics.map((diagnostic) => {
      const { severity, message, hint } = describe(diagnostic, surface)
      const range = rangeOf(model, diagnostic.span)
      return {
        severity: severities[severity],
        code: diagnostic.code,
        message: `${message}\n${hint}`,
        startLineNumber: range.startLineNumber,
        startColumn: range.startColumn,
        endLineNumber: range.endLineNumber,
        endColumn: range.endColumn,
        relatedInformation: (diagnostic.related ?? []).map((span) => {
          const place = rangeOf(model, span)
          return {
            resource: model.uri,
            message: model.getValueInRange(place).slice(0, 80),
            startLineNumber: place.startLineNumber,
            startColumn: place.startColumn,
            endLineNumber: place.endLineNumber,
            endColumn: place.endColumn,
          }
        }),
      }
    }),
  )
}
