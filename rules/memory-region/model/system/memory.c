/*
 * Memory regions after QEMU 10.0: the same functions, fields and order of effects, in our own words.
 * References, links, transactions and pending flags are complete; what only the guest would see is cut short.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "exec/memory.h"
#include "qemu/main-loop.h"
#include "qom/object.h"
#include "exec/memory-internal.h"
#include "system/runstate.h"

static unsigned memory_region_transaction_depth;
static bool memory_region_update_pending;
static bool ioeventfd_update_pending;
unsigned int global_dirty_tracking;

static QTAILQ_HEAD(, MemoryListener) memory_listeners = QTAILQ_HEAD_INITIALIZER(memory_listeners);
static QTAILQ_HEAD(, AddressSpace) address_spaces = QTAILQ_HEAD_INITIALIZER(address_spaces);

/* Root region to FlatView; the table holds a reference on each view. */
static GHashTable *flat_views;

/* Signed, as an alias may be shifted below zero. */
typedef struct AddrRange {
    Int128 start;
    Int128 size;
} AddrRange;

/* A range from its first address and its size. */
static AddrRange addrrange_make(Int128 start, Int128 size)
{
    return (AddrRange) { start, size };
}

/* Whether two ranges are the same. */
static bool addrrange_equal(AddrRange r1, AddrRange r2)
{
    return int128_eq(r1.start, r2.start) && int128_eq(r1.size, r2.size);
}

/* The first address behind a range. */
static Int128 addrrange_end(AddrRange r)
{
    return int128_add(r.start, r.size);
}

/* A range moved by a signed distance. */
static AddrRange addrrange_shift(AddrRange range, Int128 delta)
{
    int128_addto(&range.start, delta);
    return range;
}

/* Whether an address lies in a range. */
static bool addrrange_contains(AddrRange range, Int128 addr)
{
    return int128_ge(addr, range.start) && int128_lt(addr, addrrange_end(range));
}

/* Whether two ranges share an address. */
static bool addrrange_intersects(AddrRange r1, AddrRange r2)
{
    return addrrange_contains(r1, r2.start) || addrrange_contains(r2, r1.start);
}

/* The addresses that two ranges share. */
static AddrRange addrrange_intersection(AddrRange r1, AddrRange r2)
{
    Int128 from = int128_max(r1.start, r2.start);
    Int128 to = int128_min(addrrange_end(r1), addrrange_end(r2));
    return addrrange_make(from, int128_sub(to, from));
}

enum ListenerDirection { Forward, Reverse };

