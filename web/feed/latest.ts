/** The same function, which works anew only when one of its arguments is another than at the last call. */
export function latest<A extends readonly unknown[], R>(work: (...of: A) => R): (...of: A) => R {
  let last: { readonly of: A; readonly result: R } | null = null
  return (...of) => {
    if (!last || of.some((value, index) => !Object.is(value, last?.of[index])))
      last = { of, result: work(...of) }
    return last.result
  }
}
