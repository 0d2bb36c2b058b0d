/** What `--format` takes; apart from the renderers, so that printing help loads none of them. */
export const FORMATS = ['text', 'json', 'mail', 'github', 'sarif', 'html'] as const;
export type Format = (typeof FORMATS)[number];
