import type { WallPageMessages } from './message-keys.ts'

/** A page of a team's service on the walls, in Estonian. */
export const etWallPage: WallPageMessages = {
  'wallPage.title': 'Teenus {{service}}, nagu kodanik seda praegu näeb (meeskond {{team}})',
  'wallPage.took': 'Teenus vastas {{ms}} ms jooksul. Lehte haldab meeskond {{team}}.',
  'wallPage.error': 'Teenus vastab veaga (olek {{status}}). Lehte haldab meeskond {{team}}.',
  'wallPage.down': '{{service}} ei vasta. Kodanik näeb praegu brauseri veateadet.',
  'wallPage.broken': '{{service}} vastab millegagi, mida brauser näidata ei saa.',
  'wallPage.leads-away': '{{service}} suunab kodaniku teise teenusesse, nii et lehte näidata ei ole.',
  'wallPage.stands-still': 'Õppus on peatatud: lehti laaditakse siis, kui õppus jätkub.',
  'wallPage.later': 'Lehte ei saa praegu näidata. Varsti proovitakse uuesti.',
  'wallPage.frame': 'Teenuse {{service}} leht, ilma skriptideta',
  'wallPage.put': 'Näita seda lehte kõigil suurtel ekraanidel',
  'wallPage.off': 'Võta suurtelt ekraanidelt maha',
  'wallPage.warning':
    'Suured ekraanid näitavad selle meeskonna lehte: seda kirjutab see, kelle käes teenus on. Leht laaditakse sisse logimata.',
  'wallPage.now':
    'Suurtel ekraanidel on teenus {{service}}, nagu kodanik seda näeb (meeskond {{team}}): {{path}}',
  'ledger.reason.no-page': 'see, mida teenus saatis, ei olnud leht',
  'wallPage.end.no-page': 'Leht võeti suurtelt ekraanidelt maha: see, mida teenus saatis, ei olnud leht.',
  'refusal.no-page-now': 'Lehti saab näidata siis, kui keskkonnad on püsti, kuni õppuse lõpuni.',
  'refusal.bad-page-path': 'Seda aadressi näidata ei saa: tee algab märgiga / ja on kuni {{max}} märki pikk.',
}
