/*
 * Types that are named before they are defined.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef QEMU_TYPEDEFS_H
#define QEMU_TYPEDEFS_H

typedef struct AddressSpace AddressSpace;
typedef struct Error Error;
typedef struct FlatView FlatView;
typedef struct IOMMUMemoryRegion IOMMUMemoryRegion;
typedef struct MemoryListener MemoryListener;
typedef struct MemoryMappingList MemoryMappingList;
typedef struct MemoryRegion MemoryRegion;
typedef struct MemoryRegionCache MemoryRegionCache;
typedef struct MemoryRegionSection MemoryRegionSection;
typedef struct Notifier Notifier;
typedef struct NotifierList NotifierList;
typedef struct Object Object;
typedef struct ObjectClass ObjectClass;
typedef struct QBool QBool;
typedef struct QDict QDict;
typedef struct QEnumLookup QEnumLookup;
typedef struct QList QList;
typedef struct QNum QNum;
typedef struct QObject QObject;
typedef struct QString QString;
typedef struct QemuMutex QemuMutex;
typedef struct RAMBlock RAMBlock;
typedef struct RamDiscardManager RamDiscardManager;
typedef struct EventNotifier EventNotifier;
typedef struct CPUState CPUState;
typedef struct DeviceState DeviceState;
typedef struct BusState BusState;
typedef struct Visitor Visitor;

#endif
