import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';
const version = existsSync(VERSIONS)
  ? readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a))[0]
  : undefined;
/** Whether Debian's PostgreSQL is installed. */
export const HAS_POSTGRES = version !== undefined;

/** A PostgreSQL of its own on loopback, which may be stopped and started. */
export class PostgresServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-pg-'));
  private port = 0;
  /** PostgreSQL refuses to run as root. */
  private readonly user =
    process.getuid?.() === 0
      ? { uid: idOf('-u'), gid: idOf('-g') }
      : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

  get url(): string {
    return `postgres://tester@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    this.port = await freePort();
    chownSync(this.folder, this.user.uid, this.user.gid);
    this.run('initdb', '-D', this.data, '-A', 'trust', '-U', 'tester', '--no-sync');
    this.up();
  }

  up(): void {
    const options = `-p ${this.port} -k ${this.folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
    this.run(
      'pg_ctl',
      '-D',
      this.data,
      '-w',
      '-l',
      join(this.folder, 'log'),
      '-o',
      options,
      'start',
    );
  }

  /** As if the machine lost power: connections are cut, nothing is finished. */
  down(): void {
    this.run('pg_ctl', '-D', this.data, '-w', '-m', 'immediate', 'stop');
  }

  stop(): void {
    this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private run(name: string, ...args: string[]): void {
    const file = join(VERSIONS, version ?? '', 'bin', name);
    execFileSync(file, args, { ...this.user, cwd: this.folder, stdio: 'ignore' });
  }
}

function idOf(option: '-u' | '-g'): number {
  return Number(execFileSync('id', [option, 'postgres']).toString());
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