/* Calls one callback of every listener, in or against the order of priority. */
#define MEMORY_LISTENER_CALL_GLOBAL(_callback, _direction, _args...)         \
    do {                                                                     \
        MemoryListener *_each;                                               \
        if ((_direction) == Forward) {                                       \
            QTAILQ_FOREACH(_each, &memory_listeners, link) {                 \
                if (_each->_callback) {                                      \
                    _each->_callback(_each, ##_args);                        \
                }                                                            \
            }                                                                \
        } else {                                                             \
            QTAILQ_FOREACH_REVERSE(_each, &memory_listeners, link) {         \
                if (_each->_callback) {                                      \
                    _each->_callback(_each, ##_args);                        \
                }                                                            \
            }                                                                \
        }                                                                    \
    } while (0)

/* The same for the listeners of one address space, about one section. */
#define MEMORY_LISTENER_CALL(_as, _callback, _direction, _section, _args...) \
    do {                                                                     \
        MemoryListener *_each;                                               \
        if ((_direction) == Forward) {                                       \
            QTAILQ_FOREACH(_each, &(_as)->listeners, link_as) {              \
                if (_each->_callback) {                                      \
                    _each->_callback(_each, _section, ##_args);              \
                }                                                            \
            }                                                                \
        } else {                                                             \
            QTAILQ_FOREACH_REVERSE(_each, &(_as)->listeners, link_as) {      \
                if (_each->_callback) {                                      \
                    _each->_callback(_each, _section, ##_args);              \
                }                                                            \
            }                                                                \
        }                                                                    \
    } while (0)

/* The same about a flat range, whose view keeps the region alive meanwhile. */
#define MEMORY_LISTENER_UPDATE_REGION(fr, as, dir, callback, _args...)                      \
    do {                                                                                    \
        MemoryRegionSection _mrs = section_from_flat_range(fr, address_space_to_flatview(as)); \
        MEMORY_LISTENER_CALL(as, callback, dir, &_mrs, ##_args);                            \
    } while (0)

struct CoalescedMemoryRange {
    AddrRange addr;
    QTAILQ_ENTRY(CoalescedMemoryRange) link;
};

struct MemoryRegionIoeventfd {
    AddrRange addr;
    bool match_data;
    uint64_t data;
    EventNotifier *e;
};

/* The order in which ioeventfds are kept. */
static bool memory_region_ioeventfd_before(MemoryRegionIoeventfd *a, MemoryRegionIoeventfd *b)
{
    if (int128_ne(a->addr.start, b->addr.start)) {
        return int128_lt(a->addr.start, b->addr.start);
    }
    if (int128_ne(a->addr.size, b->addr.size)) {
        return int128_lt(a->addr.size, b->addr.size);
    }
    if (a->match_data != b->match_data) {
        return a->match_data < b->match_data;
    }
    if (a->match_data && a->data != b->data) {
        return a->data < b->data;
    }
    return (uintptr_t)a->e < (uintptr_t)b->e;
}

/* Whether two ioeventfds answer the same write; size 0 answers any size. */
static bool memory_region_ioeventfd_equal(MemoryRegionIoeventfd *a, MemoryRegionIoeventfd *b)
{
    if (int128_ne(a->addr.start, b->addr.start)) {
        return false;
    }
    if (!int128_nz(a->addr.size) || !int128_nz(b->addr.size)) {
        return true;
    }
    return a->e == b->e && int128_eq(a->addr.size, b->addr.size) && a->match_data == b->match_data &&
           !(a->match_data && a->data != b->data);
}

/* One range of a view: which region answers there, and how. */
struct FlatRange {
    MemoryRegion *mr;
    hwaddr offset_in_region;
    AddrRange addr;
    uint8_t dirty_log_mask;
    bool romd_mode;
    bool readonly;
    bool nonvolatile;
    bool unmergeable;
};

#define FOR_EACH_FLAT_RANGE(var, view) for (var = (view)->ranges; var < (view)->ranges + (view)->nr; ++var)

/* A flat range as listeners are told about it. */
static inline MemoryRegionSection section_from_flat_range(FlatRange *fr, FlatView *fv)
{
    MemoryRegionSection section = { .fv = fv, .mr = fr->mr };

    section.offset_within_address_space = int128_get64(fr->addr.start);
    section.offset_within_region = fr->offset_in_region;
    section.size = fr->addr.size;
    section.unmergeable = fr->unmergeable;
    section.nonvolatile = fr->nonvolatile;
    section.readonly = fr->readonly;
    return section;
}

/* Whether a range needs no call of a listener but for logging. */
static bool flatrange_equal(FlatRange *a, FlatRange *b)
{
    bool same_place = addrrange_equal(a->addr, b->addr) && a->offset_in_region == b->offset_in_region;
    bool same_manner = a->readonly == b->readonly && a->romd_mode == b->romd_mode &&
                       a->nonvolatile == b->nonvolatile && a->unmergeable == b->unmergeable;

    return a->mr == b->mr && same_place && same_manner;
}

/* An empty view with one reference, which refers to its root. */
static FlatView *flatview_new(MemoryRegion *mr_root)
{
    FlatView *fresh;

    fresh = g_new0(FlatView, 1);
    fresh->root = mr_root;
    fresh->ref = 1;
    memory_region_ref(mr_root);
    trace_flatview_new(fresh, mr_root);
    return fresh;
}

/* Puts a range at a position that keeps the order; the view refers to its region. */
static void flatview_insert(FlatView *view, unsigned pos, FlatRange *range)
{
    unsigned behind = view->nr - pos;

    if (view->nr_allocated == view->nr) {
        view->nr_allocated = view->nr < 5 ? 10 : view->nr * 2;
        view->ranges = g_realloc(view->ranges, sizeof(FlatRange) * view->nr_allocated);
    }
    view->nr++;
    memmove(&view->ranges[pos + 1], &view->ranges[pos], sizeof(FlatRange) * behind);
    view->ranges[pos] = *range;
    memory_region_ref(range->mr);
}

/* Frees a view after its grace period, and drops what it refers to. */
static void flatview_destroy(FlatView *view)
{
    unsigned n;

    trace_flatview_destroy(view, view->root);
    if (view->dispatch != NULL) {
        address_space_dispatch_free(view->dispatch);
    }
    for (n = 0; n < view->nr; n++) {
        memory_region_unref(view->ranges[n].mr);
    }
    g_free(view->ranges);
    memory_region_unref(view->root);
    g_free(view);
}

/* Takes a reference unless the view is already on its way out. */
static bool flatview_ref(FlatView *view)
{
    return qatomic_read(&view->ref) > 0 && qatomic_fetch_inc(&view->ref) > 0;
}

/* Drops a reference; the last one starts a grace period. */
void flatview_unref(FlatView *view)
{
    if (qatomic_fetch_dec(&view->ref) == 1) {
        trace_flatview_destroy_rcu(view, view->root);
        assert(view->root);
        call_rcu(view, flatview_destroy, rcu);
    }
}

/* Whether two neighbouring ranges can be told as one. */
static bool can_merge(FlatRange *r1, FlatRange *r2)
{
    Int128 next_in_region = int128_add(r1->addr.size, int128_make64(r1->offset_in_region));

    if (r1->mr != r2->mr || r1->unmergeable || r2->unmergeable) {
        return false;
    }
    if (int128_ne(r2->addr.start, addrrange_end(r1->addr)) ||
        int128_ne(int128_make64(r2->offset_in_region), next_in_region)) {
        return false;
    }
    return r1->readonly == r2->readonly && r1->romd_mode == r2->romd_mode && r1->nonvolatile == r2->nonvolatile &&
           r1->dirty_log_mask == r2->dirty_log_mask;
}

/* Merges neighbouring ranges, and drops the references of those that go. */
static void flatview_simplify(FlatView *view)
{
    unsigned kept = 0, next, gone;

    while (kept < view->nr) {
        FlatRange *merged = &view->ranges[kept];

        next = kept + 1;
        while (next < view->nr && can_merge(&view->ranges[next - 1], &view->ranges[next])) {
            int128_addto(&merged->addr.size, view->ranges[next].addr.size);
            next++;
        }
        kept++;
        for (gone = kept; gone < next; gone++) {
            memory_region_unref(view->ranges[gone].mr);
        }
        memmove(view->ranges + kept, view->ranges + next, sizeof(FlatRange) * (view->nr - next));
        view->nr -= next - kept;
    }
}

/* Whether the device sees its registers with the high byte first. */
static bool memory_region_big_endian(MemoryRegion *mr)
{
    return mr->ops->endianness == DEVICE_BIG_ENDIAN;
}

/* Turns a value between the order of the access and that of the device. */
static void adjust_endianness(MemoryRegion *mr, uint64_t *data, MemOp op)
{
    MemOp wanted = memory_region_big_endian(mr) ? MO_BE : MO_LE;
    unsigned bytes = memop_size(op);

    if (bytes > 1 && (op & MO_BSWAP) != wanted) {
        *data = __builtin_bswap64(*data) >> (64 - 8 * bytes);
    }
}

/* Puts a piece that was read where it belongs in the whole value. */
static inline void memory_region_shift_read_access(uint64_t *value, signed shift, uint64_t mask, uint64_t tmp)
{
    uint64_t piece = tmp & mask;

    *value |= shift < 0 ? piece >> -shift : piece << shift;
}

/* Takes the piece to write out of the whole value. */
static inline uint64_t memory_region_shift_write_access(uint64_t *value, signed shift, uint64_t mask)
{
    uint64_t moved = shift < 0 ? *value << -shift : *value >> shift;

    return moved & mask;
}

/* One piece of a read through `read`. */
static MemTxResult memory_region_read_accessor(MemoryRegion *mr, hwaddr addr, uint64_t *value, unsigned size,
                                               signed shift, uint64_t mask, MemTxAttrs attrs)
{
    uint64_t piece;

    piece = mr->ops->read(mr->opaque, addr, size);
    memory_region_shift_read_access(value, shift, mask, piece);
    return MEMTX_OK;
}

/* One piece of a read through `read_with_attrs`. */
static MemTxResult memory_region_read_with_attrs_accessor(MemoryRegion *mr, hwaddr addr, uint64_t *value,
                                                          unsigned size, signed shift, uint64_t mask,
                                                          MemTxAttrs attrs)
{
    uint64_t piece = 0;
    MemTxResult r;

    r = mr->ops->read_with_attrs(mr->opaque, addr, &piece, size, attrs);
    memory_region_shift_read_access(value, shift, mask, piece);
    return r;
}

/* One piece of a write through `write`. */
static MemTxResult memory_region_write_accessor(MemoryRegion *mr, hwaddr addr, uint64_t *value, unsigned size,
                                                signed shift, uint64_t mask, MemTxAttrs attrs)
{
    uint64_t piece = memory_region_shift_write_access(value, shift, mask);

    mr->ops->write(mr->opaque, addr, piece, size);
    return MEMTX_OK;
}

/* One piece of a write through `write_with_attrs`. */
static MemTxResult memory_region_write_with_attrs_accessor(MemoryRegion *mr, hwaddr addr, uint64_t *value,
                                                           unsigned size, signed shift, uint64_t mask,
                                                           MemTxAttrs attrs)
{
    uint64_t piece = memory_region_shift_write_access(value, shift, mask);

    return mr->ops->write_with_attrs(mr->opaque, addr, piece, size, attrs);
}

/* Cuts an access into pieces of the sizes that the device implements. */
static MemTxResult access_with_adjusted_size(hwaddr addr, uint64_t *value, unsigned size, unsigned access_size_min,
                                             unsigned access_size_max,
                                             MemTxResult (*access_fn)(MemoryRegion *mr, hwaddr addr,
                                                                      uint64_t *value, unsigned size,
                                                                      signed shift, uint64_t mask,
                                                                      MemTxAttrs attrs),
                                             MemoryRegion *mr, MemTxAttrs attrs)
{
    unsigned least = access_size_min ? access_size_min : 1;
    unsigned most = access_size_max ? access_size_max : 4;
    unsigned step = MAX(least, MIN(most, size));
    bool high_first = memory_region_big_endian(mr);
    uint64_t step_mask = MAKE_64BIT_MASK(0, 8 * step);
    bool guarded = false;
    MemTxResult all = MEMTX_OK;
    unsigned done;

    /* A device that is being accessed refuses what its own callbacks lead back to it. */
    if (mr->dev && !mr->disable_reentrancy_guard && !(mr->ram || mr->ram_device || mr->rom_device || mr->readonly)) {
        if (mr->dev->mem_reentrancy_guard.engaged_in_io) {
            return MEMTX_ACCESS_ERROR;
        }
        mr->dev->mem_reentrancy_guard.engaged_in_io = true;
        guarded = true;
    }

    for (done = 0; done < size; done += step) {
        int from_low = high_first ? (int)(size - done - step) : (int)done;

        all |= access_fn(mr, addr + done, value, step, from_low * 8, step_mask, attrs);
    }
    if (mr->dev && guarded) {
        mr->dev->mem_reentrancy_guard.engaged_in_io = false;
    }
    return all;
}

/* The address space that a region is in by its containers; aliases do not count. */
static AddressSpace *memory_region_to_address_space(MemoryRegion *mr)
{
    AddressSpace *each;
    MemoryRegion *top = mr;

    while (top->container != NULL) {
        top = top->container;
    }
    QTAILQ_FOREACH(each, &address_spaces, address_spaces_link) {
        if (each->root == top) {
            break;
        }
    }
    return each;
}

/* Adds what is visible of a region to a view, behind what is there already. */
static void render_memory_region(FlatView *view, MemoryRegion *mr, Int128 base, AddrRange clip, bool readonly,
                                 bool nonvolatile, bool unmergeable)
{
    MemoryRegion *inner;
    Int128 at, end, upto;
    FlatRange fr;
    unsigned pos;

    if (!mr->enabled) {
        return;
    }
    base = int128_add(base, int128_make64(mr->addr));
    if (!addrrange_intersects(clip, addrrange_make(base, mr->size))) {
        return;
    }
    clip = addrrange_intersection(clip, addrrange_make(base, mr->size));
    readonly = readonly || mr->readonly;
    nonvolatile = nonvolatile || mr->nonvolatile;
    unmergeable = unmergeable || mr->unmergeable;

    if (mr->alias) {
        /* The target, moved so that the window lies on its place. */
        base = int128_sub(base, int128_make64(mr->alias_offset));
        base = int128_sub(base, int128_make64(mr->alias->addr));
        render_memory_region(view, mr->alias, base, clip, readonly, nonvolatile, unmergeable);
        return;
    }

    QTAILQ_FOREACH(inner, &mr->subregions, subregions_link) {
        render_memory_region(view, inner, base, clip, readonly, nonvolatile, unmergeable);
    }
    if (!mr->terminates) {
        return;
    }

    fr = (FlatRange) {
        .mr = mr,
        .readonly = readonly,
        .nonvolatile = nonvolatile,
        .unmergeable = unmergeable,
        .romd_mode = mr->romd_mode,
        .dirty_log_mask = memory_region_get_dirty_log_mask(mr),
    };
    /* The gaps are left for the region itself: before each range that is there, and behind the last. */
    at = clip.start;
    end = addrrange_end(clip);
    for (pos = 0; int128_lt(at, end); pos++) {
        bool last = pos == view->nr;

        if (!last && int128_ge(at, addrrange_end(view->ranges[pos].addr))) {
            continue;
        }
        upto = last ? end : int128_min(end, view->ranges[pos].addr.start);
        if (int128_lt(at, upto)) {
            fr.offset_in_region = int128_get64(int128_sub(at, base));
            fr.addr = addrrange_make(at, int128_sub(upto, at));
            flatview_insert(view, pos, &fr);
            at = upto;
        } else {
            at = int128_min(end, addrrange_end(view->ranges[pos].addr));
        }
    }
}

/* Tells a callback about every range, until it says enough. */
void flatview_for_each_range(FlatView *fv, flatview_cb cb, void *opaque)
{
    bool enough = false;
    FlatRange *each;

    assert(fv);
    assert(cb);
    for (each = fv->ranges; !enough && each < fv->ranges + fv->nr; each++) {
        enough = cb(each->addr.start, each->addr.size, each->mr, each->offset_in_region, opaque);
    }
}

/* The region that a view is made of and shared by: an alias or an only child stands for what it shows. */
static MemoryRegion *memory_region_get_flatview_root(MemoryRegion *mr)
{
    while (mr->enabled) {
        MemoryRegion *stands_for = NULL;

        if (mr->alias) {
            if (mr->alias_offset == 0 && int128_le(mr->alias->size, mr->size)) {
                stands_for = mr->alias;
            }
        } else if (!mr->terminates) {
            unsigned shown = 0;
            MemoryRegion *inner;

            QTAILQ_FOREACH(inner, &mr->subregions, subregions_link) {
                if (!inner->enabled) {
                    continue;
                }
                shown++;
                stands_for = shown == 1 && inner->addr == 0 && int128_le(inner->size, mr->size) ? inner : NULL;
            }
            if (shown == 0) {
                return NULL;
            }
        }
        if (!stands_for) {
            return mr;
        }
        mr = stands_for;
    }
    return NULL;
}

/* Makes the view of a root and keeps it in the table. */
static FlatView *generate_memory_topology(MemoryRegion *mr)
{
    FlatView *fresh = flatview_new(mr);
    FlatRange *fr;

    if (mr) {
        AddrRange everything = addrrange_make(int128_zero(), int128_2_64());

        render_memory_region(fresh, mr, int128_zero(), everything, false, false, false);
    }
    flatview_simplify(fresh);
    fresh->dispatch = address_space_dispatch_new(fresh);
    FOR_EACH_FLAT_RANGE(fr, fresh) {
        MemoryRegionSection section = section_from_flat_range(fr, fresh);

        flatview_add_to_dispatch(fresh, &section);
    }
    address_space_dispatch_compact(fresh->dispatch);
    g_hash_table_replace(flat_views, mr, fresh);
    return fresh;
}

/* An ioeventfd as listeners are told about it. */
static MemoryRegionSection section_from_ioeventfd(MemoryRegionIoeventfd *fd, FlatView *fv)
{
    return (MemoryRegionSection) {
        .fv = fv,
        .size = fd->addr.size,
        .offset_within_address_space = int128_get64(fd->addr.start),
    };
}

/* Tells listeners which ioeventfds went and which came. */
static void address_space_add_del_ioeventfds(AddressSpace *as, MemoryRegionIoeventfd *fds_new, unsigned fds_new_nb,
                                             MemoryRegionIoeventfd *fds_old, unsigned fds_old_nb)
{
    MemoryRegionIoeventfd *went = fds_old, *came = fds_new;
    MemoryRegionSection section;

    while (went < fds_old + fds_old_nb || came < fds_new + fds_new_nb) {
        bool no_old = went == fds_old + fds_old_nb;
        bool no_new = came == fds_new + fds_new_nb;

        if (!no_old && (no_new || memory_region_ioeventfd_before(went, came))) {
            section = section_from_ioeventfd(went, address_space_to_flatview(as));
            MEMORY_LISTENER_CALL(as, eventfd_del, Forward, &section, went->match_data, went->data, went->e);
            went++;
        } else if (!no_new && (no_old || memory_region_ioeventfd_before(came, went))) {
            section = section_from_ioeventfd(came, address_space_to_flatview(as));
            MEMORY_LISTENER_CALL(as, eventfd_add, Reverse, &section, came->match_data, came->data, came->e);
            came++;
        } else {
            went++;
            came++;
        }
    }
}

/* The current view with a reference for the caller. */
FlatView *address_space_get_flatview(AddressSpace *as)
{
    FlatView *current;

    RCU_READ_LOCK_GUARD();
    do {
        current = address_space_to_flatview(as);
    } while (!flatview_ref(current));
    return current;
}

/* Collects the ioeventfds that are visible now, and tells listeners what changed. */
static void address_space_update_ioeventfds(AddressSpace *as)
{
    MemoryRegionIoeventfd *shown;
    unsigned room = QEMU_ALIGN_UP(as->ioeventfd_nb, 4);
    unsigned nb = 0, n;
    FlatView *view;
    FlatRange *fr;

    if (!as->ioeventfd_notifiers) {
        return;
    }
    shown = g_new(MemoryRegionIoeventfd, room);
    view = address_space_get_flatview(as);
    FOR_EACH_FLAT_RANGE(fr, view) {
        Int128 delta = int128_sub(fr->addr.start, int128_make64(fr->offset_in_region));

        for (n = 0; n < fr->mr->ioeventfd_nb; n++) {
            MemoryRegionIoeventfd moved = fr->mr->ioeventfds[n];

            moved.addr = addrrange_shift(moved.addr, delta);
            if (!addrrange_intersects(moved.addr, fr->addr)) {
                continue;
            }
            if (nb == room) {
                room = MAX(4, 2 * room);
                shown = g_realloc(shown, sizeof(*shown) * room);
            }
            shown[nb++] = moved;
        }
    }
    address_space_add_del_ioeventfds(as, shown, nb, as->ioeventfds, as->ioeventfd_nb);
    g_free(as->ioeventfds);
    as->ioeventfd_nb = nb;
    as->ioeventfds = shown;
    flatview_unref(view);
}

/* The part of a coalesced range that a flat range shows, in the address space; false for none. */
static bool coalesced_part(FlatRange *fr, CoalescedMemoryRange *cmr, AddrRange *part)
{
    AddrRange moved = addrrange_shift(cmr->addr, int128_sub(fr->addr.start, int128_make64(fr->offset_in_region)));

    if (!addrrange_intersects(moved, fr->addr)) {
        return false;
    }
    *part = addrrange_intersection(moved, fr->addr);
    return true;
}

/* Tells listeners about the part of a coalesced range that a flat range shows. */
static void flat_range_coalesced_io_notify(FlatRange *fr, AddressSpace *as, CoalescedMemoryRange *cmr, bool add)
{
    AddrRange part;
    hwaddr at, length;

    if (!coalesced_part(fr, cmr, &part)) {
        return;
    }
    at = int128_get64(part.start);
    length = int128_get64(part.size);
    if (add) {
        MEMORY_LISTENER_UPDATE_REGION(fr, as, Forward, coalesced_io_add, at, length);
    } else {
        MEMORY_LISTENER_UPDATE_REGION(fr, as, Reverse, coalesced_io_del, at, length);
    }
}

/* The coalesced ranges of a flat range that goes. */
static void flat_range_coalesced_io_del(FlatRange *fr, AddressSpace *as)
{
    CoalescedMemoryRange *cmr;

    QTAILQ_FOREACH(cmr, &fr->mr->coalesced, link) {
        flat_range_coalesced_io_notify(fr, as, cmr, false);
    }
}

/* The coalesced ranges of a flat range that comes. */
static void flat_range_coalesced_io_add(FlatRange *fr, AddressSpace *as)
{
    CoalescedMemoryRange *each;

    QTAILQ_FOREACH(each, &fr->mr->coalesced, link) {
        flat_range_coalesced_io_notify(fr, as, each, true);
    }
}

/* The same for one listener that comes or goes. */
static void flat_range_coalesced_io_notify_listener_add_del(FlatRange *fr, MemoryRegionSection *mrs,
                                                            MemoryListener *listener, AddressSpace *as, bool add)
{
    CoalescedMemoryRange *each;
    AddrRange part;

    QTAILQ_FOREACH(each, &fr->mr->coalesced, link) {
        void (*tell)(MemoryListener *, MemoryRegionSection *, hwaddr, hwaddr) =
            add ? listener->coalesced_io_add : listener->coalesced_io_del;

        if (!coalesced_part(fr, each, &part)) {
            return;
        }
        if (tell) {
            tell(listener, mrs, int128_get64(part.start), int128_get64(part.size));
        }
    }
}

/* Walks both views side by side: what went is told in the first pass, what came in the second. */
static void address_space_update_topology_pass(AddressSpace *as, const FlatView *old_view, const FlatView *new_view,
                                               bool adding)
{
    FlatRange *went = old_view->ranges, *came = new_view->ranges;
    FlatRange *old_end = went + old_view->nr, *new_end = came + new_view->nr;

    while (went < old_end || came < new_end) {
        bool both = went < old_end && came < new_end;
        bool same = both && flatrange_equal(went, came);

        if (!same && went < old_end && (!both || int128_le(went->addr.start, came->addr.start))) {
            if (!adding) {
                flat_range_coalesced_io_del(went, as);
                MEMORY_LISTENER_UPDATE_REGION(went, as, Reverse, region_del);
            }
            went++;
        } else if (same) {
            if (adding) {
                uint8_t before = went->dirty_log_mask, after = came->dirty_log_mask;

                MEMORY_LISTENER_UPDATE_REGION(came, as, Forward, region_nop);
                if (after & ~before) {
                    MEMORY_LISTENER_UPDATE_REGION(came, as, Forward, log_start, before, after);
                }
                if (before & ~after) {
                    MEMORY_LISTENER_UPDATE_REGION(came, as, Reverse, log_stop, before, after);
                }
            }
            went++;
            came++;
        } else {
            if (adding) {
                MEMORY_LISTENER_UPDATE_REGION(came, as, Forward, region_add);
                flat_range_coalesced_io_add(came, as);
            }
            came++;
        }
    }
}

/* Makes the table of views; the empty view lives for ever. */
static void flatviews_init(void)
{
    static FlatView *nothing;

    if (flat_views != NULL) {
        return;
    }
    flat_views = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)flatview_unref);
    if (nothing == NULL) {
        nothing = generate_memory_topology(NULL);
        flatview_ref(nothing);
    } else {
        g_hash_table_replace(flat_views, NULL, nothing);
        flatview_ref(nothing);
    }
}

/* Throws the table away and renders each root once. */
static void flatviews_reset(void)
{
    AddressSpace *each;

    if (flat_views != NULL) {
        g_hash_table_unref(flat_views);
        flat_views = NULL;
    }
    flatviews_init();
    QTAILQ_FOREACH(each, &address_spaces, address_spaces_link) {
        MemoryRegion *root = memory_region_get_flatview_root(each->root);

        if (!g_hash_table_lookup(flat_views, root)) {
            generate_memory_topology(root);
        }
    }
}

/* Makes the table's view the current one; the old one lives until listeners know. */
static void address_space_set_flatview(AddressSpace *as)
{
    MemoryRegion *root = memory_region_get_flatview_root(as->root);
    FlatView *next = g_hash_table_lookup(flat_views, root);
    FlatView *last = address_space_to_flatview(as);

    assert(next != NULL);
    if (next == last) {
        return;
    }
    if (last) {
        flatview_ref(last);
    }
    flatview_ref(next);
    if (!QTAILQ_EMPTY(&as->listeners)) {
        FlatView nothing = { .nr = 0 };
        FlatView *before = last ? last : &nothing;

        address_space_update_topology_pass(as, before, next, false);
        address_space_update_topology_pass(as, before, next, true);
    }
    qatomic_rcu_set(&as->current_map, next);
    if (last) {
        flatview_unref(last);
    }
    /* Up to here the old view kept what listeners were just told is gone. */
    if (last) {
        flatview_unref(last);
    }
}

/* Gives one address space its view, made if need be. */
static void address_space_update_topology(AddressSpace *as)
{
    MemoryRegion *root = memory_region_get_flatview_root(as->root);

    flatviews_init();
    if (g_hash_table_lookup(flat_views, root) == NULL) {
        generate_memory_topology(root);
    }
    address_space_set_flatview(as);
}

/* Changes from here on become visible together. */
void memory_region_transaction_begin(void)
{
    qemu_flush_coalesced_mmio_buffer();
    ++memory_region_transaction_depth;
}

/* The outermost commit makes new views if something visible changed. */
void memory_region_transaction_commit(void)
{
    AddressSpace *each;

    assert(memory_region_transaction_depth);
    assert(bql_locked());
    memory_region_transaction_depth--;
    if (memory_region_transaction_depth == 0) {
        if (memory_region_update_pending) {
            flatviews_reset();
            MEMORY_LISTENER_CALL_GLOBAL(begin, Forward);
            QTAILQ_FOREACH(each, &address_spaces, address_spaces_link) {
                address_space_set_flatview(each);
                address_space_update_ioeventfds(each);
            }
            memory_region_update_pending = false;
            ioeventfd_update_pending = false;
            MEMORY_LISTENER_CALL_GLOBAL(commit, Forward);
        } else if (ioeventfd_update_pending) {
            QTAILQ_FOREACH(each, &address_spaces, address_spaces_link) {
                address_space_update_ioeventfds(each);
            }
            ioeventfd_update_pending = false;
        }
    }
}

/* A region without memory of its own. */
static void memory_region_destructor_none(MemoryRegion *mr)
{
}

/* A region with guest RAM. */
static void memory_region_destructor_ram(MemoryRegion *mr)
{
    qemu_ram_free(mr->ram_block);
}

/* Characters that a property name cannot have. */
static bool memory_region_need_escape(char c)
{
    return strchr("/[]\\", c) != NULL;
}

/* A region's name as part of a property name. */
static char *memory_region_escape_name(const char *name)
{
    size_t specials = 0;
    const char *from;
    char *escaped, *to;

    for (from = name; *from; from++) {
        specials += memory_region_need_escape(*from);
    }
    escaped = g_malloc(strlen(name) + 3 * specials + 1);
    to = escaped;
    for (from = name; *from; from++) {
        if (memory_region_need_escape(*from)) {
            to += sprintf(to, "\\x%02x", (unsigned)(uint8_t)*from);
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return escaped;
}

/* The common part of every init: size, owner, and the child property by which the owner holds the region. */
static void memory_region_do_init(MemoryRegion *mr, Object *owner, const char *name, uint64_t size)
{
    mr->owner = owner;
    mr->dev = (DeviceState *)object_dynamic_cast(owner, TYPE_DEVICE);
    mr->name = g_strdup(name);
    mr->size = size == UINT64_MAX ? int128_2_64() : int128_make64(size);
    mr->ram_block = NULL;
    if (name != NULL) {
        char *escaped = memory_region_escape_name(name);
        char *property = g_strdup_printf("%s[*]", escaped);

        if (owner == NULL) {
            owner = machine_get_container("unattached");
        }
        object_property_add_child(owner, property, OBJECT(mr));
        object_unref(OBJECT(mr));
        g_free(escaped);
        g_free(property);
    }
}

/* A pure container. */
void memory_region_init(MemoryRegion *mr, Object *owner, const char *name, uint64_t size)
{
    object_initialize(mr, sizeof(*mr), TYPE_MEMORY_REGION);
    memory_region_do_init(mr, owner, name, size);
}

/* Property `container`. */
static void memory_region_get_container(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    MemoryRegion *container = MEMORY_REGION(obj)->container;
    char *path = container ? object_get_canonical_path(OBJECT(container)) : g_strdup("");

    visit_type_str(v, name, &path, errp);
    g_free(path);
}

/* What the link property `container` leads to. */
static Object *memory_region_resolve_container(Object *obj, void *opaque, const char *part)
{
    return OBJECT(MEMORY_REGION(obj)->container);
}

/* Property `priority`. */
static void memory_region_get_priority(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    int32_t priority = MEMORY_REGION(obj)->priority;

    visit_type_int32(v, name, &priority, errp);
}

/* Property `size`. */
static void memory_region_get_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    uint64_t bytes = memory_region_size(MEMORY_REGION(obj));

    visit_type_uint64(v, name, &bytes, errp);
}

/* What every region is before its init: enabled, and with nothing in it. */
static void memory_region_initfn(Object *obj)
{
    MemoryRegion *mr = MEMORY_REGION(obj);
    ObjectProperty *container;

    QTAILQ_INIT(&mr->subregions);
    QTAILQ_INIT(&mr->coalesced);
    mr->destructor = memory_region_destructor_none;
    mr->ops = &unassigned_mem_ops;
    mr->romd_mode = true;
    mr->enabled = true;

    container = object_property_add(obj, "container", "link<" TYPE_MEMORY_REGION ">", memory_region_get_container,
                                    NULL, NULL, NULL);
    container->resolve = memory_region_resolve_container;
    object_property_add_uint64_ptr(obj, "addr", &mr->addr, OBJ_PROP_FLAG_READ);
    object_property_add(obj, "priority", "uint32", memory_region_get_priority, NULL, NULL, NULL);
    object_property_add(obj, "size", "uint64", memory_region_get_size, NULL, NULL, NULL);
}

/* What an IOMMU's region is before its init. */
static void iommu_memory_region_initfn(Object *obj)
{
    MemoryRegion *mr = MEMORY_REGION(obj);

    mr->is_iommu = true;
}

/* A read where nothing answers. */
static uint64_t unassigned_mem_read(void *opaque, hwaddr addr, unsigned size)
{
    return 0;
}

/* A write where nothing answers. */
static void unassigned_mem_write(void *opaque, hwaddr addr, uint64_t val, unsigned size)
{
}

/* Refuses every access. */
static bool unassigned_mem_accepts(void *opaque, hwaddr addr, unsigned size, bool is_write, MemTxAttrs attrs)
{
    return false;
}

const MemoryRegionOps unassigned_mem_ops = {
    .valid.accepts = unassigned_mem_accepts,
    .endianness = DEVICE_NATIVE_ENDIAN,
};

/* Whether a device takes an access of this size at this place. */
bool memory_region_access_valid(MemoryRegion *mr, hwaddr addr, unsigned size, bool is_write, MemTxAttrs attrs)
{
    const MemoryRegionOps *ops = mr->ops;
    const char *wrong = NULL;

    if (ops->valid.accepts && !ops->valid.accepts(mr->opaque, addr, size, is_write, attrs)) {
        wrong = "the device refuses it";
    } else if (addr % size != 0 && !ops->valid.unaligned) {
        wrong = "it is not aligned";
    } else if (ops->valid.max_access_size &&
               (size < ops->valid.min_access_size || ops->valid.max_access_size < size)) {
        wrong = "it is too small or too large";
    }
    if (wrong) {
        qemu_log_mask(LOG_INVALID_MEM, "%s: %s of %u bytes at 0x%" HWADDR_PRIX ": %s\n", memory_region_name(mr),
                      is_write ? "write" : "read", size, addr, wrong);
    }
    return !wrong;
}

/* A read by whichever callback the device has. */
static MemTxResult memory_region_dispatch_read1(MemoryRegion *mr, hwaddr addr, uint64_t *pval, unsigned size,
                                                MemTxAttrs attrs)
{
    const MemoryRegionOps *ops = mr->ops;

    *pval = 0;
    return access_with_adjusted_size(
        addr, pval, size, ops->impl.min_access_size, ops->impl.max_access_size,
        ops->read ? memory_region_read_accessor : memory_region_read_with_attrs_accessor, mr, attrs);
}

/* The guest reads. */
MemTxResult memory_region_dispatch_read(MemoryRegion *mr, hwaddr addr, uint64_t *pval, MemOp op, MemTxAttrs attrs)
{
    unsigned bytes = memop_size(op);
    MemTxResult answer = MEMTX_DECODE_ERROR;

    if (mr->alias) {
        return memory_region_dispatch_read(mr->alias, addr + mr->alias_offset, pval, op, attrs);
    }
    if (memory_region_access_valid(mr, addr, bytes, false, attrs)) {
        answer = memory_region_dispatch_read1(mr, addr, pval, bytes, attrs);
        adjust_endianness(mr, pval, op);
    } else {
        *pval = unassigned_mem_read(mr, addr, bytes);
    }
    return answer;
}

/* Signals the ioeventfd that answers a write, if there is one. */
static bool memory_region_dispatch_write_eventfds(MemoryRegion *mr, hwaddr addr, uint64_t data, unsigned size,
                                                  MemTxAttrs attrs)
{
    AddrRange written = addrrange_make(int128_make64(addr), int128_make64(size));
    unsigned n;

    for (n = 0; n < mr->ioeventfd_nb; n++) {
        MemoryRegionIoeventfd *each = &mr->ioeventfds[n];
        MemoryRegionIoeventfd asked = { written, each->match_data, data, each->e };

        if (memory_region_ioeventfd_equal(&asked, each)) {
            event_notifier_set(each->e);
            return true;
        }
    }
    return false;
}

/* The guest writes. */
MemTxResult memory_region_dispatch_write(MemoryRegion *mr, hwaddr addr, uint64_t data, MemOp op, MemTxAttrs attrs)
{
    const MemoryRegionOps *ops = mr->ops;
    unsigned bytes = memop_size(op);

    if (mr->alias) {
        return memory_region_dispatch_write(mr->alias, addr + mr->alias_offset, data, op, attrs);
    }
    if (!memory_region_access_valid(mr, addr, bytes, true, attrs)) {
        unassigned_mem_write(mr, addr, data, bytes);
        return MEMTX_DECODE_ERROR;
    }
    adjust_endianness(mr, &data, op);
    if (!kvm_enabled() && memory_region_dispatch_write_eventfds(mr, addr, data, bytes, attrs)) {
        return MEMTX_OK;
    }
    return access_with_adjusted_size(
        addr, &data, bytes, ops->impl.min_access_size, ops->impl.max_access_size,
        ops->write ? memory_region_write_accessor : memory_region_write_with_attrs_accessor, mr, attrs);
}

/* A region with registers. */
void memory_region_init_io(MemoryRegion *mr, Object *owner, const MemoryRegionOps *ops, void *opaque,
                           const char *name, uint64_t size)
{
    memory_region_init(mr, owner, name, size);
    mr->terminates = true;
    mr->opaque = opaque;
    mr->ops = ops != NULL ? ops : &unassigned_mem_ops;
}

/* A region with RAM that is not migrated. */
bool memory_region_init_ram_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, Error **errp)
{
    return memory_region_init_ram_flags_nomigrate(mr, owner, name, size, 0, errp);
}

/* The same with flags for its block. */
bool memory_region_init_ram_flags_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size,
                                            uint32_t ram_flags, Error **errp)
{
    Error *problem = NULL;

    memory_region_init(mr, owner, name, size);
    mr->destructor = memory_region_destructor_ram;
    mr->terminates = true;
    mr->ram = true;
    mr->ram_block = qemu_ram_alloc(size, ram_flags, mr, &problem);
    if (problem != NULL) {
        mr->size = int128_zero();
        object_unparent(OBJECT(mr));
        error_propagate(errp, problem);
    }
    return problem == NULL;
}

/* A region with RAM that somebody else keeps. */
void memory_region_init_ram_ptr(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, void *ptr)
{
    memory_region_init(mr, owner, name, size);
    mr->destructor = memory_region_destructor_ram;
    mr->terminates = true;
    mr->ram = true;
    assert(ptr != NULL);
    mr->ram_block = qemu_ram_alloc_from_ptr(size, ptr, mr, &error_abort);
}

/* A window to another region; it holds no reference on what it shows. */
void memory_region_init_alias(MemoryRegion *mr, Object *owner, const char *name, MemoryRegion *orig, hwaddr offset,
                              uint64_t size)
{
    memory_region_init(mr, owner, name, size);
    mr->alias_offset = offset;
    mr->alias = orig;
}

/* A region with memory that the guest cannot write. */
bool memory_region_init_rom_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, Error **errp)
{
    bool made = memory_region_init_ram_flags_nomigrate(mr, owner, name, size, 0, errp);

    if (made) {
        mr->readonly = true;
    }
    return made;
}

/* Memory to read, registers to write. */
bool memory_region_init_rom_device_nomigrate(MemoryRegion *mr, Object *owner, const MemoryRegionOps *ops,
                                             void *opaque, const char *name, uint64_t size, Error **errp)
{
    Error *problem = NULL;

    assert(ops);
    memory_region_init(mr, owner, name, size);
    mr->destructor = memory_region_destructor_ram;
    mr->rom_device = true;
    mr->terminates = true;
    mr->opaque = opaque;
    mr->ops = ops;
    mr->ram_block = qemu_ram_alloc(size, 0, mr, &problem);
    if (problem != NULL) {
        mr->size = int128_zero();
        object_unparent(OBJECT(mr));
        error_propagate(errp, problem);
    }
    return problem == NULL;
}

/* A region that translates addresses. */
void memory_region_init_iommu(void *_iommu_mr, size_t instance_size, const char *mrtypename, Object *owner,
                              const char *name, uint64_t size)
{
    IOMMUMemoryRegion *translator;

    object_initialize(_iommu_mr, instance_size, mrtypename);
    memory_region_do_init(MEMORY_REGION(_iommu_mr), owner, name, size);
    translator = IOMMU_MEMORY_REGION(_iommu_mr);
    translator->parent_obj.terminates = true;
    translator->iommu_notify_flags = IOMMU_NOTIFIER_NONE;
    QLIST_INIT(&translator->iommu_notify);
}

/* Ends a region: it lets go of what it contains, and frees what it has. */
static void memory_region_finalize(Object *obj)
{
    MemoryRegion *mr = MEMORY_REGION(obj);

    assert(!mr->container);
    /* Written directly: nothing that is visible refers to a region without references. */
    mr->enabled = false;
    memory_region_transaction_begin();
    while (!QTAILQ_EMPTY(&mr->subregions)) {
        MemoryRegion *inner = QTAILQ_FIRST(&mr->subregions);

        memory_region_del_subregion(mr, inner);
    }
    memory_region_transaction_commit();
    mr->destructor(mr);
    memory_region_clear_coalescing(mr);
    g_free((char *)mr->name);
    g_free(mr->ioeventfds);
}

/* The object whose child the region is. */
Object *memory_region_owner(MemoryRegion *mr)
{
    return OBJECT(mr)->parent;
}

/* Keeps a region alive by a reference on its owner; without an owner it lives for ever. */
void memory_region_ref(MemoryRegion *mr)
{
    if (mr && mr->owner) {
        object_ref(mr->owner);
    }
}

/* Undoes memory_region_ref. */
void memory_region_unref(MemoryRegion *mr)
{
    if (mr && mr->owner) {
        object_unref(mr->owner);
    }
}

/* Bytes; the whole address space counts as the largest number. */
uint64_t memory_region_size(MemoryRegion *mr)
{
    return int128_eq(mr->size, int128_2_64()) ? UINT64_MAX : int128_get64(mr->size);
}

/* The name, taken from the path where init was given none. */
const char *memory_region_name(const MemoryRegion *mr)
{
    if (!mr->name) {
        ((MemoryRegion *)mr)->name = g_strdup(object_get_canonical_path_component(OBJECT(mr)));
    }
    return mr->name;
}

/* Whether the RAM is a device's. */
bool memory_region_is_ram_device(MemoryRegion *mr)
{
    return mr->ram_device;
}

/* Who wants to know of writes. */
uint8_t memory_region_get_dirty_log_mask(MemoryRegion *mr)
{
    RAMBlock *block = mr->ram_block;
    bool migrated = global_dirty_tracking && (block || memory_region_is_iommu(mr));
    bool translated = tcg_enabled() && block;

    return mr->dirty_log_mask | migrated << DIRTY_MEMORY_MIGRATION | translated << DIRTY_MEMORY_CODE;
}

/* Whether one of them is this client. */
bool memory_region_is_logging(MemoryRegion *mr, uint8_t client)
{
    return memory_region_get_dirty_log_mask(mr) & (1 << client);
}

/* Tells the IOMMU what its notifiers want to know, taken together; its refusal is the caller's error. */
static int memory_region_update_iommu_notify_flags(IOMMUMemoryRegion *iommu_mr, Error **errp)
{
    IOMMUMemoryRegionClass *klass = IOMMU_MEMORY_REGION_GET_CLASS(iommu_mr);
    IOMMUNotifierFlag wanted = IOMMU_NOTIFIER_NONE;
    IOMMUNotifier *each;
    int refused = 0;

    IOMMU_NOTIFIER_FOREACH(each, iommu_mr) {
        wanted |= each->notifier_flags;
    }
    if (klass->notify_flag_changed && wanted != iommu_mr->iommu_notify_flags) {
        refused = klass->notify_flag_changed(iommu_mr, iommu_mr->iommu_notify_flags, wanted, errp);
    }
    if (refused == 0) {
        iommu_mr->iommu_notify_flags = wanted;
    }
    return refused;
}

/* Links a notifier; nothing is held, so it is unregistered before the region goes. */
int memory_region_register_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n, Error **errp)
{
    IOMMUMemoryRegion *translator;
    int refused;

    if (mr->alias) {
        return memory_region_register_iommu_notifier(mr->alias, n, errp);
    }
    translator = IOMMU_MEMORY_REGION(mr);
    assert(n->notifier_flags != IOMMU_NOTIFIER_NONE);
    assert(n->start <= n->end);
    assert(n->iommu_idx >= 0 && n->iommu_idx < memory_region_iommu_num_indexes(translator));

    QLIST_INSERT_HEAD(&translator->iommu_notify, n, node);
    refused = memory_region_update_iommu_notify_flags(translator, errp);
    if (refused != 0) {
        QLIST_REMOVE(n, node);
    }
    return refused;
}

