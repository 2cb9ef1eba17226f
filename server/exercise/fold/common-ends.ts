/** How many characters two texts have in common at their beginning, and of the rest at their end. */
export function commonEnds(a: string, b: string): { readonly front: number; readonly back: number } {
  const most = Math.min(a.length, b.length)
  let front = 0
  while (front < most && a[front] === b[front]) front += 1
  let back = 0
  while (back < most - front && a.at(-1 - back) === b.at(-1 - back)) back += 1
  return { front, back }
}
