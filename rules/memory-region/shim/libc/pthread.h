#ifndef LC_PTHREAD_H
#define LC_PTHREAD_H

#include <sched.h>
#include <sys/types.h>
#include <time.h>

typedef struct {
    long slot[5];
} pthread_mutex_t;
typedef struct {
    long slot[6];
} pthread_cond_t;
typedef struct {
    long slot[7];
} pthread_rwlock_t;
typedef struct {
    long slot[7];
} pthread_attr_t;
typedef struct {
    int slot;
} pthread_mutexattr_t;
typedef struct {
    int slot;
} pthread_condattr_t;
typedef int pthread_once_t;
typedef unsigned int pthread_key_t;
typedef int pthread_spinlock_t;

#define PTHREAD_MUTEX_INITIALIZER {{0}}
#define PTHREAD_COND_INITIALIZER {{0}}
#define PTHREAD_RWLOCK_INITIALIZER {{0}}
#define PTHREAD_ONCE_INIT 0
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2

int pthread_create(pthread_t *to, const pthread_attr_t *attributes, void *(*run)(void *),
                   void *data);
int pthread_join(pthread_t thread, void **result);
pthread_t pthread_self(void);
int pthread_equal(pthread_t a, pthread_t b);
int pthread_once(pthread_once_t *control, void (*routine)(void));
int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int pthread_mutex_destroy(pthread_mutex_t *mutex);
int pthread_mutex_lock(pthread_mutex_t *mutex);
int pthread_mutex_trylock(pthread_mutex_t *mutex);
int pthread_mutex_unlock(pthread_mutex_t *mutex);
int pthread_mutexattr_init(pthread_mutexattr_t *attributes);
int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes);
int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type);

#endif
