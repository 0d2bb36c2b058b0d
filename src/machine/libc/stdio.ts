import type { BuiltinTable, Runtime } from '../runtime.ts';
import { ERRNO, errorText } from './error-text.ts';
import { formatText } from './format.ts';
import { heapText } from './string.ts';
import { standardStream, streamAt, writeTo } from './streams.ts';
import {
  bytesOf,
  cText,
  errnoAddress,
  latin1,
  num,
  putText,
  setErrno,
  staticText,
} from './value.ts';
import { Arguments } from './variadic.ts';

type Args = readonly (number | bigint)[];
type Argument = number | bigint | undefined;

/** Output (C11 §7.21.6, §7.21.7). Nothing is buffered: what was printed before a stop is seen. */
export const STDIO: BuiltinTable = {
  __lc_stdin: (rt, site) => standardStream(rt, site, 0),
  __lc_stdout: (rt, site) => standardStream(rt, site, 1),
  __lc_stderr: (rt, site) => standardStream(rt, site, 2),
  printf: (rt, site, [format, area]) => print(rt, site, 1, area1(rt, site, format, area)),
  vprintf: (rt, site, [format, list]) => print(rt, site, 1, list1(rt, site, format, list)),
  dprintf: (rt, site, [fd, format, area]) =>
    print(rt, site, num(fd), area1(rt, site, format, area)),
  fprintf: (rt, site, [stream, format, area]) =>
    printTo(rt, site, stream, area1(rt, site, format, area)),
  vfprintf: (rt, site, [stream, format, list]) =>
    printTo(rt, site, stream, list1(rt, site, format, list)),
  sprintf: (rt, site, [to, format, area]) =>
    store(rt, site, num(to), Infinity, area1(rt, site, format, area)),
  vsprintf: (rt, site, [to, format, list]) =>
    store(rt, site, num(to), Infinity, list1(rt, site, format, list)),
  snprintf: (rt, site, [to, size, format, area]) =>
    store(rt, site, num(to), num(size), area1(rt, site, format, area)),
  vsnprintf: (rt, site, [to, size, format, list]) =>
    store(rt, site, num(to), num(size), list1(rt, site, format, list)),
  asprintf: (rt, site, [to, format, area]) =>
    storeNew(rt, site, num(to), area1(rt, site, format, area)),
  vasprintf: (rt, site, [to, format, list]) =>
    storeNew(rt, site, num(to), list1(rt, site, format, list)),
  puts: (rt, site, [text]) => print(rt, site, 1, `${cText(rt, site, text)}\n`),
  fputs: (rt, site, [text, stream]) => printTo(rt, site, stream, cText(rt, site, text)),
  fputs_unlocked: (rt, site, [text, stream]) => printTo(rt, site, stream, cText(rt, site, text)),
  putchar: putOne,
  putchar_unlocked: putOne,
  fputc: putOneTo,
  putc: putOneTo,
  putc_unlocked: putOneTo,
  fwrite: (rt, site, [from, size, count, stream]) => {
    const bytes = rt.memory.bytes(num(from), num(size) * num(count), site);
    const written = writeTo(rt, site, streamAt(rt, site, num(stream)), bytes);
    return BigInt(num(size) === 0 ? 0 : Math.floor(written / num(size)));
  },
  perror: (rt, site, [text]) => {
    const error = errorText(rt.memory.i32(errnoAddress(rt, site), site));
    const prefix = num(text) === 0 ? '' : cText(rt, site, text);
    print(rt, site, 2, `${prefix === '' ? '' : `${prefix}: `}${error}\n`);
    return undefined;
  },
  strerror: (rt, site, [error]) => staticText(rt, errorText(num(error)), site),
  strerror_r: (rt, site, [error]) => staticText(rt, errorText(num(error)), site),
  __errno_location: (rt, site) => errnoAddress(rt, site),
  fflush: success,
  setbuf: nothing,
  setlinebuf: nothing,
  setvbuf: success,
  flockfile: nothing,
  funlockfile: nothing,
};

function success(): number {
  return 0;
}

function nothing(): undefined {
  return undefined;
}

function area1(rt: Runtime, site: number, format: Argument, area: Argument): string {
  return formatText(rt, site, num(format), Arguments.ofArea(rt, site, area));
}

function list1(rt: Runtime, site: number, format: Argument, list: Argument): string {
  return formatText(rt, site, num(format), Arguments.ofList(rt, site, list));
}

function print(rt: Runtime, site: number, fd: number, text: string): number {
  if (fd !== 1 && fd !== 2) {
    setErrno(rt, site, ERRNO.EBADF);
    return -1;
  }
  rt.write(fd, bytesOf(text));
  return text.length;
}

function printTo(rt: Runtime, site: number, stream: Argument, text: string): number {
  const target = streamAt(rt, site, num(stream));
  const written = writeTo(rt, site, target, bytesOf(text));
  return written === text.length ? written : -1;
}

/** At most `size` bytes, the NUL among them; the length the text would have. */
function store(rt: Runtime, site: number, to: number, size: number, text: string): number {
  if (size > 0) {
    putText(rt, site, to, text.slice(0, size - 1));
  }
  return text.length;
}

function storeNew(rt: Runtime, site: number, to: number, text: string): number {
  rt.memory.wptr(to, heapText(rt, site, text, 'asprintf'), site);
  return text.length;
}

function putOne(rt: Runtime, site: number, [byte]: Args): number {
  print(rt, site, 1, latin1(Uint8Array.of(num(byte))));
  return num(byte) & 255;
}

function putOneTo(rt: Runtime, site: number, [byte, stream]: Args): number {
  const target = streamAt(rt, site, num(stream));
  return writeTo(rt, site, target, Uint8Array.of(num(byte))) === 1 ? num(byte) & 255 : -1;
}
