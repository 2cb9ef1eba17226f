import { clockText } from '../../../scenario/clock-text.ts'
import { formatsOf, spanText } from '../../../scenario/formats.ts'
import { type Measure, shareOf } from '../measures.ts'
import type { Spread } from '../platform-facts.ts'
import { labelsEt } from './labels-et.ts'
import { proposalEt } from './proposals-et.ts'
import type { Words } from './words.ts'

const { whole, tenth, share, rough, names: list } = formatsOf('et')
const n = (value: number) => whole.format(value)
const big = (value: number) => rough.format(value).replace(/\s+/g, '\u00a0')
const span = (ms: number) => spanText('et', ms)
/** Names of services are written small within a sentence and after a colon; `X-tee` stays as it is. */
const small = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLocaleLowerCase('et') + name.slice(1) : name
/** After 1 the noun is in the nominative, after any other number in the partitive. */
const counted = (count: number, one: string, many: string) => `${n(count)} ${count === 1 ? one : many}`
/** `20 rünnakust tõrjuti 7`: `whole` is in the elative, which all numbers take alike. */
const part = (
  { n: some, of }: Pick<Measure, 'n' | 'of'>,
  whole_: string,
  did: string,
  didNot: string,
): string =>
  some === 0 ? `${n(of)} ${whole_} ei ${didNot} ühtegi.` : `${n(of)} ${whole_} ${did} ${n(some)}.`
const landed = ({ n: some, of }: Measure, none: string, others: string): string =>
  `Õnnestunud rünnakuid: ${n(of)}. ${some === 0 ? none : others}`
const FULL = {
  stopped: (one: Measure) => part(one, 'rünnakust', 'tõrjuti', 'tõrjutud'),
  'driven-out': (one: Measure) =>
    landed(one, 'Ründajaid ei eemaldatud ühegi järel.', `Ründajad eemaldati: ${n(one.n)}.`),
  'in-time': (one: Measure) =>
    landed(
      one,
      'Ühegi järel ei jõutud kõike taastada enne, kui taastepunkte kaotati.',
      `Taastatud nii kiiresti, et taastepunkte ei kaotatud: ${n(one.n)}.`,
    ),
  reported: (one: Measure) => landed(one, 'Ühestki ei teatatud.', `Neist teatatud: ${n(one.n)}.`),
  answered: (one: Measure) =>
    `Sõnumeid: ${n(one.of)}. ${one.n === 0 ? 'Õigel ajal ei vastatud ühelegi.' : `Neist õigel ajal vastatud: ${n(one.n)}.`}`,
  complaints: (one: Measure) => part(one, 'kaebusest', 'lahendati', 'lahendatud'),
  working: (measure: Measure) => `Avalikke teenuseid sai kasutada ${share.format(shareOf(measure))} ajast.`,
} as const
const DO = {
  stopped: 'Turvanõrkused tuleb leida ja parandada enne, kui neid kasutatakse.',
  'driven-out': 'Sees olevad ründajad tuleb üles otsida ja eemaldada.',
  'in-time': 'Ründajad tuleb eemaldada ja teenused taastada kiiremini.',
  reported: 'Igast leitud küberintsidendist tuleb teatada.',
  answered: 'Ajakirjandusele, ministeeriumidele ja partneritele tuleb vastata õigel ajal.',
  complaints: 'Kodanike kaebused tuleb ette võtta.',
  working: 'Teenused peavad kaitsmise ajal kasutatavad olema.',
} as const