/* The smallest page that the IOMMU maps. */
uint64_t memory_region_iommu_get_min_page_size(IOMMUMemoryRegion *iommu_mr)
{
    IOMMUMemoryRegionClass *klass = IOMMU_MEMORY_REGION_GET_CLASS(iommu_mr);

    return klass->get_min_page_size ? klass->get_min_page_size(iommu_mr) : TARGET_PAGE_SIZE;
}

/* Tells a notifier of all that is mapped now. */
void memory_region_iommu_replay(IOMMUMemoryRegion *iommu_mr, IOMMUNotifier *n)
{
    IOMMUMemoryRegionClass *klass = IOMMU_MEMORY_REGION_GET_CLASS(iommu_mr);
    uint64_t bytes = memory_region_size(MEMORY_REGION(iommu_mr));
    uint64_t page;
    hwaddr at = 0, next;

    if (klass->replay) {
        klass->replay(iommu_mr, n);
        return;
    }
    page = memory_region_iommu_get_min_page_size(iommu_mr);
    do {
        IOMMUTLBEntry entry = klass->translate(iommu_mr, at, IOMMU_NONE, n->iommu_idx);

        if (entry.perm != IOMMU_NONE) {
            n->notify(n, &entry);
        }
        next = at + page;
    } while (next > at && (at = next) < bytes);
}

