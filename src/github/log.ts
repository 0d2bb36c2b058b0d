import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

/** Names of fields that never reach a log. */
const SECRET = ['token', 'authorization', 'privateKey', 'webhookSecret', 'password', 'cookie'];

/** One JSON object a line. An error is its name, message, stack and status: what hangs on it may hold a token. */
export function openLog(level: string, destination?: DestinationStream): Logger {
  const paths = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);
  const options = {
    level,
    redact: { paths, censor: '[secret]' },
    serializers: { err: plainError, error: plainError },
    base: { pid: process.pid },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) {
    // pg-boss tells of some by a message without an error.
    return hide(String(Reflect.get(Object(error), 'message') ?? error));
  }
  const status: unknown = Reflect.get(error, 'status');
  const detail: unknown = Reflect.get(error, 'detail');
  const { name, message, stack } = error;
  const more = typeof detail === 'string' ? { detail: hide(detail) } : {};
  return { name, message: hide(message), stack: hide(stack ?? ''), status, ...more };
}

/** Tokens of GitHub by their form ("Token formats"), and what stands before the @ of an address. */
function hide(text: string): string {
  return text
    .replaceAll(/\bgh[a-z]_\w+|\bgithub_pat_\w+|\bv1\.[0-9a-f]{40}\b/gu, '[secret]')
    .replaceAll(/(?<=:\/\/)[^@/\s]+@/gu, '[secret]@');
}
