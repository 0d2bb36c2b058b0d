import type { Variable } from '../ast.ts';
import { sizeOf } from '../layout.ts';
import type { CompileContext } from './context.ts';
import { staticFrame } from './function.ts';
import { initialize } from './initialize.ts';

/** Source of a function of one address that initializes a static object there (C11 §6.7.9p4). */
export function generateInitializer(variable: Variable, context: CompileContext): string {
  const frame = staticFrame(context);
  const { initializer } = variable;
  const code =
    initializer === undefined
      ? []
      : initialize(
          frame,
          'l0x',
          sizeOf(variable.type),
          initializer,
          context.site(variable.location),
        );
  const locals = frame.locals.length > 0 ? `let ${frame.locals.join(', ')};` : '';
  return `(function (l0x) {${locals} ${code.map((js) => `${js};`).join('\n')}})`;
}