/* Undoes memory_region_register_iommu_notifier. */
void memory_region_unregister_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n)
{
    if (mr->alias) {
        memory_region_unregister_iommu_notifier(mr->alias, n);
    } else {
        QLIST_REMOVE(n, node);
        memory_region_update_iommu_notify_flags(IOMMU_MEMORY_REGION(mr), NULL);
    }
}

/* Tells one notifier of a change that lies in its range, or of the part that does. */
void memory_region_notify_iommu_one(IOMMUNotifier *notifier, const IOMMUTLBEvent *event)
{
    IOMMUTLBEntry told = event->entry;
    hwaddr last = told.iova + told.addr_mask;

    if (event->type == IOMMU_NOTIFIER_UNMAP) {
        assert(told.perm == IOMMU_NONE);
    }
    if (last < notifier->start || told.iova > notifier->end) {
        return;
    }
    if (notifier->notifier_flags & IOMMU_NOTIFIER_DEVIOTLB_UNMAP) {
        told.iova = MAX(notifier->start, told.iova);
        told.addr_mask = MIN(notifier->end, last) - told.iova;
    } else {
        assert(told.iova >= notifier->start && last <= notifier->end);
    }
    if (notifier->notifier_flags & event->type) {
        notifier->notify(notifier, &told);
    }
}

