#!/usr/bin/env node
import { delimiter } from 'node:path'
import { Command, Option } from 'commander'
import { runCheck } from './cli/check.ts'
import { runClose, runOpen } from './cli/open-close.ts'
import { addRecordCommands } from './cli/record-commands.ts'
import { runSeats } from './cli/seats.ts'
import { runStatus } from './cli/status.ts'
import { unknownCommand } from './cli/unknown-command.ts'
import { UserError } from './cli/user-error.ts'

const pack = () =>
  new Option(
    '--pack <folder>',
    'folder with further services/ and weaknesses/; may be given again (KILP_PACKS)',
  ).argParser((one: string, before: readonly string[] | undefined) => [...(before ?? []), one])

/** What needs a container engine is loaded when it is asked for: nothing else waits for its driver, nor works less where it is missing. */
const later =
  <A extends readonly unknown[]>(load: () => Promise<(...args: A) => Promise<void>>) =>
  async (...args: A): Promise<void> =>
    (await load())(...args)

const program = new Command('kilp')
  .description('Cyber-range exercises: enclaves of a digital state, scripted attacks, live scoring.')
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(kilp --help, or kilp COMMAND --help)')
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    `
Environment:
  KILP_HOST      address to listen on (127.0.0.1)
  KILP_PORT      port (4600)
  KILP_URL       address that people type, where a proxy stands before it (https://range.example)
  KILP_DATA      folder of the embedded database (.kilp/data)
  KILP_POOL      address pool of the enclaves (10.201.0.0/16)
  KILP_TEAM_DISK what a team may hold of the engine's disk, in MiB (its part of what is free, at most 4096)
  KILP_PACKS     folders with further services and weaknesses, with ${delimiter} between
  DATABASE_URL   a PostgreSQL server instead of the embedded database
  DOCKER_HOST    the container engine, where it is not the default one

Examples:
  npm start                                the demo exercise: three teams, ten minutes
  npm start -- --teams 1 --no-autostart    one team; start it from the instructor's page
  npm run kilp -- check scenarios/mine     every mistake in a scenario, with line and column
  npm run kilp -- export -o day.tar        the exercise as one file, without secrets
  npm run kilp -- seats                    join links of the exercise that runs
  npm run kilp -- down --images            remove every trace`,
  )

program
  .command('up', { isDefault: true })
  .description(
    'Run an exercise: deploy the enclaves, serve the pages, attack, score. Takes up an unfinished one where it was.',
  )
  .option('--scenario <folder>', 'scenario folder or its scenario.yaml')
  .addOption(pack())
  .option('--port <port>', 'port to serve on (KILP_PORT, else 4600; 0 takes any free one)')
  .option(
    '--citizen-port <port>',
    'first of the ports for services as citizens see them (KILP_CITIZEN_PORT, else the next one; 0 takes any free ones, off: none)',
  )
  .option(
    '--ssh [port]',
    'SSH to teams’ services for own tools (KILP_SSH_PORT, else none; without a port 4622, 0 takes any free one)',
  )
  .option('--speed <factor>', 'exercise seconds per second, 0.1 to 20; the instructor may change it', '1')
  .option(
    '--name <name>',
    'what the exercise is called, e.g. "Spring 2027, CERT Tartu"; as its scenario when left out',
  )
  .option('--teams <n>', 'how many of the scenario’s teams take part')
  .option('--no-autostart', 'wait for the instructor to start the exercise')
  .option('--fresh', 'give up an unfinished exercise and begin a new one')
  .option('--insist', 'also where the machine does not carry so many enclaves')
  .option('--swarm', 'on all nodes of the Swarm whose manager the engine is (KILP_RANGE=swarm)')
  .option('--home', 'start no exercise: they are set up on the home page, whose link is printed')
  .action(later(async () => (await import('./cli/up.ts')).runUp))

program
  .command('open')
  .description('Open one more exercise on the platform that runs, beside those that are open.')
  .option('--scenario <folder>', 'scenario folder or its scenario.yaml')
  .addOption(pack())
  .option('--speed <factor>', 'exercise seconds per second, 0.1 to 20', '1')
  .option(
    '--name <name>',
    'what the exercise is called, e.g. "Spring 2027, CERT Tartu"; as its scenario when left out',
  )
  .option('--teams <n>', 'how many of the scenario’s teams take part')
  .option('--no-autostart', 'wait for the instructor to start the exercise')
  .option('--insist', 'also where the machine does not carry so many enclaves')
  .action(runOpen)

program
  .command('close')
  .description('Remove the enclaves of an exercise that has ended. Its record can still be read.')
  .argument('<exercise>', 'its id, see kilp status')
  .option('--end', 'end it first')
  .action(runClose)

