import type { SituationName } from './situations.ts'

/** What a minister asks of the wall. */
export const QUESTIONS = [
  'What is happening?',
  'How bad is it?',
  'Is it getting better or worse?',
  'Since when?',
  'What would it be in real life?',
  'Whose data is gone?',
  'What is being done, and by whom?',
  'When is it over?',
  'Why?',
  'What must be decided or said?',
] as const
export type Question = (typeof QUESTIONS)[number]

/** The part of the picture that answers, and the answer as somebody reads it there who has read nothing else. */
export type Answer = readonly [part: string, says: RegExp]

const SENTENCE = '.national-sentence'
const SINCE = '.national-detail'
const REAL = '.national-real'
const PEOPLE = '.wall-affected'
const TAKEN = '[aria-labelledby=wall-taken]'
const EXPECTED = '[aria-labelledby=wall-expected]'
const STRIPS = '.strips'
const DECIDE = '.wall-decide'
const LESSONS = '.end-lessons'
const HEALTH = '.health-line'

/** Of each situation, where on the picture each question is answered. */
export const ANSWERS: Readonly<Record<SituationName, Readonly<Record<Question, Answer>>>> = {
  quiet: {
    'What is happening?': [SENTENCE, /^All public services work\.$/],
    'How bad is it?': [PEOPLE, /Without a service0of 10\.6.million/],
    'Is it getting better or worse?': [PEOPLE, /the same as 1.min ago/],
    'Since when?': [SINCE, /Nothing wrong since the start\./],
    'What would it be in real life?': [REAL, /people would notice nothing/],
    'Whose data is gone?': [TAKEN, /No data has been taken\./],
    'What is being done, and by whom?': [STRIPS, /No open problem\. All 8 teams keep watch\./],
    'When is it over?': [EXPECTED, /normal now.*all 8 countries/],
    'Why?': [STRIPS, /No open problem/],
    'What must be decided or said?': [DECIDE, /Nothing has to be decided or said now\./],
  },
  'first breach': {
    'What is happening?': [
      SENTENCE,
      /Attackers are inside the service Population register\. All services can still be used/,
    ],
    'How bad is it?': ['.life-leaks', /Keep an address secret.*attackers inside in 3 of 8 countries/],
    'Is it getting better or worse?': [PEOPLE, /^Without a service0.*the same as 1.min ago/],
    'Since when?': [SINCE, /Since 40:00, in 3 of 8 countries\./],
    'What would it be in real life?': [
      REAL,
      /4,350 people would have to be told that their data has been taken/,
    ],
    'Whose data is gone?': [
      TAKEN,
      /4,350addresses of people under protection.*Still open in 3 of 8 countries/,
    ],
    'What is being done, and by whom?': [
      STRIPS,
      /teams Estonia, Latvia and Sweden.*noticed41:30 · 1\/3.*being fixedno word/,
    ],
    'When is it over?': [EXPECTED, /unknown.*cannot be judged yet/],
    'Why?': [STRIPS, /Cause: A cleverly written search brings out addresses/],
    'What must be decided or said?': [
      DECIDE,
      /due 56:00: no team has answered yet.*Decide when to tell 4,350 people/,
    ],
  },
  'one outage': {
    'What is happening?': [SENTENCE, /Some people cannot use Digital identity now\./],
    'How bad is it?': [PEOPLE, /1\.6.millionof 10\.6.million/],
    'Is it getting better or worse?': [PEOPLE, /up from 798,000, 1.min ago/],
    'Since when?': [REAL, /in 2 of 8 countries would have been unable to do the following since 55:00/],
    'What would it be in real life?': [REAL, /If this were real.*log in to state services/],
    'Whose data is gone?': [TAKEN, /4,350addresses of people under protection.*All leaks are closed/],
    'What is being done, and by whom?': [
      STRIPS,
      /Not working: Digital identity.*teams Finland and Lithuania.*noticed55:30 · 1\/2/,
    ],
    'When is it over?': [EXPECTED, /unknown.*Normal in 6 of 8 countries/],
    'Why?': [STRIPS, /Cause: It gives no answer\. No attack is known\./],
    'What must be decided or said?': [DECIDE, /Say what people can do meanwhile: Digital identity\./],
  },
  cascade: {
    'What is happening?': [
      SENTENCE,
      /Digital identity is out of order\. So some people cannot use Data exchange \(X.*Road\), Tax filing and State portal either/,
    ],
    'How bad is it?': [PEOPLE, /3\.47.millionof 10\.6.million/],
    'Is it getting better or worse?': [PEOPLE, /the same as 1.min ago/],
    'Since when?': [REAL, /in 3 of 8 countries would have been unable to do the following since 1:00:30/],
    'What would it be in real life?': [
      REAL,
      /log in to state services, file the tax return, read official letters and 1 more/,
    ],
    'Whose data is gone?': [TAKEN, /4,350.*All leaks are closed/],
    'What is being done, and by whom?': [
      STRIPS,
      /teams Japan, Latvia and Norway.*noticed1:01:12 · 2\/3cause found1:02:48 · 1\/3being fixed1:03:30 · 1\/3/,
    ],
    'When is it over?': [EXPECTED, /unknown/],
    'Why?': [
      STRIPS,
      /fail with it: Data exchange.*Cause: Whoever knows a key that was never changed logs in as anybody/,
    ],
    'What must be decided or said?': [DECIDE, /official letter, due 1:17:00: no team has answered yet/],
  },
  crisis: {
    'What is happening?': [
      SENTENCE,
      /Digital identity, Population register and State portal are out of order/,
    ],
    'How bad is it?': [PEOPLE, /8\.01.millionof 31\.9.million/],
    'Is it getting better or worse?': [PEOPLE, /the same as 1.min ago/],
    'Since when?': [REAL, /in 10 of 24 countries would have been unable to do the following since 1:00:36/],
    'What would it be in real life?': [
      REAL,
      /read official letters, log in to state services, file the tax return and 1 more/,
    ],
    'Whose data is gone?': [
      TAKEN,
      /1\.24.milliontax returns and one other kind.*Still open in 9 of 24 countries/,
    ],
    'What is being done, and by whom?': [
      STRIPS,
      /in 7 of 24 countries.*noticed1:02:00 · 4\/8.*confirmed1:18:00 · 1\/8.*fastest: team Japan, 18.min/,
    ],
    'When is it over?': [EXPECTED, /unknown.*Normal in 6 of 24 countries/],
    'Why?': [STRIPS, /Cause: Whoever knows a key.*Cause: Somebody opens other people’s tax returns/],
    'What must be decided or said?': [DECIDE, /press, due 1:27:00: no team has answered yet/],
  },
  recovering: {
    'What is happening?': [SENTENCE, /Digital identity is out of order/],
    'How bad is it?': [PEOPLE, /1\.16.millionof 10\.6.million/],
    'Is it getting better or worse?': [PEOPLE, /down from 2\.31.million, 1.min ago/],
    'Since when?': [REAL, /in 1 of 8 countries would have been unable to do the following since 1:00:42/],
    'What would it be in real life?': [REAL, /log in to state services/],
    'Whose data is gone?': [TAKEN, /4,350.*All leaks are closed/],
    'What is being done, and by whom?': [
      STRIPS,
      /team Norway.*confirmed1:05:00 · 2\/3.*fastest: team Latvia, 5.min/,
    ],
    'When is it over?': [EXPECTED, /unknown.*Normal in 7 of 8 countries/],
    'Why?': [STRIPS, /Cause: Whoever knows a key that was never changed/],
    'What must be decided or said?': [DECIDE, /Say what people can do meanwhile: Digital identity/],
  },
  overloaded: {
    'What is happening?': [
      SENTENCE,
      /Measurements are late: the computer that runs the exercise is overloaded/,
    ],
    'How bad is it?': [PEOPLE, /Unknown while measurements are late/],
    'Is it getting better or worse?': [PEOPLE, /Unknown while measurements are late/],
    'Since when?': [HEALTH, /Measured late since 31:00/],
    'What would it be in real life?': [REAL, /would not happen: only the exercise’s own measuring is late/],
    'Whose data is gone?': [TAKEN, /No data has been taken/],
    'What is being done, and by whom?': [STRIPS, /not known while measurements are late/],
    'When is it over?': [EXPECTED, /unknown.*Unknown while measurements are late/],
    'Why?': [HEALTH, /too little processor time/],
    'What must be decided or said?': [
      DECIDE,
      /Say nothing about services before measurements are on time again/,
    ],
  },
  ended: {
    'What is happening?': [SENTENCE, /The exercise is over\./],
    'How bad is it?': ['.wall-curve', /Most at once: 3\.47.million, at 1:02:30/],
    'Is it getting better or worse?': ['[aria-labelledby=end-state]', /Normal in all 8 countries/],
    'Since when?': ['.shell-paused', /Ended: the time is over/],
    'What would it be in real life?': ['.end-numbers', /3\.47.millionwithout a service.*377,000/],
    'Whose data is gone?': [TAKEN, /206,000tax returns and one other kind.*All leaks are closed/],
    'What is being done, and by whom?': [LESSONS, /Team Latvia was fastest: attackers were out of/],
    'When is it over?': ['[aria-labelledby=end-state]', /all is normal/],
    'Why?': [LESSONS, /Attackers stayed longest with team Sweden.*turned to it only after/],
    'What must be decided or said?': [DECIDE, /Talk it over/],
  },
}

