import { shortScenario } from './short-scenario.ts'

/** In all languages of the pages. */
export const text = (en: string) => ({ en, et: `${en} (et)`, ja: `${en} (ja)` })
const rubric = [
  { id: 'facts', title: text('The facts are right'), points: 3 },
  { id: 'tone', title: text('Calm and clear'), points: 1 },
]
const message = { kind: 'inject', from: text('The press'), channel: 'press', rubric, answer: { text: 2_000 } }
/** Five minutes with two teams of people, an attack late, and messages of every kind. Returns its folder. */
export const dayScenario = (folder: string): string =>
  shortScenario(folder, {
    duration: '5m',
    pilots: ['person', 'person'],
    attacks: [{ id: 'late', at: '4m50s', weakness: 'population/name-search-injection' }],
    entries: [
      {
        ...message,
        id: 'press-asks',
        title: text('A newspaper asks'),
        text: text('What has happened?'),
        at: '10s',
        within: '1m',
      },
      {
        ...message,
        id: 'press-insists',
        title: text('The newspaper insists'),
        text: text('You did not answer.'),
        after: { entry: 'press-asks', outcome: 'unanswered' },
        within: '20s',
      },
      {
        ...message,
        id: 'held-ready',
        title: text('Held ready'),
        text: text('Only when white says so.'),
        manual: true,
        within: '30s',
      },
      {
        kind: 'inject',
        id: 'police-ask',
        title: text('The police ask'),
        text: text('By which account did they come?'),
        from: text('The police'),
        answer: { question: { answers: ['grey heron'], tries: 3, hints: [text('It is a bird.')] } },
        category: 'forensics',
        manual: true,
      },
      {
        ...message,
        id: 'list-wanted',
        title: text('A list is wanted'),
        text: text('Who was hit? Send a table.'),
        answer: { file: ['text/csv'], maxKiB: 10 },
        category: 'forensics',
        manual: true,
      },
      {
        kind: 'world',
        id: 'cable-cut',
        title: text('A cable was cut'),
        publicText: text('The register of residents can not be reached.'),
        effect: 'cut-off',
        services: ['population'],
        manual: true,
        lasts: '10s',
      },
    ],
    scoring: {
      availability: 3_400,
      defence: 2_250,
      recovery: 1_850,
      usability: 1_000,
      strategic: 1_000,
      forensics: 200,
      reporting: 300,
    },
  })
