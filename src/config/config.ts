import { z } from 'zod';
import { readYaml } from './yaml.ts';

/** The name of the file. */
export const CONFIG_FILE = '.check-lifecycle.yml';

const line = z.string().regex(/^[^\p{Cc}]+$/u, 'must be one line of text');

/** What `.check-lifecycle.yml` may say; everything has a default. */
export const configSchema = z.strictObject({
  packs: z
    .array(z.enum(['memory-region']))
    .min(1)
    .default(['memory-region'])
    .describe('The rule packs that patches are reviewed with.'),
  bounds: z
    .strictObject({
      seconds: z
        .int()
        .min(1)
        .max(86_400)
        .optional()
        .describe('What judging one series may take; above it, exit status 3.'),
      megabytes: z.int().min(64).max(1_048_576).optional().describe('The same, of memory.'),
    })
    .prefault({}),
  wording: z
    .enum(['on', 'off', 'all'])
    .default('on')
    .describe('Remarks on added prose: the surest few of a patch, none, or all.'),
  words: z.array(line).default([]).describe('Words that are spelled right.'),
  families: z
    .array(line)
    .min(1)
    .optional()
    .describe('The scenario families that are run, such as `same-owner`; `*` is any text.'),
  mail: z
    .strictObject({
      from: line
        .regex(/<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/u, 'must be `Name <address>`')
        .optional()
        .describe('Who replies are from.'),
      trailers: z
        .array(line.regex(/^[A-Za-z][A-Za-z-]*: \S/u, 'must be `Name: value`'))
        .default([])
        .describe('Lines below what was found, such as `Reported-by: ...`.'),
      footer: z
        .string()
        .min(1)
        .optional()
        .describe('What stands below the signature: what the program is, how to silence it.'),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;

/** What holds where no file says anything. */
export const DEFAULTS: Config = configSchema.parse({});

/** A configuration that cannot be used: `file:line:column` and what was expected there. */
export class ConfigError extends Error {
  constructor(file: string, at: number, column: number, message: string) {
    super(`${file}:${at}:${column}: ${message}`);
    this.name = 'ConfigError';
  }
}

/** Reads the text of a `.check-lifecycle.yml`, wherever it comes from. Throws ConfigError for the first mistake. */
export function parseConfig(name: string, text: string): Config {
  const reading = readYaml(configSchema, text);
  if (!reading.ok) {
    throw new ConfigError(name, reading.line, reading.column, reading.message);
  }
  return reading.value;
}

/** The JSON Schema that editors check a file by. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
