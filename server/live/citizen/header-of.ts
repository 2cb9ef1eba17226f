/** The first of a service's headers of this name, which is given in small letters. */
export const headerOf = (headers: readonly (readonly [string, string])[], name: string): string | undefined =>
  headers.find(([known]) => known.toLowerCase() === name)?.[1]
