/** Control characters, line and paragraph separators, and marks that turn the direction of what stands behind the name. */
const UNWRITTEN = /[\p{Cc}\p{Cs}\p{Co}\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u
/** Something that can be seen. Fillers and the blank braille cell are letters and signs by name only. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/gu

/** A name as it is kept: trimmed, each run of blanks one. Null when it is none: 1 to `most` characters, something to see, no control characters. */
export function writtenName(text: string, most: number): string | null {
  // Far longer ones are not worth looking at.
  if (text.length > most * 20) return null
  const name = text.normalize('NFC').trim().replaceAll(/ +/g, ' ')
  if (UNWRITTEN.test(name) || !SEEN.test(name.replaceAll(BLANKS, ''))) return null
  return [...name].length <= most ? name : null
}

/** Longest name of an exercise, in characters. */
export const EXERCISE_NAME_LENGTH = 80
