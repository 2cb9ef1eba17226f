/** What steers a terminal or turns the direction of writing: nothing of a file that somebody else has written may do either. A line feed is one of ours. */
const STEERS = /[\p{Cc}\p{Cf}]/gu

/** Pure: a text from elsewhere, as it may be printed. */
export const plain = (text: string): string => text.replaceAll(STEERS, '\u{FFFD}')
