/*
 * The part of GLib that the pack runs on, in plain C.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib.h>

/* Memory */

gpointer g_malloc(gsize n)
{
    return n ? malloc(n) : NULL;
}

gpointer g_malloc0(gsize n)
{
    return n ? calloc(1, n) : NULL;
}

/* A product that does not fit stops the program, as in GLib. */
static gsize product(gsize n, gsize size)
{
    if (size != 0 && n > G_MAXSIZE / size) {
        g_error("%zu times %zu bytes do not fit", n, size);
    }
    return n * size;
}

gpointer g_malloc_n(gsize n, gsize size)
{
    return g_malloc(product(n, size));
}

gpointer g_malloc0_n(gsize n, gsize size)
{
    return g_malloc0(product(n, size));
}

gpointer g_try_malloc(gsize n)
{
    return g_malloc(n);
}

gpointer g_try_malloc0(gsize n)
{
    return g_malloc0(n);
}

gpointer g_realloc(gpointer mem, gsize n)
{
    if (n == 0) {
        free(mem);
        return NULL;
    }
    return realloc(mem, n);
}

gpointer g_realloc_n(gpointer mem, gsize n, gsize size)
{
    return g_realloc(mem, product(n, size));
}

void g_free(gpointer mem)
{
    free(mem);
}

gpointer g_memdup2(gconstpointer mem, gsize n)
{
    if (mem == NULL || n == 0) {
        return NULL;
    }
    return memcpy(g_malloc(n), mem, n);
}

gpointer g_memdup(gconstpointer mem, guint n)
{
    return g_memdup2(mem, n);
}

/* Messages */

static void say(FILE *where, const char *prefix, const char *format, va_list args)
{
    fputs(prefix, where);
    vfprintf(where, format, args);
}

void g_critical_failed_(const char *expression, const char *function)
{
    fprintf(stderr, "CRITICAL: %s: '%s' failed\n", function, expression);
}

#define SAYS(name, where, prefix, after)      \
    void name(const char *format, ...)        \
    {                                         \
        va_list args;                         \
        va_start(args, format);               \
        say(where, prefix, format, args);     \
        va_end(args);                         \
        after;                                \
    }

SAYS(g_critical, stderr, "CRITICAL: ", fputc('\n', stderr))
SAYS(g_warning, stderr, "WARNING: ", fputc('\n', stderr))
SAYS(g_message, stderr, "Message: ", fputc('\n', stderr))
SAYS(g_print, stdout, "", (void)0)
SAYS(g_printerr, stderr, "", (void)0)
SAYS(g_error, stderr, "ERROR: ", abort())

void g_debug(const char *format, ...)
{
    (void)format;
}

/* Strings */

gchar *g_strndup(const gchar *str, gsize n)
{
    gsize length;
    gchar *copy;

    if (str == NULL) {
        return NULL;
    }
    length = strnlen(str, n);
    copy = g_malloc(length + 1);
    memcpy(copy, str, length);
    copy[length] = '\0';
    return copy;
}

gchar *g_strdup(const gchar *str)
{
    return str ? g_strndup(str, strlen(str)) : NULL;
}

gchar *g_strdup_vprintf(const gchar *format, va_list args)
{
    va_list again;
    gchar *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = g_malloc((gsize)length + 1);
    vsnprintf(text, (gsize)length + 1, format, args);
    return text;
}

gchar *g_strdup_printf(const gchar *format, ...)
{
    va_list args;
    gchar *text;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    return text;
}

gchar *g_strconcat(const gchar *first, ...)
{
    GString *all = g_string_new(first);
    const gchar *part;
    va_list args;

    va_start(args, first);
    while ((part = va_arg(args, const gchar *)) != NULL) {
        g_string_append(all, part);
    }
    va_end(args);
    return g_string_free(all, FALSE);
}

gchar **g_strsplit(const gchar *str, const gchar *delimiter, gint most)
{
    gchar **parts = g_new0(gchar *, strlen(str) + 2);
    gsize width = strlen(delimiter);
    guint n = 0;

    while (*str) {
        const gchar *end = most > 0 && (gint)n + 1 >= most ? NULL : strstr(str, delimiter);
        if (end == NULL) {
            parts[n++] = g_strdup(str);
            return parts;
        }
        parts[n++] = g_strndup(str, (gsize)(end - str));
        str = end + width;
        if (*str == '\0') {
            parts[n++] = g_strdup("");
        }
    }
    return parts;
}

gchar *g_strjoinv(const gchar *separator, gchar **parts)
{
    GString *all = g_string_new("");

    for (guint i = 0; parts[i]; i++) {
        if (i > 0) {
            g_string_append(all, separator);
        }
        g_string_append(all, parts[i]);
    }
    return g_string_free(all, FALSE);
}

void g_strfreev(gchar **parts)
{
    for (guint i = 0; parts && parts[i]; i++) {
        g_free(parts[i]);
    }
    g_free(parts);
}

guint g_strv_length(gchar **parts)
{
    guint n = 0;

    while (parts[n]) {
        n++;
    }
    return n;
}

