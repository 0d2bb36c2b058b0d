#ifndef LC_SCHED_H
#define LC_SCHED_H

int sched_yield(void);

#endif