/* Tells all notifiers of one index. */
void memory_region_notify_iommu(IOMMUMemoryRegion *iommu_mr, int iommu_idx, const IOMMUTLBEvent event)
{
    IOMMUNotifier *each;

    assert(memory_region_is_iommu(MEMORY_REGION(iommu_mr)));
    IOMMU_NOTIFIER_FOREACH(each, iommu_mr) {
        if (iommu_idx == each->iommu_idx) {
            memory_region_notify_iommu_one(each, &event);
        }
    }
}

/* How many translations the IOMMU has side by side. */
int memory_region_iommu_num_indexes(IOMMUMemoryRegion *iommu_mr)
{
    IOMMUMemoryRegionClass *klass = IOMMU_MEMORY_REGION_GET_CLASS(iommu_mr);

    return klass->num_indexes ? klass->num_indexes(iommu_mr) : 1;
}

/* Who knows which parts of a RAM region are populated; NULL for all of it. */
RamDiscardManager *memory_region_get_ram_discard_manager(MemoryRegion *mr)
{
    return memory_region_is_ram(mr) ? mr->rdm : NULL;
}

/* Sets it where there is none, or takes it away. */
void memory_region_set_ram_discard_manager(MemoryRegion *mr, RamDiscardManager *rdm)
{
    g_assert(memory_region_is_ram(mr));
    g_assert(!rdm || !mr->rdm);
    mr->rdm = rdm;
}

