/** What we use of it; the package brings no types. */
declare module 'ml-cart' {
  export class DecisionTreeClassifier {
    constructor(options: { gainFunction: 'gini'; maxDepth: number; minNumSamples: number })
    train(rows: readonly (readonly number[])[], classes: readonly number[]): void
    predict(rows: readonly (readonly number[])[]): number[]
  }
}
