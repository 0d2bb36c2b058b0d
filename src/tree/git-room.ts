import { rmSync } from 'node:fs';
import { mkdtemp, rm, stat, copyFile, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { needGit } from './git-run.ts';

/** The objects of somebody else's repository, to be read and never written. */
export interface ObjectSource {
  /** Its object folder. */
  readonly objects: string;
  /** Its list of commits whose parents are cut off, whether it exists or not. */
  readonly shallow: string;
  readonly format: string;
}

const open = new Set<string>();
let watched = false;

/**
 * Makes a bare repository of our own in the temporary folder, for reading: it sees the objects of `source` as
 * alternates. It has none of its settings, attributes, hooks, refs or remotes, so there is nothing of it that could run,
 * change the output, or be fetched from.
 *
 *     the user's repository        the room (a temporary folder)
 *       objects/  <--------------    objects/info/alternates
 *       refs, index, config
 *
 * @returns the folder; give it to {@link closeRoom} when done
 */
export async function openRoom(source: ObjectSource): Promise<string> {
  const room = await makeRoom(source.format);
  await mkdir(join(room, 'objects', 'info'), { recursive: true });
  await writeFile(join(room, 'objects', 'info', 'alternates'), `${source.objects}\n`);
  if (await exists(source.shallow)) {
    await copyFile(source.shallow, join(room, 'shallow'));
  }
  return room;
}

/**
 * Makes a room for writing. It sees no other objects: where git writes one that an alternate has already, it sets the
 * time of that file, and the user's repository is to stay as it is.
 */
export async function openWorkshop(format: string): Promise<string> {
  return makeRoom(format);
}

async function makeRoom(format: string): Promise<string> {
  const room = await mkdtemp(join(tmpdir(), 'check-lifecycle-git-'));
  if (!watched) {
    process.once('exit', removeAll);
    watched = true;
  }
  open.add(room);
  await needGit(room, ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`]);
  return room;
}

export async function closeRoom(room: string): Promise<void> {
  open.delete(room);
  await rm(room, { recursive: true, force: true });
}

/** What a program that ends early leaves behind. */
function removeAll(): void {
  for (const room of open) {
    rmSync(room, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
