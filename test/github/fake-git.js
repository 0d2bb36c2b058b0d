/** The git side of the GitHub on loopback: `git http-backend`, and what lies in the difference of a pull request. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** CGI (RFC 3875), as a web server runs it. */
export function serveGit(request, response, folder) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...ENVIRONMENT,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname.slice('/git'.length),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    },
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  let head = Buffer.alloc(0);
  let begun = false;
  child.stdout.on('data', (chunk) => {
    if (begun) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      begun = true;
      const lines = head
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(/: (.*)/su));
      const status = lines.find(([name]) => name === 'Status')?.[1];
      const headers = lines
        .filter(([name]) => name !== 'Status')
        .map(([name, value]) => [name, value]);
      response.writeHead(Number.parseInt(status ?? '200', 10), Object.fromEntries(headers));
      response.write(head.subarray(end + 4));
    }
  });
  child.on('close', () => response.end());
}

const known = new Map();

/**
 * The hunks that GitHub shows of a pull request, by path: of each the lines that take a comment on the RIGHT (added and
 * unchanged ones) and on the LEFT (deleted ones). Undefined where the commits are not there.
 */
export function hunksOf(folder, { owner, repo }, base, head) {
  const key = `${owner}/${repo} ${base}...${head}`;
  if (!known.has(key)) {
    known.set(key, readHunks(join(folder, owner, `${repo}.git`), `${base}...${head}`));
  }
  return known.get(key);
}

function readHunks(folder, range) {
  const args = ['-C', folder, '-c', 'core.quotePath=false', 'diff', '--no-color', '--unified=3'];
  let text;
  try {
    const options = { env: ENVIRONMENT, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] };
    text = execFileSync('git', [...args, '--no-ext-diff', range], options).toString();
  } catch {
    return undefined;
  }
  const files = new Map();
  for (const file of text.split(/^diff --git /mu).slice(1)) {
    const [, old, young] = /^--- (?:a\/)?(.*)\n\+\+\+ (?:b\/)?(.*)$/mu.exec(file) ?? [];
    const hunks = file.split(/^(?=@@ )/mu).slice(1);
    files.set(young === '/dev/null' ? old : young, hunks.map(linesOf));
  }
  return files;
}

function linesOf(hunk) {
  const [head, ...rows] = hunk.split('\n');
  const [, old, young] = /^@@ -(\d+)\S* \+(\d+)/u.exec(head) ?? [];
  const at = { LEFT: Number(old), RIGHT: Number(young) };
  const lines = { LEFT: new Set(), RIGHT: new Set() };
  for (const row of rows) {
    if (row.startsWith('-')) {
      lines.LEFT.add(at.LEFT++);
    } else if (row.startsWith('+')) {
      lines.RIGHT.add(at.RIGHT++);
    } else if (row.startsWith(' ')) {
      lines.RIGHT.add(at.RIGHT++);
      at.LEFT += 1;
    }
  }
  return lines;
}

/** Whether a comment lies on these hunks, and all of its lines in the same one, as GitHub demands. */
export function liesIn(hunks, { path, side = 'RIGHT', line, start_side: from = side, ...comment }) {
  const { start_line: start = line } = comment;
  return (hunks?.get(path) ?? []).some(
    (hunk) => hunk[side].has(line) && hunk[from].has(start) && (from !== side || start <= line),
  );
}
