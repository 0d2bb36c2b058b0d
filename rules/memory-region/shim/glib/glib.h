/*
 * The part of GLib that memory regions, objects and ordinary programs use.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hash tables iterate in GLib's own order, because that order decides which child is finalized first.
 */
#ifndef CHECK_LIFECYCLE_GLIB_H
#define CHECK_LIFECYCLE_GLIB_H

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int gboolean;
typedef char gchar;
typedef short gshort;
typedef int gint;
typedef long glong;
typedef unsigned char guchar;
typedef unsigned short gushort;
typedef unsigned int guint;
typedef unsigned long gulong;
typedef float gfloat;
typedef double gdouble;
typedef void *gpointer;
typedef const void *gconstpointer;
typedef int8_t gint8;
typedef uint8_t guint8;
typedef int16_t gint16;
typedef uint16_t guint16;
typedef int32_t gint32;
typedef uint32_t guint32;
typedef int64_t gint64;
typedef uint64_t guint64;
typedef size_t gsize;
typedef ssize_t gssize;
typedef uintptr_t guintptr;
typedef intptr_t gintptr;
typedef uint32_t gunichar;
typedef guint32 GQuark;

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif
#define G_MAXINT INT_MAX
#define G_MININT INT_MIN
#define G_MAXUINT UINT_MAX
#define G_MAXUINT16 UINT16_MAX
#define G_MAXUINT32 UINT32_MAX
#define G_MAXUINT64 UINT64_MAX
#define G_MAXINT64 INT64_MAX
#define G_MAXSIZE SIZE_MAX
#define G_GNUC_PRINTF(a, b) __attribute__((format(printf, a, b)))
#define G_GNUC_UNUSED __attribute__((unused))
#define G_GNUC_NULL_TERMINATED __attribute__((sentinel))
#define G_GNUC_FALLTHROUGH __attribute__((fallthrough))
#define G_GNUC_NO_INSTRUMENT
#define G_GNUC_EXTENSION __extension__
#define G_GNUC_DEPRECATED
#define G_GNUC_DEPRECATED_FOR(f)
#define G_GNUC_CHECK_VERSION(a, b) 1
#define G_GNUC_ALLOC_SIZE(n)
#define G_ALIGNOF(type) _Alignof(type)
#define G_STRUCT_OFFSET(type, member) ((glong)offsetof(type, member))
#define G_STRLOC __FILE__ ":" G_STRINGIFY(__LINE__)
#define G_BYTE_ORDER 1234
#define G_LITTLE_ENDIAN 1234
#define G_BIG_ENDIAN 4321
#define G_GNUC_NORETURN __attribute__((noreturn))
#define G_NORETURN __attribute__((noreturn))
#define G_GNUC_WARN_UNUSED_RESULT
#define G_GNUC_MALLOC
#define G_GNUC_CONST
#define G_GNUC_PURE
#define G_GNUC_BEGIN_IGNORE_DEPRECATIONS
#define G_GNUC_END_IGNORE_DEPRECATIONS
#define G_BEGIN_DECLS
#define G_END_DECLS
#define G_STMT_START do
#define G_STMT_END while (0)
#define G_LIKELY(e) (e)
#define G_UNLIKELY(e) (e)
#define G_STRINGIFY(x) G_STRINGIFY_ARG(x)
#define G_STRINGIFY_ARG(x) #x
#define G_N_ELEMENTS(a) (sizeof(a) / sizeof((a)[0]))
#define G_STATIC_ASSERT(e) _Static_assert(e, #e)
#define G_STRFUNC ((const char *)__func__)
#define G_CHECK_VERSION(a, b, c) 1
#define GLIB_CHECK_VERSION(a, b, c) 1
#define GLIB_MAJOR_VERSION 2
#define GLIB_MINOR_VERSION 74
#define GLIB_MICRO_VERSION 0
#define GLIB_VERSION_2_66 0
#define GLIB_SIZEOF_VOID_P 8
#define GLIB_SIZEOF_LONG 8
#define G_DIR_SEPARATOR_S "/"
#define GPOINTER_TO_INT(p) ((gint)(glong)(p))
#define GPOINTER_TO_UINT(p) ((guint)(gulong)(p))
#define GPOINTER_TO_SIZE(p) ((gsize)(p))
#define GINT_TO_POINTER(i) ((gpointer)(glong)(i))
#define GUINT_TO_POINTER(u) ((gpointer)(gulong)(u))
#define GSIZE_TO_POINTER(s) ((gpointer)(gsize)(s))
#undef MIN
#undef MAX
#undef ABS
#undef CLAMP
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define ABS(a) (((a) < 0) ? -(a) : (a))
#define CLAMP(x, low, high) (((x) > (high)) ? (high) : (((x) < (low)) ? (low) : (x)))

