import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneApp, SLOW } from './one-app.ts';
import { SECRET, until } from './world.ts';

const here = oneApp(['serve', '--dry-run']);
const { world } = here;

/** Sends a body of so many bytes piece by piece; the status, or what went wrong with the connection. */
async function sendLarge(bytes: number, withLength: boolean): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = withLength ? { 'content-length': bytes } : {};
    const call = request(
      `${here.app.url}/api/github/webhooks`,
      { method: 'POST', headers },
      (response) => {
        response.resume().on('error', () => undefined);
        resolve(response.statusCode ?? 0);
      },
    );
    call.on('error', (error) => resolve(String(Reflect.get(error, 'code'))));
    // What is still on its way when the answer was read fails once more, on the socket.
    call.on('socket', (socket) => socket.on('error', () => undefined));
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < bytes; sent += chunk.length) {
      call.write(chunk);
    }
    call.end();
  });
}

describe('a webhook', () => {
  const pull = { head: 'a'.repeat(40), base: 'b'.repeat(40) };

  test('that GitHub did not sign is refused, and so is one without a name', async () => {
    const event = world.pullEvent('opened', 1, pull);
    expect(await world.send(here.app, 'pull_request', event, { secret: 'another' })).toBe(401);
    expect(await world.send(here.app, 'pull_request', event, { id: '../../x' })).toBe(401);
    expect(await world.send(here.app, 'Pull Request', event)).toBe(401);
    const bare = await fetch(`${here.app.url}/api/github/webhooks`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    expect(here.app.log()).toContain('refused: not signed by GitHub');
  });

  test('that is larger than any of GitHub is not read to its end', async () => {
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(await sendLarge(26 * 1024 * 1024, true));
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(await sendLarge(60 * 1024 * 1024, false));
    expect(here.app.log()).toContain('refused: too large');
  });

  test.each([
    { name: '../../../etc', owner: { login: 'a' } },
    { name: '..', owner: { login: 'a' } },
    { name: 'qemu', owner: { login: '../x' } },
    { name: 'qemu.git', owner: { login: 'a' } },
    { name: 'a b', owner: { login: 'a' } },
    { name: '--upload-pack=x', owner: { login: '-x' } },
  ])('of a repository $owner.login/$name is refused', async (names) => {
    const event = { ...world.pullEvent('opened', 1, pull), repository: { id: 7, ...names } };
    expect(await world.send(here.app, 'pull_request', event)).toBe(422);
  });

  test.each(['main', '--output=x', 'a'.repeat(39), `${'a'.repeat(40)} b`])(
    'with the head %j is refused',
    async (head) => {
      const event = world.pullEvent('opened', 1, { ...pull, head });
      expect(await world.send(here.app, 'pull_request', event)).toBe(422);
    },
  );

  test('has nothing posted for it when it was refused', async () => {
    await sleep(1_500);
    expect((await world.state()).writes).toEqual([]);
    // A dry run would say what it does not write.
    expect(here.app.log()).not.toContain('would ');
    expect(here.app.log()).toContain('the webhook names no repository, pull request or commit');
  });

  test('that nobody listens to is accepted, and nothing else is there', async () => {
    expect(await world.send(here.app, 'star', { action: 'created' })).toBe(202);
    expect((await fetch(`${here.app.url}/`)).status).toBe(404);
    expect((await fetch(`${here.app.url}/api/github/webhooks`)).status).toBe(404);
  });
});

describe('a process', () => {
  test(
    'in a dry run says what it would post, and posts nothing',
    async () => {
      const harm = world.harm();
      await world.push(here.app, 3, harm);
      await until(() => here.app.log().includes('"msg":"reviewed"'), 120_000);
      expect(here.app.log()).toContain('would post the review');
      expect((await world.state()).writes).toEqual([]);
    },
    SLOW,
  );

  test('tells its health and numbers, and its history while it runs', async () => {
    const health = await fetch(`${here.app.url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
    const numbers = await (await fetch(`${here.app.url}/metrics`)).text();
    expect(numbers).toMatch(/^check_lifecycle_reviews\{state="done"\} 1$/mu);
    for (const line of numbers.trim().split('\n')) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="\w+"\})? [\d.e+]+)$/u);
    }
    const env = world.environment('data');
    const listed = execFileSync(process.execPath, [world.program, 'history'], { env }).toString();
    expect(listed).toMatch(/^\S+ \S+ {2}lists\/qemu#3 {2}[0-9a-f]{12} {2}done {7}regression\n$/u);
  });

  test(
    'does not share its folder with a second one',
    async () => {
      const second = await world.run('data');
      expect(await second.ended).toBe(2);
      expect(second.log()).toContain('is in use by another check-lifecycle');
    },
    SLOW,
  );

  test('writes no secret into its log', () => {
    expect(here.app.log()).not.toContain(SECRET);
    expect(here.app.log()).not.toMatch(/ghs_|BEGIN|eyJhbGci/u);
  });

  test(
    'ends in good order when it is asked to',
    async () => {
      here.app.child.kill('SIGTERM');
      expect(await here.app.ended).toBe(0);
      expect(here.app.log()).toContain('"msg":"stopped"');
    },
    SLOW,
  );
});
