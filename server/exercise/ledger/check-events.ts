/** How often the platform looked at a team's services. */
export interface CheckCount {
  /** Light checks and full journeys that were run, the second looks at what was new among them. */
  readonly light: number
  readonly full: number
  /** Of both: those that found out nothing, by no doing of the team. */
  readonly unknown: number
}

/** Facts of how the platform looks at teams. */
export interface CheckPayloads {
  /** How often it looked since the last such event, while time ran: at each pause, at the end, and every few minutes between. What a crash took along is not in it. */
  readonly 'checks.counted': { readonly teams: Readonly<Record<string, CheckCount>> }
}
