import { expect, test } from 'vitest'
import { complaints, type Edit, fixture } from './fixture.ts'

const DESK = 'infra/services/desk/service.yaml'
const STORE = 'infra/services/store/service.yaml'
const ALIVE = 'infra/services/desk/journeys/alive.yaml'
const HAND_IN = 'infra/services/desk/journeys/hand-in.yaml'
const WEAKNESS = 'infra/services/desk/weaknesses/open-drawer/weakness.yaml'
const PLANT = 'infra/services/desk/weaknesses/open-drawer/plant.patch'
const NOBODY = 'infra/services/desk/weaknesses/open-drawer/wrong-fixes/nobody.patch'
const WRONG = 'infra/services/desk/weaknesses/open-drawer/wrong-fixes'
const OTHER = 'infra/services/desk/weaknesses/open-drawer/other-fixes'
const OWNER = `${OTHER}/papers-of-the-owner.patch`
const STORE_JOURNEYS = 'infra/services/store/journeys'

/** What the plant takes away, put back. */
const REFERENCE = `--- a/src/main.ts
+++ b/src/main.ts
@@ -4,3 +4,3 @@
 export function mayOpen(person: string, owner: string): boolean {
-  return person !== '' || owner === ''
+  return person === owner
 }
`

const TABLE: readonly (readonly [name: string, edit: Edit, expected: readonly string[]])[] = [
  [
    'a dependency that is not deployed',
    { file: DESK, from: 'needs: [store]', to: 'needs: [stor]' },
    [`${DESK}:6:9 unknown-service \`desk\` needs \`stor\`, which is not deployed; did you mean \`store\`?`],
  ],
  [
    'a circle of dependencies',
    { file: STORE, from: 'memoryMiB', to: 'needs: [desk]\nmemoryMiB' },
    [`${STORE}:6:8 cycle services need each other in a circle: store -> desk -> store`],
  ],
  [
    'a service under another name',
    { file: DESK, from: 'id: desk', to: 'id: dekc' },
    [`${DESK}:1:5 wrong-id \`dekc\` stands in the folder of \`desk\``],
  ],
  [
    'a service under the name of a container of the platform',
    { file: DESK, from: 'id: desk', to: 'id: sensor' },
    [`${DESK}:1:5 taken-id \`sensor\` is what the platform calls a container of its own in every enclave`],
  ],
  [
    'sources of nobody',
    { file: STORE, from: 'id: store', to: 'id: store\nsources: dekc' },
    [`${STORE}:2:10 unknown-service \`dekc\` is no other service that has sources; did you mean \`desk\`?`],
  ],
  [
    'sources that are its own',
    { file: STORE, from: 'id: store', to: 'id: store\nsources: store' },
    [`${STORE}:2:10 unknown-service \`store\` is no other service that has sources`],
  ],
  [
    'an unknown template in env',
    { file: DESK, from: '{{private-key:desk}}', to: '{{privat-key:desk}}' },
    [
      `${DESK}:13:8 unknown-template \`privat-key:desk\` is not a template name here; did you mean \`private-key:desk\`?`,
    ],
  ],
  [
    'a captured value in env',
    { file: DESK, from: '{{team}}', to: '{{citizen.code}}' },
    [`${DESK}:12:14 unknown-template \`citizen.code\` is not a template name here`],
  ],
  [
    'a capability that is never given',
    { file: DESK, from: 'pids: 64', to: 'pids: 64\ncapabilities: [SYS_ADMIN]' },
    [
      `${DESK}:10:16 bad-value \`SYS_ADMIN\` is not one of \`NET_BIND_SERVICE\`, \`NET_ADMIN\`, \`NET_RAW\`, \`SYS_CHROOT\`, \`AUDIT_WRITE\``,
    ],
  ],
  [
    'an unknown network',
    { file: DESK, from: '[public, state]', to: '[public, stat]' },
    [`${DESK}:5:20 bad-value \`stat\` is not one of \`public\`, \`state\`; did you mean \`state\`?`],
  ],
  [
    'no alive journey',
    { file: ALIVE, from: 'alive: true', to: 'alive: false' },
    [`${DESK}:1:1 alive-journey no journey of \`desk\` is \`alive: true\`; one must be`],
  ],
  [
    'two alive journeys',
    { file: HAND_IN, from: 'every: 1m', to: 'alive: true\nevery: 1m' },
    [
      `${HAND_IN}:2:1 alive-journey \`hand-in\` is alive and so is \`alive\`; exactly one journey of a service is`,
    ],
  ],
  [
    'two hints',
    { file: WEAKNESS, from: '  - { en: Line 3., et: 3. rida., ja: 3行目です。 }\n', to: '' },
    [`${WEAKNESS}:6:3 out-of-range there are exactly three hints, from vague to exact`],
  ],
  [
    'a malformed technique',
    { file: WEAKNESS, from: 'T1190', to: '1190' },
    [`${WEAKNESS}:3:12 wrong-type expected a text here, got \`1190\``],
  ],
  [
    'a technique that never was',
    { file: WEAKNESS, from: 'T1190', to: 'T9999' },
    [
      `${WEAKNESS}:3:12 unknown-technique \`T9999\` is no technique of ATT&CK v19 for Enterprise; did you mean \`T1199\`?`,
    ],
  ],
  [
    'a sub-technique that is not there',
    { file: WEAKNESS, from: 'T1190', to: 'AML.T0051.007' },
    [
      `${WEAKNESS}:3:12 unknown-technique \`AML.T0051.007\` is no technique of ATLAS (2026.06); did you mean \`AML.T0051\`?`,
    ],
  ],
  [
    'a sub-technique that moved, when its parent did not',
    { file: WEAKNESS, from: 'T1190', to: 'T1070.002' },
    [
      `${WEAKNESS}:3:12 unknown-technique \`T1070.002\` is no technique of ATT&CK v19 any more; it became \`T1685.006\``,
    ],
  ],
  [
    'a technique that is gone',
    { file: WEAKNESS, from: 'T1190', to: 'T1562.001' },
    [
      `${WEAKNESS}:3:12 unknown-technique \`T1562.001\` is no technique of ATT&CK v19 any more; it became \`T1685\` or \`T1686\``,
    ],
  ],
  [
    'an unknown OWASP category',
    { file: WEAKNESS, from: 'owasp: A01', to: 'owasp: A11' },
    [`${WEAKNESS}:4:8 bad-value an OWASP category is \`A01\` to \`A10\` or \`LLM01\` to \`LLM10\``],
  ],
  [
    'a weakness of CWE that is written otherwise',
    { file: WEAKNESS, from: 'owasp: A01', to: 'owasp: A01\ncwe: cwe-639' },
    [`${WEAKNESS}:5:6 bad-value a weakness of MITRE CWE is written like \`CWE-89\``],
  ],
  [
    'a command in a service that is not there',
    { file: WEAKNESS, from: 'service: desk', to: 'service: deks' },
    [
      `${WEAKNESS}:19:16 unknown-service \`deks\` is no service of this scenario, and steps reach nothing else; did you mean \`desk\`?`,
    ],
  ],
  [
    'a journey that is not there',
    { file: WEAKNESS, from: 'weight: 2', to: 'weight: 2\njourneys: [desk/hand-inn]' },
    [
      `${WEAKNESS}:10:12 unknown-journey \`desk/hand-inn\` is no journey of a deployed service; did you mean \`desk/hand-in\`?`,
    ],
  ],
  [
    'a patch of a missing file',
    { file: PLANT, from: '--- a/src/main.ts', to: '--- a/src/mian.ts' },
    [`${PLANT}:3:1 patch-target \`src/mian.ts\` is no file of the service`],
  ],
  [
    'a patch that leaves the service',
    {
      file: PLANT,
      from: '--- a/src/main.ts\n+++ b/src/main.ts',
      to: '--- a/../store/src/main.ts\n+++ b/../store/src/main.ts',
    },
    [
      `${PLANT}:3:1 patch-target a patch names files as \`a/src/...\` and \`b/src/...\`, inside the service folder`,
    ],
  ],
  [
    'a plant that does not fit',
    { file: PLANT, from: '-  return person === owner', to: '-  return person == owner' },
    [`${PLANT}:3:1 patch-does-not-apply this change does not fit \`src/main.ts\` as it is there`],
  ],
  [
    'a patch with a wrong count',
    { file: PLANT, from: '@@ -2,7 +2,7 @@', to: '@@ -2,9 +2,7 @@' },
    [`${PLANT}:1:1 bad-patch this is not a unified diff: Hunk at line 5 contained invalid line `],
  ],
  [
    'a wrong fix that does not fit the planted source',
    { file: NOBODY, from: "-  return person !== '' || owner === ''", to: '-  return person === owner' },
    [`${NOBODY}:3:1 patch-does-not-apply this change does not fit \`src/main.ts\` as it is there`],
  ],
  [
    'another fix that does not fit the planted source',
    { file: OWNER, from: "   return person !== '' || owner === ''", to: '   return person === owner' },
    [`${OWNER}:2:1 patch-does-not-apply this change does not fit \`src/main.ts\` as it is there`],
  ],
  [
    'another fix of a file that is not there',
    { file: OWNER, from: '--- a/src/main.ts\n+++ b/src/main.ts', to: '--- a/src/mian.ts\n+++ b/src/mian.ts' },
    [`${OWNER}:2:1 patch-target \`src/mian.ts\` is no file of the service`],
  ],
  [
    'another fix that changes nothing',
    { file: OWNER, content: '' },
    [`${OWNER}:1:1 bad-patch the patch changes nothing`],
  ],
  [
    'another fix that is the reference fix',
    { file: OWNER, content: REFERENCE },
    [`${OWNER}:1:1 same-fix this leaves the sources as the reference fix does`],
  ],
  [
    'a fix that is no patch',
    { file: `${OTHER}/owner-only.diff`, content: '' },
    [
      `${WEAKNESS}:1:1 unread-file \`other-fixes/owner-only.diff\` is no fix: each is a file \`<name>.patch\``,
    ],
  ],
  [
    'a wrong fix that is no patch',
    { file: `${WRONG}/README`, content: '' },
    [`${WEAKNESS}:1:1 unread-file \`wrong-fixes/README\` is no fix: each is a file \`<name>.patch\``],
  ],
  [
    'a folder of a weakness that nobody reads',
    { file: 'infra/services/desk/weaknesses/open-drawer/other-fix/x.patch', content: '' },
    [`${WEAKNESS}:1:1 unread-file \`other-fix/\` is no folder of a weakness; did you mean \`other-fixes\`?`],
  ],
  ['no plant', { file: PLANT, content: null }, [`${PLANT}:1:1 file-missing the file is missing`]],
  ['an empty patch', { file: PLANT, content: '' }, [`${PLANT}:1:1 bad-patch the patch changes nothing`]],
  [
    'a single wrong fix',
    { file: NOBODY, content: null },
    [`${WEAKNESS}:1:1 wrong-fixes a weakness has two wrong fixes at least, in wrong-fixes/*.patch; here: 1`],
  ],
  [
    'no weakness file',
    { file: WEAKNESS, content: null },
    [`${WEAKNESS}:1:1 file-missing the file is missing`],
  ],
  [
    'no journeys at all',
    { file: STORE_JOURNEYS, content: null },
    [
      `${STORE}:1:1 alive-journey no journey of \`store\` is \`alive: true\`; one must be`,
      'scenario/scenario.yaml:43:19 unknown-journey `store/alive` is no journey of a deployed service',
    ],
  ],
]

test.each(TABLE)('a mistake in a service or a weakness: %s', async (_name, edit, expected) => {
  expect(await complaints(await fixture(edit))).toEqual(expected)
})
