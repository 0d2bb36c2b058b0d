import type { Runtime } from '../runtime.ts';

type Argument = number | bigint | undefined;

/** An argument as a number; a `size_t` beyond 2^53 loses bits, but no object is that large. */
export function num(value: Argument): number {
  return value === undefined ? 0 : Number(value);
}

/** An argument as a BigInt, cut to an integer. */
export function big(value: Argument): bigint {
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(value ?? 0));
}

/** One character for each byte; the way libc handles text here, as C does. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  if (bytes.length < 32) {
    for (const byte of bytes) {
      text += String.fromCharCode(byte);
    }
    return text;
  }
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

/** The inverse of `latin1`: one byte for each character. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    bytes[at] = text.charCodeAt(at);
  }
  return bytes;
}

/** The C string at `address`, a character for each byte. */
export function cText(rt: Runtime, site: number, address: Argument): string {
  return latin1(rt.memory.cString(num(address), site));
}

/** Store `text` and a NUL. */
export function putText(rt: Runtime, site: number, address: number, text: string): void {
  rt.memory.writeBytes(address, bytesOf(`${text}\0`), site);
}

/** A value kept for one execution, made when first asked for. */
export function once<T>(rt: Runtime, key: string, make: () => T): T {
  if (!rt.state.has(key)) {
    rt.state.set(key, make());
  }
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- each key has one type, that of its maker
  return rt.state.get(key) as T;
}

/** A static object that libc owns: the address, the same for the whole execution. */
export function staticObject(rt: Runtime, name: string, size: number, site: number): number {
  return once(rt, `static ${name}`, () => rt.memory.allocateZeroed(size, 'static', name, site));
}

/** A static string; equal texts share one. */
export function staticText(rt: Runtime, text: string, site: number): number {
  return once(rt, `text ${text}`, () => {
    const address = rt.memory.allocate(text.length + 1, 'static', JSON.stringify(text), site);
    putText(rt, site, address, text);
    return address;
  });
}

/** Where `errno` lives. */
export function errnoAddress(rt: Runtime, site: number): number {
  return staticObject(rt, 'errno', 4, site);
}

export function setErrno(rt: Runtime, site: number, value: number): void {
  rt.memory.w32(errnoAddress(rt, site), value, site);
}
