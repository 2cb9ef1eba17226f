/** Hears a line about each step when it is done. */
export type Tell = (line: string) => void
