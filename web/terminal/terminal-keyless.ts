/** The key code of every key while an input method is at work: xterm then reads by itself, one turn later, what has changed. */
const METHOD_KEY = 229

/**
 * Types what comes without a key, from an emoji picker, dictation or an on-screen keyboard: xterm leaves that aside while it helps screen readers, for
 * whom typed text comes a second time this way. Returns the function that must hear what xterm sends by itself, to tell the two apart.
 */
export function hearKeylessText(
  textarea: HTMLTextAreaElement,
  type: (text: string) => void,
): (sent: string) => void {
  let keyed = ''
  let xtermReads = false
  const oneTurn = () => {
    xtermReads = true
    setTimeout(() => {
      xtermReads = false
    })
  }
  const beforeXterm = (event: KeyboardEvent) => {
    keyed = ''
    if (event.keyCode === METHOD_KEY || event.isComposing) oneTurn()
  }
  textarea.parentElement?.addEventListener('keydown', beforeXterm, { capture: true })
  textarea.addEventListener('compositionend', oneTurn)
  textarea.addEventListener('input', (event) => {
    const { data, inputType, isComposing } = event as InputEvent
    const written = inputType.startsWith('insert') && !/Composition|Paste/.test(inputType)
    if (!data || !written || isComposing || xtermReads) return
    const fromKey = keyed.endsWith(data)
    if (!fromKey) {
      type(data)
      // Sending has moved the caret to the front; xterm looks for an input method's next word at the end.
      textarea.setSelectionRange(textarea.value.length, textarea.value.length)
    }
    keyed = ''
  })
  return (sent) => {
    keyed = (keyed + sent).slice(-64)
  }
}
