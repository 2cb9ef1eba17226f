/** What something of the timeline is worth, as its event says. */
interface Weighed {
  readonly weight: number
  readonly weightBefore: number
  readonly added?: true
}

/**
 * [SC26] What stands before one of a category's attacks or messages, and all of them together: `whole` of the scenario, and behind it what the instructor added and
 * what of that was judged for this team, in the order in which it was added. So all shares together are never more than the category has. Looked up once for all that a team
 * has of a kind.
 */
export function placesAmong(
  whole: number,
  judged: readonly Weighed[],
): (one: Weighed) => { readonly before: number; readonly all: number } {
  // Where the scenario has none of its kind, its points are another category's.
  if (whole <= 0) return () => ({ before: 0, all: 0 })
  const added = judged.filter((other) => other.added)
  const sum = (list: readonly Weighed[]) => list.reduce((total, { weight }) => total + weight, 0)
  const all = whole + sum(added)
  return (one) => {
    if (!one.added) return { before: one.weightBefore, all }
    return { before: whole + sum(added.filter((other) => other.weightBefore < one.weightBefore)), all }
  }
}
