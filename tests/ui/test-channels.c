/* test-channels.c: the list of channels: what it shows, and what its rows ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-ui.h"
#include "wb-channels.h"

#define N_CHANNELS 5

/* A list on a scene, and what it asked for. */
typedef struct
{
  TScene      scene;
  WbLaneView *view;
  GtkWidget  *channels, *window;
  TAsked      asked;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const actions[] = { "multiply (id)", "select i", "set-hidden (ib)", "reset", "show-all", NULL };
  g_autoptr (WbLaneView) plain = wb_lane_view_new (N_CHANNELS), hidden = wb_lane_view_with_hidden (plain, 2, TRUE);

  t_scene_init (&fixture->scene, N_CHANNELS, 2000, 0);
  fixture->view = wb_lane_view_with_moved (hidden, 4, 0);
  fixture->scene.scene.view = fixture->view;
  fixture->channels = wb_channels_new ();
  t_asked_watch (&fixture->asked, fixture->channels, "view", actions);
  wb_channels_set_scene (WB_CHANNELS (fixture->channels), &fixture->scene.scene);
  fixture->window = t_ui_show (fixture->channels, 400, 500);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->channels);
  fixture->scene.scene.view = NULL;
  wb_lane_view_unref (fixture->view);
  t_scene_clear (&fixture->scene);
  t_asked_clear (&fixture->asked);
}

static void
test_rows (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const names[] = { "Ch 5", "Ch 1", "Ch 2", "Ch 3", "Ch 4" };

  for (guint i = 0; i < N_CHANNELS; i++)
    {
      GtkWidget *row = t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, i);
      GtkWidget *check = t_ui_find (row, GTK_TYPE_CHECK_BUTTON, 0);

      g_assert_nonnull (t_ui_find_text (row, names[i]));
      g_assert_cmpint (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)), ==, i != 3);
      g_assert_cmpint (gtk_widget_get_sensitive (t_ui_find (row, GTK_TYPE_ENTRY, 0)), ==, i != 3);
    }
  g_assert_null (t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, N_CHANNELS));
}

static void
test_asks (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *row = t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, 0);
  GtkWidget *entry = t_ui_find (row, GTK_TYPE_ENTRY, 0);
  double span = g_ascii_strtod (gtk_editable_get_text (GTK_EDITABLE (entry)), NULL), factor;
  g_autofree char *half = g_strdup_printf ("%.6f", span / 2);

  /* The first row has the focus, and with it the selection. */
  g_assert_cmpfloat (span, >, 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (t_ui_find (row, GTK_TYPE_CHECK_BUTTON, 0)), FALSE);
  t_asked_assert (&fixture->asked, "select 4;set-hidden (4, true);");
  gtk_editable_set_text (GTK_EDITABLE (entry), half);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (sscanf (fixture->asked.text->str, "multiply (4, %lf);", &factor), ==, 1);
  g_assert_cmpfloat_with_epsilon (factor, 2, 0.01);
  g_string_truncate (fixture->asked.text, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "-3");
  g_signal_emit_by_name (entry, "activate");
  t_asked_assert (&fixture->asked, "");
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), NULL);
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  t_asked_assert (&fixture->asked, "select 4;");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/channels/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/channels/asks", Fixture, NULL, set_up, test_asks, tear_down);
  return t_ui_run ();
}
