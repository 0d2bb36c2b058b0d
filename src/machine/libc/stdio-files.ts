import type { BuiltinTable, Runtime } from '../runtime.ts';
import { ERRNO } from './error-text.ts';
import { reallocate } from './memory-block.ts';
import {
  attachStream,
  closeStream,
  filesOf,
  openFile,
  parseMode,
  position,
  readByte,
  readBytes,
  seek,
  standardStream,
  streamAt,
  writeTo,
} from './streams.ts';
import type { Stream } from './streams.ts';
import { big, cText, num, putText, setErrno } from './value.ts';

type Args = readonly (number | bigint)[];

/** Files and input (C11 §7.21.4, §7.21.5, §7.21.7 to §7.21.10), and POSIX descriptors. */
export const STDIO_FILES: BuiltinTable = {
  fopen: (rt, site, [name, mode]) => {
    const parsed = parseMode(cText(rt, site, mode));
    if (parsed === undefined) {
      setErrno(rt, site, ERRNO.EINVAL);
      return 0;
    }
    const stream = openFile(rt, site, cText(rt, site, name), parsed);
    return stream === undefined ? 0 : attachStream(rt, site, stream);
  },
  tmpfile: (rt, site) => {
    const mode = parseMode('w+');
    const stream = mode === undefined ? undefined : openFile(rt, site, undefined, mode);
    return stream === undefined ? 0 : attachStream(rt, site, stream);
  },
  fdopen: (rt, site, [fd]) => {
    const stream = filesOf(rt).descriptors.get(num(fd));
    if (stream === undefined) {
      setErrno(rt, site, ERRNO.EBADF);
      return 0;
    }
    return stream.address === 0 ? attachStream(rt, site, stream) : stream.address;
  },
  fclose: (rt, site, [stream]) => {
    closeStream(rt, site, streamAt(rt, site, num(stream)));
    return 0;
  },
  remove: removeFile,
  unlink: removeFile,
  rename: (rt, site, [from, to]) => {
    const { names } = filesOf(rt);
    const node = names.get(cText(rt, site, from));
    if (node === undefined) {
      setErrno(rt, site, ERRNO.ENOENT);
      return -1;
    }
    names.delete(cText(rt, site, from));
    names.set(cText(rt, site, to), node);
    return 0;
  },
  access: (rt, site, [name]) => {
    if (filesOf(rt).names.has(cText(rt, site, name))) {
      return 0;
    }
    setErrno(rt, site, ERRNO.ENOENT);
    return -1;
  },
  fgetc: getOne,
  getc: getOne,
  getc_unlocked: getOne,
  getchar: (rt, site) => readByte(streamAt(rt, site, standardStream(rt, site, 0))),
  getchar_unlocked: (rt, site) => readByte(streamAt(rt, site, standardStream(rt, site, 0))),
  ungetc: (rt, site, [byte, stream]) => {
    const source = streamAt(rt, site, num(stream));
    if (num(byte) >= 0) {
      source.pushed.push(num(byte) & 255);
      source.eof = false;
    }
    return num(byte) < 0 ? -1 : num(byte) & 255;
  },
  fgets: (rt, site, [to, size, stream]) => {
    const line = readLine(streamAt(rt, site, num(stream)), 10, num(size) - 1);
    if (line === '') {
      return 0;
    }
    putText(rt, site, num(to), line);
    return num(to);
  },
  getline: (rt, site, [to, size, stream]) =>
    grownLine(rt, site, num(to), num(size), num(stream), 10),
  getdelim: (rt, site, [to, size, delimiter, stream]) =>
    grownLine(rt, site, num(to), num(size), num(stream), num(delimiter)),
  fread: (rt, site, [to, size, count, stream]) => {
    const bytes = readBytes(streamAt(rt, site, num(stream)), num(size) * num(count));
    rt.memory.writeBytes(num(to), bytes, site);
    return BigInt(num(size) === 0 ? 0 : Math.floor(bytes.length / num(size)));
  },
  feof: (rt, site, [stream]) => (streamAt(rt, site, num(stream)).eof ? 1 : 0),
  ferror: (rt, site, [stream]) => (streamAt(rt, site, num(stream)).error ? 1 : 0),
  clearerr: (rt, site, [stream]) => {
    const source = streamAt(rt, site, num(stream));
    source.eof = false;
    source.error = false;
    return undefined;
  },
  fileno: (rt, site, [stream]) => streamAt(rt, site, num(stream)).fd,
  fseek: seekTo,
  fseeko: seekTo,
  ftell: tell,
  ftello: tell,
  rewind: (rt, site, [stream]) => {
    const source = streamAt(rt, site, num(stream));
    seek(source, 0, 0);
    source.error = false;
    return undefined;
  },
  open: (rt, site, [name, flags]) => {
    const stream = openFile(rt, site, cText(rt, site, name), modeOfFlags(num(flags)));
    return stream?.fd ?? -1;
  },
  close: (rt, site, [fd]) => {
    const stream = descriptor(rt, site, num(fd));
    if (stream !== undefined) {
      closeStream(rt, site, stream);
    }
    return stream === undefined ? -1 : 0;
  },
  read: (rt, site, [fd, to, n]) => {
    const stream = descriptor(rt, site, num(fd));
    if (stream === undefined) {
      return -1n;
    }
    const bytes = readBytes(stream, num(n), true);
    rt.memory.writeBytes(num(to), bytes, site);
    return BigInt(bytes.length);
  },
  write: (rt, site, [fd, from, n]) => {
    const stream = descriptor(rt, site, num(fd));
    const bytes = rt.memory.bytes(num(from), num(n), site);
    return stream?.writable === true ? BigInt(writeTo(rt, site, stream, bytes)) : -1n;
  },
  lseek: (rt, site, [fd, offset, whence]) => {
    const stream = descriptor(rt, site, num(fd));
    return BigInt(stream === undefined ? -1 : seek(stream, num(offset), num(whence)));
  },
  isatty: () => 0,
  fsync: () => 0,
};

