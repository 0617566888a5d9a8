/* test-channels.c: the list of channels: what it shows, and what its rows ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-ui.h"
#include "wb-channels.h"

#define N_CHANNELS 5
#define MANY       40

/* A list on a scene, and what it asked for. */
typedef struct
{
  TScene      scene;
  WbLaneView *view;
  GtkWidget  *channels, *window;
  TAsked      asked;
} Fixture;

static GtkWidget *
show_list (Fixture    *fixture,
           WbLaneView *view)
{
  static const char *const actions[]
      = { "multiply (id)", "only-these ai", "select i", "set-hidden (ib)", "reset", "show-all", NULL };

  t_scene_init (&fixture->scene, wb_lane_view_get_n_channels (view), 2000, 0);
  fixture->view = view;
  fixture->scene.scene.view = fixture->view;
  fixture->channels = wb_channels_new ();
  t_asked_watch (&fixture->asked, fixture->channels, "view", actions);
  wb_channels_set_scene (WB_CHANNELS (fixture->channels), &fixture->scene.scene);
  return t_ui_show (fixture->channels, 400, 500);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (WbLaneView) plain = wb_lane_view_new (N_CHANNELS), hidden = wb_lane_view_with_hidden (plain, 2, TRUE);

  fixture->window = show_list (fixture, wb_lane_view_with_moved (hidden, 4, 0));
}

static void
set_up_many (Fixture      *fixture,
             gconstpointer data)
{
  fixture->window = show_list (fixture, wb_lane_view_new (MANY));
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

static void
take_view (Fixture    *fixture,
           WbLaneView *view)
{
  fixture->scene.scene.view = view;
  wb_channels_set_scene (WB_CHANNELS (fixture->channels), &fixture->scene.scene);
  wb_lane_view_unref (fixture->view);
  fixture->view = view;
  t_ui_settle ();
}

/* A click far down the list leaves it where it is: rows are changed, not made anew. */
static void
test_stays (Fixture      *fixture,
            gconstpointer data)
{
  GtkWidget *list = t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX, 0);
  GtkAdjustment *scrolled = gtk_list_box_get_adjustment (GTK_LIST_BOX (list));
  GtkWidget *row = t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, 30);
  GtkWidget *check = t_ui_find (row, GTK_TYPE_CHECK_BUTTON, 0);
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;
  double at;

  /* The focus takes the list along, bit by bit for a fifth of a second. */
  t_ui_settle ();
  gtk_widget_grab_focus (check);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  at = gtk_adjustment_get_value (scrolled);
  g_assert_cmpfloat (at, >, 100);
  take_view (fixture, wb_lane_view_with_hidden (fixture->view, 30, TRUE));
  g_assert_true (t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, 30) == row);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_true (gtk_widget_has_focus (check));
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolled), ==, at);

  take_view (fixture, wb_lane_view_with_moved (fixture->view, 30, 2));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, 2);
}

static void
test_search (Fixture      *fixture,
             gconstpointer data)
{
  GtkWidget *search = t_ui_find (fixture->channels, GTK_TYPE_SEARCH_ENTRY, 0);
  GtkWidget *these = gtk_widget_get_ancestor (t_ui_find_text (fixture->channels, "Show Only These"), GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_get_visible (search));
  g_assert_false (gtk_widget_get_sensitive (these));
  gtk_editable_set_text (GTK_EDITABLE (search), " CH 3");
  g_signal_emit_by_name (search, "search-changed");
  for (guint i = 0; i < MANY; i++)
    g_assert_cmpint (gtk_widget_get_child_visible (t_ui_find (fixture->channels, GTK_TYPE_LIST_BOX_ROW, i)), ==,
                     (i == 2 || (i >= 29 && i <= 38)));
  g_assert_true (gtk_widget_get_sensitive (these));
  g_string_truncate (fixture->asked.text, 0);
  g_signal_emit_by_name (these, "clicked");
  t_asked_assert (&fixture->asked, "only-these [2, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38];");
  g_signal_emit_by_name (search, "activate");
  t_asked_assert (&fixture->asked, "select 2;");

  gtk_editable_set_text (GTK_EDITABLE (search), "no such");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_false (gtk_widget_get_sensitive (these));
}

static void
test_few (Fixture      *fixture,
          gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (t_ui_find (fixture->channels, GTK_TYPE_SEARCH_ENTRY, 0)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/channels/rows", Fixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/channels/asks", Fixture, NULL, set_up, test_asks, tear_down);
  g_test_add ("/channels/few", Fixture, NULL, set_up, test_few, tear_down);
  g_test_add ("/channels/stays", Fixture, NULL, set_up_many, test_stays, tear_down);
  g_test_add ("/channels/search", Fixture, NULL, set_up_many, test_search, tear_down);
  return t_ui_run ();
}
