/* sig-class-table.h: the classes of a label track: names, colours and keys
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIG_MAX_CLASSES    1024
#define SIG_N_CLASS_TONES  12 /* of the palette; 0 is quiet: "nothing happens" */
#define SIG_N_CLASS_COLORS (4 * SIG_N_CLASS_TONES) /* each tone plain, then with a line below, above, and both */

/* One class; a value, `name` borrowed from the table. */
typedef struct
{
  const char *name;
  int         color; /* an index into the palette, so that it is readable light and dark: tone + SIG_N_CLASS_TONES * lines */
  int         key;   /* 1 to 9: the digit that marks it; 0: none */
  guint       id;    /* no two classes of a process share it; kept when the class is renamed, recoloured or moved */
} SigClass;

/* Immutable and atomically ref-counted; shared by the label tracks that an edit makes from one another. */
typedef struct _SigClassTable SigClassTable;

/* Chooses colours by position. A name that is a digit from 1 to 9 gets that key, the others the lowest ones that are left.
 * `names` has `n` entries, at most SIG_MAX_CLASSES, and is copied. */
SigClassTable  *sig_class_table_new        (const char *const *names, int n) G_GNUC_WARN_UNUSED_RESULT;

/* The colour of the class at a position: the quiet one for the first, then every other tone plain, then every one with lines. */
int             sig_class_color_at         (int position);

/* With colours and keys as they are given; ids are made. No two classes may have one key. */
SigClassTable  *sig_class_table_new_full   (const SigClass *classes, int n) G_GNUC_WARN_UNUSED_RESULT;
SigClassTable  *sig_class_table_ref        (const SigClassTable *self);
void            sig_class_table_unref      (SigClassTable *self);

int             sig_class_table_get_n      (const SigClassTable *self);
const SigClass *sig_class_table_get        (const SigClassTable *self, int klass);

/* The class of a key or a name; -1: there is none. */
int             sig_class_table_find_key   (const SigClassTable *self, int key);
int             sig_class_table_find_name  (const SigClassTable *self, const char *name);

/* The same names, colours and keys; ids may differ. */
gboolean        sig_class_table_equal      (const SigClassTable *a, const SigClassTable *b);

/* Whether the first `n` classes of both are the same by id: class numbers mean the same in both. */
gboolean        sig_class_table_agree      (const SigClassTable *a, const SigClassTable *b, int n);

/* A changed table (transfer full). A key that another class has is taken from it. Adding wants fewer than SIG_MAX_CLASSES
 * classes; `key` 0 gives the new one the lowest free key, and the least used colour but the quiet one. */
SigClassTable  *sig_class_table_with_added (const SigClassTable *self, const char *name, int key) G_GNUC_WARN_UNUSED_RESULT;
SigClassTable  *sig_class_table_with_name  (const SigClassTable *self, int klass, const char *name) G_GNUC_WARN_UNUSED_RESULT;
SigClassTable  *sig_class_table_with_color (const SigClassTable *self, int klass, int color) G_GNUC_WARN_UNUSED_RESULT;
SigClassTable  *sig_class_table_with_key   (const SigClassTable *self, int klass, int key) G_GNUC_WARN_UNUSED_RESULT;

/* The classes after it move up by one. */
SigClassTable  *sig_class_table_without    (const SigClassTable *self, int klass) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigClassTable, sig_class_table_unref)

G_END_DECLS
