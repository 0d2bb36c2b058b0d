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

/* Says that this is the embedded model: scenarios may look behind the public interface. */
#define LIFECYCLE_MODEL 1

#define RAM_ADDR_INVALID (~(ram_addr_t)0)

#define TYPE_MEMORY_REGION "memory-region"
#define TYPE_IOMMU_MEMORY_REGION "iommu-memory-region"

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
    uint32_t flags;
    bool borrowed;
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

typedef struct IOMMUMemoryRegionClass {
    MemoryRegionClass parent_class;
} IOMMUMemoryRegionClass;

typedef enum {
    IOMMU_NOTIFIER_NONE = 0,
    IOMMU_NOTIFIER_UNMAP = 1,
    IOMMU_NOTIFIER_MAP = 2,
} IOMMUNotifierFlag;

typedef struct IOMMUNotifier {
    IOMMUNotifierFlag notifier_flags;
    QLIST_ENTRY(IOMMUNotifier) node;
} IOMMUNotifier;

/*
 *   owner ──child──▶ MemoryRegion ──container──▶ MemoryRegion
 *     ▲                  │                          │
 *     └──── owner ───────┘ ◀──── subregions ────────┘   (the list holds a reference on the owner)
 */
struct MemoryRegion {
    Object parent_obj;
    bool romd_mode;
    bool ram;
    bool subpage;
    bool readonly;
    bool nonvolatile;
    bool rom_device;
    bool flush_coalesced_mmio;
    bool unmergeable;
    uint8_t dirty_log_mask;
    bool is_iommu;
    RAMBlock *ram_block;
    Object *owner;
    DeviceState *dev;
    const MemoryRegionOps *ops;
    void *opaque;
    MemoryRegion *container;
    int mapped_via_alias;
    Int128 size;
    hwaddr addr;
    void (*destructor)(MemoryRegion *mr);
    uint64_t align;
    bool terminates;
    bool ram_device;
    bool enabled;
    uint8_t vga_logging_count;
    MemoryRegion *alias;
    hwaddr alias_offset;
    int32_t priority;
    QTAILQ_HEAD(, MemoryRegion) subregions;
    QTAILQ_ENTRY(MemoryRegion) subregions_link;
    QTAILQ_HEAD(, CoalescedMemoryRange) coalesced;
    const char *name;
    unsigned ioeventfd_nb;
    MemoryRegionIoeventfd *ioeventfds;
    bool disable_reentrancy_guard;
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
void memory_region_register_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n);
void memory_region_unregister_iommu_notifier(MemoryRegion *mr, IOMMUNotifier *n);

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
