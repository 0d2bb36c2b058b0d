/*
 * The trace points of what is linked, all switched off.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_TRACE_POINTS_H
#define CHECK_LIFECYCLE_TRACE_POINTS_H

#define TRACE_MEMORY_REGION_OPS_READ 0
#define TRACE_MEMORY_REGION_OPS_WRITE 0
#define trace_event_get_state(id) (id)
#define trace_event_get_state_backends(id) (id)

#define trace_address_space_map(...) ((void)0)
#define trace_find_ram_offset(...) ((void)0)
#define trace_find_ram_offset_loop(...) ((void)0)
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
#define trace_qbus_reset(...) ((void)0)
#define trace_qbus_reset_all(...) ((void)0)
#define trace_qbus_reset_tree(...) ((void)0)
#define trace_qdev_reset(...) ((void)0)
#define trace_qdev_reset_all(...) ((void)0)
#define trace_qdev_reset_tree(...) ((void)0)
#define trace_qdev_update_parent_bus(...) ((void)0)
#define trace_qemu_ram_alloc_shared(...) ((void)0)
#define trace_ram_block_discard_range(...) ((void)0)
#define trace_resettable_change_parent(...) ((void)0)
#define trace_resettable_phase_enter_begin(...) ((void)0)
#define trace_resettable_phase_enter_end(...) ((void)0)
#define trace_resettable_phase_enter_exec(...) ((void)0)
#define trace_resettable_phase_exit_begin(...) ((void)0)
#define trace_resettable_phase_exit_end(...) ((void)0)
#define trace_resettable_phase_exit_exec(...) ((void)0)
#define trace_resettable_phase_hold_begin(...) ((void)0)
#define trace_resettable_phase_hold_end(...) ((void)0)
#define trace_resettable_phase_hold_exec(...) ((void)0)
#define trace_resettable_reset(...) ((void)0)
#define trace_resettable_reset_assert_begin(...) ((void)0)
#define trace_resettable_reset_assert_end(...) ((void)0)
#define trace_resettable_reset_release_begin(...) ((void)0)
#define trace_resettable_reset_release_end(...) ((void)0)
#define trace_resettable_transitional_function(...) ((void)0)

#endif
