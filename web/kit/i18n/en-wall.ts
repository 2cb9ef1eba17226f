import { enWallPage } from './en-wall-page.ts'

/** What the wall asks and answers. */
export const enWall = {
  ...enWallPage,
  'wall.curve': 'People without a service',
  'wall.curve.since': 'in all countries, since the start',
  'wall.curve.now': 'now, {{time}}',
  'wall.curve.peak': 'Most at once: {{n}}, at {{time}}',
  'wall.curve.none': 'So far everybody could use all services.',
  'wall.taken': 'Data taken',
  'wall.taken.none': 'No data has been taken.',
  'wall.taken.more_one': 'and one other kind',
  'wall.taken.more_other': 'and {{n}} other kinds',
  'wall.taken.open_one': 'The leak is still open.',
  'wall.taken.open_other': 'Still open {{where}}.',
  'wall.taken.closed': 'All leaks are closed.',
  'wall.expected': 'Until all is normal',
  'wall.expected.normal': 'normal now',
  'wall.expected.about': 'about {{span}}',
  'wall.expected.by_one': 'judged by {{n}} repair so far',
  'wall.expected.by_other': 'judged by {{n}} repairs so far',
  'wall.expected.unknown': 'unknown',
  'wall.expected.why': 'It cannot be judged yet.',
  'wall.expected.countries': 'Normal {{where}}',
  'wall.life': 'What people can do now',
  'wall.life.more_one': 'and {{n}} more',
  'wall.life.more_other': 'and {{n}} more',
  'wall.life.fine_one': 'works',
  'wall.life.fine_other': 'in every country',
  'wall.life.out_one': 'not possible',
  'wall.life.out_other': 'fails {{where}}',
  'wall.life.out.all': 'fails in every country',
  'wall.life.slow_one': 'slow',
  'wall.life.slow_other': 'slow {{where}}',
  'wall.life.leaks_one': 'works, attackers are inside',
  'wall.life.leaks_other': 'attackers inside {{where}}',
  'wall.life.unknown_one': 'unknown',
  'wall.life.unknown_other': 'unknown {{where}}',
  'counted.title': 'How it is counted',
  'counted.affected_one':
    'The platform regularly tries every service as people use it. Where one fails, the scenario says what part of the people uses it. Whoever uses several counts once. There are {{all}} people, none of them real.',
  'counted.affected_other':
    'The platform regularly tries every service as people use it. Where one fails, the scenario says what part of the people uses it. Whoever uses several counts once. Each country has {{each}} people, all {{n}} together {{all}}, none of them real.',
  'counted.taken':
    'For each vulnerability the scenario says whose data is taken through it, and of how many people. What is taken again in the same country counts once. Kinds are not added up, since the same people stand in many registers: the large number is that of the largest kind.',
  'counted.kind_one': '{{people}} {{what}}',
  'counted.kind_other': '{{people}} {{what}} ({{where}})',
  'counted.expected':
    'All is normal when no attackers are inside and every public service works everywhere. The estimate is how long problems of the same kind usually lasted (the median of those that are solved), less how long the open ones have lasted. While fewer than {{least}} are solved, or when one lasts {{odd}} times as long as usual, it says “unknown”.',
  'counted.hours':
    'The people without a service at each moment, added up over the whole exercise: 1,000 people for half an hour make 500 hours.',
} as const
