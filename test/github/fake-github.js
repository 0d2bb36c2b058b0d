/**
 * A GitHub on loopback, in a process of its own: the calls of api.json checked by openapi-backend, the two of GraphQL,
 * and `git http-backend` below /git. What it knows is set and read below /_/; it prints its port.
 *
 *     node test/github/fake-github.js APP_PUBLIC_KEY_FILE GIT_FOLDER
 */
import { createVerify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { OpenAPIBackend } from 'openapi-backend';
import { hunksOf, liesIn, serveGit } from './fake-git.js';

const [, , publicKeyFile = '', gitFolder = ''] = process.argv;
const publicKey = readFileSync(publicKeyFile, 'utf8');
const TOKEN = 'ghs_FakeTokenOfTheInstallation0000000000';
const BOT = { login: 'check-lifecycle[bot]', type: 'Bot', id: 1 };

const state = {
  pulls: {},
  contents: {},
  permissions: {},
  checks: [],
  reviews: [],
  comments: [],
  answers: [],
  reactions: [],
  resolved: [],
  /** The repositories that git fetched from. */
  fetched: [],
  /** Every call that changed something, in its order. */
  writes: [],
  /** Calls that went wrong by themselves: 4xx that nobody ordered. */
  refused: [],
};
let faults = [];
let nextId = 1000;

const api = new OpenAPIBackend({
  definition: JSON.parse(readFileSync(new URL('api.json', import.meta.url), 'utf8')),
  quick: true,
  ajvOpts: { strict: false, validateFormats: false },
});

const pullOf = (context) => {
  const { pull_number: number, issue_number: issue } = context.request.params;
  return Number(number ?? issue);
};
const ok = (body, status = 200) => ({ status, body });
const missing = () => ok({ message: 'Not Found' }, 404);

/** Pages as GitHub does: `per_page` and `page`, and a Link to the next. */
function paged(context, all) {
  const size = Number(context.request.query.per_page ?? 30);
  const page = Number(context.request.query.page ?? 1);
  const body = all.slice((page - 1) * size, page * size);
  const more = page * size < all.length;
  const url = new URL(context.request.requestUrl, `http://${context.request.headers.host}`);
  url.searchParams.set('page', String(page + 1));
  return { status: 200, body, headers: more ? { link: `<${url.href}>; rel="next"` } : {} };
}

/** Whether every comment of a review lies on the difference of its pull request. */
function lie(context, number, { commit_id: head, comments = [] }) {
  const { owner, repo } = context.request.params;
  const pull = state.pulls[number];
  const hunks = hunksOf(gitFolder, { owner, repo }, pull?.base, head ?? pull?.head);
  return hunks !== undefined && comments.every((each) => liesIn(hunks, each));
}

const handlers = {
  'apps/get-authenticated': () => ok({ id: 1, slug: 'check-lifecycle' }),
  'apps/create-installation-access-token': () =>
    ok({ token: TOKEN, expires_at: new Date(Date.now() + 3_600_000).toISOString() }, 201),
  'pulls/get': (context) => {
    const pull = state.pulls[pullOf(context)];
    return pull === undefined
      ? missing()
      : ok({ head: { sha: pull.head }, base: { sha: pull.base }, user: { login: pull.author } });
  },
  'repos/get-content': (context) => {
    const text = state.contents[context.request.params.path];
    return text === undefined
      ? missing()
      : ok({ type: 'file', content: Buffer.from(text).toString('base64'), encoding: 'base64' });
  },
  'repos/get-collaborator-permission-level': (context) =>
    ok({ permission: state.permissions[context.request.params.username] ?? 'read' }),
  'checks/create': (context) => {
    const run = { id: nextId++, ...context.request.requestBody };
    state.checks.push(run);
    return ok(run, 201);
  },
  'checks/update': (context) => {
    const run = state.checks.find(({ id }) => id === Number(context.request.params.check_run_id));
    if (run === undefined) {
      return missing();
    }
    const { output, ...rest } = context.request.requestBody;
    const annotations = [...(run.output?.annotations ?? []), ...(output?.annotations ?? [])];
    Object.assign(run, rest, output === undefined ? {} : { output: { ...output, annotations } });
    return ok(run);
  },
  'checks/list-for-ref': (context) => {
    const { ref } = context.request.params;
    const runs = state.checks.filter(({ head_sha: sha }) => sha === ref);
    const counted = runs.map(({ output, ...run }) => ({
      ...run,
      output: { annotations_count: output?.annotations.length ?? 0 },
    }));
    return ok({ total_count: runs.length, check_runs: counted });
  },
  'pulls/list-reviews': (context) =>
    paged(
      context,
      state.reviews.filter(({ pull }) => pull === pullOf(context)),
    ),
  'pulls/create-review': (context) => {
    const number = pullOf(context);
    const { comments = [], ...review } = context.request.requestBody;
    if (!lie(context, number, context.request.requestBody)) {
      return ok({ message: 'Unprocessable Entity: line must be part of the diff' }, 422);
    }
    const made = { id: nextId++, pull: number, user: BOT, ...review };
    state.reviews.push(made);
    for (const comment of comments) {
      state.comments.push({ id: nextId++, pull: number, user: BOT, review: made.id, ...comment });
    }
    return ok(made);
  },
  'pulls/update-review': (context) => {
    const review = state.reviews.find(({ id }) => id === Number(context.request.params.review_id));
    Object.assign(review ?? {}, context.request.requestBody);
    return review === undefined ? missing() : ok(review);
  },
  'pulls/list-review-comments': (context) =>
    paged(
      context,
      state.comments.filter(({ pull }) => pull === pullOf(context)),
    ),
  'pulls/update-review-comment': (context) => {
    const comment = state.comments.find(
      ({ id }) => id === Number(context.request.params.comment_id),
    );
    Object.assign(comment ?? {}, context.request.requestBody);
    return comment === undefined ? missing() : ok(comment);
  },
  'pulls/create-reply-for-review-comment': (context) => {
    const made = {
      id: nextId++,
      pull: pullOf(context),
      user: BOT,
      to: Number(context.request.params.comment_id),
      ...context.request.requestBody,
    };
    state.comments.push(made);
    return ok(made, 201);
  },
  'issues/list-comments': (context) =>
    paged(
      context,
      state.answers.filter(({ pull }) => pull === pullOf(context)),
    ),
  'issues/create-comment': (context) => {
    const made = {
      id: nextId++,
      pull: pullOf(context),
      user: BOT,
      ...context.request.requestBody,
    };
    state.answers.push(made);
    return ok(made, 201);
  },
  'reactions/create-for-issue-comment': (context) => react('issue', context),
  'reactions/create-for-pull-request-review-comment': (context) => react('review', context),
  notFound: () => missing(),
  methodNotAllowed: () => missing(),
  validationFail: (context) =>
    ok({ message: 'Validation Failed', errors: context.validation.errors }, 422),
};

function react(kind, context) {
  const comment = Number(context.request.params.comment_id);
  const { content } = context.request.requestBody;
  const known = state.reactions.find(
    (each) => each.comment === comment && each.content === content,
  );
  if (known === undefined) {
    state.reactions.push({ kind, comment, content });
  }
  return ok({ id: 1, content }, known === undefined ? 201 : 200);
}
api.register(handlers);
await api.init();

function graphql({ query, variables }) {
  if (query.includes('resolveReviewThread')) {
    state.resolved.push(Number(variables.id.slice(2)));
    return { data: { resolveReviewThread: { thread: { id: variables.id } } } };
  }
  const nodes = state.comments
    .filter(({ pull, to }) => pull === variables.number && to === undefined)
    .map(({ id }) => ({
      id: `T_${String(id)}`,
      isResolved: state.resolved.includes(id),
      comments: { nodes: [{ databaseId: id }] },
    }));
  const reviewThreads = { pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  return { data: { repository: { pullRequest: { reviewThreads } } } };
}

/** A JWT of the App for what is about the App, its token for the rest. */
function isAllowed(request, path) {
  const [kind = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  if (!path.startsWith('/app')) {
    return /^(?:token|bearer)$/iu.test(kind) && value === TOKEN;
  }
  const [head, payload, signature = ''] = value.split('.');
  const verify = createVerify('RSA-SHA256').update(`${head}.${payload}`);
  return verify.verify(publicKey, signature, 'base64url');
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The first fault that is ordered for a call, used up by it. */
function faultFor(call) {
  const fault = faults.find(
    ({ match, skip = 0, times = 1 }) =>
      new RegExp(match, 'u').test(call) && (skip > 0 || times > 0),
  );
  if (fault === undefined) {
    return undefined;
  }
  if ((fault.skip ?? 0) > 0) {
    fault.skip -= 1;
    return undefined;
  }
  fault.times = (fault.times ?? 1) - 1;
  return fault;
}

async function control(request, response, path) {
  const text = (await bodyOf(request)).toString('utf8');
  if (path === '/_/faults') {
    faults = JSON.parse(text);
  } else if (request.method === 'POST') {
    Object.assign(state, JSON.parse(text));
  }
  response.end(JSON.stringify({ ...state, faults }));
}

async function answer(request, response, path) {
  const raw = await bodyOf(request);
  const call = `${request.method} ${path}`;
  const fault = faultFor(call);
  const kind = fault?.kind ?? '';
  if (kind === 'slow') {
    await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  } else if (kind === 'close') {
    return request.socket.destroy();
  } else if (kind === 'kill-before') {
    process.kill(fault.pid, 'SIGKILL');
    return request.socket.destroy();
  } else if (kind === 'status') {
    return send(response, fault.status, { message: `ordered ${fault.status}` }, fault.headers);
  }
  const result = await handle(request, path, raw);
  if (
    request.method !== 'GET' &&
    result.status < 300 &&
    !path.startsWith('/app') &&
    path !== '/graphql'
  ) {
    state.writes.push(call);
  }
  if (result.status >= 400 && result.status !== 404) {
    state.refused.push({ call, ...result.body });
  }
  if (kind === 'status-after') {
    return send(response, fault.status, { message: `ordered ${fault.status}` });
  }
  if (kind === 'kill-after') {
    process.kill(fault.pid, 'SIGKILL');
  }
  if (kind === 'half') {
    response.writeHead(result.status, {
      'content-type': 'application/json',
      'content-length': '100000',
    });
    response.write('{"id":');
    return setTimeout(() => request.socket.destroy(), 20);
  }
  return kind.endsWith('after')
    ? request.socket.destroy()
    : send(response, result.status, result.body, result.headers);
}

async function handle(request, path, raw) {
  if (!isAllowed(request, path)) {
    return ok({ message: 'Bad credentials' }, 401);
  }
  const body = raw.length === 0 ? undefined : JSON.parse(raw.toString('utf8'));
  if (path === '/graphql') {
    return ok(graphql(body));
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  return api.handleRequest({
    method: request.method ?? 'GET',
    path: decodeURIComponent(path),
    query: Object.fromEntries(url.searchParams),
    headers: { ...request.headers, 'content-type': 'application/json' },
    body,
    requestUrl: request.url,
  });
}

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

function git(request, response) {
  const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
  if (request.headers.authorization !== `Basic ${basic}`) {
    response.writeHead(401).end();
    return;
  }
  const repository = request.url.split('/').slice(2, 4).join('/');
  if (!state.fetched.includes(repository)) {
    state.fetched.push(repository);
  }
  serveGit(request, response, gitFolder);
}

const server = createServer((request, response) => {
  const path = (request.url ?? '/').split('?')[0];
  if (path.startsWith('/git/')) {
    git(request, response);
  } else if (path.startsWith('/_/')) {
    void control(request, response, path);
  } else {
    answer(request, response, path).catch((error) => {
      state.refused.push({ call: path, message: String(error) });
      response.writeHead(500).end();
    });
  }
});
// A test that makes many commits keeps its connections idle for longer than the usual five seconds.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${server.address().port}\n`);
});