/* The smallest part that changes. */
uint64_t ram_discard_manager_get_min_granularity(const RamDiscardManager *rdm, const MemoryRegion *mr)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->get_min_granularity);
    return klass->get_min_granularity(rdm, mr);
}

/* Whether nothing of a section is discarded. */
bool ram_discard_manager_is_populated(const RamDiscardManager *rdm, const MemoryRegionSection *section)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->is_populated);
    return klass->is_populated(rdm, section);
}

/* Calls back for every populated part of a section. */
int ram_discard_manager_replay_populated(const RamDiscardManager *rdm, MemoryRegionSection *section,
                                         ReplayRamPopulate replay_fn, void *opaque)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->replay_populated);
    return klass->replay_populated(rdm, section, replay_fn, opaque);
}

/* Calls back for every discarded part of a section. */
void ram_discard_manager_replay_discarded(const RamDiscardManager *rdm, MemoryRegionSection *section,
                                          ReplayRamDiscard replay_fn, void *opaque)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->replay_discarded);
    klass->replay_discarded(rdm, section, replay_fn, opaque);
}

/* Has a listener told of what is populated in a section, now and later. */
void ram_discard_manager_register_listener(RamDiscardManager *rdm, RamDiscardListener *rdl,
                                           MemoryRegionSection *section)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->register_listener);
    klass->register_listener(rdm, rdl, section);
}

/* Undoes it, after telling the listener that all is gone. */
void ram_discard_manager_unregister_listener(RamDiscardManager *rdm, RamDiscardListener *rdl)
{
    RamDiscardManagerClass *klass = RAM_DISCARD_MANAGER_GET_CLASS(rdm);

    g_assert(klass->unregister_listener);
    klass->unregister_listener(rdm, rdl);
}

/* Starts or stops logging of writes for the display. */
void memory_region_set_log(MemoryRegion *mr, bool log, unsigned client)
{
    uint8_t users = mr->vga_logging_count;

    assert(client == DIRTY_MEMORY_VGA);
    mr->vga_logging_count = log ? users + 1 : users - 1;
    if ((users != 0) == (mr->vga_logging_count != 0)) {
        return;
    }
    memory_region_transaction_begin();
    if (log) {
        mr->dirty_log_mask |= 1 << client;
    } else {
        mr->dirty_log_mask &= ~(1 << client);
    }
    memory_region_update_pending |= mr->enabled;
    memory_region_transaction_commit();
}

/* Has listeners bring the dirty bitmap up to date, of one region or of all. */
static void memory_region_sync_dirty_bitmap(MemoryRegion *mr, bool last_stage)
{
    MemoryListener *each;

    QTAILQ_FOREACH(each, &memory_listeners, link) {
        if (each->log_sync) {
            FlatView *view = address_space_get_flatview(each->address_space);
            FlatRange *fr;

            FOR_EACH_FLAT_RANGE(fr, view) {
                if ((mr == NULL || mr == fr->mr) && fr->dirty_log_mask) {
                    MemoryRegionSection section = section_from_flat_range(fr, view);

                    each->log_sync(each, &section);
                }
            }
            flatview_unref(view);
        } else if (each->log_sync_global) {
            each->log_sync_global(each, last_stage);
        }
    }
}

/* Has listeners clear a part of the dirty bitmap. */
void memory_region_clear_dirty_bitmap(MemoryRegion *mr, hwaddr start, hwaddr len)
{
    MemoryListener *each;

    QTAILQ_FOREACH(each, &memory_listeners, link) {
        FlatView *view;
        FlatRange *fr;

        if (!each->log_clear) {
            continue;
        }
        view = address_space_get_flatview(each->address_space);
        FOR_EACH_FLAT_RANGE(fr, view) {
            MemoryRegionSection section = section_from_flat_range(fr, view);
            hwaddr from = MAX(start, section.offset_within_region);
            hwaddr to = MIN(start + len, section.offset_within_region + int128_get64(section.size));

            if (fr->mr == mr && fr->dirty_log_mask && from < to) {
                section.offset_within_address_space += from - section.offset_within_region;
                section.offset_within_region = from;
                section.size = int128_make64(to - from);
                each->log_clear(each, &section);
            }
        }
        flatview_unref(view);
    }
}

/* Whether the guest may write. */
void memory_region_set_readonly(MemoryRegion *mr, bool readonly)
{
    if (readonly == mr->readonly) {
        return;
    }
    memory_region_transaction_begin();
    memory_region_update_pending |= mr->enabled;
    mr->readonly = readonly;
    memory_region_transaction_commit();
}

/* Whether the contents outlive the machine. */
void memory_region_set_nonvolatile(MemoryRegion *mr, bool nonvolatile)
{
    if (nonvolatile == mr->nonvolatile) {
        return;
    }
    memory_region_transaction_begin();
    memory_region_update_pending |= mr->enabled;
    mr->nonvolatile = nonvolatile;
    memory_region_transaction_commit();
}

/* Whether reads go to memory or to the device. */
void memory_region_rom_device_set_romd(MemoryRegion *mr, bool romd_mode)
{
    if (romd_mode == mr->romd_mode) {
        return;
    }
    memory_region_transaction_begin();
    memory_region_update_pending |= mr->enabled;
    mr->romd_mode = romd_mode;
    memory_region_transaction_commit();
}

/* Where the RAM is in the host, through aliases. */
void *memory_region_get_ram_ptr(MemoryRegion *mr)
{
    MemoryRegion *seen;
    ram_addr_t into = 0;

    RCU_READ_LOCK_GUARD();
    for (seen = mr; seen->alias; seen = seen->alias) {
        into += seen->alias_offset;
    }
    assert(seen->ram_block);
    return qemu_map_ram_ptr(seen->ram_block, into);
}

/* Where the RAM is among all guest RAM. */
ram_addr_t memory_region_get_ram_addr(MemoryRegion *mr)
{
    return mr->ram_block ? mr->ram_block->offset : RAM_ADDR_INVALID;
}

/* Tells listeners wherever the region is visible. */
static void memory_region_update_coalesced_range(MemoryRegion *mr, CoalescedMemoryRange *cmr, bool add)
{
    AddressSpace *each;

    QTAILQ_FOREACH(each, &address_spaces, address_spaces_link) {
        FlatView *view = address_space_get_flatview(each);
        FlatRange *fr;

        FOR_EACH_FLAT_RANGE(fr, view) {
            if (mr == fr->mr) {
                flat_range_coalesced_io_notify(fr, each, cmr, add);
            }
        }
        flatview_unref(view);
    }
}

/* Writes to the whole region may be delayed. */
void memory_region_set_coalescing(MemoryRegion *mr)
{
    memory_region_clear_coalescing(mr);
    memory_region_add_coalescing(mr, 0, int128_get64(mr->size));
}

/* Writes to a part of the region may be delayed. */
void memory_region_add_coalescing(MemoryRegion *mr, hwaddr offset, uint64_t size)
{
    CoalescedMemoryRange *range = g_malloc(sizeof(*range));

    range->addr = addrrange_make(int128_make64(offset), int128_make64(size));
    QTAILQ_INSERT_TAIL(&mr->coalesced, range, link);
    memory_region_update_coalesced_range(mr, range, true);
    memory_region_set_flush_coalesced(mr);
}

/* No writes are delayed any more. */
void memory_region_clear_coalescing(MemoryRegion *mr)
{
    CoalescedMemoryRange *first;

    if (QTAILQ_EMPTY(&mr->coalesced)) {
        return;
    }
    qemu_flush_coalesced_mmio_buffer();
    mr->flush_coalesced_mmio = false;
    while (!QTAILQ_EMPTY(&mr->coalesced)) {
        first = QTAILQ_FIRST(&mr->coalesced);
        QTAILQ_REMOVE(&mr->coalesced, first, link);
        memory_region_update_coalesced_range(mr, first, false);
        g_free(first);
    }
}

/* An ioeventfd as it is kept: the datum in the order in which the device sees it. */
static MemoryRegionIoeventfd memory_region_ioeventfd_make(MemoryRegion *mr, hwaddr addr, unsigned size,
                                                          bool match_data, uint64_t data, EventNotifier *e)
{
    MemoryRegionIoeventfd made = { .e = e, .data = data, .match_data = match_data };

    made.addr = addrrange_make(int128_make64(addr), int128_make64(size));
    if (size > 0) {
        adjust_endianness(mr, &made.data, MO_TE | size_memop(size));
    }
    return made;
}

/* An access has delayed writes done first. */
void memory_region_set_flush_coalesced(MemoryRegion *mr)
{
    mr->flush_coalesced_mmio = true;
}

/* Undoes it where nothing is coalesced. */
void memory_region_clear_flush_coalesced(MemoryRegion *mr)
{
    qemu_flush_coalesced_mmio_buffer();
    if (QTAILQ_EMPTY(&mr->coalesced)) {
        mr->flush_coalesced_mmio = false;
    }
}

/* A write there signals a notifier. */
void memory_region_add_eventfd(MemoryRegion *mr, hwaddr addr, unsigned size, bool match_data, uint64_t data,
                               EventNotifier *e)
{
    MemoryRegionIoeventfd wanted = memory_region_ioeventfd_make(mr, addr, size, match_data, data, e);
    unsigned pos = 0;

    memory_region_transaction_begin();
    while (pos < mr->ioeventfd_nb && !memory_region_ioeventfd_before(&wanted, &mr->ioeventfds[pos])) {
        pos++;
    }
    mr->ioeventfds = g_realloc(mr->ioeventfds, (mr->ioeventfd_nb + 1) * sizeof(wanted));
    memmove(mr->ioeventfds + pos + 1, mr->ioeventfds + pos, (mr->ioeventfd_nb - pos) * sizeof(wanted));
    mr->ioeventfds[pos] = wanted;
    mr->ioeventfd_nb++;
    ioeventfd_update_pending |= mr->enabled;
    memory_region_transaction_commit();
}

/* Undoes memory_region_add_eventfd with the same arguments. */
void memory_region_del_eventfd(MemoryRegion *mr, hwaddr addr, unsigned size, bool match_data, uint64_t data,
                               EventNotifier *e)
{
    MemoryRegionIoeventfd wanted = memory_region_ioeventfd_make(mr, addr, size, match_data, data, e);
    unsigned pos = 0;

    memory_region_transaction_begin();
    while (pos < mr->ioeventfd_nb && !memory_region_ioeventfd_equal(&wanted, &mr->ioeventfds[pos])) {
        pos++;
    }
    assert(pos < mr->ioeventfd_nb);
    mr->ioeventfd_nb--;
    memmove(mr->ioeventfds + pos, mr->ioeventfds + pos + 1, (mr->ioeventfd_nb - pos) * sizeof(wanted));
    mr->ioeventfds = g_realloc(mr->ioeventfds, 1 + mr->ioeventfd_nb * sizeof(wanted));
    ioeventfd_update_pending |= mr->enabled;
    memory_region_transaction_commit();
}

