/** What the range tells the operator. A pino logger fits. */
export interface RangeLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export const silent: RangeLog = { info: () => {}, warn: () => {} }

/** Text of anything thrown. */
export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