/** The same of some, in the other languages. */
export const ELSEWHERE: readonly (readonly [
  lang: 'et' | 'ja',
  situation: SituationName,
  part: string,
  says: RegExp,
])[] = [
  ['et', 'quiet', DECIDE, /Praegu ei ole midagi otsustada ega öelda\./],
  ['et', 'first breach', STRIPS, /meeskonnad Eesti, Latvia ja Sweden.*Põhjus: Kavalalt kirjutatud otsing/],
  ['et', 'cascade', REAL, /Päriselus oleks 3 riigis 8-st alates 1:00:30 võimatu: logida sisse e-teenustesse/],
  ['et', 'cascade', STRIPS, /3,47.miljonit inimest on teenuseta.*ei tööta ka/],
  ['et', 'overloaded', HEALTH, /Mõõtmised hilinevad alates 31:00: protsessoriaega napib/],
  ['ja', 'first breach', TAKEN, /4,350保護されている人の住所.*8か国中3か国で流出が続いています/],
  [
    'ja',
    'cascade',
    REAL,
    /現実であれば、1:00:30から8か国中3か国で次のことができない状態です：行政サービスにログインする/,
  ],
  ['ja', 'crisis', DECIDE, /全チームが未回答/],
  ['ja', 'ended', DECIDE, /振り返り：/],
]
