import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The page's own tokens, so that a change of theme recolours by itself. */
const colours = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--card)' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-3px' },
  '.cm-scroller': { fontFamily: 'var(--mono), "BIZ UDPGothic"', fontSize: '0.85rem', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--accent)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--line)',
  },
  '.cm-gutters': {
    color: 'var(--ink-2)',
    backgroundColor: 'var(--card-2)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--line) 35%, transparent)',
  },
  '.cm-activeLineGutter': { color: 'var(--ink)' },
  '.cm-matchingBracket': { outline: '1px solid var(--accent)', backgroundColor: 'transparent' },
  '.cm-searchMatch': { outline: '1px solid var(--slow-text)', backgroundColor: 'transparent' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--slow-text)' },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--card-2)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search, .cm-panel.cm-gotoLine': { padding: '0.4rem', fontSize: '0.9rem' },
  '.cm-panel label': { fontSize: '0.9rem' },
  '.cm-textfield, .cm-button': {
    minHeight: '2rem',
    color: 'var(--ink)',
    background: 'var(--card)',
    border: '1px solid var(--edge)',
    borderRadius: '0.3rem',
    fontSize: '0.9rem',
  },
  '.cm-panel [name=close], .cm-dialog-close': { color: 'var(--ink)', minWidth: '2rem', minHeight: '2rem' },
  '.cm-deletedChunk': {
    color: 'var(--ink)',
    backgroundColor: 'color-mix(in srgb, var(--bad) 8%, var(--card))',
    borderLeft: '3px solid var(--bad-text)',
  },
  // A line under it instead of another ground: words keep their contrast.
  '.cm-deletedChunk .cm-deletedText': {
    background: 'none',
    textDecoration: 'line-through 1px var(--bad-text)',
  },
  '&.cm-merge-b .cm-changedLine': {
    backgroundColor: 'color-mix(in srgb, var(--good) 8%, var(--card))',
  },
  '&.cm-merge-b .cm-changedText': { background: 'none', borderBottom: '2px solid var(--good)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--good)' },
  '.cm-deletedLineGutter': { background: 'var(--bad-text)' },
  '.cm-chunkButtons button': {
    fontFamily: 'var(--sans)',
    color: 'var(--ink)',
    background: 'var(--card)',
    border: '1px solid var(--edge)',
    borderRadius: '0.3rem',
    minHeight: '1.6rem',
  },
  '.cm-collapsedLines': {
    color: 'var(--ink-2)',
    background: 'var(--card-2)',
    borderBlock: '1px solid var(--line)',
  },
})

/** Few colours: what a text says stands in the ink of all texts. */
const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--series-3)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--series-6)' },
  { tag: [tags.comment, tags.meta], color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--series-4)' },
  { tag: [tags.typeName, tags.className], color: 'var(--series-1)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--series-5)' },
  { tag: tags.invalid, color: 'var(--bad-text)', textDecoration: 'underline' },
])

export const codeTheme: Extension = [colours, syntaxHighlighting(words)]
