/* sig-class-table.c: the classes of a label track: names, colours and keys
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-class-table.h"

#include <string.h>

#define N_KEYS 10 /* 0 is "none" */

struct _SigClassTable
{
  gatomicrefcount refs;
  int             n;
  SigClass       *classes; /* their names are the table's */
};

static guint
make_id (void)
{
  static gint last = 0;

  return (guint) g_atomic_int_add (&last, 1) + 1;
}

/* The first `n` of `classes`, of which the names are copied. */
static SigClassTable *
table_new (const SigClass *classes,
           int             n)
{
  SigClassTable *self = g_new0 (SigClassTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n = n;
  self->classes = g_new0 (SigClass, n + 1);
  for (int k = 0; k < n; k++)
    {
      self->classes[k] = classes[k];
      self->classes[k].name = g_utf8_make_valid (classes[k].name, -1);
    }
  return self;
}

/* (transfer full): the classes, with room for one more; names are borrowed. */
static SigClass *
copy_classes (const SigClassTable *self)
{
  SigClass *classes = g_new0 (SigClass, self->n + 1);

  memcpy (classes, self->classes, self->n * sizeof *classes);
  return classes;
}

static int
parse_digit (const char *name)
{
  return name[0] >= '1' && name[0] <= '9' && name[1] == '\0' ? name[0] - '0' : 0;
}

/* The lowest key that no class has; 0: all are taken. */
static int
find_free_key (const SigClass *classes,
               int             n)
{
  gboolean taken[N_KEYS] = { TRUE };

  for (int k = 0; k < n; k++)
    taken[classes[k].key] = TRUE;
  for (int key = 1; key < N_KEYS; key++)
    if (!taken[key])
      return key;
  return 0;
}

int
sig_class_color_at (int position)
{
  int n_loud = SIG_N_CLASS_TONES - 1, i = position - 1;

  return position <= 0 ? 0 : 1 + i % n_loud + SIG_N_CLASS_TONES * (i / n_loud % (SIG_N_CLASS_COLORS / SIG_N_CLASS_TONES));
}

SigClassTable *
sig_class_table_new (const char *const *names,
                     int                n)
{
  g_autofree SigClass *classes = NULL;
  gboolean taken[N_KEYS] = { FALSE };

  g_return_val_if_fail (n >= 0 && n <= SIG_MAX_CLASSES, NULL);
  g_return_val_if_fail (names != NULL || n == 0, NULL);

  classes = g_new0 (SigClass, n + 1);
  for (int k = 0; k < n; k++)
    {
      int digit = parse_digit (names[k]);

      classes[k] = (SigClass) { names[k], sig_class_color_at (k), taken[digit] ? 0 : digit, make_id () };
      taken[digit] = digit > 0;
    }
  for (int k = 0; k < n; k++)
    if (classes[k].key == 0)
      classes[k].key = find_free_key (classes, n);
  return table_new (classes, n);
}

SigClassTable *
sig_class_table_new_full (const SigClass *classes,
                          int             n)
{
  SigClassTable *self = NULL;
  gboolean taken[N_KEYS] = { FALSE };

  g_return_val_if_fail (n >= 0 && n <= SIG_MAX_CLASSES, NULL);
  g_return_val_if_fail (classes != NULL || n == 0, NULL);
  for (int k = 0; k < n; k++)
    {
      g_return_val_if_fail (classes[k].name != NULL, NULL);
      g_return_val_if_fail (classes[k].color >= 0 && classes[k].color < SIG_N_CLASS_COLORS, NULL);
      g_return_val_if_fail (classes[k].key >= 0 && classes[k].key < N_KEYS, NULL);
      g_return_val_if_fail (classes[k].key == 0 || !taken[classes[k].key], NULL);
      taken[classes[k].key] = TRUE;
    }

  self = table_new (classes, n);
  for (int k = 0; k < n; k++)
    self->classes[k].id = make_id ();
  return self;
}

SigClassTable *
sig_class_table_ref (const SigClassTable *self)
{
  SigClassTable *mutable_self = (SigClassTable *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_class_table_unref (SigClassTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (int k = 0; k < self->n; k++)
    g_free ((char *) self->classes[k].name);
  g_free (self->classes);
  g_free (self);
}

int
sig_class_table_get_n (const SigClassTable *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n;
}

const SigClass *
sig_class_table_get (const SigClassTable *self,
                     int                  klass)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (klass >= 0 && klass < self->n, NULL);
  return &self->classes[klass];
}

int
sig_class_table_find_key (const SigClassTable *self,
                          int                  key)
{
  g_return_val_if_fail (self != NULL, -1);

  for (int k = 0; k < self->n && key > 0; k++)
    if (self->classes[k].key == key)
      return k;
  return -1;
}

int
sig_class_table_find_name (const SigClassTable *self,
                           const char          *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, -1);

  for (int k = 0; k < self->n; k++)
    if (strcmp (self->classes[k].name, name) == 0)
      return k;
  return -1;
}

gboolean
sig_class_table_equal (const SigClassTable *a,
                       const SigClassTable *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->n != b->n)
    return FALSE;
  for (int k = 0; k < a->n; k++)
    if (strcmp (a->classes[k].name, b->classes[k].name) != 0 || a->classes[k].color != b->classes[k].color
        || a->classes[k].key != b->classes[k].key)
      return FALSE;
  return TRUE;
}

