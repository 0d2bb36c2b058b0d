import type { TranslationUnit } from '../c/ast.ts';
import { lex } from '../c/lex.ts';
import { parseTranslationUnit } from '../c/parse.ts';
import { preprocess } from '../c/preprocess.ts';
import type { Location } from '../c/source.ts';
import { DEFAULT_BOUNDS } from '../machine/execution.ts';
import { exploreProgram, linkProgram } from '../machine/program.ts';
import type { Image } from '../tree/image.ts';
import type { Engine } from './engine.ts';
import type { Pack } from './pack.ts';
import type { Scenario } from './scenario.ts';

/** The engine that runs C: units are parsed once per text, and shared by sides where nothing they read differs. */
export function createMachineEngine(pack: Pack): Engine {
  const policy = { stubs: pack.externals.stubs };
  const parsed = new Map<Image, Map<string, TranslationUnit>>();

  function unit(image: Image, path: string): TranslationUnit {
    const units = parsed.get(image) ?? new Map<string, TranslationUnit>();
    parsed.set(image, units);
    const known = units.get(path) ?? parse(pack, image, path);
    units.set(path, known);
    return known;
  }

  function link(
    image: Image,
    scenario: Scenario,
    options: { trace?: boolean; cover?: (location: Location) => boolean },
  ): ReturnType<typeof linkProgram> {
    const paths = [...unitPaths(pack, image), scenario.path];
    return linkProgram(
      paths.map((path) => unit(image, path)),
      { policy, ...options },
    );
  }

  return {
    explore(image, scenario, cover) {
      const program = link(image, scenario, cover === undefined ? {} : { cover });
      return [...exploreProgram(program, { entry: pack.entry, bounds: DEFAULT_BOUNDS })];
    },
    trace(image, scenario, choices) {
      const program = link(image, scenario, { trace: true });
      return program.run({ entry: pack.entry, choices, bounds: DEFAULT_BOUNDS });
    },
    functionText(image, path, name) {
      const text = image.get(path);
      const body = unit(image, path).globals.get(name)?.body;
      if (text === undefined || body === undefined) {
        return undefined;
      }
      return lex(path, text)
        .filter(
          ({ location }) => location.line >= body.first.line && location.line <= body.last.line,
        )
        .map((token) => token.text)
        .join(' ');
    },
  };
}

/** The C files below the pack's unit folders, and the single files it names. */
function unitPaths(pack: Pack, image: Image): string[] {
  return [...image.keys()].filter(
    (path) =>
      path.endsWith('.c') &&
      pack.units.some((each) => path === each || path.startsWith(`${each}/`)),
  );
}

function parse(pack: Pack, image: Image, path: string): TranslationUnit {
  const { tokens } = preprocess({
    main: path,
    fs: { read: (name: string) => image.get(name) },
    include: pack.include,
  });
  return parseTranslationUnit(tokens);
}