typedef void (*GDestroyNotify)(gpointer data);
typedef void (*GFunc)(gpointer data, gpointer user_data);
typedef gint (*GCompareFunc)(gconstpointer a, gconstpointer b);
typedef gint (*GCompareDataFunc)(gconstpointer a, gconstpointer b, gpointer user_data);
typedef gboolean (*GTraverseFunc)(gpointer key, gpointer value, gpointer data);
typedef guint (*GHashFunc)(gconstpointer key);
typedef gboolean (*GEqualFunc)(gconstpointer a, gconstpointer b);
typedef void (*GHFunc)(gpointer key, gpointer value, gpointer user_data);
typedef gboolean (*GHRFunc)(gpointer key, gpointer value, gpointer user_data);
typedef gpointer (*GCopyFunc)(gconstpointer src, gpointer data);

/* Memory */
gpointer g_malloc(gsize n);
gpointer g_malloc0(gsize n);
gpointer g_malloc_n(gsize n, gsize size);
gpointer g_malloc0_n(gsize n, gsize size);
gpointer g_try_malloc(gsize n);
gpointer g_try_malloc0(gsize n);
gpointer g_realloc(gpointer mem, gsize n);
gpointer g_realloc_n(gpointer mem, gsize n, gsize size);
void g_free(gpointer mem);
gpointer g_memdup(gconstpointer mem, guint n);
gpointer g_memdup2(gconstpointer mem, gsize n);
#define g_new(type, n) ((type *)g_malloc_n((n), sizeof(type)))
#define g_new0(type, n) ((type *)g_malloc0_n((n), sizeof(type)))
#define g_try_new(type, n) ((type *)g_try_malloc((n) * sizeof(type)))
#define g_try_new0(type, n) ((type *)g_try_malloc0((n) * sizeof(type)))
#define g_renew(type, mem, n) ((type *)g_realloc_n((mem), (n), sizeof(type)))
#define g_slice_new(type) g_new(type, 1)
#define g_slice_new0(type) g_new0(type, 1)
#define g_slice_free(type, mem) g_free(mem)
#define g_alloca(n) __builtin_alloca(n)
static inline gpointer g_steal_pointer_(gpointer place)
{
    gpointer *where = place;
    gpointer stolen = *where;
    *where = NULL;
    return stolen;
}
#define g_steal_pointer(place) ((__typeof__(*(place)))g_steal_pointer_(place))
#define g_clear_pointer(place, destroy)          \
    do {                                         \
        __typeof__(*(place)) g_cleared_ = *(place); \
        *(place) = NULL;                         \
        if (g_cleared_) {                        \
            (destroy)(g_cleared_);               \
        }                                        \
    } while (0)

/* Automatic cleanup */
static inline void g_autoptr_cleanup_generic_gfree(void *place)
{
    g_free(*(void **)place);
}
#define g_autofree __attribute__((cleanup(g_autoptr_cleanup_generic_gfree)))
#define G_DEFINE_AUTOPTR_CLEANUP_FUNC(type, func)                   \
    typedef type *type##_autoptr;                                   \
    static inline void glib_autoptr_cleanup_##type(type **place)    \
    {                                                               \
        if (*place) {                                               \
            (func)(*place);                                         \
        }                                                           \
    }
#define G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(type, func)                \
    static inline void glib_auto_cleanup_##type(type *place)        \
    {                                                               \
        (func)(place);                                              \
    }
