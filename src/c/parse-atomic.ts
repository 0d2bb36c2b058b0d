import type { Expr } from './ast.ts';
import { ATOMIC_OPERATIONS } from './builtins.ts';
import { castTo, convertTo, dereference, integer, rvalue } from './parse-build.ts';
import type { Parser } from './parse-context.ts';
import type { Location } from './source.ts';
import { BOOL, INT, LONG, pointerTo, UCHAR, VOID } from './type-rules.ts';
import type { CType } from './types.ts';

/** What a generic atomic does: its node's name and how its operands are typed. */
interface Atomic {
  readonly name: string;
  /** Of the operands behind the pointer; what follows (orders, `weak`) is dropped. */
  readonly operands: readonly ('value' | 'pointer' | 'count')[];
  readonly result: 'value' | 'bool' | 'void';
}

const ATOMICS: ReadonlyMap<string, Atomic> = new Map<string, Atomic>([
  ['load_n', { name: '__atomic_load_n', operands: [], result: 'value' }],
  ['store_n', { name: '__atomic_store_n', operands: ['value'], result: 'void' }],
  ['exchange_n', { name: '__atomic_exchange_n', operands: ['value'], result: 'value' }],
  [
    'compare_exchange_n',
    { name: '__atomic_compare_exchange_n', operands: ['pointer', 'value'], result: 'bool' },
  ],
]);

/** C11's names, as clang spells them, by value. */
const C11: ReadonlyMap<string, string> = new Map([
  ['init', 'store_n'],
  ['load', 'load_n'],
  ['store', 'store_n'],
  ['exchange', 'exchange_n'],
  ['compare_exchange_strong', 'compare_exchange_n'],
  ['compare_exchange_weak', 'compare_exchange_n'],
]);

export function isAtomic(name: string): boolean {
  return (
    name.startsWith('__atomic_') || name.startsWith('__sync_') || name.startsWith('__c11_atomic_')
  );
}

/** A call of `__atomic_*`, `__sync_*` or `__c11_atomic_*`; the cursor is behind its name. */
export function parseAtomic(parser: Parser, name: string, location: Location): Expr {
  const args = parseOperands(parser);
  if (name.startsWith('__sync_')) {
    return sync(parser, name.slice('__sync_'.length).replace(/_(1|2|4|8|16)$/, ''), args, location);
  }
  const c11 = name.startsWith('__c11_atomic_');
  const plain = c11 ? name.slice('__c11_atomic_'.length) : name.slice('__atomic_'.length);
  const operation = c11 ? (C11.get(plain) ?? plain) : plain;
  switch (operation) {
    case 'thread_fence':
    case 'signal_fence':
      return builtin(`__atomic_${operation}`, [], VOID, VOID, location);
    case 'always_lock_free':
    case 'is_lock_free':
      return integer(1, INT, location);
    case 'test_and_set':
    case 'clear': {
      const pointer = castTo(operand(parser, args, 0, location), pointerTo(UCHAR));
      const value = integer(operation === 'clear' ? 0 : 1, UCHAR, location);
      const access = operation === 'clear' ? 'store_n' : 'exchange_n';
      const node = apply(parser, atomicOf(parser, access, location), [pointer, value], location);
      return operation === 'clear' ? node : castTo(node, BOOL);
    }
    case 'load':
    case 'store':
    case 'exchange':
    case 'compare_exchange':
      return throughPointers(parser, operation, args, location);
    default:
      return apply(parser, atomicOf(parser, operation, location), args, location);
  }
}

/** The forms whose values are passed by address: `__atomic_exchange(p, &new, &old, order)`. */
function throughPointers(
  parser: Parser,
  operation: 'load' | 'store' | 'exchange' | 'compare_exchange',
  args: readonly Expr[],
  location: Location,
): Expr {
  const pointer = operand(parser, args, 0, location);
  const first = operand(parser, args, 1, location);
  switch (operation) {
    case 'load':
      return copy(dereference(first, location), dereference(pointer, location), location);
    case 'store':
      return copy(dereference(pointer, location), dereference(first, location), location);
    case 'exchange': {
      const old = apply(
        parser,
        atomicOf(parser, 'exchange_n', location),
        [pointer, dereference(first, location)],
        location,
      );
      return copy(dereference(operand(parser, args, 2, location), location), old, location);
    }
    case 'compare_exchange': {
      const desired = dereference(operand(parser, args, 2, location), location);
      const swap = atomicOf(parser, 'compare_exchange_n', location);
      return apply(parser, swap, [pointer, first, desired], location);
    }
  }
}

