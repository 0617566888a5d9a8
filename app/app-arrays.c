/* app-arrays.c: windows and targets as someone else has cut them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays-private.h"

#include <math.h>
#include <string.h>

AppArrays *
app_arrays_new (const char *x_path,
                GError    **error)
{
  g_autoptr (SigArray) x = sig_array_open (x_path, error);
  AppArrays *self;

  if (x == NULL)
    return NULL;
  if (x->rank < 2 || x->rank > 1 + NN_MAX_RANK)
    {
      g_autofree char *shape = sig_array_dup_shape (x);
      g_autofree char *name = g_filename_display_basename (x_path);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "%s: has the shape %s; windows first and then the 1 to %d axes of a window are needed, such as "
                   "(windows, steps, channels)", name, shape, NN_MAX_RANK);
      return NULL;
    }
  self = g_new0 (AppArrays, 1);
  self->input.rank = (int) x->rank - 1;
  memcpy (self->input.dim, x->shape + 1, self->input.rank * sizeof *self->input.dim);
  self->x = g_steal_pointer (&x);
  return self;
}

void
app_arrays_free (AppArrays *self)
{
  if (self == NULL)
    return;

  sig_array_free (self->x);
  g_free (self->order);
  g_free (self->told);
  g_free (self->classes);
  sig_array_free (self->values);
  sig_array_free (self->weights);
  g_free (self);
}

gint64
app_arrays_get_n_windows (const AppArrays *self)
{
  return self->x->shape[0];
}

const NnShape *
app_arrays_get_input (const AppArrays *self)
{
  return &self->input;
}

void
app_arrays_normalise (AppArrays     *self,
                      const SigNorm *norm)
{
  g_return_if_fail (self->input.rank == 2 && (gint64) sig_norm_get_n_channels (norm) == self->input.dim[1]);

  for (gint64 i = 0; i < self->x->n_items; i++)
    sig_norm_apply (norm, i % self->input.dim[1], self->x->values + i, 1, self->x->values + i, 1);
}

/* --- targets -------------------------------------------------------------------------- */

#define BIT(kind) (1u << (kind))

/* Losses whose labels are classes; those that take 0 and 1 as classes and all between as numbers; all others take numbers. */
#define CLASSES (BIT (NN_LOSS_AUTO) | BIT (NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY))
#define BINARY  (BIT (NN_LOSS_AUTO) | BIT (NN_LOSS_BINARY_CROSSENTROPY) | BIT (NN_LOSS_BINARY_FOCAL_CROSSENTROPY))

static gboolean
is_one_of (NnLossKind loss,
           guint      kinds)
{
  return (BIT (loss) & kinds) != 0;
}

/* Takes `y` as so many classes a window, if its numbers are some; -1 is no label, if there may be some without. */
static gboolean
take_classes (AppArrays      *self,
              const SigArray *y,
              gint64          n_labels,
              int             n_classes,
              gboolean        may_lack)
{
  g_autofree gint32 *classes = y->n_items / app_arrays_get_n_windows (self) == n_labels ? g_try_new (gint32, y->n_items) : NULL;

  for (gint64 i = 0; classes != NULL && i < y->n_items; i++)
    {
      float value = y->values[i];

      if (!(value >= (may_lack ? NN_UNLABELLED : 0) && value < n_classes && value == floorf (value)))
        return FALSE;
      classes[i] = (gint32) value;
    }
  if (classes == NULL)
    return FALSE;
  self->classes = g_steal_pointer (&classes);
  self->n_labels = n_labels;
  self->n_classes = n_classes;
  return TRUE;
}

/* Takes `y` (consumed where it fits) as so many numbers for each label. */
static gboolean
take_values (AppArrays  *self,
             SigArray  **y,
             gint64      n_labels,
             int         n_values)
{
  if ((*y)->n_items / app_arrays_get_n_windows (self) != n_labels * n_values)
    return FALSE;
  self->values = g_steal_pointer (y);
  self->n_labels = n_labels;
  self->n_values = n_values;
  return TRUE;
}

