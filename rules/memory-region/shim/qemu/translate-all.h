/*
 * Translated blocks, which nothing has.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
