/*
 * Types that every schema has.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef CHECK_LIFECYCLE_QAPI_BUILTIN_TYPES_H
#define CHECK_LIFECYCLE_QAPI_BUILTIN_TYPES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct QEnumLookup {
    const char *const *array;
    const unsigned char *const special_features;
    const int size;
} QEnumLookup;
const char *qapi_enum_lookup(const QEnumLookup *lookup, int val);

typedef enum QType {
    QTYPE_NONE,
    QTYPE_QNULL,
    QTYPE_QNUM,
    QTYPE_QSTRING,
    QTYPE_QDICT,
    QTYPE_QLIST,
    QTYPE_QBOOL,
    QTYPE__MAX,
} QType;
#define QType_str(value) qapi_enum_lookup(&QType_lookup, (value))
extern const QEnumLookup QType_lookup;

#define QAPI_LIST_OF_(name, type)    \
    typedef struct name name;        \
    struct name {                    \
        name *next;                  \
        type value;                  \
    };                               \
    void qapi_free_##name(name *obj);
typedef struct QNull QNull;
QAPI_LIST_OF_(strList, char *)
QAPI_LIST_OF_(numberList, double)
QAPI_LIST_OF_(intList, int64_t)
QAPI_LIST_OF_(int8List, int8_t)
QAPI_LIST_OF_(int16List, int16_t)
QAPI_LIST_OF_(int32List, int32_t)
QAPI_LIST_OF_(int64List, int64_t)
QAPI_LIST_OF_(uint8List, uint8_t)
QAPI_LIST_OF_(uint16List, uint16_t)
QAPI_LIST_OF_(uint32List, uint32_t)
QAPI_LIST_OF_(uint64List, uint64_t)
QAPI_LIST_OF_(sizeList, uint64_t)
QAPI_LIST_OF_(boolList, bool)

#endif
