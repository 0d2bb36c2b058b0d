/*
 * Every topology of up to REGIONS regions and OWNERS owners: who contains whom, who shows whom, who owns what,
 * where a region lies, whether an address space sees it, and which owner goes first.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Regions keep their names, A, B, C and so on, and with them the order in which an owner lets them go: that
 * every region takes every place makes every order occur. Owners are alike, so the first that is used is D1.
 */
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include "lifecycle.h"

#define NOBODY REGIONS

typedef struct Topology {
    unsigned regions;
    unsigned owners;
    unsigned owner[REGIONS];
    /* The region that contains this one, or NOBODY. */
    unsigned container[REGIONS];
    /* The region that this one is an alias of, or NOBODY. */
    unsigned target[REGIONS];
    /* The regions lie on the heap instead of in their owners. */
    bool heap;
    /* An address space sees the outermost container of A. */
    bool seen;
    /* The owner that is dropped first. */
    unsigned first;
} Topology;

static const char *const region_names[] = { "A", "B", "C", "D" };
static const char *const owner_names[] = { "D1", "D2", "D3" };
static MemoryRegion *on_heap[OWNERS][REGIONS];

/* Whether one can come from a region to `to` by way of contents and targets. */
static bool leads_to(const Topology *t, unsigned from, unsigned to, unsigned steps)
{
    unsigned i;

    if (from == to) {
        return true;
    }
    if (steps == 0) {
        return false;
    }
    if (t->target[from] != NOBODY && leads_to(t, t->target[from], to, steps - 1)) {
        return true;
    }
    for (i = 0; i < t->regions; i++) {
        if (t->container[i] == from && leads_to(t, i, to, steps - 1)) {
            return true;
        }
    }
    return false;
}

/* Whether a region shows itself, which no API promises to stand. */
static bool is_circular(const Topology *t)
{
    unsigned i;

    for (i = 0; i < t->regions; i++) {
        if ((t->container[i] != NOBODY && leads_to(t, i, t->container[i], t->regions)) ||
            (t->target[i] != NOBODY && leads_to(t, t->target[i], i, t->regions))) {
            return true;
        }
    }
    return false;
}

/* Whether all regions hang together: those that do not make up smaller topologies. */
static bool is_connected(const Topology *t)
{
    unsigned reached = 1, round, i;

    for (round = 0; round < t->regions; round++) {
        for (i = 0; i < t->regions; i++) {
            unsigned ends = 1u << i;

            ends |= t->container[i] == NOBODY ? 0 : 1u << t->container[i];
            ends |= t->target[i] == NOBODY ? 0 : 1u << t->target[i];
            /* Both links of a region join what they join whether or not the region was reached by then. */
            if (reached & ends) {
                reached |= ends;
            }
        }
    }
    return reached == (1u << t->regions) - 1;
}

static bool is_container(const Topology *t, unsigned region)
{
    unsigned i;

    for (i = 0; i < t->regions; i++) {
        if (t->container[i] == region) {
            return true;
        }
    }
    return false;
}

static unsigned choose_or_nobody(unsigned regions, unsigned self, const char *what)
{
    unsigned choice = lifecycle_choose(regions, what);

    return choice == 0 ? NOBODY : choice - 1 < self ? choice - 1 : choice;
}

/* The next topology, or none where another path stands for it. */
static Topology choose_topology(void)
{
    Topology t = { .regions = 1 + lifecycle_choose(REGIONS, "regions") };
    unsigned i;

    for (i = 0; i < t.regions; i++) {
        t.container[i] = choose_or_nobody(t.regions, i, "container");
        t.target[i] = NOBODY;
    }
    if (is_circular(&t)) {
        lifecycle_skip();
    }
    for (i = 0; i < t.regions; i++) {
        if (!is_container(&t, i)) {
            t.target[i] = choose_or_nobody(t.regions, i, "target");
        }
    }
    if (is_circular(&t) || !is_connected(&t)) {
        lifecycle_skip();
    }
    for (i = 0; i < t.regions; i++) {
        t.owner[i] = lifecycle_choose(t.owners < OWNERS ? t.owners + 1 : OWNERS, "owner");
        t.owners += t.owner[i] == t.owners;
    }
    t.heap = t.regions <= HEAP_REGIONS && lifecycle_choose(2, "on the heap");
    t.seen = lifecycle_choose(2, "seen by an address space");
    t.first = lifecycle_choose(t.owners, "first owner dropped");
    return t;
}

