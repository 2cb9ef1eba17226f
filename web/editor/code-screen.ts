import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge'
import { gotoLine, highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { codeTheme } from './code-theme.ts'

/** What is said around the text, in the viewer's language. */
export interface ScreenWords {
  readonly label: string
  readonly putBack: string
  readonly phrases: Readonly<Record<string, string>>
}

export interface ScreenCalls {
  typed(text: string): void
  save(): void
  verify(): void
  leave(): void
}

export interface CodeScreen {
  /** Shows a file: `doc`, at a line where one is given. What was undone and done in it before is remembered while the screen is open. */
  show(path: string, doc: string, line?: number): void
  text(): string
  /** Differences from `original` are marked; null: from nothing. */
  compare(original: string | null): void
  readOnly(yes: boolean): void
  say(words: ScreenWords): void
  askLine(): void
  focus(): void
  close(): void
}

/** An editor in `element`. All keys of a text editor; Escape, with nothing open or selected, leaves it. */
export function openCodeScreen(element: HTMLElement, calls: ScreenCalls, first: ScreenWords): CodeScreen {
  const [locked, merging, language, worded] = [1, 2, 3, 4].map(() => new Compartment()) as [
    Compartment,
    Compartment,
    Compartment,
    Compartment,
  ]
  let words = first
  let original: string | null = null
  let isLocked = false
  let shown = ''
  const states = new Map<string, EditorState>()
  const always: Extension = [
    own(calls),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    // It often stands beside something else.
    EditorView.lineWrapping,
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    search({ top: false }),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
    // After all others that want it.
    Prec.lowest(keymap.of([{ key: 'Escape', run: taken(calls.leave) }])),
    codeTheme,
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) calls.typed(state.doc.toString())
    }),
  ]
  const wordsOf = ({ label, phrases }: ScreenWords): Extension => [
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, lang: 'en', spellcheck: 'false' }),
    EditorState.phrases.of(phrases),
  ]
  const mergeOf = (): Extension =>
    original === null ? [] : unifiedMergeView(mergeOptions(original, words.putBack, () => view.focus()))
  const stateOf = (path: string, doc: string) =>
    EditorState.create({
      doc,
      extensions: [
        always,
        language.of(languageOf(path)),
        locked.of(EditorState.readOnly.of(isLocked)),
        worded.of(wordsOf(words)),
        merging.of([]),
      ],
    })
  const view = new EditorView({ parent: element, state: stateOf('', '') })

  /** What is compared with is taken in by what comes new only. */
  const refresh = () => {
    view.dispatch({ effects: merging.reconfigure([]) })
    view.dispatch({
      effects: [
        merging.reconfigure(mergeOf()),
        locked.reconfigure(EditorState.readOnly.of(isLocked)),
        worded.reconfigure(wordsOf(words)),
      ],
    })
  }

  return {
    show(path, doc, line) {
      if (shown) states.set(shown, view.state)
      const before = states.get(path)
      shown = path
      view.setState(before?.doc.toString() === doc ? before : stateOf(path, doc))
      refresh()
      if (line === undefined) return
      const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines))).from
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    },
    text: () => view.state.doc.toString(),
    compare(text) {
      original = text
      refresh()
    },
    readOnly(yes) {
      isLocked = yes
      refresh()
    },
    say(next) {
      words = next
      refresh()
    },
    askLine: () => void gotoLine(view),
    focus: () => view.focus(),
    close: () => view.destroy(),
  }
}

/** A key that goes no further. */
const taken = (call: () => void) => () => {
  call()
  return true
}

/** Before the editor's own: Ctrl+Enter would make a line, and Ctrl+S saves the page. */
const own = (calls: ScreenCalls): Extension =>
  Prec.highest(
    keymap.of([
      { key: 'Mod-s', preventDefault: true, run: taken(calls.save) },
      { key: 'Mod-Enter', preventDefault: true, run: taken(calls.verify) },
      { key: 'F7', run: goToNextChunk, shift: goToPreviousChunk, preventDefault: true },
    ]),
  )

const mergeOptions = (
  original: string,
  putBack: string,
  focus: () => void,
): Parameters<typeof unifiedMergeView>[0] => ({
  original,
  gutter: true,
  collapseUnchanged: { margin: 4, minSize: 8 },
  diffConfig: { timeout: 500 },
  mergeControls: (type, act) => {
    const button = document.createElement('button')
    button.type = 'button'
    // What differs stays by itself: nothing is to be accepted.
    button.hidden = type === 'accept'
    button.textContent = putBack
    // The button goes with the difference: whoever pressed it goes on in the text.
    const press = (event: Event) => {
      event.preventDefault()
      act(event as MouseEvent)
      focus()
    }
    button.onmousedown = press
    button.onkeydown = (event) => {
      if (event.key === 'Enter' || event.key === ' ') press(event)
    }
    return button
  },
})

const languageOf = (path: string): Extension =>
  /\.[cm]?[jt]sx?$/.test(path) ? javascript({ typescript: /\.[cm]?tsx?$/.test(path) }) : []
