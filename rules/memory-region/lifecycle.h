/*
 * The one header that scenarios include: the memory API of any release, and what makes a scenario short.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A scenario is `void scenario(void)`. It makes owners, which are objects with a few regions inside, and
 * drops them; when it returns, lifecycle_run drains RCU and reports whatever was never finalized.
 */
#ifndef LIFECYCLE_H
#define LIFECYCLE_H

#include "qemu/osdep.h"
#if __has_include("exec/memory.h")
#include "exec/memory.h"
/* The second argument of a class_init. */
typedef void *LifecycleClassData;
#else
#include "system/memory.h"
typedef const void *LifecycleClassData;
#endif
#if __has_include("system/address-spaces.h")
#include "system/address-spaces.h"
#elif __has_include("exec/address-spaces.h")
#include "exec/address-spaces.h"
#endif
#include "qapi/error.h"
#include "qom/object.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"

/* What the machine provides; natively, native/lifecycle-native.c does. */

/* Ends the execution with an outcome of the catalogue. */
_Noreturn void lifecycle_fail(const char *outcome, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A choice point: 0 to n - 1, every one of which is explored. */
unsigned lifecycle_choose(unsigned n, const char *what);
/*
 * This path is a case of its own, with a contract ("required", "must-assert" or "tolerated") and a line that
 * says what it is about. The head comment of such a scenario says `contract: each`.
 */
void lifecycle_case(const char *contract, const char *format, ...);
/* Another path stands for this one. */
_Noreturn void lifecycle_skip(void);
/* Says something in the trace. */
void lifecycle_note(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* Names an object in every later message. */
void lifecycle_name(const void *object, const char *format, ...);

#define OWNER_REGIONS 8

/* An object with regions in it, made in order by region_init and its like. */
typedef struct Owner {
    Object parent_obj;
    unsigned number;
    unsigned used;
    void (*at_finalize)(struct Owner *owner);
    MemoryRegion regions[OWNER_REGIONS];
} Owner;

/* A new owner with one reference, the caller's. */
Owner *owner_new(const char *name);
/* Checks the invariants, then drops a reference on an owner; outside of transactions. */
void owner_unref(Owner *owner);
/* The same while a transaction is open, when what is visible lags behind: the invariants are not looked at. */
void owner_unref_inside(Owner *owner);
/* What an owner does in its instance_finalize, when its children are gone already. */
void owner_at_finalize(Owner *owner, void (*hook)(Owner *owner));
/* Takes a reference on an owner; the end of the scenario expects it to be dropped again. */
void owner_ref(Owner *owner);
/* Whether instance_finalize of the owner ran. */
bool owner_gone(unsigned number);

/* A container that belongs to the owner. */
MemoryRegion *region_init(Owner *owner, const char *name, uint64_t size);
/* A region with registers. */
MemoryRegion *region_init_io(Owner *owner, const char *name, uint64_t size);
/* A region with RAM. */
MemoryRegion *region_init_ram(Owner *owner, const char *name, uint64_t size);
/* A window to another region, from its start. */
MemoryRegion *region_init_alias(Owner *owner, const char *name, MemoryRegion *target, uint64_t size);
/* The owner's next region as bare storage, for a memory_region_init of the scenario's own and region_track. */
MemoryRegion *region_storage(Owner *owner);
/* Has the end of a region counted that the scenario made itself; NULL for no owner. */
MemoryRegion *region_track(MemoryRegion *mr, Owner *owner, const char *name);
/* The callbacks of region_init_io, for regions that a scenario makes itself. */
extern const MemoryRegionOps region_quiet_ops;
/* A container of nobody on the heap, without a name; freed by region_free. */
MemoryRegion *region_new_unowned(void);
/* Drops the only reference on such a region, and frees it. */
void region_free(MemoryRegion *mr);
/* Makes the next change of topology, so that views nobody uses leave the cache. */
void topology_change(void);

/* An address space on the heap. */
AddressSpace *space_new(MemoryRegion *root, const char *name);
/* Destroys it, has the cache forget its view, and waits for both. */
void space_destroy(AddressSpace *as);
/* Waits until all RCU callbacks that are queued now have run. */
void drain(void);
/* Drains until nothing is left: what callbacks queue in turn waits for the next drain. */
void settle(void);

/* Fails with `invariant` where a condition does not hold. */
#define lifecycle_expect(condition) \
    ((condition) ? (void)0 : lifecycle_fail("invariant", "%s does not hold", #condition))

/* Walks all living owners and regions: index counts from 0, NULL ends. For invariants. */
Owner *lifecycle_living_owner(unsigned index);
MemoryRegion *lifecycle_living_region(unsigned index);
/* The owner that a region was made with, NULL for none. */
Owner *lifecycle_region_owner(const MemoryRegion *mr);
bool lifecycle_owner_lives(const Owner *owner);
bool lifecycle_region_lives(const MemoryRegion *mr);
const char *lifecycle_region_name(const MemoryRegion *mr);
const char *lifecycle_owner_name(const Owner *owner);
/* References that the scenario itself holds on an owner. */
unsigned lifecycle_held(const Owner *owner);

/* What must hold outside of transactions. */
void invariants_at_end(void);
/* What must hold when an object is on the point of being gone. */
void invariants_at_finalize(Object *obj);

/* What a process has done long before: the classes of the types that scenarios use are there. */
void lifecycle_prepare(void);
/* Runs the scenario from start to report. */
void lifecycle_run(void);
void scenario(void);

#endif
