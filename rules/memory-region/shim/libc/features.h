#ifndef LC_FEATURES_H
#define LC_FEATURES_H

#define __GLIBC_PREREQ(major, minor) 0

#endif
