#ifndef LC_MALLOC_H
#define LC_MALLOC_H

#include <stdlib.h>

void *memalign(size_t alignment, size_t size);
size_t malloc_usable_size(void *block);
int malloc_trim(size_t pad);

#endif
