import type { Runtime } from '../runtime.ts';
import { Stop } from '../stop.ts';

/**
 * Walks the arguments behind `...`. A slot is 8 bytes: integers extended to 64 bits, pointers, `double`.
 *
 *     area        [ slot 0 ][ slot 1 ] ...
 *     va_list     [ unused 8 ][ address of the next slot 8 ][ unused 8 ]
 */
export class Arguments {
  private readonly rt: Runtime;
  private readonly site: number;
  private readonly first: number;
  private readonly list: number;
  private next: number;

  private constructor(rt: Runtime, site: number, first: number, list: number) {
    this.rt = rt;
    this.site = site;
    this.first = first;
    this.list = list;
    this.next = first;
  }

  /** The arguments of a call: the address of its variadic area, 0 when it is empty. */
  static ofArea(rt: Runtime, site: number, area: number | bigint | undefined): Arguments {
    return new Arguments(rt, site, Number(area ?? 0), 0);
  }

  /** The arguments that a `va_list` has left, which advances as they are taken. */
  static ofList(rt: Runtime, site: number, list: number | bigint | undefined): Arguments {
    const address = Number(list ?? 0);
    return new Arguments(rt, site, rt.memory.ptr(address + 8, site), address);
  }

  integer(): bigint {
    return this.rt.memory.u64(this.take(), this.site);
  }

  int(): number {
    return Number(BigInt.asIntN(32, this.integer()));
  }

  pointer(): number {
    return this.rt.memory.ptr(this.take(), this.site);
  }

  double(): number {
    return this.rt.memory.f64(this.take(), this.site);
  }

  /** `%2$d`: the next argument to be taken is number `index`, from 1. */
  select(index: number): void {
    this.next = this.first + 8 * (index - 1);
  }

  private take(): number {
    if (this.next === 0) {
      throw new Stop(
        'out-of-bounds',
        'a variadic argument is read, but none was passed',
        this.site,
      );
    }
    const slot = this.next;
    this.next += 8;
    if (this.list !== 0) {
      this.rt.memory.wptr(this.list + 8, this.next, this.site);
    }
    return slot;
  }
}
