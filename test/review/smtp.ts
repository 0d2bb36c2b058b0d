import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';

/** A mail as a server got it. */
export interface Received {
  readonly raw: Buffer;
  readonly recipients: readonly string[];
}

/** Whether `git send-email` is installed: it is a package of its own. */
export function hasSendEmail(): boolean {
  const { stdout } = spawnSync('git', ['--exec-path'], { encoding: 'utf8' });
  return spawnSync('test', ['-x', join(stdout.trim(), 'git-send-email')]).status === 0;
}

/** Sends a mail as it is with `git send-email` to a server on the loopback interface, and gives what arrived. */
export async function sendWithGit(mail: string, from: string): Promise<Received[]> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ raw: Buffer.concat(chunks), recipients });
        done();
      });
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'check-lifecycle-mail-'));
  try {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const file = join(folder, 'reply.eml');
    writeFileSync(file, mail);
    const options = { smtp: `--smtp-server=127.0.0.1`, port: `--smtp-server-port=${port}` };
    await promisify(execFile)(
      'git',
      ['send-email', options.smtp, options.port, `--from=${from}`, '--confirm=never', file],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_SYSTEM: '/dev/null',
        },
      },
    );
    return received;
  } finally {
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
    rmSync(folder, { recursive: true });
  }
}