/** Reports in Estonian. */
export const wordsEt: Words = {
  lang: 'et',
  labels: labelsEt,
  category: {
    availability: 'Käideldavus',
    defence: 'Kaitse',
    recovery: 'Taaste',
    usability: 'Kasutatavus',
    reporting: 'Teavitamine',
    forensics: 'Kriminalistika',
    strategic: 'Strateegia',
  },
  reached: {
    met: 'täidetud',
    partly: 'osaliselt',
    not: 'täitmata',
    open: 'ei ole veel teada',
    waiting: 'ootab hindeid',
    untested: 'ei kontrollitud',
  },
  state: {
    blocked: 'tõrjutud',
    'blocked-by-outage': 'katkestus',
    closed: 'suletud',
    open: 'avatud',
    'under-way': 'käib',
    void: 'ei loe',
    'not-yet': 'tulemata',
  },
  observation: { strength: 'tugevus', improvement: 'parenduskoht' },
  noticedBy: { report: 'teatest', case: 'juhtumist', work: 'töölt' },
  paragraph: (sentences) => sentences.join(' '),
  title: (reader, exercise) =>
    reader === 'minister' ? `${exercise}: aruanne ministritele` : `${exercise}: aruanne õppuse juhtidele`,
  teamTitle: (team, exercise) => `${exercise}: aruanne meeskonnale ${team}`,
  ranBy: (names) => `Õppust ${names.length === 1 ? 'juhtis' : 'juhtisid'} ${list.format(names)}.`,
  gradedBy: (names) => `${names.length === 1 ? 'Hindas' : 'Hindasid'} ${list.format(names)}.`,
  writtenBy: (names) => `${names.length === 1 ? 'Koostas' : 'Koostasid'} ${list.format(names)}.`,
  asOf: (atMs, durationMs, ended) =>
    ended
      ? `Õppus on läbi. See lõppes ajal ${clockText(atMs)}.`
      : `Seis ajal ${clockText(atMs)}, õppus kestab ${clockText(durationMs)}. Arvud võivad veel muutuda.`,
  exercised: (teams, services, durationMs) =>
    `Meeskondi: ${n(teams)}. Avalikke teenuseid, mida ${teams === 1 ? '' : 'iga '}meeskond kaitses: ${n(services)}. Kestus: ${span(durationMs)}.`,
  peak: (people, population, atMs) =>
    `Kõige halvemal hetkel (${clockText(atMs)}) ei saanud vajalikku teenust kasutada ${big(people)} ${people === 1 ? 'inimene' : 'inimest'}, kokku on inimesi ${big(population)}.`,
  nobodyAffected: 'Kõik said kogu aeg teenuseid kasutada.',
  hours: (personHours) =>
    personHours < 0.5
      ? 'Kaotatud inimtunde kokku: alla ühe.'
      : `Kaotatud inimtunde kokku: ${big(Math.round(personHours))}.`,
  taken: (what, people, service, teams, open) =>
    `Lekkinud andmed: ${what} (${small(service)}), ${big(people)} ${people === 1 ? 'inimene' : 'inimest'}, ${teams === 1 ? 'ühes riigis' : `${n(teams)} riigis`}. ${
      open === 0
        ? 'Rohkem neid võtta ei saa.'
        : `Neid saab ikka veel võtta ${open === 1 ? 'ühes riigis' : `${n(open)} riigis`}.`
    }`,
  attacks: (judged, stopped) =>
    judged === 0
      ? 'Ühtegi rünnakut ei ole veel hinnatud.'
      : part({ n: stopped, of: judged }, 'rünnakust', 'tõrjuti', 'tõrjutud'),
  inside: (landed, inside) => {
    if (landed === 0) return 'Ükski rünnak ei õnnestunud.'
    if (inside === 0) return `Õnnestunud rünnakuid: ${n(landed)}. Kõik ründajad eemaldati.`
    return `Õnnestunud rünnakuid: ${n(landed)}. Neid, mille järel ründajad on ikka veel sees: ${n(inside)}.`
  },
  place: (rank, of, points, possible) =>
    of === 1
      ? `Punkte: ${tenth.format(points)}, võimalik ${tenth.format(possible)}.`
      : `${n(rank)}. koht, meeskondi kokku ${n(of)}. Punkte: ${tenth.format(points)}, võimalik ${tenth.format(possible)}.`,
  well: (measure) => FULL[measure.aspect](measure),
  toDo: (measure, service) =>
    [
      DO[measure.aspect],
      FULL[measure.aspect](measure),
      service === null ? '' : `Enim puudutatud teenus: ${small(service)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  vulnerability: (service, nth) => `${service}, ${nth}. turvanõrkus`,
  report: (id, service) => (service === null ? `Teade ${id}` : `Teade ${id}: ${small(service)}`),
  lateGrade: (grade) => `${grade}, hilinenud`,
  took: (attack, what, people) =>
    `${attack}. Lekkinud andmed: ${what}, ${big(people)} ${people === 1 ? 'inimene' : 'inimest'}.`,
  leftOpen: (attack, closedMs, againMs) =>
    `${attack}. Ajal ${clockText(closedMs)} suletud tee oli ajal ${clockText(againMs)} jälle lahti.`,
  sooner: (attack, fastest, { sooner, fastestMs, ownMs }) =>
    `${attack}. Meeskondi, kes eemaldasid ründajad kiiremini: ${n(sooner)}. Kiireim oli meeskond ${fastest}, selleks kulus ${span(fastestMs)}. ${
      ownMs === null ? 'Siin neid ei eemaldatudki.' : `Siin kulus ${span(ownMs)}.`
    }`,
  weaknessClass: (id, named, judged, landed) =>
    `${id}${named === null ? '' : ` (${named})`}: ${counted(judged, 'rünnak', 'rünnakut')}, õnnestunud ${landed === 0 ? 'ei ole ükski' : `on ${n(landed)}`}.`,
  unanswered: (count) =>
    count === 0
      ? 'Ükski sõnum ei ole hilinenud.'
      : `${counted(count, 'sõnum jäi', 'sõnumit jäi')} õigel ajal vastuseta ja on seda ikka veel.`,
  complaints: (came, open) => {
    if (came === 0) return 'Kodanikelt kaebusi ei tulnud.'
    return `Kodanikelt tuli ${counted(came, 'kaebus', 'kaebust')}. Neist lahendamata: ${n(open)}.`
  },
  proof: (title, { met, partly, not, open, void: none }, ended) => {
    const said = [
      met > 0 ? `täitis ${counted(met, 'meeskond', 'meeskonda')}` : '',
      partly > 0 ? `osaliselt ${counted(partly, 'meeskond', 'meeskonda')}` : '',
      not > 0 ? `ei täitnud ${counted(not, 'meeskond', 'meeskonda')}` : '',
      open > 0 ? `${ended ? 'hinnet ootab' : 'teadmata'} ${counted(open, 'meeskond', 'meeskonda')}` : '',
      none > 0 ? `hinnata ei saanud ${none === 1 ? 'üht meeskonda' : `${n(none)} meeskonda`}` : '',
    ].filter(Boolean)
    return `${title}: ${said.join(', ') || (ended ? 'ei tulnud' : 'ei ole veel tulnud')}.`
  },
  flat: (title, reason, teams) => {
    const those = counted(teams, 'meeskond', 'meeskonda')
    switch (reason) {
      case 'unread':
        return `${title}: sai ${those}, keegi ei lugenud.`
      case 'unanswered':
        return `${title}: sai ${those}, keegi ei vastanud.`
      case 'unnoticed':
        return `${title}: õnnestus, tabas ${teams === 1 ? 'üht meeskonda' : `${n(teams)} meeskonda`}, keegi ei märganud.`
      case 'void':
        return `${title}: platvorm ei saanud seda ${teams === 1 ? '' : 'ühegi meeskonna puhul '}hinnata.`
      case 'never-came':
        return `${title}: oli kavas, meeskondi ${n(teams)}, aga ei tulnud.`
    }
  },
  proposal: proposalEt,
  graded: (count, twice) =>
    count === 0
      ? 'Midagi ei ole veel hinnatud.'
      : `Hinnatud vastuseid ja teateid: ${n(count)}. Neist vähemalt kahe inimese hinnatud: ${n(twice)}.`,
  agreed: (mean, most, apart) =>
    `Keskmine erinevus: ${share.format(mean)} punktidest, suurim ${share.format(most)}. ${
      apart === 0
        ? 'Kusagil ei olnud erinevus suur.'
        : `Suur oli erinevus ${apart === 1 ? 'ühel juhul' : `${n(apart)} juhul`}.`
    }`,
  waiting: (first, second, appeals) =>
    `Hindamata: ${n(first)}. Ootab teist hindajat: ${n(second)}. Lahendamata vaideid: ${n(appeals)}.`,
  even: (even) =>
    even
      ? 'Kõigil meeskondadel oli ühepalju rünnakuid ja sõnumeid ning neid mõõdeti sama suure osa ajast.'
      : 'Meeskondadel ei olnud kõike ühepalju: võrdle allpool rünnakute, sõnumite ja kontrollide arvu ning mõõdetud aega.',
  checks: ({ atMs, full, light }, teams) => {
    const of = ({ min, max, apart }: Spread) =>
      teams === 1
        ? n(max)
        : min === max
          ? `igal meeskonnal ${n(max)}`
          : `meeskonniti ${n(min)}–${n(max)} (vahe ${share.format(apart)})`
    return `Loendatud ajani ${clockText(atMs)}. Täiskontrolle: ${of(full)}. Kiirkontrolle: ${of(light)}.`
  },
  checksUnknown: 'Kontrollide arvu ei ole loendatud.',
  pauses: (count) =>
    count === 0 ? 'Õppust ei peatatud.' : `Õppus peatati ${count === 1 ? 'ühe korra' : `${n(count)} korda`}.`,
  skips: (count, ms) =>
    count === 0
      ? 'Aega vahele ei jäetud.'
      : `Aega jäeti vahele ${count === 1 ? 'ühe korra' : `${n(count)} korda`}, kokku ${span(ms)}.`,
  late: (now, lastMs) => {
    if (now) return 'Mõõtmised hilinevad praegu: need näitavad pigem platvormi kui meeskondade olukorda.'
    return lastMs === null
      ? 'Mõõtmised ei hilinenud.'
      : `Mõõtmised hilinesid mõnda aega, viimati ajal ${clockText(lastMs)}.`
  },
  isolationOpen: 'Meeskondade eraldatus on praegu katki.',
}
