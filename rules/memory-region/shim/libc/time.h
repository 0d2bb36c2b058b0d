#ifndef LC_TIME_H
#define LC_TIME_H

#include <sys/types.h>

struct timespec {
    time_t tv_sec;
    long tv_nsec;
};

struct tm {
    int tm_sec;
    int tm_min;
    int tm_hour;
    int tm_mday;
    int tm_mon;
    int tm_year;
    int tm_wday;
    int tm_yday;
    int tm_isdst;
    long tm_gmtoff;
    const char *tm_zone;
};

#define CLOCKS_PER_SEC 1000000L
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define TIME_UTC 1

time_t time(time_t *to);
clock_t clock(void);
double difftime(time_t a, time_t b);
time_t mktime(struct tm *tm);
time_t timegm(struct tm *tm);
struct tm *gmtime(const time_t *from);
struct tm *localtime(const time_t *from);
struct tm *gmtime_r(const time_t *from, struct tm *to);
struct tm *localtime_r(const time_t *from, struct tm *to);
char *asctime(const struct tm *tm);
char *ctime(const time_t *from);
size_t strftime(char *restrict to, size_t size, const char *restrict format,
                const struct tm *restrict tm);
int clock_gettime(clockid_t clock, struct timespec *to);
int timespec_get(struct timespec *to, int base);
int nanosleep(const struct timespec *wanted, struct timespec *left);

#endif