/* Links a region into its container's list by priority; being in the list takes a reference. */
static void memory_region_update_container_subregions(MemoryRegion *subregion)
{
    MemoryRegion *container = subregion->container;
    MemoryRegion *behind;

    memory_region_transaction_begin();
    memory_region_ref(subregion);
    QTAILQ_FOREACH(behind, &container->subregions, subregions_link) {
        if (behind->priority <= subregion->priority) {
            QTAILQ_INSERT_BEFORE(behind, subregion, subregions_link);
            goto linked;
        }
    }
    QTAILQ_INSERT_TAIL(&container->subregions, subregion, subregions_link);
linked:
    memory_region_update_pending |= subregion->enabled && container->enabled;
    memory_region_transaction_commit();
}

/* Puts a region into a container at an offset. */
static void memory_region_add_subregion_common(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion)
{
    MemoryRegion *shown;

    assert(!subregion->container);
    subregion->addr = offset;
    subregion->container = mr;
    for (shown = subregion->alias; shown != NULL; shown = shown->alias) {
        shown->mapped_via_alias++;
    }
    memory_region_update_container_subregions(subregion);
}

/* Puts a region into a container, where nothing may overlap. */
void memory_region_add_subregion(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion)
{
    subregion->priority = 0;
    memory_region_add_subregion_common(mr, offset, subregion);
}

/* Puts a region into a container; the higher priority is in front. */
void memory_region_add_subregion_overlap(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion, int priority)
{
    subregion->priority = priority;
    memory_region_add_subregion_common(mr, offset, subregion);
}

/* Takes a region out of its container; the list's reference goes. */
void memory_region_del_subregion(MemoryRegion *mr, MemoryRegion *subregion)
{
    MemoryRegion *shown;

    memory_region_transaction_begin();
    assert(subregion->container == mr);
    subregion->container = NULL;
    for (shown = subregion->alias; shown != NULL; shown = shown->alias) {
        shown->mapped_via_alias--;
        assert(shown->mapped_via_alias >= 0);
    }
    QTAILQ_REMOVE(&mr->subregions, subregion, subregions_link);
    memory_region_unref(subregion);
    memory_region_update_pending |= mr->enabled && subregion->enabled;
    memory_region_transaction_commit();
}

/* Shows or hides a region. */
void memory_region_set_enabled(MemoryRegion *mr, bool enabled)
{
    if (mr->enabled != enabled) {
        memory_region_transaction_begin();
        memory_region_update_pending = true;
        mr->enabled = enabled;
        memory_region_transaction_commit();
    }
}

/* Resizes a region. */
void memory_region_set_size(MemoryRegion *mr, uint64_t size)
{
    Int128 wanted = size == UINT64_MAX ? int128_2_64() : int128_make64(size);

    if (int128_eq(wanted, mr->size)) {
        return;
    }
    memory_region_transaction_begin();
    mr->size = wanted;
    memory_region_update_pending = true;
    memory_region_transaction_commit();
}

/* Takes a region out and puts it back, so that its place in the list is right; it is held meanwhile. */
static void memory_region_readd_subregion(MemoryRegion *mr)
{
    MemoryRegion *around = mr->container;

    if (around != NULL) {
        memory_region_transaction_begin();
        memory_region_ref(mr);
        memory_region_del_subregion(around, mr);
        memory_region_add_subregion_common(around, mr->addr, mr);
        memory_region_unref(mr);
        memory_region_transaction_commit();
    }
}

/* Moves a region within its container. */
void memory_region_set_address(MemoryRegion *mr, hwaddr addr)
{
    if (mr->addr == addr) {
        return;
    }
    mr->addr = addr;
    memory_region_readd_subregion(mr);
}

/* Moves the window of an alias. */
void memory_region_set_alias_offset(MemoryRegion *mr, hwaddr offset)
{
    assert(mr->alias);
    if (mr->alias_offset != offset) {
        memory_region_transaction_begin();
        memory_region_update_pending |= mr->enabled;
        mr->alias_offset = offset;
        memory_region_transaction_commit();
    }
}

/* Whether ranges may be told as one with their neighbours. */
void memory_region_set_unmergeable(MemoryRegion *mr, bool unmergeable)
{
    if (mr->unmergeable != unmergeable) {
        memory_region_transaction_begin();
        memory_region_update_pending |= mr->enabled;
        mr->unmergeable = unmergeable;
        memory_region_transaction_commit();
    }
}

/* What the backend asks for. */
uint64_t memory_region_get_alignment(const MemoryRegion *mr)
{
    return mr->align;
}

/* Where a range lies against a flat range. */
static int cmp_flatrange_addr(const void *addr_, const void *fr_)
{
    const AddrRange *asked = addr_;
    const AddrRange *there = &((const FlatRange *)fr_)->addr;

    if (int128_ge(asked->start, addrrange_end(*there))) {
        return 1;
    }
    return int128_ge(there->start, addrrange_end(*asked)) ? -1 : 0;
}

/* Some flat range that a range meets. */
static FlatRange *flatview_lookup(FlatView *view, AddrRange addr)
{
    return bsearch(&addr, view->ranges, view->nr, sizeof(FlatRange), cmp_flatrange_addr);
}

/* Whether a region is in a container, or shown by an alias that is. */
bool memory_region_is_mapped(MemoryRegion *mr)
{
    return mr->container != NULL || mr->mapped_via_alias != 0;
}

/* What is visible at an address; nothing is held, so the RCU read lock must be. */
static MemoryRegionSection memory_region_find_rcu(MemoryRegion *mr, hwaddr addr, uint64_t size)
{
    MemoryRegionSection found = { .mr = NULL };
    MemoryRegion *top = mr;
    AddressSpace *as;
    AddrRange asked;
    FlatView *view;
    FlatRange *fr;

    addr += top->addr;
    while (top->container != NULL) {
        top = top->container;
        addr += top->addr;
    }
    as = memory_region_to_address_space(top);
    if (as == NULL) {
        return found;
    }
    view = address_space_to_flatview(as);
    asked = addrrange_make(int128_make64(addr), int128_make64(size));
    fr = flatview_lookup(view, asked);
    if (fr == NULL) {
        return found;
    }
    for (; fr != view->ranges && addrrange_intersects(asked, fr[-1].addr); fr--) {
    }

    asked = addrrange_intersection(asked, fr->addr);
    found = section_from_flat_range(fr, view);
    found.unmergeable = false;
    found.size = asked.size;
    found.offset_within_region += int128_get64(int128_sub(asked.start, fr->addr.start));
    found.offset_within_address_space = int128_get64(asked.start);
    return found;
}

/* The same with a reference for the caller. */
MemoryRegionSection memory_region_find(MemoryRegion *mr, hwaddr addr, uint64_t size)
{
    MemoryRegionSection found;

    RCU_READ_LOCK_GUARD();
    found = memory_region_find_rcu(mr, addr, size);
    if (found.mr != NULL) {
        memory_region_ref(found.mr);
    }
    return found;
}

/* A section to keep: it holds its region and its view. */
MemoryRegionSection *memory_region_section_new_copy(MemoryRegionSection *s)
{
    MemoryRegionSection *kept = g_new(MemoryRegionSection, 1);

    *kept = *s;
    if (kept->mr != NULL) {
        memory_region_ref(kept->mr);
    }
    if (kept->fv != NULL) {
        bool held = flatview_ref(kept->fv);

        g_assert(held);
    }
    return kept;
}

/* Lets a kept section go. */
void memory_region_section_free_copy(MemoryRegionSection *s)
{
    if (s->fv) {
        flatview_unref(s->fv);
    }
    if (s->mr) {
        memory_region_unref(s->mr);
    }
    g_free(s);
}

/* Whether something else than the container answers at an address. */
bool memory_region_present(MemoryRegion *container, hwaddr addr)
{
    MemoryRegionSection byte;

    RCU_READ_LOCK_GUARD();
    byte = memory_region_find_rcu(container, addr, 1);
    return byte.mr != NULL && byte.mr != container;
}

/* Brings every dirty bitmap up to date. */
void memory_global_dirty_log_sync(bool last_stage)
{
    memory_region_sync_dirty_bitmap(NULL, last_stage);
}

/* Tells listeners that it is done. */
void memory_global_after_dirty_log_sync(void)
{
    MEMORY_LISTENER_CALL_GLOBAL(log_global_after_sync, Forward);
}

/* Starts tracking for all listeners or for none. */
static bool memory_global_dirty_log_do_start(Error **errp)
{
    MemoryListener *each, *failed = NULL;

    QTAILQ_FOREACH(each, &memory_listeners, link) {
        if (each->log_global_start && !each->log_global_start(each, errp)) {
            failed = each;
            break;
        }
    }
    if (failed == NULL) {
        return true;
    }
    for (each = QTAILQ_FIRST(&memory_listeners); each != failed; each = QTAILQ_NEXT(each, link)) {
        if (each->log_global_stop) {
            each->log_global_stop(each);
        }
    }
    return false;
}

/* Users that went while the machine did not run; they are gone for good when it runs again. */
static unsigned int postponed_stop_flags;
static VMChangeStateEntry *vmstate_change;
static void memory_global_dirty_log_stop_postponed_run(void);

/* Another user of dirty tracking. */
bool memory_global_dirty_log_start(unsigned int flags, Error **errp)
{
    unsigned int running, more;

    assert(flags != 0 && (flags & ~GLOBAL_DIRTY_MASK) == 0);
    if (vmstate_change != NULL) {
        /* Those that come back never went. */
        postponed_stop_flags &= ~flags;
        memory_global_dirty_log_stop_postponed_run();
    }
    running = global_dirty_tracking;
    more = flags & ~running;
    if (more == 0) {
        return true;
    }
    global_dirty_tracking = running | more;
    trace_global_dirty_changed(global_dirty_tracking);
    if (running != 0) {
        return true;
    }
    if (!memory_global_dirty_log_do_start(errp)) {
        global_dirty_tracking = running;
        trace_global_dirty_changed(global_dirty_tracking);
        return false;
    }
    memory_region_transaction_begin();
    memory_region_update_pending = true;
    memory_region_transaction_commit();
    return true;
}

