/** Letters that pages of these nations have and may write by name. */
const LETTERS: Readonly<Record<string, string>> = {
  auml: 'ä',
  otilde: 'õ',
  ouml: 'ö',
  uuml: 'ü',
  scaron: 'š',
  zcaron: 'ž',
  Auml: 'Ä',
  Otilde: 'Õ',
  Ouml: 'Ö',
  Uuml: 'Ü',
  Scaron: 'Š',
  Zcaron: 'Ž',
  euro: '€',
  nbsp: '\u00a0',
}

/** Characters that mean something in HTML: they stay as references, in this spelling. */
const MARKUP: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
}

const NAMED: Readonly<Record<string, string>> = {
  lt: '&lt;',
  gt: '&gt;',
  amp: '&amp;',
  quot: '&quot;',
  apos: '&#39;',
}

/**
 * A page in which every character reference has one spelling, however its author wrote it: by name, in decimal or in hex. What is markup stays escaped, what is not becomes the
 * character itself: so the text that a browser shows is the same, and so is whether something is escaped.
 */
export const oneSpelling = (page: string): string =>
  page.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,8}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return LETTERS[name] ?? NAMED[name.toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return whole
    const character = String.fromCodePoint(code)
    return MARKUP[character] ?? character
  })

/** What a page shows in an attribute or a text, without its character references. */
export const unescaped = (text: string): string =>
  oneSpelling(text)
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
