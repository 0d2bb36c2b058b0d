/*
 * Memory regions, flat views, address spaces and their listeners: the interface of QEMU 10.0, in our own words.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef EXEC_MEMORY_H
#define EXEC_MEMORY_H

#include "qemu/osdep.h"
#include "exec/hwaddr.h"
#include "qemu/queue.h"
#include "qemu/int128.h"
#include "qemu/atomic.h"
#include "qemu/rcu.h"
#include "qemu/thread.h"
#include "qom/object.h"
#include "qapi/error.h"

/* Says that this is the embedded model: scenarios may look behind the public interface. */
#define LIFECYCLE_MODEL 1

#define RAM_ADDR_INVALID (~(ram_addr_t)0)

/* How a block of RAM is backed: given by the caller, shared, or without room kept for it. */
#define RAM_PREALLOC (1u << 0)
#define RAM_SHARED (1u << 1)
#define RAM_NORESERVE (1u << 7)

#define TYPE_MEMORY_REGION "memory-region"
#define TYPE_IOMMU_MEMORY_REGION "iommu-memory-region"
#define TYPE_RAM_DISCARD_MANAGER "ram-discard-manager"

typedef struct MemoryRegion MemoryRegion;
typedef struct IOMMUMemoryRegion IOMMUMemoryRegion;
typedef struct MemoryRegionOps MemoryRegionOps;
typedef struct MemoryRegionSection MemoryRegionSection;
typedef struct MemoryListener MemoryListener;
typedef struct MemoryRegionIoeventfd MemoryRegionIoeventfd;
typedef struct CoalescedMemoryRange CoalescedMemoryRange;
typedef struct AddressSpace AddressSpace;
typedef struct AddressSpaceDispatch AddressSpaceDispatch;
typedef struct AddressSpaceMapClient AddressSpaceMapClient;
typedef struct FlatView FlatView;
typedef struct FlatRange FlatRange;
typedef struct RAMBlock RAMBlock;
typedef struct EventNotifier EventNotifier;
typedef struct RamDiscardManager RamDiscardManager;

#define MEMORY_REGION(obj) ((MemoryRegion *)object_dynamic_cast_assert(OBJECT(obj), TYPE_MEMORY_REGION, __FILE__, __LINE__, __func__))
#define IOMMU_MEMORY_REGION(obj) ((IOMMUMemoryRegion *)object_dynamic_cast_assert(OBJECT(obj), TYPE_IOMMU_MEMORY_REGION, __FILE__, __LINE__, __func__))

#define GLOBAL_DIRTY_MIGRATION (1U << 0)
#define GLOBAL_DIRTY_DIRTY_RATE (1U << 1)
#define GLOBAL_DIRTY_LIMIT (1U << 2)
#define GLOBAL_DIRTY_MASK 0x7
extern unsigned int global_dirty_tracking;

#define DIRTY_MEMORY_VGA 0
#define DIRTY_MEMORY_CODE 1
#define DIRTY_MEMORY_MIGRATION 2

typedef struct DeviceState DeviceState;

#define DEFAULT_MAX_BOUNCE_BUFFER_SIZE 4096

/* Signals that an I/O write happened; counts instead of writing to a file descriptor. */
struct EventNotifier {
    unsigned signalled;
};

/* Guest RAM behind a region. */
struct RAMBlock {
    struct rcu_head rcu;
    MemoryRegion *mr;
    uint8_t *host;
    ram_addr_t offset;
    ram_addr_t used_length;
    ram_addr_t max_length;
    void (*resized)(const char *id, uint64_t length, void *host);
    uint32_t flags;
    int fd;
    uint64_t fd_offset;
};

/* A piece of a region as it is seen in a flat view. */
struct MemoryRegionSection {
    Int128 size;
    MemoryRegion *mr;
    FlatView *fv;
    hwaddr offset_within_region;
    hwaddr offset_within_address_space;
    bool readonly;
    bool nonvolatile;
    bool unmergeable;
};

