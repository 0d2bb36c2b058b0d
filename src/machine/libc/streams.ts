import type { Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';
import { ERRNO } from './error-text.ts';
import { once, setErrno } from './value.ts';

/** A file of the file system in memory, which is empty when an execution starts. */
export interface FileNode {
  bytes: Uint8Array;
  /** A pipe or a terminal: the next bytes, undefined at the end. */
  readonly more?: () => Uint8Array | undefined;
}

/** An open file: a descriptor, and a `FILE *` once one was asked for. */
export interface Stream {
  readonly fd: number;
  /** undefined for stdout and stderr, whose bytes go to the machine. */
  readonly node: FileNode | undefined;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  position: number;
  eof: boolean;
  error: boolean;
  /** Bytes that ungetc gave back, last first. */
  pushed: number[];
  /** The `FILE *`, 0 while there is none. */
  address: number;
}

interface Files {
  readonly names: Map<string, FileNode>;
  readonly descriptors: Map<number, Stream>;
  readonly streams: Map<number, Stream>;
}

export interface Mode {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  readonly create: boolean;
  readonly truncate: boolean;
  readonly exclusive: boolean;
}

const STANDARD = ['stdin', 'stdout', 'stderr'] as const;

export function filesOf(rt: Runtime): Files {
  return once(rt, 'files', () => standardFiles(rt));
}

function standardFiles(rt: Runtime): Files {
  const given = rt.state.get('stdin');
  const stdin: FileNode = {
    bytes: given instanceof Uint8Array ? given : new Uint8Array(0),
    ...(isSource(given) ? { more: given } : {}),
  };
  const descriptors = new Map<number, Stream>();
  for (const fd of STANDARD.keys()) {
    const mode = { readable: fd === 0, writable: fd !== 0, append: false };
    descriptors.set(fd, newStream(fd, fd === 0 ? stdin : undefined, mode));
  }
  return { names: new Map(), descriptors, streams: new Map() };
}

function isSource(given: unknown): given is () => Uint8Array | undefined {
  return typeof given === 'function';
}

function newStream(
  fd: number,
  node: FileNode | undefined,
  { readable, writable, append }: Pick<Mode, 'readable' | 'writable' | 'append'>,
): Stream {
  const flags = { position: 0, eof: false, error: false, pushed: [], address: 0 };
  return { fd, node, readable, writable, append, ...flags };
}

/** `stdin`, `stdout` or `stderr`, by descriptor: the `FILE *`. */
export function standardStream(rt: Runtime, site: number, fd: number): number {
  const files = filesOf(rt);
  const stream = files.descriptors.get(fd);
  if (stream === undefined) {
    return 0;
  }
  if (stream.address === 0) {
    const name = STANDARD[fd] ?? 'FILE';
    stream.address = rt.memory.allocateZeroed(8, 'static', name, site);
    files.streams.set(stream.address, stream);
  }
  return stream.address;
}

/** A new descriptor, or undefined with errno set. `name` undefined: a file without one. */
export function openFile(
  rt: Runtime,
  site: number,
  name: string | undefined,
  mode: Mode,
): Stream | undefined {
  const files = filesOf(rt);
  let node = name === undefined ? undefined : files.names.get(name);
  if ((node === undefined && !mode.create) || (node !== undefined && mode.exclusive)) {
    setErrno(rt, site, node === undefined ? ERRNO.ENOENT : ERRNO.EEXIST);
    return undefined;
  }
  node ??= { bytes: new Uint8Array(0) };
  if (mode.truncate) {
    node.bytes = new Uint8Array(0);
  }
  if (name !== undefined) {
    files.names.set(name, node);
  }
  let fd = 0;
  while (files.descriptors.has(fd)) {
    fd++;
  }
  const stream = newStream(fd, node, mode);
  files.descriptors.set(fd, stream);
  return stream;
}

/** The `FILE *` of a descriptor; it is a heap block, so that one that is never closed is seen. */
export function attachStream(rt: Runtime, site: number, stream: Stream): number {
  stream.address = rt.memory.allocateZeroed(8, 'heap', 'FILE', site);
  filesOf(rt).streams.set(stream.address, stream);
  return stream.address;
}

export function closeStream(rt: Runtime, site: number, stream: Stream): void {
  const files = filesOf(rt);
  files.descriptors.delete(stream.fd);
  files.streams.delete(stream.address);
  if (stream.address !== 0 && stream.fd > 2) {
    rt.memory.free(stream.address, site);
  }
}

/** The stream behind a `FILE *`; a closed one is a use after free. */
export function streamAt(rt: Runtime, site: number, address: number): Stream {
  const stream = filesOf(rt).streams.get(address);
  if (stream === undefined) {
    rt.memory.rawU8(address, site);
    throw new Stop('out-of-bounds', `${rt.memory.describe(address)} is no open FILE`, site);
  }
  return stream;
}

export function writeTo(rt: Runtime, site: number, stream: Stream, bytes: Uint8Array): number {
  if (!stream.writable) {
    stream.error = true;
    setErrno(rt, site, ERRNO.EBADF);
    return 0;
  }
  if (stream.node === undefined) {
    rt.write(stream.fd, bytes);
    return bytes.length;
  }
  const { node } = stream;
  const at = stream.append ? node.bytes.length : stream.position;
  if (at + bytes.length > node.bytes.length) {
    const larger = new Uint8Array(at + bytes.length);
    larger.set(node.bytes);
    node.bytes = larger;
  }
  node.bytes.set(bytes, at);
  stream.position = at + bytes.length;
  return bytes.length;
}

/** The next byte, -1 at the end or where reading is not allowed. */
export function readByte(stream: Stream): number {
  const back = stream.pushed.pop();
  if (back !== undefined) {
    return back;
  }
  if (!stream.readable) {
    stream.error = true;
    return -1;
  }
  if (!isReady(stream) && !refill(stream)) {
    stream.eof = true;
    return -1;
  }
  const byte = stream.node?.bytes[stream.position] ?? -1;
  stream.position++;
  return byte;
}

/** Is there a byte that needs no waiting for? */
export function isReady(stream: Stream): boolean {
  return stream.pushed.length > 0 || stream.position < (stream.node?.bytes.length ?? 0);
}

/** What was read of a pipe is gone: positions count from the start of what came last. */
function refill(stream: Stream): boolean {
  const bytes = stream.eof ? undefined : stream.node?.more?.();
  if (stream.node === undefined || bytes === undefined) {
    return false;
  }
  stream.node.bytes = bytes;
  stream.position = 0;
  return true;
}

/** Up to `n` bytes; `available`: no more than there are without waiting once more, as read(2) does. */
export function readBytes(stream: Stream, n: number, available = false): Uint8Array {
  const bytes: number[] = [];
  while (bytes.length < n) {
    if (available && bytes.length > 0 && !isReady(stream)) {
      break;
    }
    const byte = readByte(stream);
    if (byte < 0) {
      break;
    }
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** fseek and lseek; -1 where the place would be before the start. */
export function seek(stream: Stream, offset: number, whence: number): number {
  const from = [0, position(stream), stream.node?.bytes.length ?? 0][whence];
  if (from === undefined || from + offset < 0 || stream.node === undefined) {
    return -1;
  }
  stream.position = from + offset;
  stream.eof = false;
  stream.pushed = [];
  return stream.position;
}

export function position(stream: Stream): number {
  return stream.position - stream.pushed.length;
}

/** The modes of fopen (C11 §7.21.5.3); undefined for a letter it does not know. */
export function parseMode(text: string): Mode | undefined {
  const match = /^([rwa])([+bxe]*)$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, kind, more = ''] = match;
  const plus = more.includes('+');
  return {
    readable: kind === 'r' || plus,
    writable: kind !== 'r' || plus,
    append: kind === 'a',
    create: kind !== 'r',
    truncate: kind === 'w',
    exclusive: more.includes('x'),
  };
}
