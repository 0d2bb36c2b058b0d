#ifndef LC_MEMORY_H
#define LC_MEMORY_H

#include <string.h>

#endif
