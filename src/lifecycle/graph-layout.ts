import type { TranslationUnit } from '../c/ast.ts';
import { offsetOfPath, sizeOf } from '../c/layout.ts';
import { findField, isRecord } from '../c/type-rules.ts';
import type { CType, Field, RecordType } from '../c/types.ts';
import type { EdgeRole, NodeRule, Pack } from './pack.ts';

/** A member by its place: bytes from the start of the record. */
export interface Member {
  readonly offset: number;
  readonly size: number;
}

/** Pointers of a node, by their places. */
export interface EdgeLayout {
  readonly field: string;
  readonly role: EdgeRole;
  readonly offset: number;
  /** The kind of node that they point to. */
  readonly target: string;
  /** Of a list: where the pointer to the next one is in what is pointed to. */
  readonly next?: number;
  /** Of an array of records. */
  readonly array?: { readonly length: Member; readonly stride: number; readonly each: number };
}

/** A record that is drawn, as one tree lays it out. */
export interface NodeLayout {
  readonly type: string;
  readonly kind: string;
  readonly size: number;
  readonly count: Member | undefined;
  readonly name: Member | undefined;
  readonly edges: readonly EdgeLayout[];
}

/** The layouts of the pack's nodes by record tag, in its order; what a tree does not have is left out. */
export function layoutsOf(
  pack: Pack,
  units: readonly TranslationUnit[],
): ReadonlyMap<string, NodeLayout> {
  const types = new Set(pack.graph.nodes.map(({ type }) => type));
  const layouts = pack.graph.nodes.flatMap((rule) => {
    const record = recordOf(units, rule.type);
    return record === undefined ? [] : [layoutOf(rule, record, types, units)];
  });
  return new Map(layouts.map((layout) => [layout.type, layout]));
}

/** The completed record of that tag, wherever it is completed. */
function recordOf(units: readonly TranslationUnit[], tag: string): RecordType | undefined {
  for (const unit of units) {
    for (const each of [unit, unit.head]) {
      const type = each?.tags.get(tag);
      if (type !== undefined && isRecord(type) && type.fields !== undefined) {
        return type;
      }
    }
  }
  return undefined;
}

function layoutOf(
  rule: NodeRule,
  record: RecordType,
  types: ReadonlySet<string>,
  units: readonly TranslationUnit[],
): NodeLayout {
  const edges = rule.edges.flatMap((edge): EdgeLayout[] => {
    const path = pathOf(record, edge.field);
    const to = pointee(path?.at(-1)?.type);
    if (path === undefined || to === undefined) {
      return [];
    }
    const common = { field: edge.as ?? edge.field, role: edge.role, offset: offsetOfPath(path) };
    if (edge.each === undefined) {
      const next = edge.next === undefined ? undefined : pathOf(record, edge.next);
      return types.has(to.tag)
        ? [
            {
              ...common,
              target: to.tag,
              ...(next === undefined ? {} : { next: offsetOfPath(next) }),
            },
          ]
        : [];
    }
    const item = to.fields === undefined ? recordOf(units, to.tag) : to;
    const each = item && pathOf(item, edge.each);
    const target = pointee(each?.at(-1)?.type);
    const length = memberOf(record, edge.length);
    return item && each && target && length && types.has(target.tag)
      ? [
          {
            ...common,
            target: target.tag,
            array: { length, stride: sizeOf(item), each: offsetOfPath(each) },
          },
        ]
      : [];
  });
  return {
    type: rule.type,
    kind: rule.kind,
    size: record.size,
    count: memberOf(record, rule.count),
    name: memberOf(record, rule.name),
    edges,
  };
}

function memberOf(record: RecordType, dotted: string | undefined): Member | undefined {
  const path = dotted === undefined ? undefined : pathOf(record, dotted);
  const last = path?.at(-1);
  return path === undefined || last === undefined
    ? undefined
    : { offset: offsetOfPath(path), size: Math.min(8, sizeOf(last.type)) };
}

/** The members on the way of `a.b.c`. */
function pathOf(record: RecordType, dotted: string): readonly Field[] | undefined {
  let type: CType = record;
  const path: Field[] = [];
  for (const name of dotted.split('.')) {
    const found: readonly Field[] | undefined = isRecord(type) ? findField(type, name) : undefined;
    const last: Field | undefined = found?.at(-1);
    if (found === undefined || last === undefined) {
      return undefined;
    }
    path.push(...found);
    ({ type } = last);
  }
  return path;
}

function pointee(type: CType | undefined): RecordType | undefined {
  return type?.kind === 'pointer' && isRecord(type.to) ? type.to : undefined;
}
