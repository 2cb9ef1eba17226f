/** The briefing, the rules in plain words, and files that come and go with messages, in English. */
export const enBriefing = {
  'team.tab.briefing': 'Briefing',
  'briefing.title': 'Briefing',
  'briefing.instructor': 'For the instructor',
  'briefing.loading': 'The briefing is being loaded.',
  'briefing.none': 'This exercise has no briefing.',
  'briefing.failed': 'The briefing cannot be loaded now.',
  'briefing.again': 'Try again',
  'briefing.in': 'This text is in {{language}}.',
  'rules.title': 'How points are earned',
  'rules.always': 'In all categories',
  'rules.number': 'Rule {{rule}}',
  'rules.see': 'Rule {{rule}} in plain words',
  'rules.share':
    'The order of teams goes by the share that each has of its possible points, not by points alone. Equal shares are equal places.',
  'rules.void':
    'What the platform could not measure or judge is not counted: it is neither won nor lost. That is also so for time that the instructor skips.',
  'rules.adjusted': 'The instructor can give or take points, with a reason that everybody reads.',
  'rules.availability.earns':
    'Up to {{budgetPoints}} points. Every service has its share by weight, and earns it evenly over the whole exercise ({{durationMs}}) while it works.',
  'rules.availability.loses':
    'While a service is slow, it earns {{slowShare}} of its share; while it answers and does not work properly, {{brokenShare}}; while it is down, nothing.',
  'rules.defence.earns':
    'Up to {{budgetPoints}} points, divided over the attacks by weight. An attack that is blocked while the service works for those who are entitled to it earns its whole share. If it was blocked only because the service was off or turned people away, it earns nothing.',
  'rules.defence.loses':
    'An attack that succeeds costs {{atOnceShare}} of its share at once. The rest goes evenly while the attacker has a foothold, and is gone after {{zeroMs}}. What is left when the foothold is closed is kept.',
  'rules.defence.hints':
    'Hints on one vulnerability cost {{firstPoints}}, {{secondPoints}} and {{thirdPoints}} points. They never take defence below nothing.',
  'rules.defence.freeHints': 'Hints are free.',
  'rules.defence.reverts':
    'Each time the instructor puts a service back to its start state costs {{costPoints}} points.',
  'rules.recovery.earns':
    'Up to {{budgetPoints}} points, divided over the attacks by weight. A blocked attack earns its whole share. After one that succeeded, so does a service that is restored within {{fullMs}}: the foothold closed, and the service working.',
  'rules.recovery.loses':
    'From then on a late recovery earns less and less, and nothing from {{zeroMs}} after the attack. What was restored stays counted.',
  'rules.usability.earns':
    'Up to {{budgetPoints}} points. Every group of citizens has its share by size, and earns it evenly while its people can use what they need or get an answer.',
  'rules.usability.loses':
    'A group earns nothing while a service that it uses is down, and while a complaint of it is overdue: {{answerMs}} without an answer, or {{holdsMs}} after the answer when nothing was fixed. Several complaints at once cost no more than one.',
  'rules.messages.earns':
    'Up to {{budgetPoints}} points, divided over the messages by weight. An answer earns the part that its grade says.',
  'rules.messages.loses':
    'A late answer earns {{lateShare}} of that, unless one was sent in time. No answer earns nothing. An answer in time that nobody has graded is not counted, so a slow grader harms nobody.',
  'rules.reports.earns':
    'A breach is to be reported within {{withinMs}}: service, technique, when it was noticed, indicators and what was done each earn a part. An attack that was blocked needs no report.',
  'rules.reports.loses':
    'A report of something that never happened is free {{freeCount}} times; each further one costs {{costShare}} of the points for reports. The same incident reported twice counts once.',
  'rules.questions.earns':
    'A right answer earns all; each wrong one before it takes {{tryShare}} away, each hint {{hintShare}}.',
  'rules.messages.graders':
    'If several people grade an answer, the mean of their grades counts, or the one that the instructor has marked as final.',
  'files.title_one': '{{n}} file',
  'files.title_other': '{{n}} files',
  'files.save': 'Save {{name}}',
  'files.show': 'Show {{name}}',
  'files.hide': 'Hide {{name}}',
  'files.failed': 'The file cannot be loaded now. Try again.',
  'files.size.bytes': '{{n}} bytes',
  'files.size.kib': '{{n}} KiB',
  'files.size.mib': '{{n}} MiB',
  'files.asked': 'A file is asked for: {{types}}, {{size}} at most.',
  'files.choose': 'Choose a file',
  'files.uploading': 'Uploading {{name}}: {{share}}',
  'files.cancel': 'Cancel',
  'files.ready': 'Uploaded: {{name}}. Send the answer to hand it in.',
  'files.type.image/png': 'picture (PNG)',
  'files.type.image/jpeg': 'picture (JPEG)',
  'files.type.application/pdf': 'document (PDF)',
  'files.type.text/plain': 'text (TXT)',
  'files.type.text/markdown': 'text (Markdown)',
  'files.type.text/csv': 'table (CSV)',
  'files.type.text/calendar': 'calendar (ICS)',
  'files.type.application/vnd.tcpdump.pcap': 'network recording (PCAP)',
  'refusal.file-too-large': 'This message takes a file of at most {{max}} KiB.',
  'refusal.file-type': 'This message asks for another kind of file.',
  'refusal.file-unknown-ending': 'The name of a file ends with png, jpg, pdf, txt, md, csv, ics or pcap.',
  'refusal.file-empty': 'The file is empty.',
  'refusal.file-other-content': 'The content of the file is not what the end of its name says.',
  'refusal.file-name': 'A file with this name cannot be saved.',
  'refusal.bad-file-name': 'A file with this name cannot be saved.',
  'refusal.bad-file-ending': 'The end of the file’s name must say what the file is: {{endings}}.',
  'refusal.files-full': 'The team has uploaded all it may: {{files}} files, {{mib}} MiB.',
  'refusal.not-a-file': 'This message does not ask for a file.',
  'refusal.not-uploaded': 'This file was not uploaded by your team. Upload it again.',
} as const
