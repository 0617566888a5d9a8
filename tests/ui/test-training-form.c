/* test-training-form.c: the settings' rows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-training-form.h"

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
  f->form = wb_training_form_new ();
  g_signal_connect (f->form, "changed", G_CALLBACK (changed_cb), f);
  f->window = t_ui_show (f->form, 300, 900);
  gtk_expander_set_expanded (GTK_EXPANDER (t_ui_find (f->form, GTK_TYPE_EXPANDER, 0)), TRUE);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->form);
}

static const NnSettings *
settings (Fixture *f)
{
  return wb_training_form_get_settings (WB_TRAINING_FORM (f->form));
}

static GtkWidget *
editor (Fixture *f, const char *label, GType type)
{
  GtkWidget *text = t_ui_find_text (f->form, label);

  g_assert_nonnull (text);
  return t_ui_find (gtk_widget_get_ancestor (text, WB_TYPE_ARG_ROW), type, 0);
}

static void
test_defaults (Fixture *f, gconstpointer unused)
{
  NnSettings defaults = nn_settings_default ();

  g_assert_cmpint (settings (f)->epochs, ==, defaults.epochs);
  g_assert_cmpfloat (settings (f)->epsilon, ==, defaults.epsilon);
  g_assert_cmpuint (settings (f)->seed, ==, defaults.seed);
}

/* Whatever the rows can be set to is in the range that the core allows. */
static void
test_ranges (Fixture *f, gconstpointer unused)
{
  GtkWidget *row;

  for (guint n = 0; (row = t_ui_find (f->form, GTK_TYPE_SPIN_BUTTON, n)) != NULL; n++)
    {
      double low, high;

      gtk_spin_button_get_range (GTK_SPIN_BUTTON (row), &low, &high);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (row), low);
      g_assert_true (nn_settings_check (settings (f), NULL));
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (row), high);
      g_assert_true (nn_settings_check (settings (f), NULL));
    }
  g_assert_cmpint (settings (f)->epochs, ==, 100000);
  g_assert_cmpuint (settings (f)->seed, ==, G_GUINT64_CONSTANT (9007199254740992));
}

static void
test_set (Fixture *f, gconstpointer unused)
{
  NnSettings other = nn_settings_default ();

  other.epochs = 3;
  other.learning_rate = 0.02;
  other.optimizer = NN_OPTIMIZER_SGD;
  other.shuffle = FALSE;
  wb_training_form_set_settings (WB_TRAINING_FORM (f->form), &other);
  g_assert_cmpuint (f->n_changed, ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor (f, "Learning rate", GTK_TYPE_ENTRY))), ==, "0.02");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (editor (f, "Shuffle", GTK_TYPE_SWITCH))));
}

static void
test_edit (Fixture *f, gconstpointer unused)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (editor (f, "Epochs", GTK_TYPE_SPIN_BUTTON)), 5);
  gtk_switch_set_active (GTK_SWITCH (editor (f, "Shuffle", GTK_TYPE_SWITCH)), FALSE);
  g_assert_cmpint (settings (f)->epochs, ==, 5);
  g_assert_false (settings (f)->shuffle);
  g_assert_cmpuint (f->n_changed, ==, 2);
}

/* The other optimizer brings its own rows and, where the rate was never touched, its usual rate. */
static void
test_optimizer (Fixture *f, gconstpointer unused)
{
  GtkWidget *row = gtk_widget_get_ancestor (editor (f, "Momentum", GTK_TYPE_ENTRY), WB_TYPE_ARG_ROW);
  GtkWidget *optimizer = editor (f, "Optimizer", GTK_TYPE_DROP_DOWN);

  g_assert_false (gtk_widget_get_visible (row));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (optimizer), NN_OPTIMIZER_SGD);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpfloat (settings (f)->learning_rate, ==, 1e-2);

  gtk_editable_set_text (GTK_EDITABLE (editor (f, "Learning rate", GTK_TYPE_ENTRY)), "0.3");
  g_signal_emit_by_name (editor (f, "Learning rate", GTK_TYPE_ENTRY), "activate");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (optimizer), NN_OPTIMIZER_ADAM);
  g_assert_cmpfloat (settings (f)->learning_rate, ==, 0.3);
  g_assert_false (gtk_widget_get_visible (row));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/training-form/defaults", Fixture, NULL, set_up, test_defaults, tear_down);
  g_test_add ("/training-form/ranges", Fixture, NULL, set_up, test_ranges, tear_down);
  g_test_add ("/training-form/set", Fixture, NULL, set_up, test_set, tear_down);
  g_test_add ("/training-form/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/training-form/optimizer", Fixture, NULL, set_up, test_optimizer, tear_down);
  return t_ui_run ();
}
