/**
 * Something that is seen. Not control, format, private and unassigned characters, nor blanks, nor what is drawn as nothing: fillers, joiners, variation selectors. The blank braille cell, the empty
 * note head and the Khitan filler are signs by name only.
 */
const VISIBLE = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]/u

/** Whether a text has at least one character that its reader sees. */
export const hasVisible = (text: string): boolean => VISIBLE.test(text)
