import type { Expr, FunctionBody, Initializer, Stmt, TranslationUnit, Variable } from './ast.ts';
import { printRecord, printType } from './dump-type.ts';
import { CError } from './source.ts';

/**
 * The typed tree as text: a statement a line, expressions as `(operator:type operand …)`. Bodies
 * are parsed for it; one that does not parse shows its error.
 *
 *     (function add "int (int, int)"
 *       (return (+:int a b)))
 */
export function dumpAst(target: TranslationUnit | Variable): string {
  if (!('globals' in target)) {
    return `${dumpVariable(target)}\n`;
  }
  const blocks = [...target.globals.values()].map((variable) => dumpVariable(variable));
  // Statics of blocks are known only when the bodies above have been parsed.
  const unnamed = [...target.literals, ...target.statics];
  blocks.push(...unnamed.map((variable) => dumpVariable(variable)));
  blocks.push(...target.errors.map((error) => `(error ${JSON.stringify(error.toString())})`));
  return blocks.map((block) => `${block}\n`).join('');
}

/** Typedefs and, with the place of every member, records and enumerations of file scope. */
export function dumpTypes(unit: TranslationUnit): string {
  const lines: string[] = [];
  for (const [name, type] of unit.typedefs) {
    lines.push(`typedef ${printType(type, name)}`);
  }
  for (const type of unit.tags.values()) {
    if (type.kind === 'struct' || type.kind === 'union') {
      lines.push(printRecord(type));
    } else if (type.kind === 'enum') {
      lines.push(`${printType(type)} is ${printType(type.underlying)}`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

function dumpVariable(variable: Variable): string {
  const words = [variable.storage, variable.name === '' ? '_' : variable.name];
  words.push(JSON.stringify(printType(variable.type)));
  if (variable.internal && variable.storage !== 'automatic') {
    words.push('internal');
  }
  words.push(...variable.attributes);
  if (variable.cleanup !== undefined) {
    words.push(`cleanup=${variable.cleanup.name}`);
  }
  const inner: string[] = [];
  if (variable.initializer !== undefined) {
    inner.push(...dumpInitializer(variable.initializer));
  }
  if (variable.body !== undefined) {
    inner.push(...dumpBody(variable.body));
  }
  return list(words.join(' '), inner);
}

function list(head: string, inner: readonly string[]): string {
  return inner.length === 0 ? `(${head})` : `(${head}\n${indent(inner.join('\n'))})`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function dumpInitializer(initializer: Initializer): string[] {
  const parts = initializer.parts.map(({ offset, bits, value }) => {
    const place = bits === undefined ? `${offset}` : `${offset}:${bits.shift}+${bits.width}`;
    return `(at ${place} ${dumpExpr(value)})`;
  });
  return initializer.zeroed ? ['(zero)', ...parts] : parts;
}

function dumpBody(body: { get(): FunctionBody }): string[] {
  try {
    const { params, block } = body.get();
    const names = params.map((param) => (param.name === '' ? '_' : param.name));
    const head = names.length === 0 ? [] : [`(params ${names.join(' ')})`];
    return [...head, ...block.body.map((stmt) => dumpStmt(stmt))];
  } catch (error) {
    if (error instanceof CError) {
      return [`(error ${JSON.stringify(error.toString())})`];
    }
    throw error;
  }
}

function dumpStmt(stmt: Stmt): string {
  switch (stmt.kind) {
    case 'expression':
      return dumpExpr(stmt.expr);
    case 'declare':
      return dumpVariable(stmt.variable);
    case 'block':
      return list(
        'block',
        stmt.body.map((inner) => dumpStmt(inner)),
      );
    case 'if': {
      const branches = [
        dumpStmt(stmt.then),
        ...(stmt.else === undefined ? [] : [dumpStmt(stmt.else)]),
      ];
      return list(`if ${dumpExpr(stmt.test)}`, branches);
    }
    case 'while':
    case 'do':
      return list(`${stmt.kind} ${dumpExpr(stmt.test)}`, [dumpStmt(stmt.body)]);
    case 'for':
      return list('for', [
        list(
          'init',
          stmt.init.map((inner) => dumpStmt(inner)),
        ),
        `(test${stmt.test === undefined ? '' : ` ${dumpExpr(stmt.test)}`})`,
        `(step${stmt.step === undefined ? '' : ` ${dumpExpr(stmt.step)}`})`,
        dumpStmt(stmt.body),
      ]);
    case 'switch':
      return list(`switch ${dumpExpr(stmt.value)}`, [dumpStmt(stmt.body)]);
    case 'case': {
      const range = stmt.low === stmt.high ? `${stmt.low}` : `${stmt.low} ... ${stmt.high}`;
      return list(`case ${range}`, [dumpStmt(stmt.body)]);
    }
    case 'default':
      return list('default', [dumpStmt(stmt.body)]);
    case 'break':
    case 'continue':
    case 'empty':
      return `(${stmt.kind})`;
    case 'goto':
      return `(goto ${stmt.label})`;
    case 'computed-goto':
      return `(goto * ${dumpExpr(stmt.target)})`;
    case 'label':
      return list(`label ${stmt.name}`, [dumpStmt(stmt.body)]);
    case 'return':
      return stmt.value === undefined ? '(return)' : `(return ${dumpExpr(stmt.value)})`;
    case 'asm':
      return `(asm ${JSON.stringify(stmt.text)})`;
  }
}

/** Operands that are names or integers stand bare. */
function dumpExpr(expr: Expr): string {
  const type = printType(expr.type).replaceAll(' ', '-');
  switch (expr.kind) {
    case 'int':
      return `${expr.value}${type === 'int' ? '' : `:${type}`}`;
    case 'float':
      return `${expr.value}:${type}`;
    case 'string':
      return `(string:${type} ${JSON.stringify(String.fromCodePoint(...expr.bytes))})`;
    case 'variable':
      return expr.variable.name === '' ? '_' : expr.variable.name;
    case 'member':
      return form('.', type, dumpExpr(expr.of), expr.field.name === '' ? '_' : expr.field.name);
    case 'deref':
      return form('*', type, dumpExpr(expr.pointer));
    case 'address':
      return form('&', type, dumpExpr(expr.of));
    case 'cast':
      return form('cast', type, dumpExpr(expr.operand));
    case 'unary':
      return form(expr.operator, type, dumpExpr(expr.operand));
    case 'binary':
    case 'logical':
      return form(expr.operator, type, dumpExpr(expr.left), dumpExpr(expr.right));
    case 'conditional': {
      const then = expr.then === undefined ? '_' : dumpExpr(expr.then);
      return form('?', type, dumpExpr(expr.test), then, dumpExpr(expr.else));
    }
    case 'assign':
      return form('=', type, dumpExpr(expr.left), dumpExpr(expr.right));
    case 'update': {
      const operator = `${expr.post ? 'post' : ''}${expr.operator}=`;
      const compute = `in-${printType(expr.compute).replaceAll(' ', '-')}`;
      return form(operator, type, dumpExpr(expr.left), dumpExpr(expr.right), compute);
    }
    case 'comma':
      return form(',', type, dumpExpr(expr.left), dumpExpr(expr.right));
    case 'call':
      return form('call', type, dumpExpr(expr.callee), ...expr.args.map((arg) => dumpExpr(arg)));
    case 'builtin': {
      const argument = expr.typeArgument === undefined ? [] : [`<${printType(expr.typeArgument)}>`];
      return form(expr.name, type, ...argument, ...expr.args.map((arg) => dumpExpr(arg)));
    }
    case 'statement-expression':
      return form('block', type, ...expr.body.body.map((stmt) => dumpStmt(stmt)));
    case 'compound-literal':
      return form('literal', type, ...dumpInitializer(expr.variable.initializer ?? NOTHING));
    case 'label-address':
      return form('&&', type, expr.label);
  }
}

const NOTHING: Initializer = { parts: [], zeroed: false };

function form(operator: string, type: string, ...operands: readonly string[]): string {
  return `(${[`${operator}:${type}`, ...operands].join(' ')})`;
}
