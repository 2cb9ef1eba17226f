/** The lab can not do what was asked: what, where and how to mend it. */
export class LabProblem extends Error {
  override name = 'LabProblem'
}
