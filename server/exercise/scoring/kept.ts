/** What was made of a thing before, or else what is made of it now. For things that never change, as all that is folded: so it stays true, and goes when they go. */
export function kept<K extends object, V extends NonNullable<unknown> | null>(
  by: WeakMap<K, V>,
  of: K,
  make: (of: K) => V,
): V {
  const before = by.get(of)
  if (before !== undefined) return before
  const made = make(of)
  by.set(of, made)
  return made
}
