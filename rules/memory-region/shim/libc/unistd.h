#ifndef LC_UNISTD_H
#define LC_UNISTD_H

#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE 30
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84

ssize_t read(int fd, void *to, size_t n);
ssize_t write(int fd, const void *from, size_t n);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int access(const char *name, int mode);
int unlink(const char *name);
int isatty(int fd);
int fsync(int fd);
unsigned int sleep(unsigned int seconds);
int usleep(useconds_t microseconds);
unsigned int alarm(unsigned int seconds);
pid_t getpid(void);
pid_t getppid(void);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int getpagesize(void);
long sysconf(int what);
int dup(int fd);
int dup2(int fd, int to);
int pipe(int fds[2]);
pid_t fork(void);
int execv(const char *path, char *const argv[]);
int ftruncate(int fd, off_t length);
char *getcwd(char *to, size_t size);
_Noreturn void _exit(int status);

#endif
