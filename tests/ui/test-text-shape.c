/* test-text-shape.c: which texts go to Pango, how wide they are, and where their ink is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-text-paint.h"
#include "wb-text-shape.h"

#define WIDTH  200
#define HEIGHT 60

/* "Salam", whose letters join: shorter than each by itself. */
#define JOINED "سلام"

static cairo_t *
make_canvas (double   size,
             gboolean bold)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  wb_text_set_font (cr, size, bold);
  return cr;
}

static void
test_choice (void)
{
  static const char *const plain[] = { "", "Ch 1", "µV", "Größe", "Ωμ", "ЭЭГ", "5 – 10 →", "rest…", "−3 °C" };
  static const char *const shaped[] = { JOINED, "עברית", "通道一", "脳波", "채널", "हिन्दी", "e\u0301", "\U0001F600" };
  cairo_t *cr = make_canvas (11.5, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_false (wb_text_is_shaped (cr, plain[i]));
  for (guint i = 0; i < G_N_ELEMENTS (shaped); i++)
    g_assert_true (wb_text_is_shaped (cr, shaped[i]));
  cairo_destroy (cr);
}

static void
test_width (void)
{
  cairo_t *cr = make_canvas (11.5, FALSE), *large = make_canvas (23, FALSE), *bold = make_canvas (11.5, TRUE);
  double width = wb_text_get_width (cr, JOINED), letters = 0;

  for (const char *c = JOINED; *c != '\0'; c = g_utf8_next_char (c))
    {
      char letter[8] = "";

      g_utf8_strncpy (letter, c, 1);
      letters += wb_text_get_width (cr, letter);
    }
  g_assert_cmpfloat (width, >, 0);
  g_assert_cmpfloat (width, <, letters);
  g_assert_cmpfloat_with_epsilon (wb_text_get_width (large, JOINED), 2 * width, .1 * width);
  g_assert_cmpfloat (wb_text_get_width (bold, JOINED), !=, width);
  cairo_destroy (cr);
  cairo_destroy (large);
  cairo_destroy (bold);
}

/* Both ends are seen of what is too long, and no mark without its letter. */
static void
test_cut (void)
{
  static const char *const texts[] = { "left forearm flexor digitorum 1", "left forearm flexor digitorum 2",
                                       "cafe\u0301 au lait, ole\u0301 ole\u0301" };
  cairo_t *cr = make_canvas (11.5, FALSE);
  char *cuts[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double room = wb_text_get_width (cr, texts[i]) * .7;
      const char *end;

      cuts[i] = wb_text_cut (cr, texts[i], room);
      end = strstr (cuts[i], "…") + strlen ("…");
      g_assert_cmpfloat (wb_text_get_width (cr, cuts[i]), <=, room);
      g_assert_true (g_str_has_suffix (texts[i], end));
      g_assert_cmpuint (strlen (end), >, 0);
      g_assert_false (g_unichar_ismark (g_utf8_get_char (end)));
      g_assert_cmpint (strncmp (texts[i], cuts[i], (gsize) (end - cuts[i]) - strlen ("…")), ==, 0);
    }
  g_assert_cmpstr (cuts[0], !=, cuts[1]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *none = wb_text_cut (cr, texts[i], 3);

      g_assert_cmpstr (none, ==, "");
      g_free (cuts[i]);
    }
  cairo_destroy (cr);
}

/* What was kept for one size or weight is not taken for another, nor is a text lost when what was kept is dropped. */
static void
test_kept (void)
{
  static const double sizes[] = { 9, 11.5, 23 };
  double first[G_N_ELEMENTS (sizes)][2];
  cairo_t *cr = make_canvas (11.5, FALSE);

  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        for (int bold = 0; bold < 2; bold++)
          {
            double width;

            wb_text_set_font (cr, sizes[i], bold);
            width = wb_text_shape_width (cr, JOINED);
            if (round == 0)
              first[i][bold] = width;
            g_assert_cmpfloat (width, ==, first[i][bold]);
          }
      wb_text_set_font (cr, 11.5, FALSE);
      for (guint i = 0; i < 3000; i++)
        {
          g_autofree char *text = g_strdup_printf ("%s %u", JOINED, i);

          g_assert_cmpfloat (wb_text_shape_width (cr, text), >, first[1][0]);
        }
    }
  g_assert_cmpfloat (first[2][0], >, first[1][0]);
  cairo_destroy (cr);
}

/* The columns and rows that hold ink: [left, right) × [top, bottom). */
static void
find_ink (cairo_t *cr,
          int     *left,
          int     *right,
          int     *top,
          int     *bottom)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *pixels;

  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  *left = WIDTH;
  *top = HEIGHT;
  *right = *bottom = 0;
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (pixels[y * stride + x] != 0)
        {
          *left = MIN (*left, x);
          *right = MAX (*right, x + 1);
          *top = MIN (*top, y);
          *bottom = MAX (*bottom, y + 1);
        }
}

/* The ink lies where that of plain text would, and one that is too wide is cut. */
static void
test_ink (void)
{
  static const char *const texts[] = { "plain", JOINED, "e\u0301" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      cairo_t *cr = make_canvas (20, FALSE), *narrow = make_canvas (20, FALSE);
      double width = wb_text_show (cr, texts[i], 150, 30, WB_ALIGN_END, 140), cut;
      int left, right, top, bottom;

      find_ink (cr, &left, &right, &top, &bottom);
      g_assert_cmpint (left, >=, (int) (150 - width) - 2);
      g_assert_cmpint (right, <=, 152);
      g_assert_cmpint (right - left, >, width / 2);
      g_assert_cmpint (top, <, 30);
      g_assert_cmpint (top, >=, 12);
      g_assert_cmpint (bottom, >, 30);
      g_assert_cmpint (bottom, <=, 48);
      cut = wb_text_show (narrow, texts[i], 10, 30, WB_ALIGN_START, width - 1);
      g_assert_cmpfloat (cut, <, width);
      cairo_destroy (cr);
      cairo_destroy (narrow);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-shape/choice", test_choice);
  g_test_add_func ("/text-shape/width", test_width);
  g_test_add_func ("/text-shape/cut", test_cut);
  g_test_add_func ("/text-shape/kept", test_kept);
  g_test_add_func ("/text-shape/ink", test_ink);
  return g_test_run ();
}
