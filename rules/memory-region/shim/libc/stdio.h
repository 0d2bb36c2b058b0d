#ifndef LC_STDIO_H
#define LC_STDIO_H

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct __lc_file FILE;
typedef long fpos_t;

FILE *__lc_stdin(void);
FILE *__lc_stdout(void);
FILE *__lc_stderr(void);

#define stdin __lc_stdin()
#define stdout __lc_stdout()
#define stderr __lc_stderr()

#define EOF (-1)
#define BUFSIZ 8192
#define FILENAME_MAX 4096
#define FOPEN_MAX 16
#define L_tmpnam 20
#define TMP_MAX 238328
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

int printf(const char *format, ...);
int fprintf(FILE *stream, const char *format, ...);
int dprintf(int fd, const char *format, ...);
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
int asprintf(char **to, const char *format, ...);
int vprintf(const char *format, va_list list);
int vfprintf(FILE *stream, const char *format, va_list list);
int vsprintf(char *to, const char *format, va_list list);
int vsnprintf(char *to, size_t size, const char *format, va_list list);
int vasprintf(char **to, const char *format, va_list list);

int scanf(const char *format, ...);
int fscanf(FILE *stream, const char *format, ...);
int sscanf(const char *text, const char *format, ...);
int vscanf(const char *format, va_list list);
int vfscanf(FILE *stream, const char *format, va_list list);
int vsscanf(const char *text, const char *format, va_list list);

int putchar(int byte);
int putchar_unlocked(int byte);
int putc(int byte, FILE *stream);
int putc_unlocked(int byte, FILE *stream);
int fputc(int byte, FILE *stream);
int puts(const char *text);
int fputs(const char *text, FILE *stream);
int fputs_unlocked(const char *text, FILE *stream);
size_t fwrite(const void *from, size_t size, size_t count, FILE *stream);

int getchar(void);
int getchar_unlocked(void);
int getc(FILE *stream);
int getc_unlocked(FILE *stream);
int fgetc(FILE *stream);
int ungetc(int byte, FILE *stream);
char *fgets(char *to, int size, FILE *stream);
ssize_t getline(char **to, size_t *size, FILE *stream);
ssize_t getdelim(char **to, size_t *size, int delimiter, FILE *stream);
size_t fread(void *to, size_t size, size_t count, FILE *stream);

FILE *fopen(const char *name, const char *mode);
FILE *fdopen(int fd, const char *mode);
FILE *tmpfile(void);
int fclose(FILE *stream);
int fflush(FILE *stream);
int feof(FILE *stream);
int ferror(FILE *stream);
void clearerr(FILE *stream);
int fileno(FILE *stream);
int fseek(FILE *stream, long offset, int whence);
int fseeko(FILE *stream, off_t offset, int whence);
long ftell(FILE *stream);
off_t ftello(FILE *stream);
void rewind(FILE *stream);
void setbuf(FILE *stream, char *buffer);
void setlinebuf(FILE *stream);
int setvbuf(FILE *stream, char *buffer, int mode, size_t size);
void flockfile(FILE *stream);
void funlockfile(FILE *stream);
int remove(const char *name);
int rename(const char *from, const char *to);
void perror(const char *text);

#endif
