import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { FORMATS } from '../review/formats.ts';
import type { Format } from '../review/formats.ts';

const EXAMPLES = `
Examples:
  check-lifecycle fix.patch                  review a patch, a mail or an mbox
  git format-patch --stdout -3 | check-lifecycle -
  check-lifecycle fix.eml --format json      the same for programs
  check-lifecycle fix.eml --tree ~/qemu      on the real files of a tree
  check-lifecycle HEAD~3..                   commits of the repository here
  check-lifecycle scenarios                  what is run, one line each
  check-lifecycle replay same-owner/child-first --patch fix.patch
  check-lifecycle exec hello.c               run any C file on the machine

Exit status: 0 nothing introduced, 1 something introduced, 2 the input or the
call is wrong, 3 could not be judged.`;

/** That of package.json, which lies above `src/` and `dist/` alike. */
function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return String(Reflect.get(Object(JSON.parse(readFileSync(file, 'utf8'))), 'version'));
}

/** The command line; each command is loaded only when it is called. */
export function buildProgram(done: (status: number) => void): Command {
  const program = new Command('check-lifecycle')
    .description(
      'Runs the C that a patch changes, before and after, and says what happens to the\nlifetime of memory regions.',
    )
    .version(version(), '--version', 'print the version')
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES);
  program
    .command('review', { isDefault: true })
    .description('review a patch file, a mail, an mbox or a quoted reply')
    .argument('<file>', 'what to review: a file, - for standard input, or a range of commits')
    .addOption(
      new Option(
        '--format <format>',
        'how to print; several series are one page of html, one log of sarif, and a line each of json and github',
      )
        .choices(FORMATS)
        .default('text'),
    )
    .option('--tree <folder>', 'run the real files below it, or of that git repository')
    .option('--base <revision>', 'what a mail is for, where the tree is a repository')
    .option('--previous <file>', 'an earlier version, or its JSON review: say what became of it')
    .option('--scenarios <folder>', 'also those of a folder of C files')
    .option('--config <file>', 'instead of the nearest .check-lifecycle.yml')
    .option('--output <file>', 'write there instead of standard output')
    .addOption(
      new Option(
        '--wording <which>',
        'remarks on added prose: on, at most five a patch, or all',
      ).choices(['on', 'all']),
    )
    .option('--no-wording', 'none')
    .option('--thorough', 'also every topology of four regions and three owners; takes minutes')
    .addOption(
      new Option(
        '--dump <stage>',
        'of a patch: grafted, the C of both sides; of a C file: any other stage',
      ).choices(['grafted', 'tokens', 'preprocessed', 'ast', 'types', 'trace']),
    )
    .action(
      async (
        file: string,
        options: {
          format: Format;
          output?: string;
          dump?: string;
          thorough?: true;
          wording?: 'on' | 'all' | false;
          tree?: string;
          base?: string;
          previous?: string;
          scenarios?: string;
          config?: string;
        },
      ) => {
        const { reviewCommand } = await import('./review-command.ts');
        done(await reviewCommand(file, options));
      },
    );
  program
    .command('replay')
    .description('run one path of one scenario and print what happens to its objects')
    .argument('<scenario>', 'SCENARIO or SCENARIO:CHOICES, as a finding names it')
    .option('--patch <file>', 'run it with this patch')
    .option('--tree <folder>', 'on the real files below it, or of that git repository')
    .option('--base <revision>', 'of that repository')
    .option('--scenarios <folder>', 'of a folder of C files')
    .option('--config <file>', 'instead of the nearest .check-lifecycle.yml')
    .addOption(new Option('--side <side>', 'which side').choices(['before', 'after']))
    .option('--emit <file>', 'also write it there, as a C test for the tests of a QEMU tree')
    .option('--trace', 'every call and statement, not only what happens to the objects concerned')
    .action(
      async (
        scenario: string,
        options: {
          patch?: string;
          tree?: string;
          base?: string;
          scenarios?: string;
          config?: string;
          side?: 'before' | 'after';
          emit?: string;
          trace?: true;
        },
      ) => {
        const { replayCommand } = await import('./replay-command.ts');
        done(await replayCommand(scenario, options));
      },
    );
  program
    .command('scenarios')
    .description('what can be replayed, one line each')
    .option('--scenarios <folder>', 'also those of a folder of C files')
    .action(async (options: { scenarios?: string }) => {
      const { scenariosCommand } = await import('./scenarios-command.ts');
      done(await scenariosCommand(options));
    });
  program
    .command('exec')
    .description('run a C file on the machine')
    .argument('<file>', 'a C file with a main')
    .argument('[args...]', "its arguments; those behind -- are never taken for this command's")
    .option('--tree <folder>', 'link it with the real files below it, or of that git repository')
    .option('--base <revision>', 'of that repository')
    .option('--patch <file>', 'with this patch on the tree')
    .allowUnknownOption()
    .action(
      async (
        file: string,
        args: string[],
        options: { tree?: string; base?: string; patch?: string },
      ) => {
        const { execCommand } = await import('./exec-command.ts');
        done(await execCommand(file, args, options));
      },
    );
  addAppCommands(program, done);
  return program;
}

/** The GitHub App; all that it needs is loaded with it. */
function addAppCommands(program: Command, done: (status: number) => void): void {
  program
    .command('serve')
    .description('the GitHub App: reviews pull requests as they come')
    .option('--dry-run', 'post nothing, and log what would be posted')
    .option('--only-receive', 'leave the work to other processes')
    .action(async (options: { dryRun?: true; onlyReceive?: true }) => {
      const { serveCommand } = await import('./serve-command.ts');
      done(await serveCommand(options));
    });
  program
    .command('work')
    .description('a worker beside serve, on the same DATABASE_URL')
    .option('--dry-run', 'post nothing, and log what would be posted')
    .action(async (options: { dryRun?: true }) => {
      const { workCommand } = await import('./serve-command.ts');
      done(await workCommand(options));
    });
  program
    .command('history')
    .description('what the App has reviewed, newest first')
    .option('--json', 'for programs')
    .addOption(
      new Option('--most <number>', 'how many')
        .default(50)
        .argParser((text) => Math.max(1, Math.trunc(Number(text)) || 1)),
    )
    .action(async (options: { json?: true; most: number }) => {
      const { historyCommand } = await import('./history-command.ts');
      done(await historyCommand(options));
    });
}
