import type { BriefingMessages } from './message-keys.ts'

/** Lähteülesanne, reeglid lihtsate sõnadega ning sõnumite failid. */
export const etBriefing: BriefingMessages = {
  'team.tab.briefing': 'Juhised',
  'briefing.title': 'Juhised',
  'briefing.instructor': 'Õppuse juhile',
  'briefing.loading': 'Juhiseid laaditakse.',
  'briefing.none': 'Sellel õppusel juhiseid ei ole.',
  'briefing.failed': 'Juhiseid ei saa praegu laadida.',
  'briefing.again': 'Proovi uuesti',
  'briefing.in': 'See tekst on teises keeles: {{language}}.',
  'rules.title': 'Kuidas punkte saab',
  'rules.always': 'Kõigis liikides',
  'rules.number': 'Reegel {{rule}}',
  'rules.see': 'Reegel {{rule}} lihtsate sõnadega',
  'rules.share':
    'Meeskondade järjestus sõltub sellest, kui suure osa oma võimalikest punktidest keegi on saanud, mitte punktidest endist. Võrdne osa annab sama koha.',
  'rules.void':
    'Seda, mida platvorm ei saanud mõõta ega hinnata, ei arvestata: selle eest ei saa ega kaota punkte. Sama kehtib aja kohta, mille õppuse juht vahele jätab.',
  'rules.adjusted': 'Õppuse juht võib punkte lisada või maha võtta. Põhjust näevad kõik.',
  'rules.availability.earns':
    'Kuni {{budgetPoints}} punkti. Igal teenusel on kaalu järgi oma osa ja see koguneb ühtlaselt kogu õppuse jooksul ({{durationMs}}), kuni teenus töötab.',
  'rules.availability.loses':
    'Aeglane teenus annab oma osast {{slowShare}}, vastav, kuid valesti töötav teenus {{brokenShare}} ja mittetöötav teenus mitte midagi.',
  'rules.defence.earns':
    'Kuni {{budgetPoints}} punkti, jagatud rünnakute vahel kaalu järgi. Kui rünnak tõrjutakse ja teenus töötab samal ajal õigustatud kasutajate jaoks, saad kogu osa. Kui rünnak ei õnnestunud ainult sellepärast, et teenus oli maas või ei teenindanud kedagi, ei saa sa midagi.',
  'rules.defence.loses':
    'Õnnestunud rünnak võtab oma osast kohe {{atOnceShare}}. Ülejäänu kahaneb ühtlaselt, kuni ründajal on ligipääs, ja on {{zeroMs}} pärast otsas. Mis on ligipääsu sulgemisel alles, jääb alles.',
  'rules.defence.hints':
    'Ühe turvanõrkuse vihjed maksavad {{firstPoints}}, {{secondPoints}} ja {{thirdPoints}} punkti. Alla nulli kaitse punktid vihjete tõttu ei lähe.',
  'rules.defence.freeHints': 'Vihjed on tasuta.',
  'rules.defence.reverts':
    'Iga kord, kui õppuse juht viib teenuse tagasi algseisu, kulub {{costPoints}} punkti.',
  'rules.recovery.earns':
    'Kuni {{budgetPoints}} punkti, jagatud rünnakute vahel kaalu järgi. Tõrjutud rünnak annab kogu osa. Sama annab teenus, mis taastati pärast õnnestunud rünnakut {{fullMs}} jooksul: ligipääs on suletud ja teenus töötab.',
  'rules.recovery.loses':
    'Edasi annab hilisem taaste järjest vähem ja {{zeroMs}} pärast rünnakut enam mitte midagi. Mis on taastatud, loeb edaspidigi.',
  'rules.usability.earns':
    'Kuni {{budgetPoints}} punkti. Igal kodanike rühmal on suuruse järgi oma osa ja see koguneb ühtlaselt, kuni inimesed saavad vajalikke teenuseid kasutada või neile vastatakse.',
  'rules.usability.loses':
    'Rühm ei anna midagi ajal, mil mõni tema kasutatav teenus ei tööta, ega ajal, mil mõne kaebuse tähtaeg on möödas: {{answerMs}} vastuseta või {{holdsMs}} pärast vastust, kui midagi ei ole parandatud. Mitu kaebust korraga maksavad sama palju kui üks.',
  'rules.messages.earns':
    'Kuni {{budgetPoints}} punkti, jagatud sõnumite vahel kaalu järgi. Vastus annab nii suure osa, kui ütleb hinne.',
  'rules.messages.loses':
    'Hilinenud vastus annab sellest {{lateShare}}, kui õigel ajal ei saadetud ühtegi. Vastamata sõnum ei anna midagi. Õigel ajal saadetud, kuid hindamata vastust ei arvestata, nii et aeglane hindaja ei tee kellelegi kahju.',
  'rules.reports.earns':
    'Õnnestunud rünnakust tuleb teatada {{withinMs}} jooksul: punkte annavad teenus, tehnika, märkamise aeg, tunnused ja tehtu. Tõrjutud rünnakust teatada ei ole vaja.',
  'rules.reports.loses':
    'Teade millestki, mida ei juhtunud, on tasuta {{freeCount}} korda; iga järgmine võtab {{costShare}} teavitamise punktidest. Samast juhtumist kaks korda teatamine läheb arvesse üks kord.',
  'rules.questions.earns':
    'Õige vastus annab kõik punktid; iga vale vastus enne seda võtab neist {{tryShare}}, iga vihje {{hintShare}}.',
  'rules.messages.graders':
    'Kui vastust hindab mitu inimest, loeb hinnete keskmine või see hinne, mille õppuse juht on märkinud lõplikuks.',
  'files.title_one': '{{n}} fail',
  'files.title_other': '{{n}} faili',
  'files.save': 'Salvesta {{name}}',
  'files.show': 'Näita: {{name}}',
  'files.hide': 'Peida: {{name}}',
  'files.failed': 'Faili ei saa praegu laadida. Proovi uuesti.',
  'files.size.bytes': '{{n}} baiti',
  'files.size.kib': '{{n}} kibibaiti',
  'files.size.mib': '{{n}} mebibaiti',
  'files.asked': 'Vastuseks on vaja faili: {{types}}, kuni {{size}}.',
  'files.choose': 'Vali fail',
  'files.uploading': '{{name}}: üles laaditud {{share}}',
  'files.cancel': 'Katkesta',
  'files.ready': 'Üles laaditud: {{name}}. Esitamiseks saada vastus ära.',
  'files.type.image/png': 'pilt (PNG)',
  'files.type.image/jpeg': 'pilt (JPEG)',
  'files.type.application/pdf': 'dokument (PDF)',
  'files.type.text/plain': 'tekst (TXT)',
  'files.type.text/markdown': 'tekst (Markdown-vormingus)',
  'files.type.text/csv': 'tabel (CSV)',
  'files.type.text/calendar': 'kalender (ICS)',
  'files.type.application/vnd.tcpdump.pcap': 'võrguliikluse salvestis (PCAP)',
  'refusal.file-too-large': 'Selle sõnumi vastuseks sobib kuni {{max}} KiB suurune fail.',
  'refusal.file-type': 'See sõnum küsib teist liiki faili.',
  'refusal.file-unknown-ending': 'Faili nime lõpus peab olema png, jpg, pdf, txt, md, csv, ics või pcap.',
  'refusal.file-empty': 'Fail on tühi.',
  'refusal.file-other-content': 'Faili sisu ei vasta nime lõpule.',
  'refusal.file-name': 'Sellise nimega faili ei saa salvestada.',
  'refusal.bad-file-name': 'Sellise nimega faili ei saa salvestada.',
  'refusal.bad-file-ending': 'Faili nime lõpp peab ütlema, mis fail see on: {{endings}}.',
  'refusal.files-full': 'Meeskond on üles laadinud kõik, mis lubatud: {{files}} faili, {{mib}} MiB.',
  'refusal.not-a-file': 'See sõnum ei küsi faili.',
  'refusal.not-uploaded': 'Seda faili ei ole sinu meeskond üles laadinud. Laadi see uuesti üles.',
}
