/** The name as part of a file's: letters and digits of any script, hyphens between; nothing where there is none. */
export const nameInFile = (name: string | null): string => {
  const plain = (name ?? '').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
  return plain === '' ? '' : `-${plain.toLowerCase()}`
}
