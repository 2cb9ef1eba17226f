import { CATEGORIES, type Category } from './words.ts'

/** One value for each category of points. */
export const perCategory = <T>(of: (category: Category) => T): Readonly<Record<Category, T>> =>
  Object.fromEntries(CATEGORIES.map((category) => [category, of(category)])) as Record<Category, T>
