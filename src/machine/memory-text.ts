/**
 * UTF-8, with U+FFFD for each byte that begins no well-formed sequence. Written out, since this room imports and
 * assumes nothing but the language itself.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    text += length === 0 ? '\uFFFD' : String.fromCodePoint(codePoint(bytes, i, length));
    i += Math.max(1, length);
  }
  return text;
}

/** 0 where no well-formed sequence begins (RFC 3629). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0;
  const length =
    first < 0x80
      ? 1
      : first < 0xc2
        ? 0
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : first < 0xf5
              ? 4
              : 0;
  for (let k = 1; k < length; k++) {
    if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  const value = codePoint(bytes, i, length);
  const tooLong = (length === 3 && value < 0x800) || (length === 4 && value < 0x10000);
  return tooLong || value > 0x10ffff || (value >= 0xd800 && value < 0xe000) ? 0 : length;
}

function codePoint(bytes: Uint8Array, i: number, length: number): number {
  const first = bytes[i] ?? 0;
  let value = length <= 1 ? first : first & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    value = value * 64 + ((bytes[i + k] ?? 0) & 0x3f);
  }
  return value;
}