/* What a device does when the guest reads or writes. */
struct MemoryRegionOps {
    uint64_t (*read)(void *opaque, hwaddr addr, unsigned size);
    void (*write)(void *opaque, hwaddr addr, uint64_t data, unsigned size);
    MemTxResult (*read_with_attrs)(void *opaque, hwaddr addr, uint64_t *data, unsigned size, MemTxAttrs attrs);
    MemTxResult (*write_with_attrs)(void *opaque, hwaddr addr, uint64_t data, unsigned size, MemTxAttrs attrs);
    enum device_endian endianness;
    struct {
        unsigned min_access_size;
        unsigned max_access_size;
        bool unaligned;
        bool (*accepts)(void *opaque, hwaddr addr, unsigned size, bool is_write, MemTxAttrs attrs);
    } valid;
    struct {
        unsigned min_access_size;
        unsigned max_access_size;
        bool unaligned;
    } impl;
};

typedef struct MemoryRegionClass {
    ObjectClass parent_class;
} MemoryRegionClass;

/* Where an address leads, and what may be done there. */
typedef enum {
    IOMMU_NONE = 0,
    IOMMU_RO = 1,
    IOMMU_WO = 2,
    IOMMU_RW = 3,
} IOMMUAccessFlags;

typedef struct IOMMUTLBEntry {
    AddressSpace *target_as;
    hwaddr iova;
    hwaddr translated_addr;
    hwaddr addr_mask;
    IOMMUAccessFlags perm;
} IOMMUTLBEntry;

typedef enum {
    IOMMU_NOTIFIER_NONE = 0,
    IOMMU_NOTIFIER_UNMAP = 1 << 0,
    IOMMU_NOTIFIER_MAP = 1 << 1,
    IOMMU_NOTIFIER_DEVIOTLB_UNMAP = 1 << 2,
} IOMMUNotifierFlag;
#define IOMMU_NOTIFIER_DEVIOTLB_EVENTS IOMMU_NOTIFIER_DEVIOTLB_UNMAP
#define IOMMU_NOTIFIER_IOTLB_EVENTS (IOMMU_NOTIFIER_UNMAP | IOMMU_NOTIFIER_MAP)
#define IOMMU_NOTIFIER_ALL (IOMMU_NOTIFIER_IOTLB_EVENTS | IOMMU_NOTIFIER_DEVIOTLB_EVENTS)

/* Who wants to know when translations between two addresses change. */
typedef struct IOMMUNotifier IOMMUNotifier;
typedef void (*IOMMUNotify)(IOMMUNotifier *notifier, IOMMUTLBEntry *data);
struct IOMMUNotifier {
    QLIST_ENTRY(IOMMUNotifier) node;
    IOMMUNotify notify;
    IOMMUNotifierFlag notifier_flags;
    int iommu_idx;
    hwaddr start;
    hwaddr end;
};
#define IOMMU_NOTIFIER_FOREACH(n, mr) QLIST_FOREACH((n), &(mr)->iommu_notify, node)

typedef struct IOMMUTLBEvent {
    IOMMUTLBEntry entry;
    IOMMUNotifierFlag type;
} IOMMUTLBEvent;

/* What an IOMMU implements; all but translate may be NULL. */
typedef struct IOMMUMemoryRegionClass {
    MemoryRegionClass parent_class;
    IOMMUTLBEntry (*translate)(IOMMUMemoryRegion *iommu, hwaddr addr, IOMMUAccessFlags flag, int iommu_idx);
    int (*num_indexes)(IOMMUMemoryRegion *iommu);
    int (*notify_flag_changed)(IOMMUMemoryRegion *iommu, IOMMUNotifierFlag old_flags, IOMMUNotifierFlag new_flags,
                               Error **errp);
    void (*replay)(IOMMUMemoryRegion *iommu, IOMMUNotifier *notifier);
    uint64_t (*get_min_page_size)(IOMMUMemoryRegion *iommu);
} IOMMUMemoryRegionClass;
#define IOMMU_MEMORY_REGION_CLASS(klass) OBJECT_CLASS_CHECK(IOMMUMemoryRegionClass, klass, TYPE_IOMMU_MEMORY_REGION)
#define IOMMU_MEMORY_REGION_GET_CLASS(obj) OBJECT_GET_CLASS(IOMMUMemoryRegionClass, obj, TYPE_IOMMU_MEMORY_REGION)

