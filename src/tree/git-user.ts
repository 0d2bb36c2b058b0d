import { FIXED_CONFIG, FIXED_VARIABLES, cleanEnvironment, noGit } from './git-run.ts';

/** What git says in the user's own repository: its output, or why it failed, in English and not to be shown. */
export type UserAnswer =
  { readonly ok: true; readonly out: string } | { readonly ok: false; readonly err: string };

/** Where the user's own settings are looked for: they say which repositories are trusted. */
const KEPT = ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'] as const;

/**
 * Asks git in the user's repository. Only commands that read names and settings come here: all that reads contents
 * runs in a room of our own, where the repository's configuration has no effect.
 *
 * simple-git stands between: it refuses arguments and variables that make git start other programs, but for the two
 * settings that are here to switch such programs off.
 */
export async function askGit(folder: string, args: readonly string[]): Promise<UserAnswer> {
  const { simpleGit } = await import('simple-git');
  const own = KEPT.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const git = simpleGit({
    baseDir: folder,
    config: [...FIXED_CONFIG],
    unsafe: {
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeConfigPaths: true,
    },
    allowEnvironment: [...Object.keys(FIXED_VARIABLES), ...KEPT],
    completion: { onExit: false },
    errors: (error, { exitCode, stdErr }) =>
      exitCode === 0 ? undefined : (error ?? Buffer.concat([Buffer.from('git: '), ...stdErr])),
  }).env({ ...cleanEnvironment(), ...FIXED_VARIABLES, ...Object.fromEntries(own) });
  try {
    return { ok: true, out: await git.raw([...args]) };
  } catch (error) {
    const err = error instanceof Error ? error.message : String(error);
    if (err.includes('ENOENT')) {
      throw noGit();
    }
    return { ok: false, err };
  }
}
