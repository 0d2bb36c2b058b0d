import { LIBC } from './libc/index.ts';
import { formatVariadic } from './libc/format.ts';
import { OUTCOMES, type OutcomeKind } from './outcome.ts';
import type { ExternalsPolicy } from './program.ts';
import type { Builtin } from './runtime.ts';
import { Skip, Stop } from './stop.ts';

/**
 * What a rule pack's C may say to the machine. `lifecycle_fail(outcome, format, …)` ends the
 * execution; `lifecycle_choose(n, what)` is a choice point; `lifecycle_note(format, …)` goes into
 * the trace; `lifecycle_name(object, format, …)` names an object for every later message.
 * `lifecycle_case(contract, format, …)` says that this path is a case of its own, and what it is about;
 * `lifecycle_skip()` ends a path for which another one stands.
 */
const PACK: Readonly<Record<string, Builtin>> = {
  lifecycle_fail: (rt, site, [kind, format, area]) => {
    const outcome = rt.memory.string(Number(kind), site);
    const message = formatVariadic(rt, site, Number(format), Number(area));
    throw new Stop(isOutcome(outcome) ? outcome : 'invariant', message, 0);
  },
  lifecycle_choose: (rt, site, [n, what]) =>
    rt.choose(Number(n), rt.memory.string(Number(what), site)),
  lifecycle_case: (rt, site, [contract, format, area]) => {
    const text = formatVariadic(rt, site, Number(format), Number(area));
    rt.declare({ contract: rt.memory.string(Number(contract), site), text });
    return undefined;
  },
  lifecycle_skip: () => {
    throw new Skip();
  },
  lifecycle_note: (rt, site, [format, area]) => {
    rt.note(formatVariadic(rt, site, Number(format), Number(area)));
    return undefined;
  },
  lifecycle_name: (rt, site, [object, format, area]) => {
    rt.name(Number(object), formatVariadic(rt, site, Number(format), Number(area)));
    return undefined;
  },
};

function isOutcome(name: string): name is OutcomeKind {
  return Object.hasOwn(OUTCOMES, name);
}

/** The code that stands in for a function without a body: the pack's, libc's, the policy's, or none. */
export function builtinFor(name: string, policy: ExternalsPolicy): Builtin {
  const own = Object.hasOwn(PACK, name) ? PACK[name] : LIBC.get(name);
  if (own !== undefined) {
    return own;
  }
  const stub = policy.stubs.find(({ match }) => matches(match, name));
  if (stub !== undefined) {
    return (rt) => {
      rt.notModelled.add(name);
      return stub.returns;
    };
  }
  return (_rt, site) => {
    throw new Stop('unsupported', `call to ${name}`, site);
  };
}

/** `*` stands for any characters. */
function matches(glob: string, name: string): boolean {
  const parts = glob.split('*').map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
