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
      for (guint i = 0; i < WB_N_CLASS_TONES; i++)
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

  for (guint i = 0; i < WB_N_CLASS_TONES; i++)
    {
      WbColor text = wb_paint_get_text_on (&colors->classes[i]);

      g_assert_cmpfloat (contrast (&text, &colors->classes[i]), >=, 4.5);
    }
}

static void
test_distinct (gconstpointer data)
{
  const WbColors *colors = wb_colors_get (GPOINTER_TO_INT (data));

  for (guint i = 0; i < WB_N_CLASS_TONES; i++)
    for (guint k = 0; k < i; k++)
      {
        const WbColor *a = &colors->classes[i], *b = &colors->classes[k];

        g_assert_cmpfloat (fabs (a->red - b->red) + fabs (a->green - b->green) + fabs (a->blue - b->blue), >, .2);
      }
}

/* What Machado, Oliveira and Fernandes (2009) make of linear RGB for eyes without one kind of cones. */
static const double eyes[][3][3] = {
  { { .152286, 1.052583, -.204868 }, { .114503, .786281, .099216 }, { -.003882, -.048116, 1.051998 } },
  { { .367322, .860646, -.227968 }, { .280085, .672501, .047413 }, { -.01182, .04294, .968881 } },
  { { 1.255528, -.076749, -.178779 }, { -.078411, .930809, .147602 }, { .004733, .691367, .3039 } },
};

/* CIE 1976 L*a*b* of what such an eye sees. */
static void
get_lab (const WbColor *color,
         const double   eye[3][3],
         double         lab[3])
{
  static const double xyz[3][3] = { { .4339, .3762, .1899 }, { .2126, .7152, .0722 }, { .0177, .1095, .8728 } };
  double rgb[3] = { linear (color->red), linear (color->green), linear (color->blue) }, seen[3], f[3];

  for (int i = 0; i < 3; i++)
    seen[i] = CLAMP (eye[i][0] * rgb[0] + eye[i][1] * rgb[1] + eye[i][2] * rgb[2], 0, 1);
  for (int i = 0; i < 3; i++)
    {
      double value = xyz[i][0] * seen[0] + xyz[i][1] * seen[1] + xyz[i][2] * seen[2];

      f[i] = value > .008856 ? cbrt (value) : 7.787 * value + 16. / 116;
    }
  lab[0] = 116 * f[1] - 16;
  lab[1] = 500 * (f[0] - f[1]);
  lab[2] = 200 * (f[1] - f[2]);
}

/* All but the quiet one, which is told by its shape. */
static void
test_color_blind (gconstpointer data)
{
  const WbColors *colors = wb_colors_get (GPOINTER_TO_INT (data));

  for (guint e = 0; e < G_N_ELEMENTS (eyes); e++)
    for (guint i = 2; i < WB_N_CLASS_TONES; i++)
      for (guint k = 1; k < i; k++)
        {
          double a[3], b[3];

          get_lab (&colors->classes[i], eyes[e], a);
          get_lab (&colors->classes[k], eyes[e], b);
          g_assert_cmpfloat (hypot (hypot (a[0] - b[0], a[1] - b[1]), a[2] - b[2]), >=, 10);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/colors/light/contrast", GINT_TO_POINTER (FALSE), test_contrast);
  g_test_add_data_func ("/colors/dark/contrast", GINT_TO_POINTER (TRUE), test_contrast);
  g_test_add_data_func ("/colors/light/color-blind", GINT_TO_POINTER (FALSE), test_color_blind);
  g_test_add_data_func ("/colors/dark/color-blind", GINT_TO_POINTER (TRUE), test_color_blind);
  g_test_add_data_func ("/colors/light/text", GINT_TO_POINTER (FALSE), test_text_on_classes);
  g_test_add_data_func ("/colors/dark/text", GINT_TO_POINTER (TRUE), test_text_on_classes);
  g_test_add_data_func ("/colors/light/distinct", GINT_TO_POINTER (FALSE), test_distinct);
  g_test_add_data_func ("/colors/dark/distinct", GINT_TO_POINTER (TRUE), test_distinct);
  return g_test_run ();
}