/* Who is told before parts of a region are populated and after they were discarded. */
typedef struct RamDiscardListener RamDiscardListener;
typedef int (*NotifyRamPopulate)(RamDiscardListener *rdl, MemoryRegionSection *section);
typedef void (*NotifyRamDiscard)(RamDiscardListener *rdl, MemoryRegionSection *section);
struct RamDiscardListener {
    QLIST_ENTRY(RamDiscardListener) next;
    MemoryRegionSection *section;
    NotifyRamPopulate notify_populate;
    NotifyRamDiscard notify_discard;
    bool double_discard_supported;
};
typedef int (*ReplayRamPopulate)(MemoryRegionSection *section, void *opaque);
typedef void (*ReplayRamDiscard)(MemoryRegionSection *section, void *opaque);

/* What a device that discards RAM implements. */
typedef struct RamDiscardManagerClass {
    InterfaceClass parent_class;
    void (*register_listener)(RamDiscardManager *rdm, RamDiscardListener *rdl, MemoryRegionSection *section);
    void (*unregister_listener)(RamDiscardManager *rdm, RamDiscardListener *rdl);
    bool (*is_populated)(const RamDiscardManager *rdm, const MemoryRegionSection *section);
    int (*replay_populated)(const RamDiscardManager *rdm, MemoryRegionSection *section, ReplayRamPopulate replay_fn,
                            void *opaque);
    void (*replay_discarded)(const RamDiscardManager *rdm, MemoryRegionSection *section, ReplayRamDiscard replay_fn,
                             void *opaque);
    uint64_t (*get_min_granularity)(const RamDiscardManager *rdm, const MemoryRegion *mr);
} RamDiscardManagerClass;
#define RAM_DISCARD_MANAGER(obj) INTERFACE_CHECK(RamDiscardManager, (obj), TYPE_RAM_DISCARD_MANAGER)
#define RAM_DISCARD_MANAGER_CLASS(klass) OBJECT_CLASS_CHECK(RamDiscardManagerClass, klass, TYPE_RAM_DISCARD_MANAGER)
#define RAM_DISCARD_MANAGER_GET_CLASS(obj) OBJECT_GET_CLASS(RamDiscardManagerClass, obj, TYPE_RAM_DISCARD_MANAGER)

/*
 *   owner ──child──▶ MemoryRegion ──container──▶ MemoryRegion
 *     ▲                  │                          │
 *     └──── owner ───────┘ ◀──── subregions ────────┘   (the list holds a reference on the owner)
 */
struct MemoryRegion {
    Object parent_obj;

    /* Whose it is, and where it is in the tree of regions. */
    const char *name;
    Object *owner;
    DeviceState *dev;
    MemoryRegion *container;
    QTAILQ_ENTRY(MemoryRegion) subregions_link;
    QTAILQ_HEAD(, MemoryRegion) subregions;
    MemoryRegion *alias;
    hwaddr alias_offset;
    int mapped_via_alias;

    /* Its place in its container. */
    hwaddr addr;
    Int128 size;
    int32_t priority;
    uint64_t align;
    bool enabled;

    /* What it is. */
    bool terminates;
    bool ram;
    bool ram_device;
    bool rom_device;
    bool is_iommu;
    bool subpage;
    RAMBlock *ram_block;
    RamDiscardManager *rdm;
    const MemoryRegionOps *ops;
    void *opaque;
    void (*destructor)(MemoryRegion *mr);

    /* How it behaves. */
    bool readonly;
    bool romd_mode;
    bool nonvolatile;
    bool unmergeable;
    bool flush_coalesced_mmio;
    bool disable_reentrancy_guard;
    uint8_t dirty_log_mask;
    uint8_t vga_logging_count;
    QTAILQ_HEAD(, CoalescedMemoryRange) coalesced;
    MemoryRegionIoeventfd *ioeventfds;
    unsigned ioeventfd_nb;
};

