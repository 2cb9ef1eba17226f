import { etWallPage } from './et-wall-page.ts'
import type { WallMessages } from './message-keys.ts'

export const etWall: WallMessages = {
  ...etWallPage,
  'wall.curve': 'Inimesed, kellel mõni teenus ei tööta',
  'wall.curve.since': 'kõigis riikides, algusest peale',
  'wall.curve.now': 'praegu, {{time}}',
  'wall.curve.peak': 'Korraga kõige rohkem: {{n}} ({{time}})',
  'wall.curve.none': 'Seni on kõik saanud teenuseid kasutada.',
  'wall.taken': 'Lekkinud andmed',
  'wall.taken.none': 'Andmeid ei ole lekkinud.',
  'wall.taken.more_one': 'ja veel üht liiki andmed',
  'wall.taken.more_other': 'ja veel {{n}} liiki andmeid',
  'wall.taken.open_one': 'Leke kestab.',
  'wall.taken.open_other': 'Leke kestab {{where}}.',
  'wall.taken.closed': 'Kõik lekked on suletud.',
  'wall.expected': 'Aega taastumiseni',
  'wall.expected.normal': 'kõik korras',
  'wall.expected.about': 'umbes {{span}}',
  'wall.expected.by_one': 'senise {{n}} paranduse põhjal',
  'wall.expected.by_other': 'senise {{n}} paranduse põhjal',
  'wall.expected.unknown': 'teadmata',
  'wall.expected.why': 'Seda ei saa veel hinnata.',
  'wall.expected.countries': 'Korras {{where}}',
  'wall.life': 'Mida inimesed praegu teha saavad',
  'wall.life.more_one': 'ja veel {{n}}',
  'wall.life.more_other': 'ja veel {{n}}',
  'wall.life.fine_one': 'saab',
  'wall.life.fine_other': 'saab kõigis riikides',
  'wall.life.out_one': 'ei saa',
  'wall.life.out_other': 'ei saa {{where}}',
  'wall.life.out.all': 'ei saa üheski riigis',
  'wall.life.slow_one': 'saab, kuid aeglaselt',
  'wall.life.slow_other': 'aeglaselt {{where}}',
  'wall.life.leaks_one': 'saab, kuid ründajad on sees',
  'wall.life.leaks_other': 'ründajad sees {{where}}',
  'wall.life.unknown_one': 'teadmata',
  'wall.life.unknown_other': 'teadmata {{where}}',
  'counted.title': 'Kuidas seda arvutatakse',
  'counted.affected_one':
    'Platvorm proovib teenuseid korrapäraselt läbi nii, nagu inimesed neid kasutavad. Kui mõni ei tööta, ütleb stsenaarium, kui suur osa inimestest seda kasutab. Kes kasutab mitut teenust, läheb arvesse üks kord. Inimesi kokku: {{all}}, kõik välja mõeldud.',
  'counted.affected_other':
    'Platvorm proovib teenuseid korrapäraselt läbi nii, nagu inimesed neid kasutavad. Kui mõni ei tööta, ütleb stsenaarium, kui suur osa inimestest seda kasutab. Kes kasutab mitut teenust, läheb arvesse üks kord. Inimesi igas riigis: {{each}}, kõigis {{n}} riigis kokku: {{all}}, kõik välja mõeldud.',
  'counted.taken':
    'Stsenaarium ütleb iga turvanõrkuse kohta, kelle andmed ja kui paljude inimeste omad selle kaudu lekivad. Mis samas riigis lekib uuesti, läheb arvesse üks kord. Eri liiki andmeid ei liideta, sest samad inimesed on mitmes registris: suur arv käib suurima liigi kohta.',
  'counted.kind_one': '{{people}} {{what}}',
  'counted.kind_other': '{{people}} {{what}} ({{where}})',
  'counted.expected':
    'Kõik on korras, kui ründajatel ei ole kuskil ligipääsu ja kõik avalikud teenused töötavad kõikjal. Hinnang on sama liiki probleemide tavaline kestus (lahendatute mediaan), millest on lahutatud see aeg, mille lahendamata probleemid on juba kestnud. Kui lahendatuid on vähem kui {{least}} või mõni kestab tavalisest {{odd}} korda kauem, on vastus „teadmata“.',
  'counted.hours':
    'Teenuseta inimeste arv igal hetkel, kokku liidetud kogu õppuse kohta: 1000 inimest pool tundi teeb 500 tundi.',
}
