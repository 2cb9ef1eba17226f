/** Templates that are the same in every run of a team. All others are drawn anew for a run, or come from what was. */
const FIXED = /^(team|seed|now|probe\.address|(secret|private-key|public-key):.*)$/
/** Drawn, and of any number of records at once: not who or what a request is about, but what it says. */
const CONTENT = /^(canary|random\..*)$/
const TEMPLATE = /\{\{(.*?)\}\}/gs

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(TEMPLATE)].map(([, inside = '']) => (inside.split('|')[0] ?? '').trim())

/** Whether a text differs from run to run. */
export const drawn = (text: string): boolean => namesIn(text).some((name) => !FIXED.test(name))

/** Whether it says of whom or of what it is: a person of the nation, or what was captured before. */
export const namesSomebody = (text: string): boolean =>
  namesIn(text).some((name) => !FIXED.test(name) && !CONTENT.test(name))
