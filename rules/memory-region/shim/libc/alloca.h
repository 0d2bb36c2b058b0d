#ifndef LC_ALLOCA_H
#define LC_ALLOCA_H

#undef alloca
#define alloca(size) __builtin_alloca(size)

#endif