program
  .command('down')
  .description(
    'End the platform of this data folder and remove every container and network that it made, and nothing else.',
  )
  .option('--images', 'the images of Kilp too, as far as nobody uses them')
  .option('--all', 'what other installations of Kilp have on the engine too, running or not')
  .action(later(async () => (await import('./cli/down.ts')).runDown))

program
  .command('check')
  .description(
    'Report every error of a scenario folder at once, with file, line, column and the nearest right name.',
  )
  .argument('[folder]', 'scenario folder', 'scenarios/storm-over-meremaa')
  .addOption(pack())
  .option('--json', 'diagnostics as JSON')
  .action(runCheck)

program
  .command('prove')
  .description(
    'The proof matrix on real containers: exploits land, reference fixes block, wrong fixes are shown wrong.',
  )
  .argument('[weaknesses...]', 'only these, e.g. tax/declaration-of-another')
  .option('--scenario <folder>', 'scenario folder')
  .addOption(pack())
  .option('--parallel <n>', 'enclaves to prove in at once', '2')
  .option('--json', 'rows as JSON')
  .action(later(async () => (await import('./cli/prove.ts')).runProve))

program
  .command('rehearse')
  .description(
    'Dry run for authors: one enclave, every journey and then every exploit, with the evidence of what failed.',
  )
  .argument('[names...]', 'only these journeys, weaknesses, or all of these services')
  .option('--scenario <folder>', 'scenario folder')
  .addOption(pack())
  .option('--rounds <n>', 'runs of each journey, one after the other', '2')
  .option('--keep', 'keep the enclave and run again what is typed, with scripts read anew')
  .action(later(async () => (await import('./cli/rehearse.ts')).runRehearse))

program
  .command('seats')
  .description('Join links of the exercise that runs on this machine.')
  .option('--exercise <id>', 'of this one; see kilp status')
  .option('--json', '{seats: [{seat, team?, token, url}]}')
  .action(runSeats)

program
  .command('status')
  .description('Phase, clock, scores and services of the exercise that runs, and which others there are.')
  .option('--exercise <id>', 'of this one')
  .option('--json', 'as JSON')
  .action(runStatus)

addRecordCommands(program)

program
  .command('bench')
  .description('Measure, side by side, and write test/bench/RESULTS.md.')
  .argument('[names...]', 'only these benchmarks')
  .action(later(async () => (await import('./cli/bench.ts')).runBench))

program
  .command('doctor')
  .description('Look at this machine: what Kilp needs, what is there, how to mend the rest.')
  .option('--scenario <folder>', 'scenario that is to run here')
  .addOption(pack())
  .option('--teams <n>', 'with so many teams')
  .option('--swarm', 'look at all nodes of the Swarm whose manager the engine is')
  .action(later(async () => (await import('./cli/doctor.ts')).runDoctor))

program
  .command('lab')
  .description(
    'Several engines on one Linux machine, as a swarm that reaches nothing outside of itself: to try more than one machine with. As root.',
  )
  .option('--nodes <n>', 'make it, of so many nodes (1 to 16)')
  .option('--network <cidr>', 'a private /24 for its nodes, where the usual ones are taken')
  .option('--status', 'how each node stands; the same without an option')
  .option('--cut <node>', 'take a node’s cable out of the switch')
  .option('--join <node>', 'put it back')
  .option('--kill <node>', 'end all that a node runs at once, as a loss of power does')
  .option('--start <node>', 'start it again, with the disk it had')
  .option(
    '--play',
    'npm start -- --swarm on its nodes, seen from this machine; options of npm start behind another --',
  )
  .option('--down', 'end it and remove all of it')
  .argument('[start...]', 'with --play: options of npm start')
  .action(later(async () => (await import('./cli/lab.ts')).runLab))

const commands = ['help', ...program.commands.map((command) => command.name())]

/** Known mistakes get one clear message; anything else keeps its stack, for a report. */
async function main(): Promise<void> {
  const unknown = unknownCommand(process.argv.slice(2), commands)
  if (unknown) throw unknown
  await program.parseAsync()
}
main().catch((error: unknown) => {
  const clear = error instanceof UserError || (error instanceof Error && CLEAR.has(error.name))
  process.stderr.write(
    `\n${clear ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})

/** Errors of the rooms whose message already says what, where and how to mend it. */
const CLEAR: ReadonlySet<string> = new Set([
  'StoreProblem',
  'EngineNotFound',
  'ScenarioInvalid',
  'DeployFailure',
  'LedgerTooNew',
  'LiveProblem',
  'BuildFailure',
  'CannotTakeUp',
  'ExportProblem',
  'LabProblem',
])
