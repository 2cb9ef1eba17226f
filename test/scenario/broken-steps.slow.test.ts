import { expect, test } from 'vitest'
import { complaints, type Edit, fixture } from './fixture.ts'

const HAND_IN = 'infra/services/desk/journeys/hand-in.yaml'
const ALIVE = 'infra/services/desk/journeys/alive.yaml'

const TABLE: readonly (readonly [name: string, edit: Edit, expected: readonly string[]])[] = [
  [
    'an unknown action',
    { file: HAND_IN, from: '  - http:\n', to: '  - htpp:\n' },
    [`${HAND_IN}:9:5 unknown-key \`htpp\` is not a key here; did you mean \`http\`?`],
  ],
  [
    'two actions',
    {
      file: HAND_IN,
      from: '        - wait: 100ms',
      to: '        - wait: 100ms\n          http: GET http://desk/',
    },
    [
      `${HAND_IN}:27:11 one-action a step has exactly one of http, sql, exec, tcp, ssh, listen, flood, card, login, app, wait, repeat`,
    ],
  ],
  [
    'an unknown key of a request',
    { file: HAND_IN, from: 'form: {', to: 'fom: {' },
    [`${HAND_IN}:12:7 unknown-key \`fom\` is not a key here; did you mean \`form\`?`],
  ],
  [
    'two bodies',
    { file: HAND_IN, from: 'form: {', to: 'text: a\n      form: {' },
    [`${HAND_IN}:10:7 two-bodies a request has one body: form, json, text or file`],
  ],
  [
    'a service that is not there as target',
    { file: HAND_IN, from: 'url: http://desk/papers', to: 'url: http://desc/papers' },
    [
      `${HAND_IN}:11:12 unknown-service \`desc\` is no service of this scenario, and steps reach nothing else; did you mean \`desk\`?`,
    ],
  ],
  [
    'an address outside as target',
    { file: HAND_IN, from: 'url: http://desk/papers', to: 'url: http://192.0.2.1/papers' },
    [
      `${HAND_IN}:11:12 unknown-service \`192.0.2.1\` is no service of this scenario, and steps reach nothing else`,
    ],
  ],
  [
    'a file address',
    { file: HAND_IN, from: 'url: http://desk/papers', to: 'url: file:///etc/passwd' },
    [`${HAND_IN}:11:12 bad-url \`file:///etc/passwd\` is not an http or https address`],
  ],
  [
    'an unknown method',
    { file: HAND_IN, from: 'GET http://desk/papers/{{memory.paper | url}}', to: 'GTE http://desk/' },
    [`${HAND_IN}:7:11 bad-value the short form is a method and an address: \`GET http://portal/\``],
  ],
  [
    'an unknown template',
    { file: HAND_IN, from: '{{random.text}}', to: '{{random.txt}}' },
    [
      `${HAND_IN}:12:22 unknown-template \`random.txt\` is not a template name here; did you mean \`random.text\`?`,
    ],
  ],
  [
    'a secret that no service has',
    { file: HAND_IN, from: '{{random.text}}', to: '{{secret:stroe}}' },
    [
      `${HAND_IN}:12:22 unknown-template \`secret:stroe\` is not a template name here; did you mean \`secret:store\`?`,
    ],
  ],
  [
    'an unknown template in a capture',
    { file: HAND_IN, from: "'words=", to: "'{{team}} {{teem}} words=" },
    [`${HAND_IN}:18:23 unknown-template \`teem\` is not a template name here; did you mean \`team\`?`],
  ],
  [
    'a secret with a name that is none',
    { file: HAND_IN, from: '{{random.text}}', to: '{{secret:A B}}' },
    [`${HAND_IN}:12:22 unknown-template \`secret:A B\` is not a template name here`],
  ],
  [
    'a regular expression that only an older dialect knows',
    { file: HAND_IN, from: '"^done"', to: '"^\\\\-done"' },
    [`${HAND_IN}:26:28 bad-regex this is not a regular expression`],
  ],
  [
    'a test of JSON that is no regular expression',
    { file: HAND_IN, from: '$.ok: true', to: '$.ok: { matches: "(" }' },
    [`${HAND_IN}:15:49 bad-regex \`matches\` is not a regular expression`],
  ],
  [
    'a template before its capture',
    { file: HAND_IN, from: 'expect: { text: "{{memory.words}}" }', to: 'expect: { text: "{{words}}" }' },
    [
      `${HAND_IN}:8:21 unknown-template \`words\` is not a template name here; did you mean \`memory.words\`?`,
    ],
  ],
  [
    'a memory that nothing remembers',
    { file: HAND_IN, from: '{{memory.words}}', to: '{{memory.word}}' },
    [
      `${HAND_IN}:8:21 unknown-template \`memory.word\` is not a template name here; did you mean \`memory.words\`?`,
    ],
  ],
  [
    'an unknown filter',
    { file: HAND_IN, from: '| url', to: '| urll' },
    [`${HAND_IN}:7:11 unknown-template \`urll\` is not a template filter here; did you mean \`url\`?`],
  ],
  [
    'a template that does not close',
    { file: HAND_IN, from: '{{random.text}}', to: '{{random.text' },
    [`${HAND_IN}:12:22 unknown-template \`{{random.text\` opens a template that nothing closes`],
  ],
  [
    'remembering what was not captured',
    { file: HAND_IN, from: 'remember: [paper, words]', to: 'remember: [paper, wrods, words]' },
    [
      `${HAND_IN}:19:23 unknown-template \`wrods\` is remembered but no step before captures it; did you mean \`words\`?`,
    ],
  ],
  [
    'too many redirects',
    { file: HAND_IN, from: 'redirects: 3', to: 'redirects: 11' },
    [`${HAND_IN}:13:16 out-of-range must be at most 10`],
  ],
  [
    'too many repeats',
    { file: HAND_IN, from: 'times: 5', to: 'times: 201' },
    [`${HAND_IN}:21:14 out-of-range must be at most 200`],
  ],
  [
    'repeats inside repeats',
    {
      file: HAND_IN,
      from: '        - wait: 100ms',
      to: '        - repeat: { times: 41, steps: [{ wait: 1ms }] }',
    },
    [`${HAND_IN}:27:28 out-of-range repeats inside repeats run 205 times; at most 200`],
  ],
  [
    'too long a wait',
    { file: HAND_IN, from: 'wait: 100ms', to: 'wait: 61s' },
    [`${HAND_IN}:27:17 out-of-range must be at most 1m`],
  ],
  [
    'too long a deadline',
    { file: HAND_IN, from: 'deadline: 3s', to: 'deadline: 3m' },
    [`${HAND_IN}:14:15 out-of-range must be at most 2m`],
  ],
  [
    'a broken regular expression',
    { file: HAND_IN, from: '"^done"', to: '"^(done"' },
    [`${HAND_IN}:26:28 bad-regex this is not a regular expression`],
  ],
  [
    'a capture of two things',
    { file: HAND_IN, from: 'paper: { json: $.id }', to: 'paper: { json: $.id, header: id }' },
    [`${HAND_IN}:17:14 one-capture a capture has exactly one of json, header, regex, cookie, body, status`],
  ],
  [
    'an unknown capture',
    { file: HAND_IN, from: 'paper: { json: $.id }', to: 'paper: { jsn: $.id }' },
    [`${HAND_IN}:17:16 unknown-key \`jsn\` is not a key here; did you mean \`json\`?`],
  ],
  [
    'a path that is none',
    { file: HAND_IN, from: 'paper: { json: $.id }', to: 'paper: { json: id }' },
    [`${HAND_IN}:17:22 bad-value a JSON path starts with \`$\`, e.g. \`$.refund.amount\``],
  ],
  [
    'no steps',
    { file: ALIVE, from: 'steps:\n  - http: GET http://desk/healthz', to: 'steps: []' },
    [`${ALIVE}:4:8 out-of-range must have at least 1 entry`],
  ],
]

test.each(TABLE)('a mistake in a journey: %s', async (_name, edit, expected) => {
  expect(await complaints(await fixture(edit))).toEqual(expected)
})
