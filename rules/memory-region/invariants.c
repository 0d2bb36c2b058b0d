/*
 * What must hold whenever an object is finalized and when a scenario ends, on any healthy tree.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a link inside one owner takes a reference is the tree's own affair; a link between owners must.
 * Memory of finalized objects is never read: the register in lifecycle.c knows who lives.
 */
#include "lifecycle.h"

/* Whether a region's storage can be read: it lives, and so does the owner it is part of. */
static bool readable(MemoryRegion *mr)
{
    Owner *owner = lifecycle_region_owner(mr);

    return lifecycle_region_lives(mr) && (!owner || lifecycle_owner_lives(owner));
}

/* Whether a region is in a container's list. */
static bool listed(MemoryRegion *container, MemoryRegion *mr)
{
    MemoryRegion *each;

    QTAILQ_FOREACH(each, &container->subregions, subregions_link) {
        if (each == mr) {
            return true;
        }
        if (!readable(each)) {
            return false;
        }
    }
    return false;
}

/* A region's container lives, and has the region in its list. */
static void check_container(MemoryRegion *mr)
{
    if (!mr->container) {
        return;
    }
    if (!readable(mr->container)) {
        lifecycle_fail("dangling-reference", "the container of region %s is finalized", lifecycle_region_name(mr));
    }
    if (!listed(mr->container, mr)) {
        lifecycle_fail("invariant", "region %s is not in the list of its container %s", lifecycle_region_name(mr),
                       lifecycle_region_name(mr->container));
    }
}

/* What is in a region's list lives, and has the region as its container. */
static void check_subregions(MemoryRegion *mr)
{
    MemoryRegion *each;

    QTAILQ_FOREACH(each, &mr->subregions, subregions_link) {
        if (!readable(each)) {
            lifecycle_fail("dangling-reference", "a subregion of region %s is finalized", lifecycle_region_name(mr));
        }
        if (each->container != mr) {
            lifecycle_fail("invariant", "region %s is in the list of %s, which is not its container",
                           lifecycle_region_name(each), lifecycle_region_name(mr));
        }
    }
}

/* An owner has a reference for each holder that can be seen: the scenario, and containers of other owners. */
static void check_references(Owner *owner)
{
    unsigned holders = lifecycle_held(owner);
    MemoryRegion *mr;
    unsigned i;

    for (i = 0; (mr = lifecycle_living_region(i)) != NULL; i++) {
        if (readable(mr) && mr->owner == OBJECT(owner) && mr->container && readable(mr->container) &&
            mr->container->owner != mr->owner) {
            holders++;
        }
    }
    if (OBJECT(owner)->ref < holders) {
        lifecycle_fail("invariant", "%s has %u holders and only %u references", lifecycle_owner_name(owner), holders,
                       (unsigned)OBJECT(owner)->ref);
    }
}

#ifdef LIFECYCLE_MODEL
/* The counter of mapped aliases agrees with the aliases that are mapped. */
static void check_mapped_via_alias(MemoryRegion *target)
{
    MemoryRegion *mr, *alias;
    int mapped = 0;
    unsigned i;

    for (i = 0; (mr = lifecycle_living_region(i)) != NULL; i++) {
        if (!readable(mr) || !mr->container) {
            continue;
        }
        for (alias = mr->alias; alias && readable(alias); alias = alias->alias) {
            mapped += alias == target;
        }
    }
    if (target->mapped_via_alias != mapped) {
        lifecycle_fail("invariant", "region %s counts %d mapped aliases, and there are %d",
                       lifecycle_region_name(target), target->mapped_via_alias, mapped);
    }
}

/* What address spaces show lives. */
static void check_address_spaces(void)
{
    AddressSpace *as;
    MemoryRegion *mr;
    unsigned i;

    for (as = memory_region_model_address_space(NULL); as; as = memory_region_model_address_space(as)) {
        if (as->root && !lifecycle_region_lives(as->root)) {
            lifecycle_fail("dangling-reference", "the root of address space %s is finalized", as->name);
        }
        for (i = 0; memory_region_model_range(as->current_map, i, &mr); i++) {
            if (!lifecycle_region_lives(mr)) {
                lifecycle_fail("dangling-reference", "address space %s shows a finalized region", as->name);
            }
        }
    }
}
#endif

void invariants_at_finalize(Object *obj)
{
    MemoryRegion *mr;
    unsigned i;

    for (i = 0; (mr = lifecycle_living_region(i)) != NULL; i++) {
        if (!readable(mr) || OBJECT(mr) == obj) {
            continue;
        }
        if (mr->container && OBJECT(mr->container) == obj) {
            lifecycle_fail("dangling-reference", "region %s is still in a container that is finalized",
                           lifecycle_region_name(mr));
        }
        if (listed(mr, (MemoryRegion *)obj)) {
            lifecycle_fail("dangling-reference", "region %s still has a subregion that is finalized",
                           lifecycle_region_name(mr));
        }
    }
}

void invariants_at_end(void)
{
    Owner *owner;
    MemoryRegion *mr;
    unsigned i;

#ifdef LIFECYCLE_MODEL
    if (memory_region_model_transaction_depth() != 0) {
        lifecycle_fail("invariant", "%u transactions are still open", memory_region_model_transaction_depth());
    }
    check_address_spaces();
#endif
    for (i = 0; (mr = lifecycle_living_region(i)) != NULL; i++) {
        if (!readable(mr)) {
            continue;
        }
        check_container(mr);
        check_subregions(mr);
#ifdef LIFECYCLE_MODEL
        check_mapped_via_alias(mr);
#endif
    }
    for (i = 0; (owner = lifecycle_living_owner(i)) != NULL; i++) {
        check_references(owner);
    }
}