struct IOMMUMemoryRegion {
    MemoryRegion parent_obj;
    QLIST_HEAD(, IOMMUNotifier) iommu_notify;
    IOMMUNotifierFlag iommu_notify_flags;
};

/* Called as the flat view of an address space changes. */
struct MemoryListener {
    void (*begin)(MemoryListener *listener);
    void (*commit)(MemoryListener *listener);
    void (*region_add)(MemoryListener *listener, MemoryRegionSection *section);
    void (*region_del)(MemoryListener *listener, MemoryRegionSection *section);
    void (*region_nop)(MemoryListener *listener, MemoryRegionSection *section);
    void (*log_start)(MemoryListener *listener, MemoryRegionSection *section, int old_val, int new_val);
    void (*log_stop)(MemoryListener *listener, MemoryRegionSection *section, int old_val, int new_val);
    void (*log_sync)(MemoryListener *listener, MemoryRegionSection *section);
    void (*log_sync_global)(MemoryListener *listener, bool last_stage);
    void (*log_clear)(MemoryListener *listener, MemoryRegionSection *section);
    bool (*log_global_start)(MemoryListener *listener, Error **errp);
    void (*log_global_stop)(MemoryListener *listener);
    void (*log_global_after_sync)(MemoryListener *listener);
    void (*eventfd_add)(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                        EventNotifier *e);
    void (*eventfd_del)(MemoryListener *listener, MemoryRegionSection *section, bool match_data, uint64_t data,
                        EventNotifier *e);
    void (*coalesced_io_add)(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len);
    void (*coalesced_io_del)(MemoryListener *listener, MemoryRegionSection *section, hwaddr addr, hwaddr len);
    unsigned priority;
    const char *name;
    AddressSpace *address_space;
    QTAILQ_ENTRY(MemoryListener) link;
    QTAILQ_ENTRY(MemoryListener) link_as;
};

/* What a processor or a bus master sees. */
struct AddressSpace {
    struct rcu_head rcu;
    char *name;
    MemoryRegion *root;
    struct FlatView *current_map;
    int ioeventfd_nb;
    int ioeventfd_notifiers;
    struct MemoryRegionIoeventfd *ioeventfds;
    QTAILQ_HEAD(, MemoryListener) listeners;
    QTAILQ_ENTRY(AddressSpace) address_spaces_link;
    size_t max_bounce_buffer_size;
    size_t bounce_buffer_size;
    QemuMutex map_client_list_lock;
    QLIST_HEAD(, AddressSpaceMapClient) map_client_list;
};

struct AddressSpaceMapClient {
    QLIST_ENTRY(AddressSpaceMapClient) link;
};

/* A topology as disjoint absolute ranges, in order; shared by address spaces with the same root. */
struct FlatView {
    struct rcu_head rcu;
    unsigned ref;
    FlatRange *ranges;
    unsigned nr;
    unsigned nr_allocated;
    struct AddressSpaceDispatch *dispatch;
    MemoryRegion *root;
};

/* The view that is current; good for as long as the RCU read lock is held. */
static inline FlatView *address_space_to_flatview(AddressSpace *as)
{
    return qatomic_rcu_read(&as->current_map);
}

typedef bool (*flatview_cb)(Int128 start, Int128 len, const MemoryRegion *mr, hwaddr offset_in_region, void *opaque);

extern const MemoryRegionOps unassigned_mem_ops;

void flatview_for_each_range(FlatView *fv, flatview_cb cb, void *opaque);
FlatView *address_space_get_flatview(AddressSpace *as);
void flatview_unref(FlatView *view);

void memory_region_init(MemoryRegion *mr, Object *owner, const char *name, uint64_t size);
void memory_region_init_io(MemoryRegion *mr, Object *owner, const MemoryRegionOps *ops, void *opaque,
                           const char *name, uint64_t size);
bool memory_region_init_ram_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, Error **errp);
bool memory_region_init_ram_flags_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size,
                                            uint32_t ram_flags, Error **errp);
void memory_region_init_ram_ptr(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, void *ptr);
void memory_region_init_alias(MemoryRegion *mr, Object *owner, const char *name, MemoryRegion *orig, hwaddr offset,
                              uint64_t size);
