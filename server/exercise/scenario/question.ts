/**
 * An answer as it is compared: without what people write differently by chance. Full and half width, capitals, spaces at the ends and more than one
 * between words make no other answer.
 */
export const normalisedAnswer = (written: string): string =>
  written.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** Longest answer to a question, in characters. */
export const QUESTION_LENGTH = 200
