/* test-palette.c: an entry for each kind, found by search, chosen by click and Return
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-palette.h"

#include "t-ui.h"

typedef struct
{
  GtkWidget    *palette;
  GtkWidget    *window;
  const NnKind *chosen;
  guint         n_chosen;
} Fixture;

static void
chosen_cb (GtkWidget *palette, const NnKind *kind, Fixture *f)
{
  f->chosen = kind;
  f->n_chosen++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->palette = wb_palette_new ();
  g_signal_connect (f->palette, "chosen", G_CALLBACK (chosen_cb), f);
  f->window = t_ui_show (f->palette, 340, 500);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->palette);
}

static GtkWidget *
entry_of (Fixture *f, const char *name)
{
  GtkWidget *label = t_ui_find_text (f->palette, name);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;
}

static void
test_entries (Fixture *f, gconstpointer unused)
{
  for (guint i = 0; i < nn_kind_count (); i++)
    {
      const NnKind *kind = nn_kind_nth (i);
      GtkWidget *entry = entry_of (f, kind->name);

      /* "Dense" and "Activation" are headings too. */
      for (guint n = 0; entry == NULL && t_ui_find (f->palette, GTK_TYPE_BUTTON, n) != NULL; n++)
        if (t_ui_find_text (t_ui_find (f->palette, GTK_TYPE_BUTTON, n), kind->name) != NULL)
          entry = t_ui_find (f->palette, GTK_TYPE_BUTTON, n);
      g_test_message ("%s", kind->name);
      g_assert_nonnull (entry);
      g_assert_cmpstr (gtk_widget_get_tooltip_text (entry), ==, kind->summary);
      g_assert_true (gtk_widget_get_focusable (entry));
      g_signal_emit_by_name (entry, "clicked");
      g_assert_true (f->chosen == kind);
      g_assert_cmpuint (f->n_chosen, ==, i + 1);
    }
}

static void
search (Fixture *f, const char *text)
{
  GtkWidget *entry = t_ui_find (f->palette, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
}

static gboolean
is_shown (Fixture *f, const char *name)
{
  GtkWidget *entry = entry_of (f, name);

  return entry != NULL && gtk_widget_get_mapped (entry);
}

static void
test_search (Fixture *f, gconstpointer unused)
{
  search (f, "pool");
  g_assert_true (is_shown (f, "MaxPooling1D"));
  g_assert_false (is_shown (f, "Conv1D"));
  g_assert_null (t_ui_find_text (f->palette, "No block of that name"));
  g_signal_emit_by_name (t_ui_find (f->palette, GTK_TYPE_SEARCH_ENTRY, 0), "activate");
  g_assert_cmpstr (f->chosen->name, ==, "MaxPooling1D");

  search (f, " LSTM ");
  g_assert_true (is_shown (f, "LSTM"));
  g_assert_false (is_shown (f, "MaxPooling1D"));

  search (f, "transformer");
  g_assert_nonnull (t_ui_find_text (f->palette, "No block of that name"));
  g_signal_emit_by_name (t_ui_find (f->palette, GTK_TYPE_SEARCH_ENTRY, 0), "activate");
  g_assert_cmpuint (f->n_chosen, ==, 1);

  search (f, "");
  g_assert_true (is_shown (f, "Conv1D"));
  g_assert_true (is_shown (f, "Reshape"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/palette/entries", Fixture, NULL, set_up, test_entries, tear_down);
  g_test_add ("/palette/search", Fixture, NULL, set_up, test_search, tear_down);
  return t_ui_run ();
}
