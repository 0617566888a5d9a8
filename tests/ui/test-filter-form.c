/* test-filter-form.c: the filter's rows: values in and out, and what is in sight
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-filter-form.h"

#include "t-ui.h"
#include "wb-arg-row.h"

typedef struct
{
  GtkWidget *form;
  GtkWidget *window;
  guint      n_changed;
} Fixture;

static void
changed_cb (GtkWidget *form, Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->form = wb_filter_form_new ();
  g_signal_connect (f->form, "changed", G_CALLBACK (changed_cb), f);
  f->window = t_ui_show (f->form, 300, 900);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->form);
}

static GtkWidget *
editor (Fixture *f, const char *label, GType type)
{
  GtkWidget *text = t_ui_find_text (f->form, label);

  g_assert_nonnull (text);
  return t_ui_find (gtk_widget_get_ancestor (text, WB_TYPE_ARG_ROW), type, 0);
}

static void
test_edit (Fixture *f, gconstpointer unused)
{
  GtkWidget *entry = editor (f, "High-pass (Hz)", GTK_TYPE_ENTRY);
  const SigFilterSpec *filter = wb_filter_form_get_filter (WB_FILTER_FORM (f->form));

  g_assert_true (sig_filter_spec_is_off (filter));
  g_assert_false (gtk_widget_get_mapped (t_ui_find_text (f->form, "Order")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "0.5");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpfloat (filter->high_pass_hz, ==, .5);
  g_assert_true (gtk_widget_get_mapped (t_ui_find_text (f->form, "Order")));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (editor (f, "Order", GTK_TYPE_DROP_DOWN)), 3);
  g_assert_cmpint (filter->order, ==, 8);
  gtk_switch_set_active (GTK_SWITCH (editor (f, "Also for training", GTK_TYPE_SWITCH)), TRUE);
  g_assert_true (wb_filter_form_get_trains (WB_FILTER_FORM (f->form)));
  g_assert_cmpuint (f->n_changed, ==, 3);
}

static void
test_set (Fixture *f, gconstpointer unused)
{
  const SigFilterSpec spec = { .low_pass_hz = 40, .order = 6, .notch_hz = 50, .notch_q = 12, .remove_mean = TRUE };

  wb_filter_form_set_filter (WB_FILTER_FORM (f->form), &spec, TRUE);
  g_assert_cmpuint (f->n_changed, ==, 0);
  g_assert_true (sig_filter_spec_equal (wb_filter_form_get_filter (WB_FILTER_FORM (f->form)), &spec));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor (f, "Notch Q", GTK_TYPE_ENTRY))), ==, "12");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (editor (f, "Zero phase", GTK_TYPE_SWITCH))));
}

static void
test_wrong (Fixture *f, gconstpointer unused)
{
  wb_filter_form_set_wrong (WB_FILTER_FORM (f->form), "Too high.");
  g_assert_nonnull (t_ui_find_text (f->form, "Too high."));
  /* Above the rows, where it is in sight. */
  g_assert_null (gtk_widget_get_prev_sibling (t_ui_find_text (f->form, "Too high.")));
  wb_filter_form_set_wrong (WB_FILTER_FORM (f->form), NULL);
  g_assert_null (t_ui_find_text (f->form, "Too high."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/filter-form/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/filter-form/set", Fixture, NULL, set_up, test_set, tear_down);
  g_test_add ("/filter-form/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  return t_ui_run ();
}
