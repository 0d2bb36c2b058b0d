import type { BuiltinTable, Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';
import { num, once, staticText } from './value.ts';

type Args = readonly (number | bigint)[];

const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  2: 'Interrupt',
  4: 'Illegal instruction',
  6: 'Aborted',
  8: 'Floating point exception',
  9: 'Killed',
  11: 'Segmentation fault',
  13: 'Broken pipe',
  14: 'Alarm clock',
  15: 'Terminated',
};

/** Signals that do nothing unless handled: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
const IGNORED = new Set([17, 18, 23, 28]);

const SIG_IGN = 1;

/** `struct sigaction`: the handler in its first word, then mask and flags. */
const SIGACTION_SIZE = 144;

/** Signals, jumps and the process; there is one process, with one thread. */
export const PROCESS: BuiltinTable = {
  signal: (rt, _site, [number, handler]) => {
    const old = handlers(rt).get(num(number)) ?? 0;
    handlers(rt).set(num(number), num(handler));
    return old;
  },
  raise: (rt, site, [number]) => raise(rt, site, num(number)),
  kill: (rt, site, [, number]) => raise(rt, site, num(number)),
  strsignal: (rt, site, [number]) =>
    staticText(rt, SIGNAL_NAMES[num(number)] ?? `Unknown signal ${num(number)}`, site),
  sigemptyset: clearSet,
  sigfillset: (rt, site, [set]) => {
    rt.memory.fill(num(set), 255, 128, site);
    return 0;
  },
  sigaddset: (rt, site, [set, number]) => changeSet(rt, site, num(set), num(number), true),
  sigdelset: (rt, site, [set, number]) => changeSet(rt, site, num(set), num(number), false),
  // Nothing comes asynchronously, so a mask holds nothing back.
  sigprocmask: (rt, site, [, , old]) => (num(old) === 0 ? 0 : clearSet(rt, site, [old ?? 0])),
  sigaction: (rt, site, [number, action, old]) => {
    if (num(old) !== 0) {
      rt.memory.fill(num(old), 0, SIGACTION_SIZE, site);
      rt.memory.wptr(num(old), handlers(rt).get(num(number)) ?? 0, site);
    }
    if (num(action) !== 0) {
      handlers(rt).set(num(number), rt.memory.ptr(num(action), site));
    }
    return 0;
  },
  longjmp: jump,
  _longjmp: jump,
  siglongjmp: jump,
  getpid: () => 1,
  getppid: () => 0,
  getuid: () => 0,
  geteuid: () => 0,
  getgid: () => 0,
  getegid: () => 0,
  getpagesize: () => 4096,
  sysconf: (_rt, _site, [what]) => ({ 30: 4096n, 83: 1n, 84: 1n })[num(what)] ?? -1n,
  sched_yield: () => 0,
  alarm: () => 0,
  setlocale: (rt, site) => staticText(rt, 'C', site),
  pthread_self: () => 1n,
  pthread_equal: (_rt, _site, [a, b]) => (a === b ? 1 : 0),
  pthread_mutex_init: success,
  pthread_mutex_destroy: success,
  pthread_mutex_lock: success,
  pthread_mutex_trylock: success,
  pthread_mutex_unlock: success,
  pthread_mutexattr_init: success,
  pthread_mutexattr_destroy: success,
  pthread_mutexattr_settype: success,
  pthread_once: (rt, site, [control, routine]) => {
    if (rt.memory.i32(num(control), site) === 0) {
      rt.memory.w32(num(control), 1, site);
      rt.call(num(routine), [], site);
    }
    return 0;
  },
};

function success(): number {
  return 0;
}

function handlers(rt: Runtime): Map<number, number> {
  return once(rt, 'signals', () => new Map<number, number>());
}

/** A handled signal runs its handler; any other does what the default is, which for most ends the program. */
function raise(rt: Runtime, site: number, number: number): number {
  const handler = handlers(rt).get(number) ?? 0;
  if (handler > SIG_IGN) {
    rt.call(handler, [number], site);
    return 0;
  }
  if (number === 0 || handler === SIG_IGN || IGNORED.has(number)) {
    return 0;
  }
  const name = SIGNAL_NAMES[number] ?? 'unhandled';
  throw new Stop('assertion', `signal ${number} (${name}) ended the program`, site);
}

function clearSet(rt: Runtime, site: number, [set]: Args): number {
  rt.memory.fill(num(set), 0, 128, site);
  return 0;
}

function changeSet(rt: Runtime, site: number, set: number, number: number, add: boolean): number {
  const at = set + ((number - 1) >> 3);
  const bit = 1 << ((number - 1) & 7);
  const byte = rt.memory.u8(at, site);
  rt.memory.w8(at, add ? byte | bit : byte & ~bit, site);
  return 0;
}

function jump(rt: Runtime, site: number, [buffer, value]: Args): never {
  return rt.longjmp(num(buffer), num(value), site);
}
