/** Whether somebody writes there: keys that do something belong to the text then. A terminal takes what is typed in a field of its own. */
export function inText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLElement && target.isContentEditable) return true
  return target instanceof HTMLInputElement && !['number', 'checkbox', 'radio'].includes(target.type)
}
