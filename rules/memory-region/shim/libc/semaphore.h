#ifndef LC_SEMAPHORE_H
#define LC_SEMAPHORE_H

typedef struct {
    long slot[4];
} sem_t;

#endif
