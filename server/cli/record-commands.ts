import { Argument, type Command, Option } from 'commander'
import { DUMP_HOLDS_KEYS, runDump, runRestore } from './dump.ts'
import { runExport } from './export.ts'
import { runImport } from './import-exercise.ts'
import { runArchive, runDelete, runList } from './keep-records.ts'
import { runReplay } from './replay.ts'
import { runRescore } from './rescore.ts'
import { runVerify } from './verify.ts'

const key = () =>
  new Option('--key <key>', 'it has to be signed with this key: fingerprint, public key, or a file with one')

/** What takes exercises away, proves them and brings them back. */
export function addRecordCommands(program: Command): void {
  program
    .command('export')
    .description(
      'Write an exercise as one file that proves itself: ledger, attachments, scenario, signed. No secret is in it. Also while it runs.',
    )
    .argument('[exercise]', 'its id, see kilp status; the current or only one when left out')
    .option('-o, --output <file>', 'file to write; kilp-ID.tar when left out')
    .addHelpText(
      'after',
      `
The file is a plain tar. Every byte of it is covered by hashes, and these by a signature with the key of this
installation, which is made at the first export and stays in the store. Left out is what would let somebody act:
settings with all keys and join codes, the seed, and what attackers carried off as long as the exercise has not ended.
All that white may know is in it, names of people and plans for the rest of the day included: hand it on as you would
white’s pages.

  kilp verify FILE            prove it whole, anywhere
  kilp replay FILE            look at it, without a container engine
  kilp import-exercise FILE   put it among the records of another installation`,
    )
    .action(runExport)

  program
    .command('verify')
    .description(
      'Prove an export whole, or say where it is not: entry, event, bytes. Ends with 1 when it is not.',
    )
    .argument('<file>', 'what kilp export wrote')
    .addOption(key())
    .option('--json', 'as JSON')
    .action(runVerify)

  program
    .command('import-exercise')
    .description(
      'Prove an export and put its exercise among the records of this installation. Stop the platform first.',
    )
    .argument('<file>', 'what kilp export wrote')
    .addOption(key())
    .addHelpText(
      'after',
      `
It is a record for good: npm start never goes on with it, and no command changes it. Where an exercise of its id is
here already, nothing is done.`,
    )
    .action(runImport)

  program
    .command('replay')
    .description(
      'Prove an export and serve its pages to be read, from the file alone: no container engine, no store.',
    )
    .argument('<file>', 'what kilp export wrote')
    .addOption(key())
    .option('--port <port>', 'port to serve on; any free one when left out')
    .action(runReplay)

  program
    .command('rescore')
    .description(
      'Prove an export and count its points by other weights, beside the record, which stays as it is; and say how firm the order of teams is.',
    )
    .argument('<file>', 'what kilp export wrote')
    .addOption(key())
    .option(
      '--scoring <file>',
      "other weights, YAML with the keys of a scenario's `scoring`; those it does not name stay",
    )
    .action(runRescore)

  program
    .command('list')
    .description('Every exercise of this installation: open ones, records, the archive.')
    .option('--json', 'as JSON')
    .action(runList)

  const its = () => new Argument('<exercise>', 'its id, see kilp list')
  program
    .command('archive')
    .description('Put a record into the archive: out of the way, and read as before.')
    .addArgument(its())
    .action((exercise) => runArchive(exercise, true))
  program
    .command('unarchive')
    .description('Take a record out of the archive.')
    .addArgument(its())
    .action((exercise) => runArchive(exercise, false))
  program
    .command('delete')
    .description(
      'Delete a record with all that is kept of it. Asks for its id once more; there is no way back.',
    )
    .addArgument(its())
    .option('--yes', 'without asking, for scripts')
    .action(runDelete)

  program
    .command('dump')
    .description(
      'Write everything the store holds as JSON lines, with the keys that sign join links: as private as the store. Also while the platform runs.',
    )
    .argument('[file]', 'file to write; standard output when left out')
    .option('--exercise <id>', 'only this one; it is a record where it is restored')
    .addHelpText('after', `\n${DUMP_HOLDS_KEYS}`)
    .action(runDump)

  program
    .command('restore')
    .description('Read a dump into an empty store, embedded or PostgreSQL (DATABASE_URL).')
    .argument('[file]', 'file to read; standard input when left out')
    .action(runRestore)
}
