/** What is whole, and can not be used all the same; says what and how to mend it. */
export class ExportProblem extends Error {
  override name = 'ExportProblem'
}
