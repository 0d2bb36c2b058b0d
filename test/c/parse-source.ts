import type { FunctionBody, TranslationUnit, Variable } from '../../src/c/ast.ts';
import { lex } from '../../src/c/lex.ts';
import { parseTranslationUnit } from '../../src/c/parse.ts';

/** Parses C that needs no preprocessor. */
export function parseSource(text: string): TranslationUnit {
  return parseTranslationUnit(lex('test.c', text));
}

/** The same, of a text in which every declaration must parse. */
export function parseClean(text: string): TranslationUnit {
  const unit = parseSource(text);
  const [error] = unit.errors;
  if (error !== undefined) {
    throw error;
  }
  return unit;
}

export function globalOf(unit: TranslationUnit, name: string): Variable {
  const variable = unit.globals.get(name);
  if (variable === undefined) {
    throw new Error(`no global ${name}`);
  }
  return variable;
}

export function bodyOf(unit: TranslationUnit, name: string): FunctionBody {
  const { body } = globalOf(unit, name);
  if (body === undefined) {
    throw new Error(`no body of ${name}`);
  }
  return body.get();
}
