/* app-arrays.c: windows and targets as someone else has cut them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays.h"

#include <math.h>
#include <string.h>

struct _AppArrays
{
  SigArray *x;
  NnShape   input;    /* of one window */
  SigNorm  *norm;     /* (nullable) */
  gint32   *classes;  /* [windows][n_labels]; NULL: no targets */
  gint64    n_labels; /* of one window */
  int       n_classes;
};

AppArrays *
app_arrays_new (const char *x_path,
                GError    **error)
{
  g_autoptr (SigArray) x = sig_array_open (x_path, error);
  AppArrays *self;

  if (x == NULL)
    return NULL;
  if (x->rank != 3)
    {
      g_autofree char *shape = sig_array_dup_shape (x);
      g_autofree char *name = g_filename_display_basename (x_path);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "%s: has the shape %s; (windows, steps, channels) is needed",
                   name, shape);
      return NULL;
    }
  self = g_new0 (AppArrays, 1);
  self->input = nn_shape_2 (x->shape[1], x->shape[2]);
  self->x = g_steal_pointer (&x);
  return self;
}

void
app_arrays_free (AppArrays *self)
{
  if (self == NULL)
    return;

  sig_array_free (self->x);
  g_clear_pointer (&self->norm, sig_norm_unref);
  g_free (self->classes);
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
  g_return_if_fail ((gint64) sig_norm_get_n_channels (norm) == self->input.dim[1]);

  self->norm = sig_norm_ref (norm);
}

/* --- targets -------------------------------------------------------------------------- */

/* The class that a number stands for; -1 where it is none of `n`. */
static int
to_class (float value,
          int   n)
{
  return value >= 0 && value < n && value == floorf (value) ? (int) value : -1;
}

/* The place of the only 1 among zeros; -1 where they are anything else. */
static int
find_one (const float *values,
          int          n)
{
  int found = -1;

  for (int k = 0; k < n; k++)
    {
      if (values[k] == 0)
        continue;
      if (values[k] != 1 || found >= 0)
        return -1;
      found = k;
    }
  return found;
}

/* How many numbers of `y` stand for one label: 1, or the classes; 0 where its shape does not fit. */
static int
get_width (const AppArrays *self,
           const SigArray  *y,
           int              n_outputs)
{
  gint64 n_windows = app_arrays_get_n_windows (self);
  guint rank = y->rank;
  gint64 labels;

  if (y->shape[0] != n_windows)
    return 0;
  labels = y->n_items / n_windows;
  if (labels == self->n_labels)
    return 1;
  return n_outputs > 1 && y->shape[rank - 1] == n_outputs && labels == self->n_labels * n_outputs ? n_outputs : 0;
}

static gboolean
read_classes (AppArrays      *self,
              const SigArray *y,
              int             width,
              const char     *name,
              GError        **error)
{
  gint64 n = self->n_labels * app_arrays_get_n_windows (self);

  self->classes = g_try_new (gint32, n);
  if (self->classes == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "%s: there is not enough memory for %" G_GINT64_FORMAT " labels",
                   name, n);
      return FALSE;
    }
  for (gint64 i = 0; i < n; i++)
    {
      const float *values = y->values + i * width;

      self->classes[i] = width > 1 ? find_one (values, width) : to_class (*values, self->n_classes);
      if (self->classes[i] >= 0)
        continue;
      if (width > 1)
        g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "%s: label %" G_GINT64_FORMAT " is not one 1 among zeros", name, i);
      else
        g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                     "%s: label %" G_GINT64_FORMAT " is %g; the network tells the classes 0 to %d apart", name, i,
                     (double) *values, self->n_classes - 1);
      return FALSE;
    }
  return TRUE;
}

gboolean
app_arrays_set_targets (AppArrays     *self,
                        const char    *y_path,
                        const NnModel *model,
                        GError       **error)
{
  g_autoptr (SigArray) y = sig_array_open (y_path, error);
  g_autofree char *name = g_filename_display_basename (y_path);
  int n_outputs, width;

  if (y == NULL)
    return FALSE;
  nn_predict_shape (model, &self->n_labels, &n_outputs);
  self->n_classes = MAX (n_outputs, 2);
  width = get_width (self, y, n_outputs);
  if (width == 0)
    {
      g_autofree char *shape = sig_array_dup_shape (y);
      g_autofree char *output = nn_shape_to_text (nn_check_get_output (nn_model_get_check (model)));

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "%s: has the shape %s, which does not fit %" G_GINT64_FORMAT " windows whose output is %s",
                   name, shape, app_arrays_get_n_windows (self), output);
      return FALSE;
    }
  return read_classes (self, y, width, name, error);
}

/* --- windows ---------------------------------------------------------------------------- */

static gboolean
fill (gpointer user_data,
      gint64   i,
      float   *x,
      gint32  *y,
      GError **error)
{
  const AppArraysPart *part = user_data;
  const AppArrays *self = part->arrays;
  gint64 n_steps = self->input.dim[0], n_channels = self->input.dim[1];
  const float *window = self->x->values + (part->first + i) * n_steps * n_channels;

  memcpy (x, window, n_steps * n_channels * sizeof *x);
  for (gint64 c = 0; c < n_channels && self->norm != NULL; c++)
    for (gint64 t = 0; t < n_steps; t++)
      sig_norm_apply (self->norm, c, x + t * n_channels + c, 1, x + t * n_channels + c, 1);
  if (y != NULL)
    memcpy (y, self->classes + (part->first + i) * self->n_labels, self->n_labels * sizeof *y);
  return TRUE;
}

NnBatchSource
app_arrays_get_source (const AppArraysPart *part)
{
  const AppArrays *self = part->arrays;

  return (NnBatchSource) {
    .n_windows = part->n,
    .n_steps = self->input.dim[0],
    .n_channels = self->input.dim[1],
    .n_classes = self->classes != NULL ? self->n_classes : 0,
    .fill = fill,
    .user_data = (gpointer) part,
  };
}

gint64
app_arrays_split (const AppArrays *self,
                  double           validation_split)
{
  return (gint64) floor (app_arrays_get_n_windows (self) * (1.0 - validation_split));
}