/*
 * Nobody promises that an alias may outlive its target: the alias must go first. A container of another owner
 * may hold it longer, and so may a flat view until its grace period ends.
 */
static bool alias_may_outlive_target(const Topology *t)
{
    unsigned i, j;

    for (i = 0; i < t->regions; i++) {
        if (t->target[i] == NOBODY || t->owner[i] == t->owner[t->target[i]]) {
            continue;
        }
        if (t->seen || t->owners > 2 || t->owner[i] != t->first) {
            return true;
        }
        for (j = 0; j < t->regions; j++) {
            if (t->owner[j] == t->owner[i] && t->container[j] != NOBODY &&
                t->owner[t->container[j]] != t->owner[i]) {
                return true;
            }
        }
    }
    return false;
}

/* Says what the topology is, as in "A of D1, B of D2 in A, C of D1 -> B; seen; D2 first". */
static void state_case(const Topology *t)
{
    char text[200];
    size_t length = 0;
    unsigned i;

    for (i = 0; i < t->regions; i++) {
        length += snprintf(text + length, sizeof(text) - length, "%s%s of %s", i == 0 ? "" : ", ",
                           region_names[i], owner_names[t->owner[i]]);
        if (t->container[i] != NOBODY) {
            length += snprintf(text + length, sizeof(text) - length, " in %s", region_names[t->container[i]]);
        }
        if (t->target[i] != NOBODY) {
            length += snprintf(text + length, sizeof(text) - length, " -> %s", region_names[t->target[i]]);
        }
    }
    lifecycle_case(alias_may_outlive_target(t) ? "tolerated" : "required", "%s%s%s%s%s", text,
                   t->heap ? "; on the heap" : "", t->seen ? "; seen" : "", t->owners > 1 ? "; first goes " : "",
                   t->owners > 1 ? owner_names[t->first] : "");
}

/* Frees what the owner had on the heap: all of it is finalized by now. */
static void free_regions(Owner *owner)
{
    unsigned i;

    for (i = 0; i < REGIONS; i++) {
        g_free(on_heap[owner->number][i]);
        on_heap[owner->number][i] = NULL;
    }
}

static MemoryRegion *make_region(const Topology *t, unsigned region, Owner *owner, MemoryRegion *target)
{
    const char *name = region_names[region];
    MemoryRegion *mr = t->heap ? g_new0(MemoryRegion, 1) : region_storage(owner);

    if (t->heap) {
        on_heap[owner->number][region] = mr;
    }
    if (target) {
        memory_region_init_alias(mr, OBJECT(owner), name, target, 0, 0x1000);
    } else if (is_container(t, region)) {
        memory_region_init(mr, OBJECT(owner), name, 0x1000);
    } else {
        memory_region_init_io(mr, OBJECT(owner), &region_quiet_ops, owner, name, 0x1000);
    }
    return region_track(mr, owner, name);
}

/* Targets first, as an alias needs its own; so often that every chain of aliases is made. */
static void make_regions(const Topology *t, Owner **owners, MemoryRegion **regions)
{
    unsigned round, i;

    for (round = 0; round < t->regions; round++) {
        for (i = 0; i < t->regions; i++) {
            MemoryRegion *target = t->target[i] == NOBODY ? NULL : regions[t->target[i]];

            if (!regions[i] && (target || t->target[i] == NOBODY)) {
                regions[i] = make_region(t, i, owners[t->owner[i]], target);
            }
        }
    }
}

static MemoryRegion *outermost(const Topology *t, MemoryRegion **regions, unsigned region)
{
    while (t->container[region] != NOBODY) {
        region = t->container[region];
    }
    return regions[region];
}

void scenario(void)
{
    Topology t = choose_topology();
    Owner *owners[OWNERS] = { NULL };
    MemoryRegion *regions[REGIONS] = { NULL };
    AddressSpace *as;
    unsigned i;

    state_case(&t);
    for (i = 0; i < t.owners; i++) {
        owners[i] = owner_new(owner_names[i]);
        owner_at_finalize(owners[i], free_regions);
    }
    make_regions(&t, owners, regions);
    for (i = 0; i < t.regions; i++) {
        if (t.container[i] != NOBODY) {
            memory_region_add_subregion_overlap(regions[t.container[i]], 0, regions[i], (int)i);
        }
    }
    as = t.seen ? space_new(outermost(&t, regions, 0), "seen") : NULL;
    if (as) {
        space_destroy(as);
    }
    for (i = 0; i < t.owners; i++) {
        owner_unref(owners[(t.first + i) % t.owners]);
    }
}

#endif
