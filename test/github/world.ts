import { spawn, execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fixture } from '../tree/git-fixture.ts';
import type { Fault, Pull, State } from './fake-state.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SECRET = 'a secret of the webhooks';
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const MEMORY = 'system/memory.c';
/** What GitHub has on the default branch unless a test says otherwise: a third of the work, with the same findings. */
const QUICK = { '.check-lifecycle.yml': 'families: [same-owner, cross-owner]\nwording: off\n' };
export const FORK = 'git/somebody/qemu.git';

/** A running `check-lifecycle serve` or `work`. */
export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: () => string;
  readonly ended: Promise<number | null>;
}

/** A GitHub, a git server and a repository of our own model under QEMU's paths, in which pull requests do good and harm. */
export class World {
  readonly fixture = new Fixture();
  readonly repository = { id: 77, owner: 'lists', name: 'qemu' };
  private fake: ChildProcess | undefined;
  private port = 0;
  private readonly running: Running[] = [];
  private isBuilt = false;
  private clock = Date.parse('2026-01-01T00:00:00Z');
  base = '';

  async start(): Promise<void> {
    this.layOut();
    writeFileSync(this.fixture.path('public.pem'), KEYS.publicKey);
    const fake = fileURLToPath(new URL('fake-github.js', import.meta.url));
    const args = [fake, this.fixture.path('public.pem'), this.fixture.path('git')];
    this.fake = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.port = Number(await firstLine(this.fake));
  }

  async stop(): Promise<void> {
    for (const { child, ended, log } of this.running) {
      if (process.env['SHOW_LOGS'] !== undefined) {
        process.stderr.write(log());
      }
      child.kill('SIGKILL');
      await ended;
    }
    this.fake?.kill();
    await this.fixture.remove();
  }

  get work(): string {
    return 'git/lists/qemu.git';
  }

  private layOut(): void {
    const model = join(ROOT, 'rules/memory-region/model');
    this.fixture.init(this.work);
    cpSync(model, this.fixture.path(this.work), { recursive: true });
    this.base = this.fixture.commit(this.work, 'base', { VERSION: '10.0.0\n' });
    this.git('config', 'uploadpack.allowFilter', 'true');
    this.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  }

  git(...args: string[]): string {
    return this.fixture.git(this.work, ...args);
  }

  read(path = MEMORY): string {
    return readFileSync(join(this.fixture.path(this.work), path), 'utf8');
  }

  /** Commits files on top of a commit; returns the new one's id. */
  commit(on: string, subject: string, files: Readonly<Record<string, string>>): string {
    this.git('checkout', '-q', '--detach', on);
    const id = this.fixture.commit(this.work, subject, files);
    this.git('update-ref', `refs/keep/${id}`, id);
    this.git('checkout', '-q', '--detach', this.base);
    return id;
  }

  /** Takes a reference for other owners only, and drops it for all: what the seed's first attempt got wrong. */
  harm(on = this.base, subject = 'memory: Take no reference within one owner'): string {
    return this.commit(on, subject, { [MEMORY]: this.harmed() });
  }

  private harmed(): string {
    const from = '    memory_region_ref(subregion);\n';
    const text = this.read();
    const at = text.indexOf(
      from,
      text.indexOf('memory_region_update_container_subregions(MemoryRegion'),
    );
    const guarded = `    if (container->owner != subregion->owner) {\n    ${from}    }\n`;
    return text.slice(0, at) + guarded + text.slice(at + from.length);
  }

  /** The same as a commit of a fork, which the repository itself has as the head of a pull request only. */
  harmInFork(number: number): string {
    this.fixture.init(FORK);
    this.fixture.git(FORK, 'pull', '-q', this.fixture.path(this.work), 'main');
    const head = this.fixture.commit(FORK, 'memory: Take none', { [MEMORY]: this.harmed() });
    this.git('fetch', '-q', this.fixture.path(FORK), `main:refs/pull/${number}/head`);
    return head;
  }

  /** The file as it was on the base. */
  mend(on: string): string {
    return this.commit(on, 'memory: Take it again', { [MEMORY]: this.read() });
  }

  /** Changes nothing that anybody runs. */
  idle(on: string, name = 'docs/words.rst'): string {
    return this.commit(on, 'docs: Say more', { [name]: `Words on ${on}.\n` });
  }

  async know(known: {
    pulls?: Readonly<Record<number, Pull>>;
    contents?: Readonly<Record<string, string>>;
    permissions?: Readonly<Record<string, string>>;
  }): Promise<void> {
    await fetch(`http://127.0.0.1:${this.port}/_/state`, {
      method: 'POST',
      body: JSON.stringify(known),
    });
  }

  async state(): Promise<State> {
    const response = await fetch(`http://127.0.0.1:${this.port}/_/state`);
    return (await response.json()) as State;
  }

  async forget(): Promise<void> {
    const nothing = { checks: [], reviews: [], comments: [], answers: [], reactions: [] };
    const rest = { resolved: [], writes: [], fetched: [], refused: [], contents: QUICK, pulls: {} };
    await this.know({ ...nothing, ...rest });
    await this.faults([]);
  }

  async faults(faults: readonly Fault[]): Promise<void> {
    await fetch(`http://127.0.0.1:${this.port}/_/faults`, {
      method: 'POST',
      body: JSON.stringify(faults),
    });
  }

