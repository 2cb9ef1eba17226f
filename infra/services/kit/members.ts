import type { Text } from './html.ts'

/** Meremaa's X-Road, and Japan's, which is federated with it. Each has a security server of its own. */
export const INSTANCES = ['MM', 'JP'] as const
export type Instance = (typeof INSTANCES)[number]

/** Host names of the security servers, which are also the names that their keys have (`{{public-key:xroad-jp}}`). */
export const SECURITY_SERVERS: Readonly<Record<Instance, string>> = { MM: 'xroad', JP: 'xroad-jp' }

/** A member of an X-Road instance, by the subsystem through which it speaks. */
export interface Member {
  /** Default MM. */
  readonly instance?: Instance
  readonly memberClass: 'GOV' | 'COM'
  /** Register code: eight digits in Meremaa, seven in Japan. */
  readonly memberCode: string
  readonly name: Text
}

/** The members of both instances that are there from the start, by subsystem. */
const OWN = {
  population: {
    memberClass: 'GOV',
    memberCode: '70000001',
    name: { en: 'Population Register', et: 'Rahvastikuregister', ja: '住民登録局' },
  },
  tax: {
    memberClass: 'GOV',
    memberCode: '70000002',
    name: { en: 'Tax and Customs Board', et: 'Maksu- ja Tolliamet', ja: '税務関税庁' },
  },
  eid: {
    memberClass: 'GOV',
    memberCode: '70000003',
    name: { en: 'Information System Authority', et: 'Riigi Infosüsteemi Amet', ja: '情報システム庁' },
  },
  portal: {
    memberClass: 'GOV',
    memberCode: '70000004',
    name: { en: 'State Portal', et: 'Riigiportaal', ja: '政府ポータル' },
  },
  municipality: {
    memberClass: 'GOV',
    memberCode: '70000005',
    name: { en: 'Municipality of Meresadam', et: 'Meresadama linnavalitsus', ja: 'メレサダム市役所' },
  },
  health: {
    memberClass: 'GOV',
    memberCode: '70000006',
    name: { en: 'Health Information Centre', et: 'Tervise Infosüsteemi Keskus', ja: '保健情報センター' },
  },
  school: {
    memberClass: 'GOV',
    memberCode: '70000007',
    name: { en: 'Ministry of Education', et: 'Haridusministeerium', ja: '教育省' },
  },
  vote: {
    memberClass: 'GOV',
    memberCode: '70000008',
    name: { en: 'State Electoral Office', et: 'Riigi Valimisteenistus', ja: '国家選挙管理局' },
  },
  wallet: {
    memberClass: 'GOV',
    memberCode: '70000009',
    name: { en: 'Police and Border Guard', et: 'Politsei- ja Piirivalveamet', ja: '警察・国境警備庁' },
  },
  assistant: {
    memberClass: 'GOV',
    memberCode: '70000010',
    name: { en: 'State Assistant', et: 'Riigi Abiline', ja: '行政アシスタント' },
  },
  tracker: {
    memberClass: 'GOV',
    memberCode: '70000011',
    name: { en: 'Data Tracker', et: 'Andmejälgija', ja: 'データトラッカー' },
  },
  bank: {
    memberClass: 'COM',
    memberCode: '10000001',
    name: { en: 'Meremaa Savings Bank', et: 'Meremaa Hoiupank', ja: 'メレマー貯蓄銀行' },
  },
  sign: {
    memberClass: 'COM',
    memberCode: '10000002',
    name: { en: 'Signing Service', et: 'Allkirjastamisteenus', ja: '電子署名サービス' },
  },
  clinic: {
    memberClass: 'COM',
    memberCode: '10000003',
    name: { en: 'Kivilinn Hospital', et: 'Kivilinna Haigla', ja: 'キヴィリン病院' },
  },
  mynumber: {
    instance: 'JP',
    memberClass: 'GOV',
    memberCode: '1000012',
    name: { en: 'Digital Agency of Japan', et: 'Jaapani Digiamet', ja: 'デジタル庁' },
  },
  immigration: {
    instance: 'JP',
    memberClass: 'GOV',
    memberCode: '1000001',
    name: {
      en: 'Immigration Services Agency of Japan',
      et: 'Jaapani Immigratsiooniamet',
      ja: '出入国在留管理庁',
    },
  },
} satisfies Readonly<Record<string, Member>>

/** A member whose service came from elsewhere, as its `service.yaml` says. */
export interface Joined extends Member {
  readonly offers: readonly {
    readonly code: string
    /** Where the provider answers; the path of the call is added. */
    readonly url: string
    readonly endpoints: readonly string[]
    /** Subsystems that may use all of it. */
    readonly for: readonly string[]
  }[]
  /** What others let it call: endpoints by `subsystem/service`. */
  readonly asks: Readonly<Record<string, readonly string[]>>
}

/** The members that joined, by subsystem. The platform tells every service of them. */
export const JOINED: Readonly<Record<string, Joined>> = JSON.parse(process.env.KILP_MEMBERS || '{}')

/** The members of both instances, by subsystem. Those that joined are among them, unknown to the types. */
export const MEMBERS: Readonly<Record<keyof typeof OWN, Member>> = { ...OWN, ...JOINED }

export type SubsystemName = keyof typeof MEMBERS

export const isSubsystem = (name: string): name is SubsystemName => Object.hasOwn(MEMBERS, name)

/** The X-Road instance of a subsystem. */
export function instanceOf(subsystem: SubsystemName): Instance {
  return MEMBERS[subsystem].instance ?? 'MM'
}

/** Identifier of a subsystem: `MM/GOV/70000001/population`. */
export const subsystemId = (subsystem: SubsystemName): string =>
  `${instanceOf(subsystem)}/${MEMBERS[subsystem].memberClass}/${MEMBERS[subsystem].memberCode}/${subsystem}`

/** Name of an organisation by its register code, in three languages; its code when nobody knows it. */
export function organisationName(code: string): Text {
  const member = Object.values(MEMBERS).find(({ memberCode }) => memberCode === code)
  return member?.name ?? { en: code, et: code, ja: code }
}
