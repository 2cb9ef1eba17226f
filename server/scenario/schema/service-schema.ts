import { z } from 'zod'
import { ICONS } from '../../exercise/scenario/icons.ts'
import { duration, id, journeyId } from './parts.ts'
import { filled } from './step-parts.ts'
import { steps } from './steps.ts'
import { TECHNIQUE_IDS } from './technique-ids.ts'
import { CWE, OWASP, TECHNIQUE, unknownTechnique } from './techniques.ts'
import type { TextSchema } from './texts.ts'

/** Capabilities that a service may ask for beyond the base set. None of them reaches the host's kernel or other containers. */
const CAPABILITIES = ['NET_BIND_SERVICE', 'NET_ADMIN', 'NET_RAW', 'SYS_CHROOT', 'AUDIT_WRITE'] as const

const variable = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'a variable is written in capitals, e.g. `DATABASE_URL`')

const endpoint = z
  .string()
  .regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'an endpoint is a method and a path, e.g. `GET /*`')

/** How a service from elsewhere is known on X-Road. */
const member = (text: TextSchema) =>
  z.strictObject({
    class: z.enum(['GOV', 'COM']),
    code: z.string().regex(/^\d{8}$/, 'a register code is eight digits, in quotation marks'),
    name: text.describe('Of the organisation, as citizens read it'),
    offers: z
      .array(
        z.strictObject({
          code: id,
          path: z
            .string()
            .regex(/^(\/\S*)?$/, 'a path starts with `/`')
            .default(''),
          endpoints: z.array(endpoint).min(1),
          for: z.array(id).default([]).describe('Subsystems that may use it'),
        }),
      )
      .default([]),
    asks: z
      .record(
        z
          .string()
          .regex(
            /^[a-z][a-z0-9-]*\/[a-zA-Z][a-zA-Z0-9-]*$/,
            'a service of X-Road is written `<subsystem>/<service>`',
          ),
        z.array(endpoint).min(1),
      )
      .default({})
      .describe('What others let it call'),
  })

/** service.yaml */
export const serviceSchema = (text: TextSchema) =>
  z.strictObject({
    id,
    sources: id
      .exactOptional()
      .describe('The service whose sources and Dockerfile this one runs, with a configuration of its own'),
    title: text,
    publicText: text.describe('One sentence for a guest: what a citizen does here'),
    public: z.boolean().describe('Shown on the national picture'),
    icon: z.enum(ICONS).exactOptional().describe('Its picture; a server where it has none'),
    hub: z
      .literal(true)
      .exactOptional()
      .describe('The exchange between the others: the national picture draws those that need it around it'),
    collector: z
      .literal(true)
      .exactOptional()
      .describe('It takes in what all services write, and the team searches it: see infra/README.md'),
    database: z.literal(true).exactOptional().describe('Where `sql` steps go that name no host'),
    networks: z
      .array(z.enum(['public', 'state']))
      .min(1)
      .max(2),
    needs: z.array(id).default([]),
    memoryMiB: z.int().min(16).max(8192),
    cpus: z.number().min(0.05).max(8),
    pids: z.int().min(8).max(4096),
    capabilities: z.array(z.enum(CAPABILITIES)).default([]),
    readyWithinMs: z.int().min(1000).max(600_000),
    env: z.record(variable, z.string()).default({}),
    joins: z
      .record(id, z.record(variable, z.string()))
      .default({})
      .describe(
        'What it adds to the `env` of other services; behind a blank where they have the variable already',
      ),
    member: member(text).exactOptional().describe('How it is known on X-Road'),
  })

const shares = z
  .array(
    z.strictObject({
      what: filled.describe('As `kilp check` names it'),
      why: filled.describe('Why it does no harm that two runs share it'),
    }),
  )
  .min(1)
  .exactOptional()
  .describe('What every run makes under the same name. Without a word here, nothing may be')

/** journeys/<id>.yaml */
export const journeySchema = (text: TextSchema) =>
  z.strictObject({
    title: text,
    alive: z.boolean().default(false).describe('Exactly one journey of a service: the light check'),
    every: duration({ min: 1000, max: 600_000 }),
    slowAfter: duration({ min: 1, max: 60_000 }).prefault('2s'),
    deadline: duration({ min: 1000, max: 120_000 }).prefault('30s').describe('For the whole run'),
    shares,
    steps,
  })

