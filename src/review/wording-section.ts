import { visible } from './prose.ts';
import type { Paint } from './paint.ts';
import type { WordingRemark } from './schema.ts';

/** Remarks on wording, those on one line below it; nothing where there are none. */
export function wordingSection(
  remarks: readonly WordingRemark[],
  patches: number,
  paint: Paint,
): string {
  const lines = remarks.flatMap((each, index) => {
    const before = remarks[index - 1];
    const again =
      before?.patch === each.patch && before.where === each.where && before.line === each.line;
    const quoted = [
      `  ${paint.bold(visible(placeOf(each, patches)))}`,
      paint.dim(`  > ${visible(each.text.trim())}`),
    ];
    return [...(again ? [] : quoted), `  ${visible(each.remark)}`];
  });
  return lines.length === 0 ? '' : ['wording:', ...lines].join('\n');
}

function placeOf({ patch, where, line }: WordingRemark, patches: number): string {
  const place = where === 'message' && line === 0 ? 'subject' : `${where}:${line}`;
  return patches > 1 ? `patch ${patch}, ${place}` : place;
}