/* Where labels at some steps of a window are wanted, and `y` has one for each step: those. */
static void
pick_places (const AppArrays *self,
             SigArray        *y)
{
  const NnPlaces *places = &self->places;
  gint64 n_windows = app_arrays_get_n_windows (self), n_steps = self->input.dim[0], each;
  float *to = y->values;

  if (places->n == 0 || y->rank < 2 || y->shape[0] != n_windows || y->shape[1] != n_steps)
    return;
  each = y->n_items / n_windows / n_steps;
  for (gint64 w = 0; w < n_windows; w++)
    for (gint64 i = 0; i < places->n; i++)
      {
        gint64 step = MIN (places->first + i * places->every, n_steps - 1);

        memmove (to, y->values + (w * n_steps + step) * each, each * sizeof *to);
        to += each;
      }
  y->shape[1] = places->n;
  y->n_items = n_windows * places->n * each;
}

void
app_arrays_fit_labels (AppArrays      *self,
                       const NnDesign *design)
{
  const NnContract fitted = { .n_steps = nn_design_get_input (design)->dim[0], .fitted = TRUE };
  g_autoptr (NnCheck) check = nn_check_new (design, &fitted);

  self->places = nn_check_get_places (check);
}

/* The ways in which Keras would read such a y, by what comes out: (T, K) are T labels of K numbers, (H, W, C) are H · W of C, and
 * (K) is one label of K, or K labels. */
static gboolean
take_targets (AppArrays     *self,
              SigArray     **y,
              const NnShape *output,
              NnLossKind     loss)
{
  gint64 last = output->dim[output->rank - 1], n_labels = nn_shape_size (output) / last;
  gboolean flat = output->rank == 1;

  if (last > G_MAXINT)
    return FALSE;
  if (is_one_of (loss, CLASSES) && take_classes (self, *y, n_labels, MAX (last, 2), TRUE))
    return TRUE;
  if (is_one_of (loss, BINARY) && (flat || last == 1) && take_classes (self, *y, nn_shape_size (output), 2, FALSE))
    return TRUE;
  return loss != NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY && take_values (self, y, n_labels, last);
}

gboolean
app_arrays_set_targets (AppArrays     *self,
                        const char    *y_path,
                        const NnModel *model,
                        NnLossKind     loss,
                        GError       **error)
{
  const NnShape *output = nn_check_get_output (nn_model_get_check (model));
  g_autoptr (SigArray) y = sig_array_open (y_path, error);
  g_autofree char *name = g_filename_display_basename (y_path);
  g_autofree char *shape = NULL;
  g_autofree char *output_text = NULL;

  if (y == NULL)
    return FALSE;
  shape = sig_array_dup_shape (y);
  pick_places (self, y);
  if (y->shape[0] == app_arrays_get_n_windows (self) && take_targets (self, &y, output, loss))
    return TRUE;
  output_text = nn_shape_to_text (output);
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
               "%s: has the shape %s, which with this loss and these numbers does not fit %" G_GINT64_FORMAT
               " windows whose output is %s", name, shape, app_arrays_get_n_windows (self), output_text);
  return FALSE;
}

/* --- what y asks ------------------------------------------------------------------------ */

/* Whether y has a column for each class: one is 1 and the others 0, or they share 1. An (n, steps) has a label for each step
 * instead. */
static gboolean
has_columns (const AppArrays *self,
             const SigArray  *y)
{
  gint64 last = y->shape[y->rank - 1];

  if (y->rank < 2 || last < 2 || last > SIG_MAX_CLASSES
      || (y->rank == 2 && self->input.rank > 1 && last == self->input.dim[0]))
    return FALSE;
  for (gint64 i = 0; i < y->n_items; i += last)
    {
      float sum = 0.0f;

      for (gint64 k = 0; k < last; k++)
        {
          if (!(y->values[i + k] >= 0.0f))
            return FALSE;
          sum += y->values[i + k];
        }
      if (fabsf (sum - 1.0f) > 0.01f)
        return FALSE;
    }
  return TRUE;
}

/* The class of each label (transfer full), -1 where there is none, and how many classes there are: at least 2. NULL where `y`
 * holds no classes. */
