/** The package brings no types. */
declare module 'linebreak' {
  class LineBreaker {
    constructor(text: string)
    /** Where a line may end next, as an offset in the text; `required`: it must. null after the last. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null
  }

  export { LineBreaker as default }
}
