import { useEffect } from 'react'

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u

/** For what people write and name themselves: Japanese letters have their typeface in a page of any language. */
export function useLetters(text: string): void {
  const japanese = JAPANESE.test(text)
  useEffect(() => {
    if (japanese) void import('./ja-font.ts')
  }, [japanese])
}