bool memory_region_init_rom_nomigrate(MemoryRegion *mr, Object *owner, const char *name, uint64_t size, Error **errp);
bool memory_region_init_rom_device_nomigrate(MemoryRegion *mr, Object *owner, const MemoryRegionOps *ops,
                                             void *opaque, const char *name, uint64_t size, Error **errp);
void memory_region_init_iommu(void *_iommu_mr, size_t instance_size, const char *mrtypename, Object *owner,
                              const char *name, uint64_t size);

Object *memory_region_owner(MemoryRegion *mr);
void memory_region_ref(MemoryRegion *mr);
void memory_region_unref(MemoryRegion *mr);
uint64_t memory_region_size(MemoryRegion *mr);
const char *memory_region_name(const MemoryRegion *mr);
uint8_t memory_region_get_dirty_log_mask(MemoryRegion *mr);
bool memory_region_is_logging(MemoryRegion *mr, uint8_t client);
bool memory_region_is_ram_device(MemoryRegion *mr);
bool memory_region_is_mapped(MemoryRegion *mr);
uint64_t memory_region_get_alignment(const MemoryRegion *mr);
void *memory_region_get_ram_ptr(MemoryRegion *mr);
ram_addr_t memory_region_get_ram_addr(MemoryRegion *mr);
int memory_region_register_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n, Error **errp);
void memory_region_unregister_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n);
void memory_region_iommu_replay(IOMMUMemoryRegion *iommu_mr, IOMMUNotifier *n);
uint64_t memory_region_iommu_get_min_page_size(IOMMUMemoryRegion *iommu_mr);
int memory_region_iommu_num_indexes(IOMMUMemoryRegion *iommu_mr);
void memory_region_notify_iommu_one(IOMMUNotifier *notifier, const IOMMUTLBEvent *event);
void memory_region_notify_iommu(IOMMUMemoryRegion *iommu_mr, int iommu_idx, const IOMMUTLBEvent event);

RamDiscardManager *memory_region_get_ram_discard_manager(MemoryRegion *mr);
void memory_region_set_ram_discard_manager(MemoryRegion *mr, RamDiscardManager *rdm);
uint64_t ram_discard_manager_get_min_granularity(const RamDiscardManager *rdm, const MemoryRegion *mr);
bool ram_discard_manager_is_populated(const RamDiscardManager *rdm, const MemoryRegionSection *section);
int ram_discard_manager_replay_populated(const RamDiscardManager *rdm, MemoryRegionSection *section,
                                         ReplayRamPopulate replay_fn, void *opaque);
void ram_discard_manager_replay_discarded(const RamDiscardManager *rdm, MemoryRegionSection *section,
                                          ReplayRamDiscard replay_fn, void *opaque);
void ram_discard_manager_register_listener(RamDiscardManager *rdm, RamDiscardListener *rdl,
                                           MemoryRegionSection *section);
void ram_discard_manager_unregister_listener(RamDiscardManager *rdm, RamDiscardListener *rdl);

void memory_region_set_log(MemoryRegion *mr, bool log, unsigned client);
void memory_region_clear_dirty_bitmap(MemoryRegion *mr, hwaddr start, hwaddr len);
void memory_region_set_readonly(MemoryRegion *mr, bool readonly);
void memory_region_set_nonvolatile(MemoryRegion *mr, bool nonvolatile);
void memory_region_rom_device_set_romd(MemoryRegion *mr, bool romd_mode);
void memory_region_set_coalescing(MemoryRegion *mr);
void memory_region_add_coalescing(MemoryRegion *mr, hwaddr offset, uint64_t size);
void memory_region_clear_coalescing(MemoryRegion *mr);
void memory_region_set_flush_coalesced(MemoryRegion *mr);
void memory_region_clear_flush_coalesced(MemoryRegion *mr);
void memory_region_add_eventfd(MemoryRegion *mr, hwaddr addr, unsigned size, bool match_data, uint64_t data,
                               EventNotifier *e);
