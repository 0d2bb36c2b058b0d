#ifndef LC_STRING_H
#define LC_STRING_H

#include <stddef.h>
#include <strings.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *mempcpy(void *restrict to, const void *restrict from, size_t n);
void *memccpy(void *restrict to, const void *restrict from, int byte, size_t n);
void *memset(void *to, int byte, size_t n);
void explicit_bzero(void *to, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *from, int byte, size_t n);
void *memrchr(const void *from, int byte, size_t n);
void *rawmemchr(const void *from, int byte);
void *memmem(const void *from, size_t n, const void *what, size_t length);

size_t strlen(const char *text);
size_t strnlen(const char *text, size_t n);
char *strcpy(char *restrict to, const char *restrict from);
char *stpcpy(char *restrict to, const char *restrict from);
char *strncpy(char *restrict to, const char *restrict from, size_t n);
char *stpncpy(char *restrict to, const char *restrict from, size_t n);
size_t strlcpy(char *restrict to, const char *restrict from, size_t n);
char *strcat(char *restrict to, const char *restrict from);
char *strncat(char *restrict to, const char *restrict from, size_t n);
size_t strlcat(char *restrict to, const char *restrict from, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcoll(const char *a, const char *b);
size_t strxfrm(char *restrict to, const char *restrict from, size_t n);
char *strchr(const char *text, int byte);
char *strrchr(const char *text, int byte);
char *strchrnul(const char *text, int byte);
char *strstr(const char *text, const char *what);
char *strcasestr(const char *text, const char *what);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
char *strpbrk(const char *text, const char *set);
char *strtok(char *restrict text, const char *restrict set);
char *strtok_r(char *restrict text, const char *restrict set, char **restrict save);
char *strsep(char **pointer, const char *set);
char *strdup(const char *text);
char *strndup(const char *text, size_t n);
char *strerror(int error);
char *strerror_r(int error, char *buffer, size_t size);
char *strsignal(int number);

#endif