static gint32 *
dup_classes (const SigArray *y,
             gint64          n_columns,
             int            *n_classes)
{
  gint64 n = y->n_items / n_columns;
  g_autofree gint32 *classes = g_try_new (gint32, n);

  *n_classes = (int) MAX (n_columns, 2);
  for (gint64 i = 0; classes != NULL && i < n; i++)
    {
      const float *label = y->values + i * n_columns;

      if (n_columns == 1 && !(label[0] >= NN_UNLABELLED && label[0] < SIG_MAX_CLASSES && label[0] == floorf (label[0])))
        return NULL;
      classes[i] = n_columns == 1 ? (gint32) label[0] : 0;
      for (gint64 k = 1; k < n_columns; k++)
        if (label[k] > label[classes[i]])
          classes[i] = (gint32) k;
      *n_classes = MAX (*n_classes, classes[i] + 1);
    }
  return g_steal_pointer (&classes);
}

/* Half of the events last as long or longer. */
static gint64
measure_events (const gint32 *classes,
                gint64        n,
                int           n_classes)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autoptr (SigLabels) labels = NULL;

  for (int k = 0; k < n_classes; k++)
    {
      g_autofree char *name = g_strdup_printf ("%d", k);

      g_strv_builder_add (names, name);
    }
  list = g_strv_builder_end (names);
  labels = sig_labels_new_from_steps (classes, n, (const char *const *) list, n_classes);
  return sig_labels_get_event_steps (labels);
}

gboolean
app_arrays_read_contract (AppArrays  *self,
                          const char *y_path,
                          NnContract *contract,
                          GError    **error)
{
  g_autoptr (SigArray) y = sig_array_open (y_path, error);
  g_autofree gint32 *classes = NULL;
  gint64 n_windows = app_arrays_get_n_windows (self), n_columns;
  int n_classes = 0;

  if (y == NULL)
    return FALSE;
  if (y->rank == 0 || y->shape[0] != n_windows)
    {
      g_autofree char *name = g_filename_display_basename (y_path);
      g_autofree char *shape = sig_array_dup_shape (y);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "%s: has the shape %s, X has %" G_GINT64_FORMAT " windows", name, shape,
                   n_windows);
      return FALSE;
    }

  *contract = (NnContract) { 0 };
  n_columns = has_columns (self, y) ? y->shape[y->rank - 1] : 1;
  if (y->rank < 3 || (y->rank == 3 && (n_columns > 1 || y->shape[2] == 1)))
    classes = dup_classes (y, n_columns, &n_classes);
  if (classes != NULL)
    *contract = (NnContract) {
      .n_steps = y->n_items / n_windows / n_columns,
      .n_classes = n_classes,
      .event_steps = measure_events (classes, y->n_items / n_columns, n_classes),
    };
  g_free (self->told);
  self->told = g_steal_pointer (&classes);
  self->n_told = contract->n_steps;
  self->n_told_classes = contract->n_classes;
  return TRUE;
}

/* --- weights -------------------------------------------------------------------------- */

gboolean
app_arrays_set_weights (AppArrays  *self,
                        const char *weights_path,
                        GError    **error)
{
  g_autoptr (SigArray) weights = sig_array_open (weights_path, error);
  g_autofree char *name = g_filename_display_basename (weights_path);
  gint64 n = app_arrays_get_n_windows (self);

  if (weights == NULL)
    return FALSE;
  pick_places (self, weights);
  if (weights->n_items != n && weights->n_items != n * self->n_labels)
    {
      g_autofree char *shape = sig_array_dup_shape (weights);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "%s: has the shape %s; one weight for each of %" G_GINT64_FORMAT
                   " windows is needed, or one for each of their %" G_GINT64_FORMAT " labels", name, shape, n, self->n_labels);
      return FALSE;
    }
  for (gint64 i = 0; i < weights->n_items; i++)
    if (!(weights->values[i] >= 0.0f && isfinite (weights->values[i])))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "%s: weight %" G_GINT64_FORMAT " is no number of 0 or more", name, i + 1);
        return FALSE;
      }
  self->weights = g_steal_pointer (&weights);
  return TRUE;
}