gboolean
sig_class_table_agree (const SigClassTable *a,
                       const SigClassTable *b,
                       int                  n)
{
  g_return_val_if_fail (a != NULL && b != NULL && n >= 0, FALSE);

  if (n > a->n || n > b->n)
    return FALSE;
  for (int k = 0; k < n; k++)
    if (a->classes[k].id != b->classes[k].id)
      return FALSE;
  return TRUE;
}

/* The colour that the fewest classes have, the quiet tone left out; the first of several. */
static int
choose_color (const SigClassTable *self)
{
  int uses[SIG_N_CLASS_COLORS] = { 0 }, best = 1;

  for (int k = 0; k < self->n; k++)
    uses[self->classes[k].color]++;
  for (int color = 2; color < SIG_N_CLASS_COLORS; color++)
    if (color % SIG_N_CLASS_TONES > 0 && uses[color] < uses[best])
      best = color;
  return best;
}

static void
give_key (SigClass *classes,
          int       n,
          int       klass,
          int       key)
{
  for (int k = 0; k < n && key > 0; k++)
    if (classes[k].key == key)
      classes[k].key = 0;
  classes[klass].key = key;
}

SigClassTable *
sig_class_table_with_added (const SigClassTable *self,
                            const char          *name,
                            int                  key)
{
  g_autofree SigClass *classes = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  g_return_val_if_fail (self->n < SIG_MAX_CLASSES, NULL);
  g_return_val_if_fail (key >= 0 && key < N_KEYS, NULL);

  classes = copy_classes (self);
  classes[self->n] = (SigClass) { name, choose_color (self), 0, make_id () };
  give_key (classes, self->n + 1, self->n, key > 0 ? key : find_free_key (classes, self->n));
  return table_new (classes, self->n + 1);
}

SigClassTable *
sig_class_table_with_name (const SigClassTable *self,
                           int                  klass,
                           const char          *name)
{
  g_autofree SigClass *classes = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  g_return_val_if_fail (klass >= 0 && klass < self->n, NULL);

  classes = copy_classes (self);
  classes[klass].name = name;
  return table_new (classes, self->n);
}

SigClassTable *
sig_class_table_with_color (const SigClassTable *self,
                            int                  klass,
                            int                  color)
{
  g_autofree SigClass *classes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (klass >= 0 && klass < self->n, NULL);
  g_return_val_if_fail (color >= 0 && color < SIG_N_CLASS_COLORS, NULL);

  classes = copy_classes (self);
  classes[klass].color = color;
  return table_new (classes, self->n);
}

SigClassTable *
sig_class_table_with_key (const SigClassTable *self,
                          int                  klass,
                          int                  key)
{
  g_autofree SigClass *classes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (klass >= 0 && klass < self->n, NULL);
  g_return_val_if_fail (key >= 0 && key < N_KEYS, NULL);

  classes = copy_classes (self);
  give_key (classes, self->n, klass, key);
  return table_new (classes, self->n);
}

SigClassTable *
sig_class_table_without (const SigClassTable *self,
                         int                  klass)
{
  g_autofree SigClass *classes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (klass >= 0 && klass < self->n, NULL);

  classes = copy_classes (self);
  memmove (classes + klass, classes + klass + 1, (self->n - 1 - klass) * sizeof *classes);
  return table_new (classes, self->n - 1);
}
