import { type Preprocessed, type PreprocessOptions, preprocess } from '../../src/c/preprocess.ts';

/** Runs the preprocessor over texts by path; `main.c` is the one to start with. */
export function run(
  files: Readonly<Record<string, string>>,
  options: Partial<PreprocessOptions> = {},
): Preprocessed {
  const fs = { read: (path: string) => files[path] };
  return preprocess({ main: 'main.c', fs, include: ['include', 'more'], ...options });
}

/** The spellings of what a text becomes, one space between. */
export function expand(text: string, options: Partial<PreprocessOptions> = {}): string {
  const { tokens } = run({ 'main.c': text }, options);
  return tokens
    .slice(0, -1)
    .map((token) => token.text)
    .join(' ');
}
