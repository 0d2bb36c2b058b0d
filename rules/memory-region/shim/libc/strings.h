#ifndef LC_STRINGS_H
#define LC_STRINGS_H

#include <stddef.h>

int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
void bzero(void *to, size_t n);
void bcopy(const void *from, void *to, size_t n);
int bcmp(const void *a, const void *b, size_t n);
char *index(const char *text, int byte);
char *rindex(const char *text, int byte);
int ffs(int value);
int ffsl(long value);
int ffsll(long long value);

#endif
