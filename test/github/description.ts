import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

interface Call {
  readonly operationId: string;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
}

/** GitHub's OpenAPI description, cut to the calls of the App and closed (cut-openapi.js). */
const DESCRIPTION = JSON.parse(readFileSync(new URL('api.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call>>>>;
};

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** What is wrong with the body of a call, by GitHub's description; empty where nothing is. */
export function faultsOf(operation: string, body: unknown): string[] {
  const calls = Object.values(DESCRIPTION.paths).flatMap((methods) => Object.values(methods));
  const call = calls.find(({ operationId }) => operationId === operation);
  const schema = call?.requestBody?.content['application/json']?.schema;
  if (schema === undefined) {
    throw new Error(`${operation} is no call with a body`);
  }
  ajv.validate(schema, body);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
