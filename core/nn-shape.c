/* nn-shape.c: shape arithmetic
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-shape.h"

NnShape
nn_shape_1 (gint64 a)
{
  return (NnShape) { 1, { a } };
}

NnShape
nn_shape_2 (gint64 a,
            gint64 b)
{
  return (NnShape) { 2, { a, b } };
}

NnShape
nn_shape_3 (gint64 a,
            gint64 b,
            gint64 c)
{
  return (NnShape) { 3, { a, b, c } };
}

gboolean
nn_shape_equal (const NnShape *a,
                const NnShape *b)
{
  if (a->rank != b->rank)
    return FALSE;
  for (int i = 0; i < a->rank; i++)
    if (a->dim[i] != b->dim[i])
      return FALSE;
  return TRUE;
}

gint64
nn_shape_size (const NnShape *self)
{
  gint64 size = 1;

  if (self->rank <= 0)
    return -1;
  for (int i = 0; i < self->rank; i++)
    if (self->dim[i] < 0 || __builtin_mul_overflow (size, self->dim[i], &size))
      return -1;
  return size;
}

static char *
join (const NnShape *self,
      const char    *start,
      const char    *between,
      const char    *end)
{
  GString *text = g_string_new (start);

  for (int i = 0; i < self->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? between : "", self->dim[i]);
  return g_string_free (g_string_append (text, end), FALSE);
}

char *
nn_shape_to_text (const NnShape *self)
{
  return self->rank > 0 ? join (self, "", " × ", "") : g_strdup ("?");
}

char *
nn_shape_to_keras (const NnShape *self)
{
  return self->rank > 0 ? join (self, "(None, ", ", ", ")") : g_strdup ("?");
}

static gint64
floor_divide (gint64 a,
              gint64 b)
{
  return a / b - (a % b != 0 && a < 0);
}

NnSlide
nn_slide (gint64    n,
          gint64    kernel,
          gint64    stride,
          gint64    dilation,
          NnPadding padding)
{
  gint64 reach = dilation * (kernel - 1) + 1;
  NnSlide slide = { 0, 0, 0 };

  switch (padding)
    {
    case NN_PADDING_VALID:
      slide.n_out = floor_divide (n - reach, stride) + 1;
      break;

    case NN_PADDING_SAME:
      {
        gint64 pad;

        slide.n_out = (n + stride - 1) / stride;
        pad = MAX ((slide.n_out - 1) * stride + reach - n, 0);
        slide.before = pad / 2;
        slide.after = pad - slide.before;
      }
      break;

    case NN_PADDING_CAUSAL:
      slide.before = reach - 1;
      slide.n_out = floor_divide (n - 1, stride) + 1;
      break;

    default:
      g_assert_not_reached ();
    }
  return slide;
}
