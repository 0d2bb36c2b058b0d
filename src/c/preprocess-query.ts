import type { Expander } from './preprocess-expand.ts';
import type { Macro } from './preprocess-definition.ts';
import { ATTRIBUTES, C_ATTRIBUTES, NO_BUILTINS } from './preprocess-predefined.ts';
import type { Token } from './token.ts';

/** What the answers to `defined` and `__has_...` depend on. */
export interface QueryContext {
  readonly macros: ReadonlyMap<string, Macro>;
  readonly expander: Expander;
  hasHeader(tokens: readonly Token[], next: boolean): boolean;
}

/** `defined X`, `defined(X)`, `__has_include(...)` and its like: the number that stands in their place. */
export function answerQuery(name: string, context: QueryContext): string {
  const operand = readOperand(context.expander, name === 'defined');
  const text = operand.at(-1)?.text ?? '';
  switch (name) {
    case 'defined':
      return flag(context.macros.has(text) && text !== 'defined');
    case '__has_include':
      return flag(context.hasHeader(operand, false));
    case '__has_include_next':
      return flag(context.hasHeader(operand, true));
    case '__has_attribute':
    case '__has_cpp_attribute':
      return flag(ATTRIBUTES.has(bare(text)));
    case '__has_c_attribute':
      return operand.length > 1
        ? flag(ATTRIBUTES.has(bare(text)))
        : (C_ATTRIBUTES.get(bare(text)) ?? '0');
    case '__has_builtin':
      return flag(/^__(?:builtin|atomic|sync)_/u.test(text) && !NO_BUILTINS.has(text));
    default:
      return '0';
  }
}

function flag(value: boolean): string {
  return value ? '1' : '0';
}

/** `__noreturn__` is `noreturn`. */
function bare(attribute: string): string {
  return attribute.replace(/^__(.+)__$/u, '$1');
}

/** The tokens between the parentheses; for `defined` also a name without any. */
function readOperand(expander: Expander, nameOnly: boolean): Token[] {
  const operand: Token[] = [];
  if (!expander.peekParenthesis()) {
    const token = nameOnly ? expander.takeRaw() : undefined;
    return token === undefined ? operand : [token];
  }
  expander.takeRaw();
  for (let depth = 1; ;) {
    const token = expander.takeRaw();
    depth += token?.text === '(' ? 1 : token?.text === ')' ? -1 : 0;
    if (token === undefined || depth === 0) {
      return operand;
    }
    operand.push(token);
  }
}
