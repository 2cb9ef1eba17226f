import type { ReplayMessages } from './message-keys.ts'

/** Replays, in Estonian. */
export const etReplay: ReplayMessages = {
  'pulse.replay': 'Kordusvaade',
  'replay.open': 'Kordusvaade',
  'replay.name': 'Õppuse kordusvaade',
  'replay.loading': 'Salvestist laaditakse.',
  'replay.failed': 'Salvestist ei saanud laadida. {{why}}',
  'replay.again': 'Proovi uuesti',
  'replay.play': 'Esita',
  'replay.pause': 'Peata',
  'replay.moment': 'Õppuse hetk',
  'replay.speed': 'Kiirus',
  'replay.points': 'Pöördepunktid',
  'replay.points.choose': 'Pöördepunktid ({{n}})',
  'replay.previous': 'Eelmine pöördepunkt',
  'replay.next': 'Järgmine pöördepunkt',
  'replay.leave': 'Lõpeta kordusvaade',
  'refusal.replay': 'See on kordusvaade: näed, mis oli, aga muuta siin midagi ei saa.',
  'turn.first-landed': 'Esimene sissetung: „{{attack}}“ (meeskond {{team}})',
  'turn.first-mended': 'Suletud esimesena ajaga {{span}}: „{{attack}}“ (meeskond {{team}})',
  'turn.last-mended': 'Suletud viimasena ajaga {{span}}: „{{attack}}“ (meeskond {{team}})',
  'turn.outage': 'Katkestus ({{span}}): {{service}} (meeskond {{team}})',
  'turn.chain_one': '{{service}} ei tööta ja koos sellega üks teenus, mis seda vajab (meeskond {{team}})',
  'turn.chain_other':
    '{{service}} ei tööta ja koos sellega {{count}} teenust, mis seda vajavad (meeskond {{team}})',
  'turn.swing': 'Kaotatud keskmisest {{points}} punkti rohkem, aeg {{span}} (meeskond {{team}})',
  'turn.note': 'Märge: {{text}}',
}
