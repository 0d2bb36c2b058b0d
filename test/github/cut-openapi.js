/**
 * Cuts GitHub's OpenAPI description to the calls that the App makes:
 *
 *     cd /tmp && npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
 *     node test/github/cut-openapi.js /tmp/package/generated/api.github.com.json > test/github/api.json
 *
 * Answers are left out, as a client must not depend on what it does not read, and every object of a request is closed:
 * a field that GitHub does not know is then refused instead of overlooked.
 */
import { readFileSync } from 'node:fs';

const CALLS = {
  '/app': ['get'],
  '/app/installations/{installation_id}/access_tokens': ['post'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/collaborators/{username}/permission': ['get'],
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ['get'],
  '/repos/{owner}/{repo}/contents/{path}': ['get'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': ['post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/comments': ['get'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies': ['post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': ['put'],
  '/repos/{owner}/{repo}/pulls/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions': ['post'],
};

const whole = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));

/** Replaces references by what they name, and leaves out what only people read. */
function resolve(value) {
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (typeof value.$ref === 'string') {
    const path = value.$ref.slice(2).split('/');
    return resolve(path.reduce((at, key) => at[key], whole));
  }
  const told = ['description', 'example', 'examples', 'externalDocs'];
  const entries = Object.entries(value).filter(
    ([key, each]) => !(told.includes(key) && (typeof each !== 'object' || key.startsWith('ex'))),
  );
  return Object.fromEntries(
    entries.filter(([key]) => !key.startsWith('x-')).map(([key, each]) => [key, resolve(each)]),
  );
}

function close(schema) {
  if (Array.isArray(schema)) {
    return schema.map(close);
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  // Alternatives only say more about what the object around them lists in full.
  const closed = Object.fromEntries(
    Object.entries(schema).map(([key, each]) => [key, key.endsWith('Of') ? each : close(each)]),
  );
  const isObject = typeof closed.properties === 'object';
  return isObject ? { ...closed, additionalProperties: false } : closed;
}

function cutCall({ operationId, parameters = [], requestBody }) {
  const body = resolve(requestBody);
  const schema = body?.content?.['application/json']?.schema;
  return {
    operationId,
    parameters: parameters.map(resolve),
    ...(schema === undefined
      ? {}
      : {
          requestBody: {
            required: body.required ?? true,
            content: { 'application/json': { schema: close(schema) } },
          },
        }),
    responses: { default: { description: 'left out' } },
  };
}

const paths = Object.fromEntries(
  Object.entries(CALLS).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, cutCall(whole.paths[path][method])])),
  ]),
);
const { title, version, license } = whole.info;
const cut = { openapi: '3.0.3', info: { title, version, license }, paths };
process.stdout.write(`${JSON.stringify(cut, null, 1)}\n`);