  environment(folder: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.fixture.folder,
      APP_ID: '1',
      PRIVATE_KEY: KEYS.privateKey,
      WEBHOOK_SECRET: SECRET,
      PORT: '0',
      GITHUB_API_URL: `http://127.0.0.1:${this.port}`,
      GITHUB_SERVER_URL: `http://127.0.0.1:${this.port}/git`,
      CHECK_LIFECYCLE_DATA: this.fixture.path(folder),
      CHECK_LIFECYCLE_RETRY: '1',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      ...more,
    };
  }

  /** Where git fetches from, with the token of fake-github.js. */
  get remote(): { url: string; token: string } {
    const token = 'ghs_FakeTokenOfTheInstallation0000000000';
    return { url: `http://127.0.0.1:${this.port}/${this.work}`, token };
  }

  get program(): string {
    return this.fixture.path('program/dist/cli/main.js');
  }

  /** Starts `serve` (or another command) with a data folder of its name, and waits until it listens or works. */
  async run(
    folder: string,
    args: readonly string[] = ['serve'],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Running> {
    if (!this.isBuilt) {
      build(this.fixture.path('program'));
      this.isBuilt = true;
    }
    const env = this.environment(folder, more);
    const child = spawn(process.execPath, [this.program, ...args], { env, stdio: 'pipe' });
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const ready = /"port":(\d+)[^\n]*"msg":"listening"|"msg":"working"|"msg":"open (http:\S+)/u;
    await until(() => ready.test(log) || child.exitCode !== null, 150_000);
    const port = ready.exec(log)?.[1] ?? '0';
    const running = { child, url: `http://127.0.0.1:${port}`, log: () => log, ended };
    this.running.push(running);
    return running;
  }

  /** Sends a signed webhook; returns the status of the answer. */
  async send(
    app: Pick<Running, 'url'>,
    event: string,
    payload: object,
    options: { readonly id?: string; readonly secret?: string } = {},
  ): Promise<number> {
    const { id = randomUUID(), secret = SECRET } = options;
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const response = await fetch(`${app.url}/api/github/webhooks`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
    await response.text();
    return response.status;
  }

  private common(): object {
    const { id, name, owner } = this.repository;
    const full = `${owner}/${name}`;
    return {
      repository: { id, name, full_name: full, owner: { login: owner }, default_branch: 'main' },
      installation: { id: 5 },
      sender: { login: 'author', type: 'User' },
    };
  }

  pullEvent(action: string, number: number, pull: Pull, more: object = {}): object {
    this.clock += 1000;
    return {
      action,
      number,
      pull_request: {
        number,
        draft: false,
        updated_at: new Date(this.clock).toISOString(),
        head: { sha: pull.head, repo: this.repository },
        base: { sha: pull.base, ref: 'main' },
        user: { login: pull.author ?? 'author' },
        ...more,
      },
      ...this.common(),
    };
  }

  commentEvent(number: number, body: string, user = 'author', id = 500, type = 'User'): object {
    return {
      action: 'created',
      issue: { number, pull_request: {}, user: { login: 'author' } },
      comment: { id, body, user: { login: user, type } },
      ...this.common(),
    };
  }

  lineCommentEvent(number: number, body: string, user = 'author', id = 600): object {
    return {
      action: 'created',
      pull_request: { number, user: { login: 'author' } },
      comment: { id, body, user: { login: user, type: 'User' } },
      ...this.common(),
    };
  }

  rerunEvent(head: string): object {
    return { action: 'rerequested', check_run: { head_sha: head }, ...this.common() };
  }

  /** Opens a pull request of a head, or pushes to it. */
  async push(
    app: Pick<Running, 'url'>,
    number: number,
    head: string,
    action = 'opened',
    more = {},
  ): Promise<number> {
    const pull = { head, base: this.base, author: 'author' };
    await this.know({ pulls: { [number]: pull } });
    return this.send(app, 'pull_request', this.pullEvent(action, number, pull, more));
  }

  /** What GitHub knows once the check of a head is completed. */
  async completed(head: string, count = 1): Promise<State> {
    await until(
      async () => {
        const { checks } = await this.state();
        const done = checks.filter((each) => each.head_sha === head && each.status === 'completed');
        return done.length >= count;
      },
      Number(process.env['PATIENCE'] ?? 150_000),
    );
    return this.state();
  }
}

/** The program as it is installed, in a folder of its own. */
function build(folder: string): void {
  mkdirSync(folder);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const out = ['--outDir', join(folder, 'dist'), '--declaration', 'false', '--sourceMap', 'false'];
  execFileSync(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), ...out]);
  writeFileSync(join(folder, 'dist/build-id'), '0123456789abcdef\n');
  for (const name of ['node_modules', 'rules', 'package.json', 'app.yml']) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) {
      break;
    }
  }
  return text.trim();
}

/** Waits until something is so; throws where it is not within so many milliseconds. */
export async function until(
  test: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await test())) {
    if (Date.now() > end) {
      throw new Error(`still not so after ${milliseconds} ms: ${String(test)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Empties a folder of the world. */
export function empty(world: World, folder: string): void {
  rmSync(world.fixture.path(folder), { recursive: true, force: true });
}
