import { etReportPage } from './et-report-page.ts'
import { etShared } from './et-shared.ts'
import type { ToolsMessages } from './message-keys.ts'

export const etTools: ToolsMessages = {
  ...etShared,
  ...etReportPage,
  'refusal.recording-now': 'Selle meeskonna liiklust juba salvestatakse. Oota, kuni see lõpeb.',
  'refusal.no-recording': 'Salvestist ei ole või seda enam ei ole.',
  'traffic.record': 'Salvesta liiklus',
  'traffic.now': 'Salvestatakse (kuni {{seconds}} s).',
  'traffic.done': '{{service}}: salvestati {{size}} KiB.',
  'traffic.download': 'Laadi alla (.pcap)',
  'traffic.bounds':
    'Kuni 60 sekundit ja 10 MiB, salvestatakse konteinerist väljaspool. Salvestis on alles kümme minutit.',
  'ssh.title': 'Oma tööriistad SSH kaudu',
  'ssh.off': 'Sellel platvormil on SSH välja lülitatud. Platvormi käitaja lülitab selle sisse võtmega --ssh.',
  'ssh.how':
    'Käsurida, scp, sftp ja tunnelid oma meeskonna teenustesse. Parooliks sobib liitumislingi kood või lühike kood; avaliku võtme saab registreerida siin.',
  'ssh.recorded': 'Terminalis kuvatav salvestatakse kordusvaate jaoks ka siis, kui töötad SSH kaudu.',
  'ssh.host': 'Platvormi serverivõti',
  'ssh.keys': 'Registreeritud võtmed',
  'ssh.noKeys': 'Võtmeid veel ei ole.',
  'ssh.by': '{{name}}, alates {{time}}',
  'ssh.remove': 'Eemalda',
  'ssh.removeOf': 'Eemalda võti {{fingerprint}}',
  'ssh.key': 'Avalik võti (rida failist id_ed25519.pub)',
  'ssh.register': 'Registreeri võti',
}
