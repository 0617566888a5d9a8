/* test-block-form.c: the rows of a block, their edits, and a block inside a block
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-block-form.h"

#include "t-ui.h"
#include "wb-arg-row.h"

typedef struct
{
  GtkWidget *form;
  GtkWidget *window;
  NnBlock   *last; /* what "edit" brought */
  char      *what;
} Fixture;

static void
edit_cb (GtkWidget *form, NnBlock *block, const char *what, Fixture *f)
{
  g_clear_pointer (&f->last, nn_block_unref);
  g_free (f->what);
  f->last = nn_block_ref (block);
  f->what = g_strdup (what);
  wb_block_form_set_block (WB_BLOCK_FORM (form), block);
}

static void
set_up (Fixture *f, gconstpointer kind)
{
  g_autoptr(NnBlock) block = nn_block_new (nn_kind_find (kind));

  f->form = wb_block_form_new ();
  wb_block_form_set_block (WB_BLOCK_FORM (f->form), block);
  g_signal_connect (f->form, "edit", G_CALLBACK (edit_cb), f);
  f->window = t_ui_show (f->form, 300, 600);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->form);
  g_clear_pointer (&f->last, nn_block_unref);
  g_free (f->what);
}

static void
test_rows (Fixture *f, gconstpointer unused)
{
  const NnKind *kind = nn_kind_find ("Conv1D");
  GtkWidget *filters = t_ui_find (f->form, WB_TYPE_ARG_ROW, 0);
  guint n_seen = 0;

  g_assert_null (t_ui_find_text (f->form, "Kernel initialiser"));
  gtk_expander_set_expanded (GTK_EXPANDER (t_ui_find (f->form, GTK_TYPE_EXPANDER, 0)), TRUE);
  for (guint advanced = 0; advanced < 2; advanced++)
    for (guint i = 0; i < kind->n_args; i++)
      if (kind->args[i].advanced == advanced)
        g_assert_nonnull (t_ui_find_text (t_ui_find (f->form, WB_TYPE_ARG_ROW, n_seen++), kind->args[i].label));
  g_assert_null (t_ui_find (f->form, WB_TYPE_ARG_ROW, kind->n_args));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (t_ui_find (filters, GTK_TYPE_SPIN_BUTTON, 0)), 48);
  g_assert_cmpint (nn_block_get_whole (f->last, "filters"), ==, 48);
  g_assert_cmpstr (f->what, ==, "Filters");

  /* The row that was edited is still the same widget, with its focus and cursor. */
  g_assert_true (t_ui_find (f->form, WB_TYPE_ARG_ROW, 0) == filters);
}

static void
test_other_kind (Fixture *f, gconstpointer unused)
{
  g_autoptr(NnBlock) lstm = nn_block_new (nn_kind_find ("LSTM"));

  wb_block_form_set_block (WB_BLOCK_FORM (f->form), lstm);
  g_assert_nonnull (t_ui_find_text (f->form, "Return sequences"));
  g_assert_null (t_ui_find_text (f->form, "Filters"));
  g_assert_null (f->last);
}

static void
test_inner (Fixture *f, gconstpointer unused)
{
  GtkWidget *inner = t_ui_find (f->form, WB_TYPE_BLOCK_FORM, 0);
  GtkWidget *kinds = t_ui_find (f->form, GTK_TYPE_DROP_DOWN, 0);
  GListModel *names = gtk_drop_down_get_model (GTK_DROP_DOWN (kinds));
  guint lstm = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    {
      const char *name = gtk_string_list_get_string (GTK_STRING_LIST (names), i);

      g_assert_true (nn_kind_accepts (nn_kind_find ("TimeDistributed"), nn_kind_find (name)));
      if (g_str_equal (name, "LSTM"))
        lstm = i;
    }
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (t_ui_find (inner, GTK_TYPE_SPIN_BUTTON, 0)), 7);
  g_assert_cmpint (nn_block_get_whole (nn_block_get_inner (f->last), "units"), ==, 7);
  g_assert_cmpstr (f->what, ==, "Units");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), lstm);
  g_assert_cmpstr (nn_block_get_kind (nn_block_get_inner (f->last))->name, ==, "LSTM");
  g_assert_cmpstr (nn_block_get_kind (f->last)->name, ==, "TimeDistributed");
  g_assert_nonnull (t_ui_find_text (inner, "Return sequences"));
}

/* A wrapper offers what it accepts, and can itself be wrapped. */
static void
test_nested (Fixture *f, gconstpointer unused)
{
  g_autoptr(NnBlock) outer = nn_block_new (nn_kind_find ("TimeDistributed"));
  g_autoptr(NnBlock) inner = nn_block_new (nn_kind_find ("Bidirectional"));
  g_autoptr(NnBlock) block = nn_block_with_inner (outer, inner);
  GtkWidget *form, *kinds;

  wb_block_form_set_block (WB_BLOCK_FORM (f->form), block);
  form = t_ui_find (f->form, WB_TYPE_BLOCK_FORM, 0);
  kinds = t_ui_find (form, GTK_TYPE_DROP_DOWN, 1);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (kinds))), ==, 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kinds), 1);
  g_assert_cmpstr (nn_block_get_kind (nn_block_get_inner (nn_block_get_inner (f->last)))->name, ==, "GRU");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/block-form/rows", Fixture, "Conv1D", set_up, test_rows, tear_down);
  g_test_add ("/block-form/other-kind", Fixture, "Conv1D", set_up, test_other_kind, tear_down);
  g_test_add ("/block-form/inner", Fixture, "TimeDistributed", set_up, test_inner, tear_down);
  g_test_add ("/block-form/nested", Fixture, "TimeDistributed", set_up, test_nested, tear_down);
  return t_ui_run ();
}
