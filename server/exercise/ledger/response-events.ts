/** How far a team has come with something that everybody knows is wrong. `noticed`: it looks at it. `mending`: it has laid hands on the service. */
export const RESPONSES = ['noticed', 'mending'] as const
export type ResponseStep = (typeof RESPONSES)[number]

/** Facts of what a team does about its troubles, as far as everybody may know it. */
export interface ResponsePayloads {
  /**
   * The team has begun to look at, or to mend, a service of which everybody knows that attackers are inside or that it can not be used: the first time since that is so. Which of its people, by what
   * means and what they think it is stays the team's own. What nobody else knows of is never told.
   */
  'response.began': { readonly team: string; readonly service: string; readonly step: ResponseStep }
}
