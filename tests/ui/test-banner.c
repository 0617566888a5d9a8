/* test-banner.c: messages come, are replaced and go
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-banner.h"

#include "t-ui.h"

/* Wider than the window, so that it wraps. */
#define LONG "The last label ends at 1.09 times the length of the recording; are these labels in seconds, and of this one?"

static void
test_messages (void)
{
  GtkWidget *banner = wb_banner_new ();
  GtkWidget *window = t_ui_show (banner, 400, 200);
  GtkWidget *close = t_ui_find (banner, GTK_TYPE_BUTTON, 1);

  g_assert_false (gtk_widget_get_visible (banner));
  g_assert_null (wb_banner_get_text (WB_BANNER (banner)));

  wb_banner_show (WB_BANNER (banner), WB_TONE_ERROR, "“a.wav” is empty.");
  t_ui_settle ();
  g_assert_true (gtk_widget_get_visible (banner));
  g_assert_cmpstr (wb_banner_get_text (WB_BANNER (banner)), ==, "“a.wav” is empty.");
  g_assert_true (gtk_widget_has_css_class (banner, "tone-error"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_PROPERTY_LABEL, "Error");

  wb_banner_show (WB_BANNER (banner), WB_TONE_NOTE, LONG "\n" LONG);
  t_ui_settle ();
  g_assert_cmpstr (wb_banner_get_text (WB_BANNER (banner)), ==, LONG " " LONG);
  g_assert_false (gtk_widget_has_css_class (banner, "tone-error"));
  g_assert_true (gtk_widget_has_css_class (banner, "tone-note"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (banner), GTK_ACCESSIBLE_PROPERTY_LABEL, "Note");

  /* A button that goes with its message, whose words may change under it. */
  g_assert_false (wb_banner_has_offer (WB_BANNER (banner)));
  wb_banner_offer (WB_BANNER (banner), "_Stop", "win.stop");
  g_assert_true (wb_banner_has_offer (WB_BANNER (banner)));
  g_assert_nonnull (t_ui_find_text (banner, "_Stop"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (t_ui_find_text (banner, "_Stop"),
                                                                                 GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Stop");
  wb_banner_update (WB_BANNER (banner), "Writing: 3 %");
  g_assert_cmpstr (wb_banner_get_text (WB_BANNER (banner)), ==, "Writing: 3 %");
  g_assert_true (wb_banner_has_offer (WB_BANNER (banner)));
  wb_banner_show (WB_BANNER (banner), WB_TONE_NOTE, "Done.");
  g_assert_false (wb_banner_has_offer (WB_BANNER (banner)));

  g_signal_emit_by_name (close, "clicked");
  g_assert_false (gtk_widget_get_visible (banner));
  g_assert_null (wb_banner_get_text (WB_BANNER (banner)));

  t_ui_close (window, banner);
}

/* The least height is that of one line, as GTK warns where no width is enough for what was said to be enough. */
static void
test_height (void)
{
  GtkWidget *banner = wb_banner_new ();
  GtkWidget *window = t_ui_show (banner, 400, 200);

  for (guint offers = 0; offers < 2; offers++)
    {
      int least, of_one_line;

      wb_banner_show (WB_BANNER (banner), WB_TONE_NOTE, LONG);
      if (offers > 0)
        wb_banner_offer (WB_BANNER (banner), "_Merge Classes", "win.merge-alike");
      t_ui_settle ();
      gtk_widget_measure (banner, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_measure (banner, GTK_ORIENTATION_VERTICAL, 10000, &of_one_line, NULL, NULL, NULL);
      g_assert_cmpint (least, ==, of_one_line);
    }
  t_ui_close (window, banner);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/banner/height", test_height);
  g_test_add_func ("/banner/messages", test_messages);

  return t_ui_run ();
}
