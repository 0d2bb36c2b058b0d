import type { Expr, Stmt, Variable } from '../ast.ts';

/** The statements directly inside a statement. */
export function childrenOf(stmt: Stmt): readonly Stmt[] {
  switch (stmt.kind) {
    case 'block':
      return stmt.body;
    case 'expression':
      return stmt.expr.kind === 'statement-expression' ? [stmt.expr.body] : [];
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

/**
 * Variables that stand directly in the block of a switch: a `case` behind one is reached without its
 * initializer (C11 §6.8.4.2p7), also when the switch is inside a statement expression.
 */
export function skippedBySwitch(block: Stmt): ReadonlySet<Variable> {
  const found = new Set<Variable>();
  const visit = (stmt: Stmt): void => {
    if (stmt.kind === 'switch') {
      for (const inner of stmt.body.kind === 'block' ? stmt.body.body : []) {
        addDeclared(inner, found);
      }
    }
    childrenOf(stmt).forEach(visit);
    expressionsOf(stmt).forEach(visitExpression);
  };
  const visitExpression = (expr: Expr): void => {
    if (expr.kind === 'statement-expression') {
      visit(expr.body);
    } else {
      operandsOf(expr).forEach(visitExpression);
    }
  };
  visit(block);
  return found;
}

function addDeclared(stmt: Stmt, into: Set<Variable>): void {
  if (stmt.kind === 'declare') {
    into.add(stmt.variable);
  } else if (stmt.kind === 'case' || stmt.kind === 'default') {
    addDeclared(stmt.body, into);
  }
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

/** Can evaluating this change an object? */
export function hasEffects(expr: Expr): boolean {
  return anyExpression(expr, ({ kind }) =>
    ['assign', 'update', 'call', 'builtin', 'statement-expression'].includes(kind),
  );
}

function operandsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'member':
    case 'address':
      return [expr.of];
    case 'deref':
      return [expr.pointer];
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
      return [expr.callee, ...expr.args];
    case 'builtin':
      return expr.args;
    case 'compound-literal':
      return (expr.variable.initializer?.parts ?? []).map((part) => part.value);
    default:
      return [];
  }
}
