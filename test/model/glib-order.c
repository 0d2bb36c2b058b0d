/*
 * Prints the order in which hash tables iterate through what was done to them. Compiled against the shim
 * and against GLib, it must print the same.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib.h>
#include <stdio.h>

static guint seed = 12345;

static guint next_random(guint below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

static void print_table(const char *title, GHashTable *table)
{
    GHashTableIter iter;
    gpointer key, value;

    printf("%s (%u):", title, g_hash_table_size(table));
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        printf(" %s=%d", (const char *)key, GPOINTER_TO_INT(value));
    }
    printf("\n");
}

static void gone(gpointer key)
{
    printf("gone %s\n", (const char *)key);
    g_free(key);
}

static void property_names(void)
{
    static const char *const names[] = {
        "A[0]", "B[0]", "A0[0]", "container", "A[1]", "B[1]", "type", "size", "addr", "priority",
        "child[0]", "child[1]", "memory-region", "ram", "rom", "io", "bar0", "bar1", "unattached",
        "root[0]", "alias[0]", "system", "mmio[0]", "\xc3\xa4[0]", "", "a", "b", "c", "d", "e",
    };
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        printf("%u ", g_str_hash(names[i]));
        g_hash_table_insert(table, (gpointer)names[i], GINT_TO_POINTER(i));
        print_table("insert", table);
    }
    for (guint i = 0; i < G_N_ELEMENTS(names); i += 2) {
        printf("%d ", g_hash_table_remove(table, names[i]));
        print_table("remove", table);
    }
    g_hash_table_unref(table);
}

static gboolean odd(gpointer key, gpointer value, gpointer data)
{
    (void)key;
    (void)data;
    return GPOINTER_TO_INT(value) % 2 != 0;
}

static void many(guint kinds, guint steps)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, gone, NULL);

    for (guint step = 0; step < steps; step++) {
        char *name = g_strdup_printf("%c%u[%u]", 'A' + (char)next_random(26), next_random(kinds), next_random(3));
        GHashTableIter iter;
        gpointer key;

        switch (next_random(8)) {
        case 0:
        case 1:
        case 2:
            printf("insert %d\n", g_hash_table_insert(table, name, GINT_TO_POINTER(step)));
            break;
        case 3:
            printf("replace %d\n", g_hash_table_replace(table, name, GINT_TO_POINTER(step)));
            break;
        case 4:
            printf("remove %d\n", g_hash_table_remove(table, name));
            g_free(name);
            break;
        case 5:
            printf("contains %d\n", g_hash_table_contains(table, name));
            g_free(name);
            break;
        case 6:
            g_free(name);
            g_hash_table_iter_init(&iter, table);
            for (guint n = next_random(9); n > 0 && g_hash_table_iter_next(&iter, &key, NULL); n--) {
                if (n % 3 == 1) {
                    g_hash_table_iter_remove(&iter);
                }
            }
            break;
        default:
            g_free(name);
            if (next_random(40) == 0) {
                g_hash_table_remove_all(table);
            } else if (next_random(20) == 0) {
                printf("foreach_remove %u\n", g_hash_table_foreach_remove(table, odd, NULL));
            }
        }
        print_table("now", table);
    }
    g_hash_table_destroy(table);
}

static void numbers(void)
{
    GHashTable *direct = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer key;
    gint64 wide[] = { 0, 1, -1, 5000000000, -5000000000, 42 };

    for (guint i = 0; i < 40; i++) {
        g_hash_table_add(direct, GUINT_TO_POINTER(next_random(60)));
    }
    g_hash_table_iter_init(&iter, direct);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        printf(" %u", GPOINTER_TO_UINT(key));
    }
    printf("\n");
    g_hash_table_unref(direct);
    for (guint i = 0; i < G_N_ELEMENTS(wide); i++) {
        printf("%u %u\n", g_int64_hash(&wide[i]), g_int_hash(&wide[i]));
    }
}

static void lists(void)
{
    GHashTable *table = g_hash_table_new(g_str_hash, g_str_equal);
    GList *keys;

    for (guint i = 0; i < 20; i++) {
        g_hash_table_add(table, g_strdup_printf("%u", i));
    }
    keys = g_hash_table_get_keys(table);
    for (GList *link = keys; link; link = link->next) {
        printf(" %s", (char *)link->data);
    }
    keys = g_list_sort(keys, (GCompareFunc)g_strcmp0);
    for (GList *link = keys; link; link = link->next) {
        printf(" %s", (char *)link->data);
    }
    printf("\n");
    g_hash_table_unref(table);
    g_list_free_full(keys, g_free);
}

static void strings(void)
{
    char **parts = g_strsplit("/a//b/", "/", 0);
    char *joined = g_strjoinv("|", parts);
    char *several = g_strjoin(", ", "x", "y", "z", NULL);
    GString *string = g_string_new("one");

    printf("%u %s %s\n", g_strv_length(parts), joined, several);
    g_strfreev(parts);
    parts = g_strsplit("a:b:c", ":", 2);
    printf("%u %s %s\n", g_strv_length(parts), parts[0], parts[1]);
    g_strfreev(parts);
    parts = g_strsplit("", "/", 0);
    printf("%u\n", g_strv_length(parts));
    g_strfreev(parts);
    g_string_append_printf(string, " %d %s", 2, "three");
    g_string_prepend(string, "zero ");
    g_string_truncate(string, 10);
    printf("%s %d %d %d\n", string->str, (int)string->len, g_strcmp0(NULL, "a"), g_str_has_suffix("abc", "bc"));
    g_string_free(string, TRUE);
    g_free(joined);
    g_free(several);
}

int main(void)
{
    property_names();
    many(1, 400);
    many(9, 3000);
    many(1000, 2000);
    numbers();
    lists();
    strings();
    return 0;
}