/** `(void)(left = right)` */
function copy(left: Expr, right: Expr, location: Location): Expr {
  const assign: Expr = {
    kind: 'assign',
    left,
    right: convertTo(right, left.type),
    type: left.type,
    location,
  };
  return castTo(assign, VOID, location);
}

function parseOperands(parser: Parser): Expr[] {
  const args: Expr[] = [];
  parser.expect('(');
  while (!parser.is(')')) {
    args.push(rvalue(parser.grammar.assignment(parser)));
    if (!parser.accept(',')) {
      break;
    }
  }
  parser.expect(')');
  return args;
}

function operand(parser: Parser, args: readonly Expr[], index: number, location: Location): Expr {
  const arg = args[index];
  if (arg === undefined) {
    throw parser.error('too few arguments to an atomic builtin', location);
  }
  return arg;
}

/** `fetch_add`, `add_fetch` and the rest. */
function atomicOf(parser: Parser, operation: string, location: Location): Atomic {
  const known = ATOMICS.get(operation);
  if (known !== undefined) {
    return known;
  }
  const match = /^(?:fetch_(\w+)|(\w+)_fetch)$/.exec(operation);
  if (match === null || !ATOMIC_OPERATIONS.has(match[1] ?? match[2] ?? '')) {
    throw parser.error(`unsupported atomic builtin '${operation}'`, location);
  }
  return { name: `__atomic_${operation}`, operands: ['count'], result: 'value' };
}

function apply(parser: Parser, atomic: Atomic, args: readonly Expr[], location: Location): Expr {
  const pointer = operand(parser, args, 0, location);
  const { type } = pointer;
  if (type.kind !== 'pointer') {
    throw parser.error('the operand of an atomic builtin is no pointer', location);
  }
  const rest = atomic.operands.map((kind, index) => {
    const arg = operand(parser, args, index + 1, location);
    if (kind === 'pointer') {
      return convertTo(arg, pointerTo(type.to));
    }
    return convertTo(arg, kind === 'count' && type.to.kind === 'pointer' ? LONG : type.to);
  });
  const result = { value: type.to, bool: BOOL, void: VOID }[atomic.result];
  return builtin(atomic.name, [pointer, ...rest], type.to, result, location);
}

/** GCC manual, "Legacy __sync Built-in Functions", in terms of the newer ones where they are the same. */
function sync(parser: Parser, operation: string, args: readonly Expr[], location: Location): Expr {
  const swap = { operands: ['value', 'value'] } as const;
  switch (operation) {
    case 'synchronize':
      return builtin('__atomic_thread_fence', [], VOID, VOID, location);
    case 'bool_compare_and_swap':
      return apply(
        parser,
        { ...swap, name: `__sync_${operation}`, result: 'bool' },
        args,
        location,
      );
    case 'val_compare_and_swap':
      return apply(
        parser,
        { ...swap, name: `__sync_${operation}`, result: 'value' },
        args,
        location,
      );
    case 'lock_test_and_set':
      return apply(parser, atomicOf(parser, 'exchange_n', location), args, location);
    case 'lock_release': {
      const zero = integer(0, INT, location);
      const store = atomicOf(parser, 'store_n', location);
      return apply(parser, store, [operand(parser, args, 0, location), zero], location);
    }
    default: {
      const modern = operation.replace('fetch_and_', 'fetch_').replace('_and_fetch', '_fetch');
      return apply(parser, atomicOf(parser, modern, location), args, location);
    }
  }
}

function builtin(
  name: string,
  args: readonly Expr[],
  typeArgument: CType,
  type: CType,
  location: Location,
): Expr {
  return { kind: 'builtin', name, args, typeArgument, type, location };
}
