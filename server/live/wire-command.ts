import { z } from 'zod'

export const id = z.string().min(1).max(128)

/** One command that a seat may give, by its type, and what it says. */
export const command = <T extends string, D extends z.ZodType>(type: T, data: D, about: string) =>
  z.strictObject({ type: z.literal(type), data }).describe(about)

/** The last moment that a date can be, epoch ms. */
export const MAX_WALL = 8.64e15
