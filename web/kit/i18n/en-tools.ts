import { enReportPage } from './en-report-page.ts'
import { enShared } from './en-shared.ts'

/** Tools of one's own and recordings of traffic, in English. */
export const enTools = {
  ...enShared,
  ...enReportPage,
  'refusal.recording-now': 'A recording of this team is under way. Wait until it is done.',
  'refusal.no-recording': 'There is no recording, or no longer.',
  'traffic.record': 'Record the traffic',
  'traffic.now': 'Recording ({{seconds}} s at most).',
  'traffic.done': '{{service}}: {{size}} KiB recorded.',
  'traffic.download': 'Download (.pcap)',
  'traffic.bounds': 'Up to 60 seconds and 10 MiB, taken outside the container. It stays for ten minutes.',
  'ssh.title': 'Own tools over SSH',
  'ssh.off': 'SSH is switched off on this platform. Whoever runs it starts it with --ssh.',
  'ssh.how':
    'Shell, scp, sftp and tunnels into your own services. The password is your join link’s token or the short code, or register a public key here.',
  'ssh.recorded': 'What a terminal over SSH shows is recorded for the replay, too.',
  'ssh.host': 'Host key of the platform',
  'ssh.keys': 'Registered keys',
  'ssh.noKeys': 'No keys so far.',
  'ssh.by': '{{name}}, since {{time}}',
  'ssh.remove': 'Remove',
  'ssh.removeOf': 'Remove the key {{fingerprint}}',
  'ssh.key': 'Public key (the line in id_ed25519.pub)',
  'ssh.register': 'Register the key',
} as const