function removeFile(rt: Runtime, site: number, [name]: Args): number {
  if (filesOf(rt).names.delete(cText(rt, site, name))) {
    return 0;
  }
  setErrno(rt, site, ERRNO.ENOENT);
  return -1;
}

function getOne(rt: Runtime, site: number, [stream]: Args): number {
  return readByte(streamAt(rt, site, num(stream)));
}

/** At most `most` bytes, up to the delimiter and with it. */
function readLine(stream: Stream, delimiter: number, most: number): string {
  let line = '';
  while (line.length < most) {
    const byte = readByte(stream);
    if (byte < 0) {
      break;
    }
    line += String.fromCharCode(byte);
    if (byte === delimiter) {
      break;
    }
  }
  return line;
}

function grownLine(
  rt: Runtime,
  site: number,
  to: number,
  size: number,
  stream: number,
  delimiter: number,
): bigint {
  const line = readLine(streamAt(rt, site, stream), delimiter, Infinity);
  if (line === '') {
    return -1n;
  }
  const old = rt.memory.ptr(to, site);
  let block = old;
  if (old === 0 || num(rt.memory.u64(size, site)) < line.length + 1) {
    const capacity = Math.max(120, line.length + 1);
    block = reallocate(rt, site, old, capacity, `getline(${capacity})`);
    rt.memory.wptr(to, block, site);
    rt.memory.w64(size, BigInt(capacity), site);
  }
  putText(rt, site, block, line);
  return BigInt(line.length);
}

function seekTo(rt: Runtime, site: number, [stream, offset, whence]: Args): number {
  const result = seek(streamAt(rt, site, num(stream)), num(offset), num(whence));
  return result < 0 ? -1 : 0;
}

function tell(rt: Runtime, site: number, [stream]: Args): bigint {
  return big(position(streamAt(rt, site, num(stream))));
}

function descriptor(rt: Runtime, site: number, fd: number): Stream | undefined {
  const stream = filesOf(rt).descriptors.get(fd);
  if (stream === undefined) {
    setErrno(rt, site, ERRNO.EBADF);
  }
  return stream;
}

/** As the shim's fcntl.h defines the flags, which is as Linux does. */
function modeOfFlags(flags: number): Parameters<typeof openFile>[3] {
  const access = flags & 3;
  return {
    readable: access !== 1,
    writable: access !== 0,
    append: (flags & 0o2000) !== 0,
    create: (flags & 0o100) !== 0,
    truncate: (flags & 0o1000) !== 0,
    exclusive: (flags & 0o200) !== 0,
  };
}
