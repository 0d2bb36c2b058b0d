/*
 * What a tree forbids in code for any target: nothing here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

