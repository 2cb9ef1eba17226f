import { DcqlPresentationResult, DcqlQuery } from 'dcql'
import { VCT } from '../issuer/metadata.ts'

/** Who asks, and for what: only what the purpose needs. */
export interface Purpose {
  readonly id: 'shop' | 'library'
  /** Whether the verifier learns who the person is. */
  readonly named: boolean
  readonly query: DcqlQuery
}

/** Identifier of the one credential that a query asks for. */
export const CREDENTIAL = 'pid'

const asking = (claims: readonly { path: [string, ...string[]]; values?: [boolean] }[]): DcqlQuery => {
  const query = DcqlQuery.parse({
    credentials: [
      {
        id: CREDENTIAL,
        format: 'dc+sd-jwt',
        meta: { vct_values: [VCT] },
        claims: claims.map((claim) => ({ ...claim })) as never,
      },
    ],
  })
  DcqlQuery.validate(query)
  return query
}

const ADULT = { path: ['age_equal_or_over', '18'], values: [true] } as const

export const PURPOSES: readonly Purpose[] = [
  { id: 'shop', named: false, query: asking([{ path: [...ADULT.path], values: [true] }]) },
  {
    id: 'library',
    named: true,
    query: asking([
      { path: ['given_name'] },
      { path: ['family_name'] },
      { path: ['personal_administrative_number'] },
    ]),
  },
]

export const purposeOf = (id: string): Purpose | undefined => PURPOSES.find((purpose) => purpose.id === id)

/** Whether disclosed claims are what the query asks for. */
export function answers(query: DcqlQuery, vct: string, claims: Readonly<Record<string, unknown>>): boolean {
  const presented = { credential_format: 'dc+sd-jwt', vct, claims, cryptographic_holder_binding: true }
  return DcqlPresentationResult.fromDcqlPresentation(
    { [CREDENTIAL]: [presented as never] },
    { dcqlQuery: query },
  ).can_be_satisfied
}

/** The asked claims out of all that were disclosed: nothing else is kept. */
export function askedClaims(
  query: DcqlQuery,
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const { claims: asked } of query.credentials)
    for (const claim of asked ?? [])
      if ('path' in claim) {
        const value = claim.path.reduce<unknown>((at, step) => Object(at)[String(step)], claims)
        kept[claim.path.join('.')] = value
      }
  return kept
}