#define g_autoptr(type) __attribute__((cleanup(glib_autoptr_cleanup_##type))) type##_autoptr
#define g_auto(type) __attribute__((cleanup(glib_auto_cleanup_##type))) type

/* Assertions and messages */
#define g_assert(e) ((e) ? (void)0 : __assert_fail(#e, __FILE__, __LINE__, __func__))
#define g_assert_true(e) g_assert(e)
#define g_assert_false(e) g_assert(!(e))
#define g_assert_null(e) g_assert((e) == NULL)
#define g_assert_nonnull(e) g_assert((e) != NULL)
#define g_assert_not_reached() __assert_fail("code that is never reached", __FILE__, __LINE__, __func__)
#define g_assert_cmpint(a, op, b) ((a)op(b) ? (void)0 : __assert_fail(#a " " #op " " #b, __FILE__, __LINE__, __func__))
#define g_assert_cmpuint(a, op, b) g_assert_cmpint(a, op, b)
#define g_assert_cmphex(a, op, b) g_assert_cmpint(a, op, b)
#define g_assert_cmpstr(a, op, b) \
    (g_strcmp0(a, b) op 0 ? (void)0 : __assert_fail(#a " " #op " " #b, __FILE__, __LINE__, __func__))
#define g_return_if_fail(e)                 \
    do {                                    \
        if (!(e)) {                         \
            g_critical_failed_(#e, __func__); \
            return;                         \
        }                                   \
    } while (0)
#define g_return_val_if_fail(e, v)          \
    do {                                    \
        if (!(e)) {                         \
            g_critical_failed_(#e, __func__); \
            return (v);                     \
        }                                   \
    } while (0)
#define g_warn_if_reached() g_critical_failed_("reached", __func__)
void g_critical_failed_(const char *expression, const char *function);
void g_critical(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_message(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_debug(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_print(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_printerr(const char *format, ...) G_GNUC_PRINTF(1, 2);
void g_error(const char *format, ...) G_GNUC_PRINTF(1, 2) G_GNUC_NORETURN;

/* Strings */
gchar *g_strdup(const gchar *str);
gchar *g_strndup(const gchar *str, gsize n);
gchar *g_strdup_printf(const gchar *format, ...) G_GNUC_PRINTF(1, 2);
gchar *g_strdup_vprintf(const gchar *format, va_list args);
gchar *g_strconcat(const gchar *first, ...);
gchar *g_strjoin(const gchar *separator, ...);
gchar **g_strdupv(gchar **parts);
gboolean g_ascii_isdigit(gchar c);
gboolean g_ascii_isalpha(gchar c);
gboolean g_ascii_isalnum(gchar c);
gboolean g_ascii_isspace(gchar c);
gboolean g_ascii_isxdigit(gchar c);
gchar g_ascii_tolower(gchar c);
gchar g_ascii_toupper(gchar c);
gint g_ascii_strcasecmp(const gchar *a, const gchar *b);
gint g_ascii_strncasecmp(const gchar *a, const gchar *b, gsize n);
gchar *g_ascii_strdown(const gchar *str, gssize length);
#define g_ascii_strtoull(text, end, base) strtoull((text), (end), (int)(base))
#define g_ascii_strtoll(text, end, base) strtoll((text), (end), (int)(base))
gchar **g_strsplit(const gchar *str, const gchar *delimiter, gint most);
gchar *g_strjoinv(const gchar *separator, gchar **parts);
void g_strfreev(gchar **parts);
guint g_strv_length(gchar **parts);
gboolean g_str_has_prefix(const gchar *str, const gchar *prefix);
gboolean g_str_has_suffix(const gchar *str, const gchar *suffix);
gint g_strcmp0(const char *a, const char *b);

typedef struct GString {
    gchar *str;
    gsize len;
    gsize allocated_len;
} GString;
GString *g_string_new(const gchar *init);
GString *g_string_append(GString *string, const gchar *more);
GString *g_string_append_len(GString *string, const gchar *more, gssize length);
GString *g_string_prepend(GString *string, const gchar *before);
GString *g_string_truncate(GString *string, gsize length);
GString *g_string_assign(GString *string, const gchar *text);
void g_string_printf(GString *string, const gchar *format, ...) G_GNUC_PRINTF(2, 3);
GString *g_string_append_c(GString *string, gchar c);
void g_string_vprintf(GString *string, const gchar *format, va_list args);
void g_string_append_vprintf(GString *string, const gchar *format, va_list args);
void g_string_append_printf(GString *string, const gchar *format, ...) G_GNUC_PRINTF(2, 3);
gchar *g_string_free(GString *string, gboolean with_characters);

/* Hash tables */
typedef struct GHashTable GHashTable;
typedef struct GHashTableIter {
    GHashTable *table;
    gint position;
    gint version;
} GHashTableIter;
guint g_str_hash(gconstpointer key);
gboolean g_str_equal(gconstpointer a, gconstpointer b);
guint g_direct_hash(gconstpointer key);
gboolean g_direct_equal(gconstpointer a, gconstpointer b);
guint g_int_hash(gconstpointer key);
gboolean g_int_equal(gconstpointer a, gconstpointer b);
guint g_int64_hash(gconstpointer key);
gboolean g_int64_equal(gconstpointer a, gconstpointer b);
GHashTable *g_hash_table_new(GHashFunc hash, GEqualFunc equal);
GHashTable *g_hash_table_new_full(GHashFunc hash, GEqualFunc equal, GDestroyNotify key_destroy,
                                  GDestroyNotify value_destroy);
gboolean g_hash_table_insert(GHashTable *table, gpointer key, gpointer value);
gboolean g_hash_table_replace(GHashTable *table, gpointer key, gpointer value);
gboolean g_hash_table_add(GHashTable *table, gpointer key);
gboolean g_hash_table_remove(GHashTable *table, gconstpointer key);
gboolean g_hash_table_steal(GHashTable *table, gconstpointer key);
void g_hash_table_remove_all(GHashTable *table);
void g_hash_table_steal_all(GHashTable *table);
gpointer g_hash_table_lookup(GHashTable *table, gconstpointer key);
gboolean g_hash_table_lookup_extended(GHashTable *table, gconstpointer key, gpointer *stored, gpointer *value);
gboolean g_hash_table_contains(GHashTable *table, gconstpointer key);
guint g_hash_table_size(GHashTable *table);
void g_hash_table_foreach(GHashTable *table, GHFunc func, gpointer user_data);
guint g_hash_table_foreach_remove(GHashTable *table, GHRFunc func, gpointer user_data);
guint g_hash_table_foreach_steal(GHashTable *table, GHRFunc func, gpointer user_data);
gpointer g_hash_table_find(GHashTable *table, GHRFunc predicate, gpointer user_data);
GHashTable *g_hash_table_ref(GHashTable *table);
void g_hash_table_unref(GHashTable *table);
void g_hash_table_destroy(GHashTable *table);
void g_hash_table_iter_init(GHashTableIter *iter, GHashTable *table);
gboolean g_hash_table_iter_next(GHashTableIter *iter, gpointer *key, gpointer *value);
void g_hash_table_iter_remove(GHashTableIter *iter);
void g_hash_table_iter_steal(GHashTableIter *iter);
void g_hash_table_iter_replace(GHashTableIter *iter, gpointer value);
GHashTable *g_hash_table_iter_get_hash_table(GHashTableIter *iter);

/* Lists */
typedef struct GList {
    gpointer data;
    struct GList *next;
    struct GList *prev;
} GList;
typedef struct GSList {
    gpointer data;
    struct GSList *next;
} GSList;
GList *g_list_append(GList *list, gpointer data);
GList *g_list_prepend(GList *list, gpointer data);
GList *g_list_remove(GList *list, gconstpointer data);
GList *g_list_delete_link(GList *list, GList *link);
GList *g_list_reverse(GList *list);
GList *g_list_find(GList *list, gconstpointer data);
GList *g_list_find_custom(GList *list, gconstpointer data, GCompareFunc compare);
GList *g_list_first(GList *list);
GList *g_list_last(GList *list);
GList *g_list_nth(GList *list, guint n);
gpointer g_list_nth_data(GList *list, guint n);
GList *g_list_concat(GList *first, GList *second);
GList *g_list_copy(GList *list);
GList *g_list_insert_sorted(GList *list, gpointer data, GCompareFunc compare);
GList *g_list_sort(GList *list, GCompareFunc compare);
void g_list_foreach(GList *list, GFunc func, gpointer user_data);
guint g_list_length(GList *list);
void g_list_free(GList *list);
void g_list_free_full(GList *list, GDestroyNotify destroy);
GSList *g_slist_append(GSList *list, gpointer data);
GSList *g_slist_prepend(GSList *list, gpointer data);
GSList *g_slist_remove(GSList *list, gconstpointer data);
GSList *g_slist_reverse(GSList *list);
GSList *g_slist_sort(GSList *list, GCompareFunc compare);
GSList *g_slist_sort_with_data(GSList *list, GCompareDataFunc compare, gpointer user_data);
GSList *g_slist_insert_sorted(GSList *list, gpointer data, GCompareFunc compare);
GSList *g_slist_find(GSList *list, gconstpointer data);
GSList *g_slist_find_custom(GSList *list, gconstpointer data, GCompareFunc compare);
GSList *g_slist_delete_link(GSList *list, GSList *link);
GSList *g_slist_copy(GSList *list);
GSList *g_slist_concat(GSList *first, GSList *second);
#define g_list_next(link) ((link) ? (link)->next : NULL)
#define g_list_previous(link) ((link) ? (link)->prev : NULL)
#define g_slist_next(link) ((link) ? (link)->next : NULL)
void g_slist_foreach(GSList *list, GFunc func, gpointer user_data);
guint g_slist_length(GSList *list);
void g_slist_free(GSList *list);
void g_slist_free_full(GSList *list, GDestroyNotify destroy);
GList *g_hash_table_get_keys(GHashTable *table);
GList *g_hash_table_get_values(GHashTable *table);

/* Arrays */
typedef struct GPtrArray {
    gpointer *pdata;
    guint len;
    guint capacity;
    GDestroyNotify destroy;
} GPtrArray;
typedef struct GArray {
    gchar *data;
    guint len;
    guint capacity;
    guint size;
    gboolean zero_terminated;
} GArray;
GPtrArray *g_ptr_array_new(void);
GPtrArray *g_ptr_array_new_with_free_func(GDestroyNotify destroy);
void g_ptr_array_add(GPtrArray *array, gpointer data);
gboolean g_ptr_array_remove(GPtrArray *array, gpointer data);
gpointer *g_ptr_array_free(GPtrArray *array, gboolean with_segment);
void g_ptr_array_unref(GPtrArray *array);
void g_ptr_array_foreach(GPtrArray *array, GFunc func, gpointer user_data);
gpointer g_ptr_array_remove_index(GPtrArray *array, guint at);
#define g_ptr_array_index(array, i) ((array)->pdata[i])
GArray *g_array_new(gboolean zero_terminated, gboolean clear, guint size);
GArray *g_array_append_vals(GArray *array, gconstpointer data, guint n);
gchar *g_array_free(GArray *array, gboolean with_segment);
void g_array_unref(GArray *array);
GArray *g_array_sized_new(gboolean zero_terminated, gboolean clear, guint size, guint reserved);
GArray *g_array_set_size(GArray *array, guint length);
GArray *g_array_remove_index(GArray *array, guint at);
#define g_array_append_val(array, value) g_array_append_vals(array, &(value), 1)
#define g_array_index(array, type, i) (((type *)(void *)(array)->data)[i])

/* Bytes: an array whose elements are one byte */
typedef GArray GByteArray;
GByteArray *g_byte_array_new(void);
GByteArray *g_byte_array_append(GByteArray *array, const guint8 *data, guint n);
guint8 *g_byte_array_free(GByteArray *array, gboolean with_segment);
void g_byte_array_unref(GByteArray *array);

/* Queues */
typedef struct GQueue {
    GList *head;
    GList *tail;
    guint length;
} GQueue;
#define G_QUEUE_INIT { NULL, NULL, 0 }
GQueue *g_queue_new(void);
void g_queue_init(GQueue *queue);
gboolean g_queue_is_empty(GQueue *queue);
guint g_queue_get_length(GQueue *queue);
void g_queue_push_head(GQueue *queue, gpointer data);
void g_queue_push_tail(GQueue *queue, gpointer data);
gpointer g_queue_pop_head(GQueue *queue);
gpointer g_queue_pop_tail(GQueue *queue);
gpointer g_queue_peek_head(GQueue *queue);
gboolean g_queue_remove(GQueue *queue, gconstpointer data);
void g_queue_free(GQueue *queue);
void g_queue_free_full(GQueue *queue, GDestroyNotify destroy);

/* Once: one thread, so the flag is enough */
typedef struct GOnce {
    gint status;
    gpointer retval;
} GOnce;
#define G_ONCE_INIT { 0, NULL }
#define g_once(once, func, arg) \
    ((once)->status ? (once)->retval : ((once)->status = 1, (once)->retval = (func)(arg)))
#define g_once_init_enter(place) (*(place) == 0)
#define g_once_init_leave(place, value) ((void)(*(place) = (value)))

/* Atomics: one thread, so plain accesses */
#define g_atomic_int_get(p) (*(p))
#define g_atomic_int_set(p, v) ((void)(*(p) = (v)))
#define g_atomic_int_inc(p) ((void)++*(p))
#define g_atomic_int_add(p, v) ((*(p) += (v)) - (v))
#define g_atomic_int_dec_and_test(p) (--*(p) == 0)
#define g_atomic_pointer_get(p) (*(p))
#define g_atomic_pointer_set(p, v) ((void)(*(p) = (v)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GHashTable, g_hash_table_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GPtrArray, g_ptr_array_unref)
static inline void g_autoptr_string_free_(GString *string)
{
    g_string_free(string, TRUE);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GString, g_autoptr_string_free_)
typedef gchar **GStrv;
static inline void glib_auto_cleanup_GStrv(GStrv *parts)
{
    g_strfreev(*parts);
}

typedef struct GError {
    GQuark domain;
    gint code;
    gchar *message;
} GError;
void g_error_free(GError *error);
void g_clear_error(GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GError, g_error_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GArray, g_array_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GQueue, g_queue_free)

/* Named in headers, used by nothing that is modelled */
typedef struct GMainContext GMainContext;
typedef struct GMainLoop GMainLoop;
typedef struct GSource {
    gpointer callback_data;
} GSource;
typedef struct GSourceFuncs GSourceFuncs;
typedef struct GThread GThread;
typedef struct GThreadPool GThreadPool;
typedef struct GTree GTree;
typedef struct GTimer GTimer;
typedef struct GRand GRand;
typedef struct GIOChannel GIOChannel;
typedef struct GChecksum GChecksum;
typedef struct GKeyFile GKeyFile;
typedef struct GRegex GRegex;
typedef struct GDateTime GDateTime;
typedef struct GBytes GBytes;
typedef struct GUuid GUuid;
typedef struct GOptionContext GOptionContext;
typedef struct GMutex {
    gpointer p;
} GMutex;
typedef struct GCond {
    gpointer p;
} GCond;
typedef struct GPollFD {
    gint fd;
    gushort events;
    gushort revents;
} GPollFD;
typedef enum { G_IO_IN = 1, G_IO_PRI = 2, G_IO_OUT = 4, G_IO_ERR = 8, G_IO_HUP = 16, G_IO_NVAL = 32 } GIOCondition;
typedef int GPid;
typedef gboolean (*GSourceFunc)(gpointer user_data);
typedef gpointer (*GThreadFunc)(gpointer data);
typedef gboolean (*GIOFunc)(GIOChannel *source, GIOCondition condition, gpointer data);
#define G_SOURCE_CONTINUE TRUE
#define G_SOURCE_REMOVE FALSE
#define G_USEC_PER_SEC 1000000

/* Tests */
void g_test_init(int *argc, char ***argv, ...);
void g_test_add_func(const char *path, void (*test)(void));
int g_test_run(void);

#endif
