import type { HomeMessages } from './message-keys.ts'

/** The home page of an installation, in Estonian. */
export const etHome: HomeMessages = {
  'home.title': 'Kodu',
  'home.key.title': 'Võti puudub',
  'home.key.text':
    'See leht on platvormi käitaja jaoks. Ava link, mis kuvati Kilbi käivitamisel, või sisesta selle võti.',
  'home.key': 'Võti',
  'home.key.open': 'Ava',
  'home.key.bad':
    'See võti ei sobi sellele platvormile. Võti muutub igal käivitamisel: kasuta viimati kuvatut.',
  'home.exercises': 'Õppused',
  'home.scenarios': 'Stsenaariumid',
  'home.reading': 'Stsenaariume loetakse.',
  'home.none': 'Õppusi veel ei ole.',
  'home.open': 'avatud',
  'home.record': 'salvestis',
  'home.room.white': 'Õppuse juhi leht',
  'home.facts':
    '{{span}}, teenuseid: {{services}}, rünnakuid: {{attacks}}, sõnumeid: {{messages}}, meeskondi: kuni {{teams}}',
  'home.needs': 'Iga meeskond vajab {{containers}} konteinerit ja kuni {{memory}} mälu.',
  'home.carries_zero': 'Praegu ei jaksa see server ühtegi meeskonda.',
  'home.carries_one': 'Praegu jaksab see server ühte meeskonda.',
  'home.carries_other': 'Praegu jaksab see server {{count}} meeskonda.',
  'home.fault': 'Seda stsenaariumi ei saa mängida:',
  'home.teams': 'Meeskondi',
  'home.speed': 'Kiirus',
  'home.autostart': 'Alusta kohe, kui kõik on üles seatud',
  'home.start': 'Sea õppus üles',
  'home.starting': 'Õppust seatakse üles.',
  'home.insist': 'Sea siiski üles',
  'home.close': 'Eemalda keskkonnad',
  'home.close.title': 'Kas eemaldada selle õppuse keskkonnad?',
  'home.close.text': 'Meeskondade muudatused teenustes lähevad kaduma. Salvestis jääb alles.',
  'home.close.yes': 'Eemalda',
  'home.end': 'Lõpeta ja eemalda',
  'home.end.title': 'Kas lõpetada see õppus kõigi jaoks?',
  'home.end.text':
    'Õppus lõpeb kohe ja selle keskkonnad eemaldatakse: meeskondade muudatused teenustes lähevad kaduma. Salvestis jääb alles.',
  'home.end.yes': 'Lõpeta ja eemalda',
  'home.closing': 'Keskkondi eemaldatakse.',
  'home.delete': 'Kustuta salvestis',
  'home.delete.title': 'Kas kustutada see salvestis?',
  'home.delete.text':
    'Kustutatakse kõik, mis sellest õppusest on alles: sündmused, punktid, vastused, failid ja lingid.',
  'home.delete.yes': 'Jätka',
  'home.delete.sure': 'Taastada seda ei saa. Kas kustutada jäädavalt?',
  'home.delete.final': 'Kustuta jäädavalt',
  'home.delete.keep': 'Jäta alles',
}