void memory_region_del_eventfd(MemoryRegion *mr, hwaddr addr, unsigned size, bool match_data, uint64_t data,
                               EventNotifier *e);

void memory_region_add_subregion(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion);
void memory_region_add_subregion_overlap(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion, int priority);
void memory_region_del_subregion(MemoryRegion *mr, MemoryRegion *subregion);
void memory_region_set_enabled(MemoryRegion *mr, bool enabled);
void memory_region_set_address(MemoryRegion *mr, hwaddr addr);
void memory_region_set_size(MemoryRegion *mr, uint64_t size);
void memory_region_set_alias_offset(MemoryRegion *mr, hwaddr offset);
void memory_region_set_unmergeable(MemoryRegion *mr, bool unmergeable);
bool memory_region_present(MemoryRegion *container, hwaddr addr);
MemoryRegionSection memory_region_find(MemoryRegion *mr, hwaddr addr, uint64_t size);
MemoryRegionSection *memory_region_section_new_copy(MemoryRegionSection *s);
void memory_region_section_free_copy(MemoryRegionSection *s);

void memory_region_transaction_begin(void);
void memory_region_transaction_commit(void);
void memory_global_dirty_log_sync(bool last_stage);
void memory_global_after_dirty_log_sync(void);
bool memory_global_dirty_log_start(unsigned int flags, Error **errp);
void memory_global_dirty_log_stop(unsigned int flags);
void memory_listener_register(MemoryListener *listener, AddressSpace *as);
void memory_listener_unregister(MemoryListener *listener);

bool memory_region_access_valid(MemoryRegion *mr, hwaddr addr, unsigned size, bool is_write, MemTxAttrs attrs);
MemTxResult memory_region_dispatch_read(MemoryRegion *mr, hwaddr addr, uint64_t *pval, MemOp op, MemTxAttrs attrs);
MemTxResult memory_region_dispatch_write(MemoryRegion *mr, hwaddr addr, uint64_t data, MemOp op, MemTxAttrs attrs);

void address_space_init(AddressSpace *as, MemoryRegion *root, const char *name);
void address_space_destroy(AddressSpace *as);
void address_space_destroy_free(AddressSpace *as);
void address_space_remove_listeners(AddressSpace *as);

/* Only the model has these: how deep transactions are nested, and every address space there is. */
unsigned memory_region_model_transaction_depth(void);
AddressSpace *memory_region_model_address_space(AddressSpace *previous);
bool memory_region_model_range(FlatView *view, unsigned index, MemoryRegion **mr);

/* Prepares a notifier for its registration. */
static inline void iommu_notifier_init(IOMMUNotifier *n, IOMMUNotify fn, IOMMUNotifierFlag flags, hwaddr start,
                                       hwaddr end, int iommu_idx)
{
    *n = (IOMMUNotifier) {
        .notify = fn,
        .notifier_flags = flags,
        .iommu_idx = iommu_idx,
        .start = start,
        .end = end,
    };
}

/* Prepares a listener for its registration. */
static inline void ram_discard_listener_init(RamDiscardListener *rdl, NotifyRamPopulate populate_fn,
                                             NotifyRamDiscard discard_fn, bool double_discard_supported)
{
    rdl->double_discard_supported = double_discard_supported;
    rdl->notify_discard = discard_fn;
    rdl->notify_populate = populate_fn;
}

static inline bool memory_region_has_ram_discard_manager(MemoryRegion *mr)
{
    return memory_region_get_ram_discard_manager(mr) != NULL;
}

static inline bool memory_region_is_ram(MemoryRegion *mr)
{
    return mr->ram;
}

static inline bool memory_region_is_romd(MemoryRegion *mr)
{
    return mr->rom_device && mr->romd_mode;
}

static inline IOMMUMemoryRegion *memory_region_get_iommu(MemoryRegion *mr)
{
    if (mr->alias) {
        return memory_region_get_iommu(mr->alias);
    }
    return mr->is_iommu ? (IOMMUMemoryRegion *)mr : NULL;
}
#define memory_region_is_iommu(mr) (memory_region_get_iommu(mr) != NULL)

#endif
