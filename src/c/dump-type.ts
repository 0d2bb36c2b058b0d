import type { CType, FunctionType, RecordType } from './types.ts';

const NAMES: Readonly<Partial<Record<CType['kind'], string>>> = {
  void: 'void',
  bool: '_Bool',
  char: 'char',
  schar: 'signed char',
  uchar: 'unsigned char',
  short: 'short',
  ushort: 'unsigned short',
  int: 'int',
  uint: 'unsigned int',
  long: 'long',
  ulong: 'unsigned long',
  llong: 'long long',
  ullong: 'unsigned long long',
  int128: '__int128',
  uint128: 'unsigned __int128',
  float: 'float',
  double: 'double',
  ldouble: 'long double',
};

/** The type as C spells it, around `name` where one is given: `int (*name)[3]`. */
export function printType(type: CType, name = ''): string {
  switch (type.kind) {
    case 'pointer': {
      const qualifier = type.qualified === undefined ? '' : `${type.qualified} `;
      const inner =
        type.to.kind === 'array' || type.to.kind === 'function' ? `(*${name})` : `*${name}`;
      return `${qualifier}${printType(type.to, inner)}`;
    }
    case 'array': {
      const length = type.vla === undefined ? `${type.length ?? ''}` : '*';
      return printType(type.of, `${name}[${length}]`);
    }
    case 'function':
      return printType(type.returns, `${name}(${parameters(type)})`);
    case 'struct':
    case 'union':
      return spaced(`${type.kind} ${type.tag === '' ? '(anonymous)' : type.tag}`, name);
    case 'enum':
      return spaced(`enum ${type.tag === '' ? '(anonymous)' : type.tag}`, name);
    default:
      return spaced(NAMES[type.kind] ?? type.kind, name);
  }
}

function spaced(type: string, name: string): string {
  return name === '' ? type : `${type} ${name}`;
}

function parameters(type: FunctionType): string {
  if (type.unprototyped) {
    return '';
  }
  const list = type.params.map((param) => printType(param));
  if (type.variadic) {
    list.push('...');
  }
  return list.length === 0 ? 'void' : list.join(', ');
}

/** A record with the byte (and bit) each member stands at, its size and its alignment. */
export function printRecord(record: RecordType, indent = ''): string {
  if (record.fields === undefined) {
    return `${indent}${printType(record)} incomplete`;
  }
  const lines = [`${indent}${printType(record)} size ${record.size} align ${record.align}`];
  for (const { name, type, offset, bits } of record.fields) {
    const place = bits === undefined ? `${offset}` : `${offset}:${bits.shift}+${bits.width}`;
    if (name === '' && (type.kind === 'struct' || type.kind === 'union')) {
      lines.push(`${indent}  ${place}`, printRecord(type, `${indent}  `));
    } else {
      lines.push(`${indent}  ${place} ${printType(type, name)}`);
    }
  }
  return lines.join('\n');
}
