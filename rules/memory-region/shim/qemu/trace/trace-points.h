/*
 * The trace points of memory.c and object.c, all switched off.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_TRACE_POINTS_H
#define CHECK_LIFECYCLE_TRACE_POINTS_H

#define TRACE_MEMORY_REGION_OPS_READ 0
#define TRACE_MEMORY_REGION_OPS_WRITE 0
#define trace_event_get_state(id) (id)
#define trace_event_get_state_backends(id) (id)

#define trace_flatview_destroy(...) ((void)0)
#define trace_flatview_destroy_rcu(...) ((void)0)
#define trace_flatview_new(...) ((void)0)
#define trace_global_dirty_changed(...) ((void)0)
#define trace_memory_region_ops_read(...) ((void)0)
#define trace_memory_region_ops_write(...) ((void)0)
#define trace_memory_region_ram_device_read(...) ((void)0)
#define trace_memory_region_ram_device_write(...) ((void)0)
#define trace_memory_region_subpage_read(...) ((void)0)
#define trace_memory_region_subpage_write(...) ((void)0)
#define trace_memory_region_sync_dirty(...) ((void)0)
#define trace_memory_region_tb_read(...) ((void)0)
#define trace_memory_region_tb_write(...) ((void)0)
#define trace_object_class_dynamic_cast_assert(...) ((void)0)
#define trace_object_dynamic_cast_assert(...) ((void)0)

#endif
