/*
 * Nothing runs a guest in a unit test. Code that is compiled for a target asks for each accelerator it is built with.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"

bool tcg_allowed;
bool kvm_allowed;
bool xen_allowed;