gchar *g_strjoin(const gchar *separator, ...)
{
    GString *all = g_string_new("");
    const gchar *part;
    gboolean first = TRUE;
    va_list args;

    va_start(args, separator);
    while ((part = va_arg(args, const gchar *)) != NULL) {
        if (!first && separator) {
            g_string_append(all, separator);
        }
        g_string_append(all, part);
        first = FALSE;
    }
    va_end(args);
    return g_string_free(all, FALSE);
}

gchar **g_strdupv(gchar **parts)
{
    gchar **copy;
    guint n;

    if (!parts) {
        return NULL;
    }
    n = g_strv_length(parts);
    copy = g_new0(gchar *, n + 1);
    while (n-- > 0) {
        copy[n] = g_strdup(parts[n]);
    }
    return copy;
}

gboolean g_ascii_isdigit(gchar c)
{
    return c >= '0' && c <= '9';
}

gboolean g_ascii_isalpha(gchar c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

gboolean g_ascii_isalnum(gchar c)
{
    return g_ascii_isdigit(c) || g_ascii_isalpha(c);
}

gboolean g_ascii_isspace(gchar c)
{
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

gboolean g_ascii_isxdigit(gchar c)
{
    return g_ascii_isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

gchar g_ascii_tolower(gchar c)
{
    return c >= 'A' && c <= 'Z' ? (gchar)(c - 'A' + 'a') : c;
}

gchar g_ascii_toupper(gchar c)
{
    return c >= 'a' && c <= 'z' ? (gchar)(c - 'a' + 'A') : c;
}

gint g_ascii_strncasecmp(const gchar *a, const gchar *b, gsize n)
{
    for (; n > 0; n--, a++, b++) {
        gint difference = (guchar)g_ascii_tolower(*a) - (guchar)g_ascii_tolower(*b);

        if (difference || !*a) {
            return difference;
        }
    }
    return 0;
}

gint g_ascii_strcasecmp(const gchar *a, const gchar *b)
{
    return g_ascii_strncasecmp(a, b, G_MAXSIZE);
}

gchar *g_ascii_strdown(const gchar *str, gssize length)
{
    gchar *copy = length < 0 ? g_strdup(str) : g_strndup(str, (gsize)length);

    for (gchar *p = copy; *p; p++) {
        *p = g_ascii_tolower(*p);
    }
    return copy;
}

gboolean g_str_has_prefix(const gchar *str, const gchar *prefix)
{
    return strncmp(str, prefix, strlen(prefix)) == 0;
}

gboolean g_str_has_suffix(const gchar *str, const gchar *suffix)
{
    gsize whole = strlen(str), part = strlen(suffix);

    return whole >= part && strcmp(str + whole - part, suffix) == 0;
}

gint g_strcmp0(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    return strcmp(a, b);
}

static void string_reserve(GString *string, gsize more)
{
    if (string->len + more + 1 > string->allocated_len) {
        string->allocated_len = (string->len + more + 1) * 2;
        string->str = g_realloc(string->str, string->allocated_len);
    }
}

GString *g_string_new(const gchar *init)
{
    GString *string = g_new0(GString, 1);

    string_reserve(string, 0);
    string->str[0] = '\0';
    return init ? g_string_append(string, init) : string;
}

GString *g_string_append(GString *string, const gchar *more)
{
    gsize length = strlen(more);

    string_reserve(string, length);
    memcpy(string->str + string->len, more, length + 1);
    string->len += length;
    return string;
}

GString *g_string_append_c(GString *string, gchar c)
{
    gchar text[2] = { c, '\0' };

    return g_string_append(string, text);
}

void g_string_append_vprintf(GString *string, const gchar *format, va_list args)
{
    gchar *text = g_strdup_vprintf(format, args);

    g_string_append(string, text);
    g_free(text);
}

void g_string_append_printf(GString *string, const gchar *format, ...)
{
    va_list args;

    va_start(args, format);
    g_string_append_vprintf(string, format, args);
    va_end(args);
}

GString *g_string_append_len(GString *string, const gchar *more, gssize length)
{
    gsize n = length < 0 ? strlen(more) : (gsize)length;

    string_reserve(string, n);
    memcpy(string->str + string->len, more, n);
    string->len += n;
    string->str[string->len] = '\0';
    return string;
}

GString *g_string_truncate(GString *string, gsize length)
{
    string->len = MIN(length, string->len);
    string->str[string->len] = '\0';
    return string;
}

GString *g_string_assign(GString *string, const gchar *text)
{
    return g_string_append(g_string_truncate(string, 0), text);
}

GString *g_string_prepend(GString *string, const gchar *before)
{
    gsize n = strlen(before);

    string_reserve(string, n);
    memmove(string->str + n, string->str, string->len + 1);
    memcpy(string->str, before, n);
    string->len += n;
    return string;
}

void g_string_vprintf(GString *string, const gchar *format, va_list args)
{
    gchar *text = g_strdup_vprintf(format, args);

    g_string_assign(string, text);
    g_free(text);
}

void g_string_printf(GString *string, const gchar *format, ...)
{
    va_list args;

    va_start(args, format);
    g_string_vprintf(string, format, args);
    va_end(args);
}

gchar *g_string_free(GString *string, gboolean with_characters)
{
    gchar *text = string->str;

    g_free(string);
    if (with_characters) {
        g_free(text);
        return NULL;
    }
    return text;
}

/*
 * Hash tables. Open addressing: an entry starts at hash * 11 modulo a prime, collisions step by 1, 2, 3, …
 * modulo the power of two that is the size. Hash 0 marks a free slot, 1 one whose entry was removed.
 */
enum { SLOT_FREE = 0, SLOT_REMOVED = 1, FIRST_HASH = 2, SMALLEST_SHIFT = 3 };

struct GHashTable {
    gint size;
    gint modulus;
    guint mask;
    gint entries;
    gint occupied; /* entries and removed ones */
    guint *hashes;
    gpointer *keys;
    gpointer *values;
    GHashFunc hash;
    GEqualFunc equal;
    gint references;
    gint version;
    GDestroyNotify key_destroy;
    GDestroyNotify value_destroy;
};

/* The largest prime below each power of two. */
static const gint primes[] = {
    1,      2,      3,       7,       13,      31,      61,       127,      251,      509,      1021,
    2039,   4093,   8191,    16381,   32749,   65521,   131071,   262139,   524287,   1048573,  2097143,
    4194301, 8388593, 16777213, 33554393, 67108859, 134217689, 268435399, 536870909, 1073741789, 2147483647,
};

guint g_str_hash(gconstpointer key)
{
    const signed char *p = key;
    guint32 hash = 5381;

    for (; *p; p++) {
        hash = hash * 33 + (guint32)*p;
    }
    return hash;
}

gboolean g_str_equal(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b) == 0;
}

guint g_direct_hash(gconstpointer key)
{
    return GPOINTER_TO_UINT(key);
}

gboolean g_direct_equal(gconstpointer a, gconstpointer b)
{
    return a == b;
}

guint g_int_hash(gconstpointer key)
{
    return *(const guint *)key;
}

gboolean g_int_equal(gconstpointer a, gconstpointer b)
{
    return *(const gint *)a == *(const gint *)b;
}

/* The lower half, as in 2.74; later releases mix the upper one in. */
guint g_int64_hash(gconstpointer key)
{
    return (guint)*(const guint64 *)key;
}

gboolean g_int64_equal(gconstpointer a, gconstpointer b)
{
    return *(const gint64 *)a == *(const gint64 *)b;
}

static void table_shape(GHashTable *table, gint shift)
{
    table->size = 1 << shift;
    table->modulus = primes[shift];
    table->mask = (guint)table->size - 1;
}

static void table_storage(GHashTable *table, gint shift)
{
    table_shape(table, shift);
    table->hashes = g_new0(guint, table->size);
    table->keys = g_new0(gpointer, table->size);
    table->values = g_new0(gpointer, table->size);
}

GHashTable *g_hash_table_new_full(GHashFunc hash, GEqualFunc equal, GDestroyNotify key_destroy,
                                  GDestroyNotify value_destroy)
{
    GHashTable *table = g_new0(GHashTable, 1);

    table->hash = hash ? hash : g_direct_hash;
    table->equal = equal;
    table->key_destroy = key_destroy;
    table->value_destroy = value_destroy;
    table->references = 1;
    table_storage(table, SMALLEST_SHIFT);
    return table;
}

GHashTable *g_hash_table_new(GHashFunc hash, GEqualFunc equal)
{
    return g_hash_table_new_full(hash, equal, NULL, NULL);
}

static gint table_start(GHashTable *table, guint hash)
{
    return (gint)((hash * 11u) % (guint)table->modulus);
}

static gboolean table_same(GHashTable *table, gconstpointer a, gconstpointer b)
{
    return table->equal ? table->equal(a, b) : a == b;
}

/* The slot of a key, or the one it would go to. */
static gint table_find(GHashTable *table, gconstpointer key, guint *hash_out)
{
    guint hash = table->hash(key);
    gint removed = -1;
    gint at;

    hash = hash < FIRST_HASH ? FIRST_HASH : hash;
    *hash_out = hash;
    at = table_start(table, hash);
    for (guint step = 1; table->hashes[at] != SLOT_FREE; step++) {
        if (table->hashes[at] == hash && table_same(table, table->keys[at], key)) {
            return at;
        }
        if (table->hashes[at] == SLOT_REMOVED && removed < 0) {
            removed = at;
        }
        at = (gint)(((guint)at + step) & table->mask);
    }
    return removed < 0 ? at : removed;
}

static void table_arrays(GHashTable *table, gint size)
{
    table->hashes = g_renew(guint, table->hashes, size);
    table->keys = g_renew(gpointer, table->keys, size);
    table->values = g_renew(gpointer, table->values, size);
}

/*
 * Places an entry anew. Slots that are placed are passed over; one that still waits is put out of its slot and
 * placed next, until a free slot ends the chain.
 */
static void table_place(GHashTable *table, guint8 *placed, guint hash, gpointer key, gpointer value)
{
    for (;;) {
        gint at = table_start(table, hash);
        guint waiting;

        for (guint step = 1; placed[at]; step++) {
            at = (gint)(((guint)at + step) & table->mask);
        }
        placed[at] = 1;
        waiting = table->hashes[at];
        table->hashes[at] = hash;
        if (waiting < FIRST_HASH) {
            table->keys[at] = key;
            table->values[at] = value;
            return;
        }
        hash = waiting;
        gpointer waiting_key = table->keys[at], waiting_value = table->values[at];
        table->keys[at] = key;
        table->values[at] = value;
        key = waiting_key;
        value = waiting_value;
    }
}

/* In place, as in GLib: who is put out of a slot comes before those further on, and that decides the order. */
static void table_resize(GHashTable *table)
{
    gint old_size = table->size;
    gint shift = 0;
    guint8 *placed;

    for (gint n = (gint)(table->entries * 1.333); n; n >>= 1) {
        shift++;
    }
    table_shape(table, MAX(shift, SMALLEST_SHIFT));
    if (table->size > old_size) {
        table_arrays(table, table->size);
        memset(table->hashes + old_size, 0, (gsize)(table->size - old_size) * sizeof(guint));
    }
    placed = g_new0(guint8, MAX(old_size, table->size));
    for (gint i = 0; i < old_size; i++) {
        guint hash = table->hashes[i];

        if (hash < FIRST_HASH) {
            table->hashes[i] = SLOT_FREE;
        } else if (!placed[i]) {
            table->hashes[i] = SLOT_FREE;
            table_place(table, placed, hash, table->keys[i], table->values[i]);
        }
    }
    g_free(placed);
    if (table->size < old_size) {
        table_arrays(table, table->size);
    }
    table->occupied = table->entries;
}

static void table_maybe_resize(GHashTable *table)
{
    gint size = table->size;

    if ((size > table->entries * 4 && size > 1 << SMALLEST_SHIFT) ||
        size <= table->occupied + table->occupied / 16) {
        table_resize(table);
    }
}

static gboolean table_insert(GHashTable *table, gpointer key, gpointer value, gboolean keep_new_key)
{
    guint hash;
    gint at = table_find(table, key, &hash);
    guint before = table->hashes[at];
    gpointer dropped_key, dropped_value;

    if (before < FIRST_HASH) {
        table->hashes[at] = hash;
        table->keys[at] = key;
        table->values[at] = value;
        table->entries++;
        table->version++;
        if (before == SLOT_FREE) {
            table->occupied++;
            table_maybe_resize(table);
        }
        return TRUE;
    }
    dropped_key = keep_new_key ? table->keys[at] : key;
    dropped_value = table->values[at];
    if (keep_new_key) {
        table->keys[at] = key;
    }
    table->values[at] = value;
    if (table->key_destroy) {
        table->key_destroy(dropped_key);
    }
    if (table->value_destroy) {
        table->value_destroy(dropped_value);
    }
    return FALSE;
}

gboolean g_hash_table_insert(GHashTable *table, gpointer key, gpointer value)
{
    return table_insert(table, key, value, FALSE);
}

gboolean g_hash_table_replace(GHashTable *table, gpointer key, gpointer value)
{
    return table_insert(table, key, value, TRUE);
}

gboolean g_hash_table_add(GHashTable *table, gpointer key)
{
    return table_insert(table, key, key, TRUE);
}

static void table_remove_at(GHashTable *table, gint at, gboolean notify)
{
    gpointer key = table->keys[at];
    gpointer value = table->values[at];

    table->hashes[at] = SLOT_REMOVED;
    table->keys[at] = NULL;
    table->values[at] = NULL;
    table->entries--;
    if (notify && table->key_destroy) {
        table->key_destroy(key);
    }
    if (notify && table->value_destroy) {
        table->value_destroy(value);
    }
}

static gboolean table_take(GHashTable *table, gconstpointer key, gboolean notify)
{
    guint hash;
    gint at = table_find(table, key, &hash);

    if (table->hashes[at] < FIRST_HASH) {
        return FALSE;
    }
    table_remove_at(table, at, notify);
    table_maybe_resize(table);
    table->version++;
    return TRUE;
}

gboolean g_hash_table_remove(GHashTable *table, gconstpointer key)
{
    return table_take(table, key, TRUE);
}

gboolean g_hash_table_steal(GHashTable *table, gconstpointer key)
{
    return table_take(table, key, FALSE);
}

/*
 * Takes all entries out before the first is told that it goes: a notification that looks into the table finds
 * it empty, or, when the table itself is going, without storage.
 */
static void table_remove_all(GHashTable *table, gboolean notify, gboolean going)
{
    gint size = table->size;
    guint *hashes = table->hashes;
    gpointer *keys = table->keys;
    gpointer *values = table->values;

    table->entries = 0;
    table->occupied = 0;
    if (going) {
        table->hashes = NULL;
        table->keys = NULL;
        table->values = NULL;
    } else {
        table_storage(table, SMALLEST_SHIFT);
    }
    for (gint i = 0; notify && i < size; i++) {
        if (hashes[i] < FIRST_HASH) {
            continue;
        }
        if (table->key_destroy) {
            table->key_destroy(keys[i]);
        }
        if (table->value_destroy) {
            table->value_destroy(values[i]);
        }
    }
    g_free(hashes);
    g_free(keys);
    g_free(values);
}

void g_hash_table_remove_all(GHashTable *table)
{
    if (table->entries != 0) {
        table->version++;
    }
    table_remove_all(table, TRUE, FALSE);
}

void g_hash_table_steal_all(GHashTable *table)
{
    if (table->entries != 0) {
        table->version++;
    }
    table_remove_all(table, FALSE, FALSE);
}

gboolean g_hash_table_lookup_extended(GHashTable *table, gconstpointer key, gpointer *stored, gpointer *value)
{
    guint hash;
    gint at = table_find(table, key, &hash);

    if (table->hashes[at] < FIRST_HASH) {
        return FALSE;
    }
    if (stored) {
        *stored = table->keys[at];
    }
    if (value) {
        *value = table->values[at];
    }
    return TRUE;
}

gpointer g_hash_table_lookup(GHashTable *table, gconstpointer key)
{
    gpointer value = NULL;

    g_hash_table_lookup_extended(table, key, NULL, &value);
    return value;
}

gboolean g_hash_table_contains(GHashTable *table, gconstpointer key)
{
    return g_hash_table_lookup_extended(table, key, NULL, NULL);
}

guint g_hash_table_size(GHashTable *table)
{
    return (guint)table->entries;
}

/* The function must not change the table, as GLib says. */
void g_hash_table_foreach(GHashTable *table, GHFunc func, gpointer user_data)
{
    gint version = table->version;

    for (gint i = 0; i < table->size; i++) {
        if (table->hashes[i] >= FIRST_HASH) {
            func(table->keys[i], table->values[i], user_data);
        }
        g_return_if_fail(version == table->version);
    }
}

static guint table_foreach_take(GHashTable *table, GHRFunc func, gpointer user_data, gboolean notify)
{
    guint taken = 0;
    gint version = table->version;

    for (gint i = 0; i < table->size; i++) {
        if (table->hashes[i] >= FIRST_HASH && func(table->keys[i], table->values[i], user_data)) {
            table_remove_at(table, i, notify);
            taken++;
        }
        g_return_val_if_fail(version == table->version, 0);
    }
    table_maybe_resize(table);
    table->version += taken > 0;
    return taken;
}

guint g_hash_table_foreach_remove(GHashTable *table, GHRFunc func, gpointer user_data)
{
    return table_foreach_take(table, func, user_data, TRUE);
}

guint g_hash_table_foreach_steal(GHashTable *table, GHRFunc func, gpointer user_data)
{
    return table_foreach_take(table, func, user_data, FALSE);
}

gpointer g_hash_table_find(GHashTable *table, GHRFunc predicate, gpointer user_data)
{
    for (gint i = 0; i < table->size; i++) {
        if (table->hashes[i] >= FIRST_HASH && predicate(table->keys[i], table->values[i], user_data)) {
            return table->values[i];
        }
    }
    return NULL;
}

GHashTable *g_hash_table_ref(GHashTable *table)
{
    table->references++;
    return table;
}

void g_hash_table_unref(GHashTable *table)
{
    if (--table->references > 0) {
        return;
    }
    table_remove_all(table, TRUE, TRUE);
    g_free(table);
}

void g_hash_table_destroy(GHashTable *table)
{
    g_hash_table_remove_all(table);
    g_hash_table_unref(table);
}

void g_hash_table_iter_init(GHashTableIter *iter, GHashTable *table)
{
    iter->table = table;
    iter->position = -1;
    iter->version = table->version;
}

gboolean g_hash_table_iter_next(GHashTableIter *iter, gpointer *key, gpointer *value)
{
    GHashTable *table = iter->table;
    gint at = iter->position;

    g_return_val_if_fail(iter->version == table->version, FALSE);
    do {
        at++;
        if (at >= table->size) {
            iter->position = at;
            return FALSE;
        }
    } while (table->hashes[at] < FIRST_HASH);
    iter->position = at;
    if (key) {
        *key = table->keys[at];
    }
    if (value) {
        *value = table->values[at];
    }
    return TRUE;
}

static void iter_take(GHashTableIter *iter, gboolean notify)
{
    g_return_if_fail(iter->version == iter->table->version);
    table_remove_at(iter->table, iter->position, notify);
    iter->table->version++;
    iter->version++;
}

void g_hash_table_iter_remove(GHashTableIter *iter)
{
    iter_take(iter, TRUE);
}

void g_hash_table_iter_steal(GHashTableIter *iter)
{
    iter_take(iter, FALSE);
}

void g_hash_table_iter_replace(GHashTableIter *iter, gpointer value)
{
    GHashTable *table = iter->table;
    gpointer before = table->values[iter->position];

    g_return_if_fail(iter->version == table->version);
    table->values[iter->position] = value;
    table->version++;
    iter->version++;
    if (table->value_destroy) {
        table->value_destroy(before);
    }
}

GHashTable *g_hash_table_iter_get_hash_table(GHashTableIter *iter)
{
    return iter->table;
}

GList *g_hash_table_get_keys(GHashTable *table)
{
    GList *keys = NULL;

    for (gint i = 0; i < table->size; i++) {
        if (table->hashes[i] >= FIRST_HASH) {
            keys = g_list_prepend(keys, table->keys[i]);
        }
    }
    return keys;
}

GList *g_hash_table_get_values(GHashTable *table)
{
    GList *values = NULL;

    for (gint i = 0; i < table->size; i++) {
        if (table->hashes[i] >= FIRST_HASH) {
            values = g_list_prepend(values, table->values[i]);
        }
    }
    return values;
}

/* Lists */

GList *g_list_prepend(GList *list, gpointer data)
{
    GList *link = g_new0(GList, 1);

    link->data = data;
    link->next = list;
    if (list) {
        link->prev = list->prev;
        list->prev = link;
    }
    return link;
}

GList *g_list_append(GList *list, gpointer data)
{
    GList *link = g_new0(GList, 1);
    GList *last = list;

    link->data = data;
    if (list == NULL) {
        return link;
    }
    while (last->next) {
        last = last->next;
    }
    last->next = link;
    link->prev = last;
    return list;
}

GList *g_list_find(GList *list, gconstpointer data)
{
    while (list && list->data != data) {
        list = list->next;
    }
    return list;
}

GList *g_list_delete_link(GList *list, GList *link)
{
    if (link->prev) {
        link->prev->next = link->next;
    }
    if (link->next) {
        link->next->prev = link->prev;
    }
    list = list == link ? link->next : list;
    g_free(link);
    return list;
}

GList *g_list_remove(GList *list, gconstpointer data)
{
    GList *link = g_list_find(list, data);

    return link ? g_list_delete_link(list, link) : list;
}

GList *g_list_reverse(GList *list)
{
    GList *reversed = NULL;

    while (list) {
        GList *next = list->next;
        list->next = reversed;
        list->prev = next;
        reversed = list;
        list = next;
    }
    return reversed;
}

guint g_list_length(GList *list)
{
    guint n = 0;

    for (; list; list = list->next) {
        n++;
    }
    return n;
}

void g_list_free(GList *list)
{
    g_list_free_full(list, NULL);
}

void g_list_free_full(GList *list, GDestroyNotify destroy)
{
    while (list) {
        GList *next = list->next;
        if (destroy) {
            destroy(list->data);
        }
        g_free(list);
        list = next;
    }
}

GList *g_list_last(GList *list)
{
    while (list && list->next) {
        list = list->next;
    }
    return list;
}

GList *g_list_first(GList *list)
{
    while (list && list->prev) {
        list = list->prev;
    }
    return list;
}

GList *g_list_nth(GList *list, guint n)
{
    while (list && n-- > 0) {
        list = list->next;
    }
    return list;
}

gpointer g_list_nth_data(GList *list, guint n)
{
    list = g_list_nth(list, n);
    return list ? list->data : NULL;
}

GList *g_list_concat(GList *first, GList *second)
{
    GList *last = g_list_last(first);

    if (!first) {
        return second;
    }
    if (second) {
        last->next = second;
        second->prev = last;
    }
    return first;
}

GList *g_list_copy(GList *list)
{
    GList *copy = NULL;

    for (; list; list = list->next) {
        copy = g_list_prepend(copy, list->data);
    }
    return g_list_reverse(copy);
}

void g_list_foreach(GList *list, GFunc func, gpointer user_data)
{
    while (list) {
        GList *next = list->next;

        func(list->data, user_data);
        list = next;
    }
}

GList *g_list_find_custom(GList *list, gconstpointer data, GCompareFunc compare)
{
    while (list && compare(list->data, data) != 0) {
        list = list->next;
    }
    return list;
}

/* Before the first element that comes later; equal ones keep the order they came in. */
GList *g_list_insert_sorted(GList *list, gpointer data, GCompareFunc compare)
{
    GList *after = list, *before = NULL, *link;

    while (after && compare(data, after->data) > 0) {
        before = after;
        after = after->next;
    }
    if (!before) {
        return g_list_prepend(list, data);
    }
    link = g_new0(GList, 1);
    link->data = data;
    link->prev = before;
    link->next = after;
    before->next = link;
    if (after) {
        after->prev = link;
    }
    return list;
}

GList *g_list_sort(GList *list, GCompareFunc compare)
{
    GList *sorted = NULL, *last;

    /* From the end, as a new element goes before its equals. */
    while ((last = g_list_last(list)) != NULL) {
        gpointer data = last->data;

        list = g_list_delete_link(list, last);
        sorted = g_list_insert_sorted(sorted, data, compare);
    }
    return sorted;
}

GSList *g_slist_prepend(GSList *list, gpointer data)
{
    GSList *link = g_new0(GSList, 1);

    link->data = data;
    link->next = list;
    return link;
}

GSList *g_slist_append(GSList *list, gpointer data)
{
    GSList *link = g_slist_prepend(NULL, data);
    GSList *last = list;

    if (list == NULL) {
        return link;
    }
    while (last->next) {
        last = last->next;
    }
    last->next = link;
    return list;
}

GSList *g_slist_remove(GSList *list, gconstpointer data)
{
    for (GSList **place = &list; *place; place = &(*place)->next) {
        GSList *link = *place;
        if (link->data == data) {
            *place = link->next;
            g_free(link);
            break;
        }
    }
    return list;
}

GSList *g_slist_reverse(GSList *list)
{
    GSList *reversed = NULL;

    while (list) {
        GSList *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

GSList *g_slist_sort_with_data(GSList *list, GCompareDataFunc compare, gpointer user_data)
{
    GSList *sorted = NULL;

    while (list) {
        GSList *next = list->next;
        GSList **place = &sorted;
        while (*place && compare((*place)->data, list->data, user_data) <= 0) {
            place = &(*place)->next;
        }
        list->next = *place;
        *place = list;
        list = next;
    }
    return sorted;
}

/* A comparison without data, as one with. */
static gint compare_plain(gconstpointer a, gconstpointer b, gpointer compare)
{
    GCompareFunc *plain = compare;

    return (*plain)(a, b);
}

GSList *g_slist_sort(GSList *list, GCompareFunc compare)
{
    return g_slist_sort_with_data(list, compare_plain, &compare);
}

GSList *g_slist_insert_sorted(GSList *list, gpointer data, GCompareFunc compare)
{
    GSList **place = &list;

    while (*place && compare(data, (*place)->data) > 0) {
        place = &(*place)->next;
    }
    *place = g_slist_prepend(*place, data);
    return list;
}

GSList *g_slist_find(GSList *list, gconstpointer data)
{
    while (list && list->data != data) {
        list = list->next;
    }
    return list;
}

GSList *g_slist_find_custom(GSList *list, gconstpointer data, GCompareFunc compare)
{
    while (list && compare(list->data, data) != 0) {
        list = list->next;
    }
    return list;
}

GSList *g_slist_delete_link(GSList *list, GSList *link)
{
    GSList **place = &list;

    while (*place && *place != link) {
        place = &(*place)->next;
    }
    if (*place) {
        *place = link->next;
        g_free(link);
    }
    return list;
}

GSList *g_slist_copy(GSList *list)
{
    GSList *copy = NULL;

    for (; list; list = list->next) {
        copy = g_slist_prepend(copy, list->data);
    }
    return g_slist_reverse(copy);
}

GSList *g_slist_concat(GSList *first, GSList *second)
{
    GSList **place = &first;

    while (*place) {
        place = &(*place)->next;
    }
    *place = second;
    return first;
}

void g_slist_foreach(GSList *list, GFunc func, gpointer user_data)
{
    while (list) {
        GSList *next = list->next;
        func(list->data, user_data);
        list = next;
    }
}

guint g_slist_length(GSList *list)
{
    guint n = 0;

    for (; list; list = list->next) {
        n++;
    }
    return n;
}

void g_slist_free_full(GSList *list, GDestroyNotify destroy)
{
    while (list) {
        GSList *next = list->next;
        if (destroy) {
            destroy(list->data);
        }
        g_free(list);
        list = next;
    }
}

void g_slist_free(GSList *list)
{
    g_slist_free_full(list, NULL);
}

/* Arrays */

GPtrArray *g_ptr_array_new_with_free_func(GDestroyNotify destroy)
{
    GPtrArray *array = g_new0(GPtrArray, 1);

    array->destroy = destroy;
    return array;
}

GPtrArray *g_ptr_array_new(void)
{
    return g_ptr_array_new_with_free_func(NULL);
}

void g_ptr_array_add(GPtrArray *array, gpointer data)
{
    if (array->len == array->capacity) {
        array->capacity = array->capacity ? array->capacity * 2 : 16;
        array->pdata = g_renew(gpointer, array->pdata, array->capacity);
    }
    array->pdata[array->len++] = data;
}

gboolean g_ptr_array_remove(GPtrArray *array, gpointer data)
{
    for (guint i = 0; i < array->len; i++) {
        if (array->pdata[i] == data) {
            memmove(&array->pdata[i], &array->pdata[i + 1], (array->len - i - 1) * sizeof(gpointer));
            array->len--;
            if (array->destroy) {
                array->destroy(data);
            }
            return TRUE;
        }
    }
    return FALSE;
}

gpointer *g_ptr_array_free(GPtrArray *array, gboolean with_segment)
{
    gpointer *data = array->pdata;

    if (with_segment) {
        for (guint i = 0; array->destroy && i < array->len; i++) {
            array->destroy(data[i]);
        }
        g_free(data);
        data = NULL;
    }
    g_free(array);
    return data;
}

void g_ptr_array_unref(GPtrArray *array)
{
    g_ptr_array_free(array, TRUE);
}

GArray *g_array_new(gboolean zero_terminated, gboolean clear, guint size)
{
    GArray *array = g_new0(GArray, 1);

    (void)clear;
    array->size = size;
    array->zero_terminated = zero_terminated;
    return array;
}

GArray *g_array_append_vals(GArray *array, gconstpointer data, guint n)
{
    if (array->len + n + 1 > array->capacity) {
        array->capacity = (array->len + n + 1) * 2;
        array->data = g_realloc(array->data, (gsize)array->capacity * array->size);
    }
    memcpy(array->data + (gsize)array->len * array->size, data, (gsize)n * array->size);
    array->len += n;
    if (array->zero_terminated) {
        memset(array->data + (gsize)array->len * array->size, 0, array->size);
    }
    return array;
}

gchar *g_array_free(GArray *array, gboolean with_segment)
{
    gchar *data = array->data;

    if (with_segment) {
        g_free(data);
        data = NULL;
    }
    g_free(array);
    return data;
}

void g_ptr_array_foreach(GPtrArray *array, GFunc func, gpointer user_data)
{
    for (guint i = 0; i < array->len; i++) {
        func(array->pdata[i], user_data);
    }
}

gpointer g_ptr_array_remove_index(GPtrArray *array, guint at)
{
    gpointer data = array->pdata[at];

    memmove(&array->pdata[at], &array->pdata[at + 1], (array->len - at - 1) * sizeof(gpointer));
    array->len--;
    if (array->destroy) {
        array->destroy(data);
    }
    return data;
}

GArray *g_array_sized_new(gboolean zero_terminated, gboolean clear, guint size, guint reserved)
{
    GArray *array = g_array_new(zero_terminated, clear, size);

    array->capacity = reserved + 1;
    array->data = g_malloc0((gsize)array->capacity * size);
    return array;
}

GArray *g_array_set_size(GArray *array, guint length)
{
    if (length + 1 > array->capacity) {
        array->capacity = (length + 1) * 2;
        array->data = g_realloc(array->data, (gsize)array->capacity * array->size);
    }
    if (length > array->len) {
        memset(array->data + (gsize)array->len * array->size, 0, (gsize)(length - array->len) * array->size);
    }
    array->len = length;
    return array;
}

GArray *g_array_remove_index(GArray *array, guint at)
{
    gchar *place = array->data + (gsize)at * array->size;

    memmove(place, place + array->size, (gsize)(array->len - at - 1) * array->size);
    array->len--;
    return array;
}

void g_array_unref(GArray *array)
{
    g_array_free(array, TRUE);
}

GByteArray *g_byte_array_new(void)
{
    return (GByteArray *)g_array_new(FALSE, FALSE, 1);
}

GByteArray *g_byte_array_append(GByteArray *array, const guint8 *data, guint n)
{
    return (GByteArray *)g_array_append_vals((GArray *)array, data, n);
}

guint8 *g_byte_array_free(GByteArray *array, gboolean with_segment)
{
    return (guint8 *)g_array_free((GArray *)array, with_segment);
}

void g_byte_array_unref(GByteArray *array)
{
    g_byte_array_free(array, TRUE);
}

/* Queues */

GQueue *g_queue_new(void)
{
    return g_new0(GQueue, 1);
}

void g_queue_init(GQueue *queue)
{
    *queue = (GQueue) { NULL, NULL, 0 };
}

gboolean g_queue_is_empty(GQueue *queue)
{
    return queue->head == NULL;
}

guint g_queue_get_length(GQueue *queue)
{
    return queue->length;
}

void g_queue_push_tail(GQueue *queue, gpointer data)
{
    GList *link = g_list_append(NULL, data);

    link->prev = queue->tail;
    if (queue->tail) {
        queue->tail->next = link;
    } else {
        queue->head = link;
    }
    queue->tail = link;
    queue->length++;
}

void g_queue_push_head(GQueue *queue, gpointer data)
{
    queue->head = g_list_prepend(queue->head, data);
    if (!queue->tail) {
        queue->tail = queue->head;
    }
    queue->length++;
}

static gpointer queue_take(GQueue *queue, GList *link)
{
    gpointer data;

    if (!link) {
        return NULL;
    }
    data = link->data;
    if (queue->tail == link) {
        queue->tail = link->prev;
    }
    queue->head = g_list_delete_link(queue->head, link);
    queue->length--;
    return data;
}

gpointer g_queue_pop_head(GQueue *queue)
{
    return queue_take(queue, queue->head);
}

gpointer g_queue_pop_tail(GQueue *queue)
{
    return queue_take(queue, queue->tail);
}

gpointer g_queue_peek_head(GQueue *queue)
{
    return queue->head ? queue->head->data : NULL;
}

gboolean g_queue_remove(GQueue *queue, gconstpointer data)
{
    GList *link = g_list_find(queue->head, data);

    queue_take(queue, link);
    return link != NULL;
}

void g_queue_free(GQueue *queue)
{
    g_list_free(queue->head);
    g_free(queue);
}

void g_queue_free_full(GQueue *queue, GDestroyNotify destroy)
{
    g_list_free_full(queue->head, destroy);
    g_free(queue);
}

/* Errors */

void g_error_free(GError *error)
{
    if (error) {
        g_free(error->message);
        g_free(error);
    }
}

void g_clear_error(GError **error)
{
    if (error && *error) {
        g_error_free(*error);
        *error = NULL;
    }
}

/* Tests: those that are added run in order, and whatever goes wrong ends the program. */

#define TESTS 16

static struct {
    const char *path;
    void (*test)(void);
} tests[TESTS];
static unsigned tests_nb;

void g_test_init(int *argc, char ***argv, ...)
{
    (void)argc;
    (void)argv;
}

void g_test_add_func(const char *path, void (*test)(void))
{
    g_assert(tests_nb < TESTS);
    tests[tests_nb].path = path;
    tests[tests_nb++].test = test;
}

int g_test_run(void)
{
    unsigned i;

    for (i = 0; i < tests_nb; i++) {
        tests[i].test();
        printf("ok %u %s\n", i + 1, tests[i].path);
    }
    return 0;
}