/* A user of dirty tracking goes. */
static void memory_global_dirty_log_do_stop(unsigned int flags)
{
    assert(flags != 0 && (flags & ~GLOBAL_DIRTY_MASK) == 0);
    assert((flags & ~global_dirty_tracking) == 0);
    global_dirty_tracking ^= flags;
    trace_global_dirty_changed(global_dirty_tracking);
    if (global_dirty_tracking != 0) {
        return;
    }
    memory_region_transaction_begin();
    memory_region_update_pending = true;
    memory_region_transaction_commit();
    MEMORY_LISTENER_CALL_GLOBAL(log_global_stop, Reverse);
}

/* Does what was postponed, and is told of the machine no longer. */
static void memory_global_dirty_log_stop_postponed_run(void)
{
    unsigned int flags = postponed_stop_flags;

    assert(vmstate_change != NULL);
    if (flags != 0) {
        memory_global_dirty_log_do_stop(flags);
        postponed_stop_flags = 0;
    }
    qemu_del_vm_change_state_handler(vmstate_change);
    vmstate_change = NULL;
}

static void memory_vm_change_state_handler(void *opaque, bool running, RunState state)
{
    if (running) {
        memory_global_dirty_log_stop_postponed_run();
    }
}

/* Stops at once, or when the machine runs again. */
void memory_global_dirty_log_stop(unsigned int flags)
{
    if (runstate_is_running()) {
        memory_global_dirty_log_do_stop(flags);
        return;
    }
    postponed_stop_flags |= flags;
    if (vmstate_change == NULL) {
        vmstate_change = qemu_add_vm_change_state_handler(memory_vm_change_state_handler, NULL);
    }
}

/* Tells a new listener all that is visible. */
static void listener_add_address_space(MemoryListener *listener, AddressSpace *as)
{
    FlatView *view;
    FlatRange *fr;
    int n;

    if (listener->begin) {
        listener->begin(listener);
    }
    if (listener->log_global_start && global_dirty_tracking) {
        listener->log_global_start(listener, &error_abort);
    }

    view = address_space_get_flatview(as);
    FOR_EACH_FLAT_RANGE(fr, view) {
        MemoryRegionSection shown = section_from_flat_range(fr, view);

        if (listener->region_add) {
            listener->region_add(listener, &shown);
        }
        flat_range_coalesced_io_notify_listener_add_del(fr, &shown, listener, as, true);
        if (listener->log_start && fr->dirty_log_mask) {
            listener->log_start(listener, &shown, 0, fr->dirty_log_mask);
        }
    }
    for (n = 0; listener->eventfd_add && n < as->ioeventfd_nb; n++) {
        MemoryRegionIoeventfd *each = &as->ioeventfds[n];
        MemoryRegionSection signalled = section_from_ioeventfd(each, view);

        listener->eventfd_add(listener, &signalled, each->match_data, each->data, each->e);
    }
    if (listener->commit) {
        listener->commit(listener);
    }
    flatview_unref(view);
}

/* Takes back from a listener all that it was told. */
static void listener_del_address_space(MemoryListener *listener, AddressSpace *as)
{
    FlatView *view;
    FlatRange *fr;
    int n;

    if (listener->begin) {
        listener->begin(listener);
    }

    view = address_space_get_flatview(as);
    FOR_EACH_FLAT_RANGE(fr, view) {
        MemoryRegionSection shown = section_from_flat_range(fr, view);

        if (listener->log_stop && fr->dirty_log_mask) {
            listener->log_stop(listener, &shown, fr->dirty_log_mask, 0);
        }
        flat_range_coalesced_io_notify_listener_add_del(fr, &shown, listener, as, false);
        if (listener->region_del) {
            listener->region_del(listener, &shown);
        }
    }
    for (n = 0; listener->eventfd_del && n < as->ioeventfd_nb; n++) {
        MemoryRegionIoeventfd *each = &as->ioeventfds[n];
        MemoryRegionSection signalled = section_from_ioeventfd(each, view);

        listener->eventfd_del(listener, &signalled, each->match_data, each->data, each->e);
    }
    if (listener->commit) {
        listener->commit(listener);
    }
    flatview_unref(view);
}

/* Links a listener by priority, among all and among those of its address space. */
void memory_listener_register(MemoryListener *listener, AddressSpace *as)
{
    MemoryListener *other;
    bool last;

    assert(!(listener->log_sync && listener->log_sync_global));
    listener->address_space = as;

    last = QTAILQ_EMPTY(&memory_listeners) || QTAILQ_LAST(&memory_listeners)->priority <= listener->priority;
    if (last) {
        QTAILQ_INSERT_TAIL(&memory_listeners, listener, link);
    } else {
        QTAILQ_FOREACH(other, &memory_listeners, link) {
            if (other->priority > listener->priority) {
                break;
            }
        }
        QTAILQ_INSERT_BEFORE(other, listener, link);
    }

    last = QTAILQ_EMPTY(&as->listeners) || QTAILQ_LAST(&as->listeners)->priority <= listener->priority;
    if (last) {
        QTAILQ_INSERT_TAIL(&as->listeners, listener, link_as);
    } else {
        QTAILQ_FOREACH(other, &as->listeners, link_as) {
            if (other->priority > listener->priority) {
                break;
            }
        }
        QTAILQ_INSERT_BEFORE(other, listener, link_as);
    }

    listener_add_address_space(listener, as);
    as->ioeventfd_notifiers += listener->eventfd_add || listener->eventfd_del;
}

/* Undoes memory_listener_register. */
void memory_listener_unregister(MemoryListener *listener)
{
    AddressSpace *as = listener->address_space;

    if (as == NULL) {
        return;
    }
    as->ioeventfd_notifiers -= listener->eventfd_add || listener->eventfd_del;
    listener_del_address_space(listener, as);
    QTAILQ_REMOVE(&memory_listeners, listener, link);
    QTAILQ_REMOVE(&as->listeners, listener, link_as);
    listener->address_space = NULL;
}

/* Unregisters whoever listens. */
void address_space_remove_listeners(AddressSpace *as)
{
    MemoryListener *first;

    while ((first = QTAILQ_FIRST(&as->listeners)) != NULL) {
        memory_listener_unregister(first);
    }
}

/* Makes an address space, which refers to its root. */
void address_space_init(AddressSpace *as, MemoryRegion *root, const char *name)
{
    memory_region_ref(root);
    as->root = root;
    as->current_map = NULL;
    as->ioeventfds = NULL;
    as->ioeventfd_nb = 0;
    QTAILQ_INIT(&as->listeners);
    QTAILQ_INSERT_TAIL(&address_spaces, as, address_spaces_link);
    as->bounce_buffer_size = 0;
    as->max_bounce_buffer_size = DEFAULT_MAX_BOUNCE_BUFFER_SIZE;
    qemu_mutex_init(&as->map_client_list_lock);
    QLIST_INIT(&as->map_client_list);
    as->name = g_strdup(name ? name : "anonymous");
    address_space_update_topology(as);
    address_space_update_ioeventfds(as);
}

/* After the grace period: lets the view and the root go. */
static void do_address_space_destroy(AddressSpace *as)
{
    assert(qatomic_read(&as->bounce_buffer_size) == 0);
    assert(QLIST_EMPTY(&as->map_client_list));
    qemu_mutex_destroy(&as->map_client_list_lock);

    assert(QTAILQ_EMPTY(&as->listeners));
    flatview_unref(as->current_map);
    g_free(as->name);
    g_free(as->ioeventfds);
    memory_region_unref(as->root);
}

/* The same for an address space on the heap. */
static void do_address_space_destroy_free(AddressSpace *as)
{
    do_address_space_destroy(as);
    g_free(as);
}

/* Takes an address space out of the world; its root is held until the grace period is over. */
static void address_space_detach(AddressSpace *as)
{
    MemoryRegion *kept = as->root;

    memory_region_transaction_begin();
    as->root = NULL;
    memory_region_transaction_commit();
    QTAILQ_REMOVE(&address_spaces, as, address_spaces_link);
    as->root = kept;
}

/* Ends an address space; its storage is the caller's. */
void address_space_destroy(AddressSpace *as)
{
    address_space_detach(as);
    call_rcu(as, do_address_space_destroy, rcu);
}

/* Ends an address space and frees its storage. */
void address_space_destroy_free(AddressSpace *as)
{
    address_space_detach(as);
    call_rcu(as, do_address_space_destroy_free, rcu);
}

/* For invariants: how deep transactions are nested. */
unsigned memory_region_model_transaction_depth(void)
{
    return memory_region_transaction_depth;
}

/* For invariants: the address space after another, the first after NULL. */
AddressSpace *memory_region_model_address_space(AddressSpace *previous)
{
    return previous ? QTAILQ_NEXT(previous, address_spaces_link) : QTAILQ_FIRST(&address_spaces);
}

/* For invariants: the region of a view's range, false behind the last. */
bool memory_region_model_range(FlatView *view, unsigned index, MemoryRegion **mr)
{
    if (index >= view->nr) {
        return false;
    }
    *mr = view->ranges[index].mr;
    return true;
}

static const TypeInfo memory_region_info = {
    .name = TYPE_MEMORY_REGION,
    .parent = TYPE_OBJECT,
    .instance_init = memory_region_initfn,
    .instance_finalize = memory_region_finalize,
    .instance_size = sizeof(MemoryRegion),
    .class_size = sizeof(MemoryRegionClass),
};

static const TypeInfo iommu_memory_region_info = {
    .name = TYPE_IOMMU_MEMORY_REGION,
    .parent = TYPE_MEMORY_REGION,
    .abstract = true,
    .instance_init = iommu_memory_region_initfn,
    .instance_size = sizeof(IOMMUMemoryRegion),
    .class_size = sizeof(IOMMUMemoryRegionClass),
};

static const TypeInfo ram_discard_manager_info = {
    .name = TYPE_RAM_DISCARD_MANAGER,
    .parent = TYPE_INTERFACE,
    .class_size = sizeof(RamDiscardManagerClass),
};

/* Registers the types. */
static void memory_register_types(void)
{
    type_register_static(&memory_region_info);
    type_register_static(&iommu_memory_region_info);
    type_register_static(&ram_discard_manager_info);
}

type_init(memory_register_types)
