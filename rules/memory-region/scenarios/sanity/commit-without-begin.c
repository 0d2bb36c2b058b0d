/*
 * A transaction is committed that was never begun.
 *
 * contract: must-assert
 * because: Transactions are begun before they are committed.
 * expect: assertion memory_region_transaction_commit
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lifecycle.h"

void scenario(void)
{
    memory_region_transaction_commit();
}
