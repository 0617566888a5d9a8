/* test-init.c: every icon is there, colours follow the scheme, texts can be read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-init.h"

#include "t-ui.h"
#include "wb-card-face.h"
#include "wb-text.h"

#include <math.h>

static void
test_icons (void)
{
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = 0; i < nn_kind_count (); i++)
    {
      g_autofree char *name = wb_text_kind_icon (nn_kind_nth (i));

      if (!gtk_icon_theme_has_icon (icons, name))
        g_error ("There is no icon %s for the kind %s.", name, nn_kind_nth (i)->name);
    }
  for (WbTone tone = WB_TONE_OK; tone <= WB_TONE_ERROR; tone++)
    g_assert_true (gtk_icon_theme_has_icon (icons, wb_tone_icon (tone)));
  g_assert_true (gtk_icon_theme_has_icon (icons, "lamina-bin-symbolic"));
  g_assert_true (gtk_icon_theme_has_icon (icons, "lamina-input-symbolic"));
  g_assert_true (gtk_icon_theme_has_icon (icons, "lamina-labels-symbolic"));
}

static GdkRGBA
color (const char *name)
{
  g_autoptr(GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  GdkRGBA rgba;

  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (label), name, &rgba));
  return rgba;
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *c)
{
  return 0.2126 * linear (c->red) + 0.7152 * linear (c->green) + 0.0722 * linear (c->blue);
}

/* WCAG's contrast of two opaque colours. */
static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

static void
assert_readable (const char *scheme)
{
  static const char *const texts[] = {
    "lamina_text", "lamina_dim", "lamina_accent", "lamina_ok", "lamina_note", "lamina_warning", "lamina_error",
  };
  static const char *const grounds[] = { "lamina_base", "lamina_card" };

  wb_init_scheme (scheme);
  t_ui_settle ();
  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    for (guint g = 0; g < G_N_ELEMENTS (grounds); g++)
      {
        GdkRGBA text = color (texts[t]), ground = color (grounds[g]);

        g_test_message ("%s: %s on %s", scheme, texts[t], grounds[g]);
        g_assert_cmpfloat (contrast (&text, &ground), >=, 4.5);
      }
}

static void
test_schemes (void)
{
  wb_init_scheme ("dark");
  g_assert_true (wb_is_dark ());
  assert_readable ("dark");
  wb_init_scheme ("light");
  g_assert_false (wb_is_dark ());
  assert_readable ("light");

  /* No application, no bus: the desktop's own setting stands. */
  wb_init_scheme ("dark");
  wb_init_scheme ("system");
  g_assert_false (wb_is_dark ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/init/icons", test_icons);
  g_test_add_func ("/init/schemes", test_schemes);
  return t_ui_run ();
}
