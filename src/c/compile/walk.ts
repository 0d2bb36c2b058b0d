import type { Expr, Stmt } from '../ast.ts';

/** The statements directly inside a statement. */
export function childrenOf(stmt: Stmt): readonly Stmt[] {
  switch (stmt.kind) {
    case 'block':
      return stmt.body;
    case 'if':
      return stmt.else === undefined ? [stmt.then] : [stmt.then, stmt.else];
    case 'for':
      return [...stmt.init, stmt.body];
    case 'while':
    case 'do':
    case 'switch':
    case 'case':
    case 'default':
    case 'label':
      return [stmt.body];
    default:
      return [];
  }
}

export function anyStatement(stmt: Stmt, test: (stmt: Stmt) => boolean): boolean {
  return test(stmt) || childrenOf(stmt).some((child) => anyStatement(child, test));
}

/** The `case` and `default` labels that belong to this switch body, in order. */
export function casesOf(stmt: Stmt): readonly Extract<Stmt, { kind: 'case' | 'default' }>[] {
  const found: Extract<Stmt, { kind: 'case' | 'default' }>[] = [];
  const visit = (inner: Stmt): void => {
    if (inner.kind === 'case' || inner.kind === 'default') {
      found.push(inner);
    }
    if (inner.kind !== 'switch') {
      childrenOf(inner).forEach(visit);
    }
  };
  visit(stmt);
  return found;
}

/** `setjmp` returns twice, which only the flat form of a function can do (C11 §7.13.1.1). */
export function isSetjmp(expr: Expr): boolean {
  return (
    expr.kind === 'call' &&
    calleeName(expr.callee) !== undefined &&
    /^(_setjmp|setjmp|sigsetjmp|__sigsetjmp)$/.test(calleeName(expr.callee) ?? '')
  );
}

function calleeName(callee: Expr): string | undefined {
  if (callee.kind === 'address') {
    return calleeName(callee.of);
  }
  return callee.kind === 'variable' && callee.variable.body === undefined
    ? callee.variable.name
    : undefined;
}

/** Does this statement, or one inside it, call setjmp? */
export function callsSetjmp(stmt: Stmt): boolean {
  return (
    expressionsOf(stmt).some((expr) => anyExpression(expr, isSetjmp)) ||
    childrenOf(stmt).some(callsSetjmp)
  );
}

function expressionsOf(stmt: Stmt): readonly Expr[] {
  switch (stmt.kind) {
    case 'expression':
      return [stmt.expr];
    case 'declare':
      return (stmt.variable.initializer?.parts ?? []).map((part) => part.value);
    case 'if':
    case 'while':
    case 'do':
      return [stmt.test];
    case 'switch':
      return [stmt.value];
    case 'return':
      return stmt.value === undefined ? [] : [stmt.value];
    default:
      return [];
  }
}

function anyExpression(expr: Expr, test: (expr: Expr) => boolean): boolean {
  return test(expr) || operandsOf(expr).some((operand) => anyExpression(operand, test));
}

function operandsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'unary':
    case 'cast':
      return [expr.operand];
    case 'binary':
    case 'logical':
    case 'assign':
    case 'update':
    case 'comma':
      return [expr.left, expr.right];
    case 'conditional':
      return expr.then === undefined ? [expr.test, expr.else] : [expr.test, expr.then, expr.else];
    case 'call':
      return expr.args;
    default:
      return [];
  }
}
