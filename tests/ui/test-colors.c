/* test-colors.c: the contrast of everything that is painted, in both palettes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-colors.h"
#include "wb-text-paint.h"

#include <math.h>

/* WCAG 2.1's relative luminance and contrast. */
static double
linear (double value)
{
  return value <= .04045 ? value / 12.92 : pow ((value + .055) / 1.055, 2.4);
}

static double
luminance (const WbColor *color)
{
  return .2126 * linear (color->red) + .7152 * linear (color->green) + .0722 * linear (color->blue);
}

static double
contrast (const WbColor *a,
          const WbColor *b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + .05) / (MIN (la, lb) + .05);
}

static void
test_contrast (gconstpointer data)
{
  const WbColors *colors = wb_colors_get (GPOINTER_TO_INT (data));
  const WbColor *grounds[] = { &colors->background, &colors->lane_alternate };

  for (guint g = 0; g < G_N_ELEMENTS (grounds); g++)
    {
      for (guint i = 0; i < WB_N_LANE_COLORS; i++)
        g_assert_cmpfloat (contrast (&colors->lanes[i], grounds[g]), >=, 3);
      for (guint i = 0; i < WB_N_CLASS_COLORS; i++)
        g_assert_cmpfloat (contrast (&colors->classes[i], grounds[g]), >=, 3);
      g_assert_cmpfloat (contrast (&colors->error, grounds[g]), >=, 3);
      g_assert_cmpfloat (contrast (&colors->train, grounds[g]), >=, 3);
      g_assert_cmpfloat (contrast (&colors->validation, grounds[g]), >=, 3);
      g_assert_cmpfloat (contrast (&colors->text, grounds[g]), >=, 7);
      g_assert_cmpfloat (contrast (&colors->dim_text, grounds[g]), >=, 4.5);
    }
}

/* Names are written on the classes' own colours. */
static void
test_text_on_classes (gconstpointer data)
{
  const WbColors *colors = wb_colors_get (GPOINTER_TO_INT (data));

  for (guint i = 0; i < WB_N_CLASS_COLORS; i++)
    {
      WbColor text = wb_paint_get_text_on (&colors->classes[i]);

      g_assert_cmpfloat (contrast (&text, &colors->classes[i]), >=, 4.5);
    }
}

static void
test_distinct (gconstpointer data)
{
  const WbColors *colors = wb_colors_get (GPOINTER_TO_INT (data));

  for (guint i = 0; i < WB_N_CLASS_COLORS; i++)
    for (guint k = 0; k < i; k++)
      {
        const WbColor *a = &colors->classes[i], *b = &colors->classes[k];

        g_assert_cmpfloat (fabs (a->red - b->red) + fabs (a->green - b->green) + fabs (a->blue - b->blue), >, .2);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/colors/light/contrast", GINT_TO_POINTER (FALSE), test_contrast);
  g_test_add_data_func ("/colors/dark/contrast", GINT_TO_POINTER (TRUE), test_contrast);
  g_test_add_data_func ("/colors/light/text", GINT_TO_POINTER (FALSE), test_text_on_classes);
  g_test_add_data_func ("/colors/dark/text", GINT_TO_POINTER (TRUE), test_text_on_classes);
  g_test_add_data_func ("/colors/light/distinct", GINT_TO_POINTER (FALSE), test_distinct);
  g_test_add_data_func ("/colors/dark/distinct", GINT_TO_POINTER (TRUE), test_distinct);
  return g_test_run ();
}