const technique = z
  .string()
  .regex(TECHNIQUE, 'a technique is written like `T1190`, `T1565.001` or `AML.T0051`')
  .refine((written) => !TECHNIQUE.test(written) || TECHNIQUE_IDS.has(written), {
    error: (issue) => unknownTechnique(String(issue.input)),
    params: { code: 'unknown-technique' },
  })

/** weaknesses/<name>/weakness.yaml */
export const weaknessSchema = (text: TextSchema) =>
  z.strictObject({
    title: text,
    publicText: text.describe('One sentence for a guest'),
    technique: technique.describe('MITRE ATT&CK v19 or ATLAS'),
    owasp: z.string().regex(OWASP, 'an OWASP category is `A01` to `A10` or `LLM01` to `LLM10`'),
    cwe: z
      .string()
      .regex(CWE, 'a weakness of MITRE CWE is written like `CWE-89`')
      .exactOptional()
      .describe('MITRE CWE: what kind of mistake it is, for the report of the team'),
    hints: z.tuple([text, text, text], { error: 'there are exactly three hints, from vague to exact' }),
    detect: z
      .array(
        z.strictObject({
          in: filled.describe('A log, file, page or table, e.g. `tax: /var/log/app/current`'),
          text,
        }),
      )
      .min(1)
      .max(10)
      .exactOptional()
      .describe('Where its traces are, and how they look, for those who grade reports of it'),
    takes: z
      .strictObject({
        what: text.describe('Whose and what, as it is read after a number: `tax returns`'),
        people: z.int().min(1).describe('Of so many people of one country'),
      })
      .exactOptional()
      .describe(
        'What an attacker who gets in takes away, for the national picture; nothing where it is not said',
      ),
    weight: z.number().positive().max(100).default(1),
    objectives: z
      .array(id)
      .max(10)
      .default([])
      .describe(
        'Of a scenario that attacks it: what its attacks test. Those that a scenario does not have are passed over',
      ),
    deadline: duration({ min: 1000, max: 120_000 }).prefault('30s').describe('For the whole exploit'),
    canary: z
      .string()
      .regex(/\{\{\s*random\./, 'a canary is drawn anew for each run: it has a `{{random.KIND}}`')
      .default('{{random.hex}}')
      .describe(
        'What `{{canary}}` is: made as journeys of the service make what they write into the same field',
      ),
    setup: steps
      .exactOptional()
      .describe('Before each try: what there is to be attacked comes in through the state’s own flows'),
    atOnce: z
      .literal(true)
      .exactOptional()
      .describe(
        'What the setup leaves lasts for seconds only, so the attacker does not pause after it; otherwise some seconds in an exercise, which a team can not foresee',
      ),
    exploit: steps.describe('Lands if every step passes; the last ones prove the canary'),
    witness: steps
      .exactOptional()
      .describe(
        'In the same run, when the exploit failed: somebody who is entitled gets what the attacker did not',
      ),
    once: z
      .enum(['witness', 'last', 'all'])
      .exactOptional()
      .describe(
        'What can be done once only in a run: what the witness does; that, after all attackers, for it ends what there is to be attacked (`last`); or what the attacker does too. Else each asks more than once, in an order that nobody can foresee',
      ),
    foothold: steps
      .exactOptional()
      .describe('Pass while an attacker still has a hold after it landed; default: the exploit again'),
    cleanup: z
      .string()
      .min(1)
      .exactOptional()
      .describe(
        'What a defender types as root to remove what the exploit left; ends with 0 also when nothing is there',
      ),
    shares,
    journeys: z
      .array(journeyId)
      .min(1)
      .exactOptional()
      .describe('Must live through a fix; default: all of the service'),
  })

export type ServiceFile = z.output<ReturnType<typeof serviceSchema>>
export type JourneyFile = z.output<ReturnType<typeof journeySchema>>
export type WeaknessFile = z.output<ReturnType<typeof weaknessSchema>>
