/* test-arg-row.c: an editor for each type of argument: values in, values out, refusals in words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-arg-row.h"

#include "t-ui.h"

static const char *const choices[] = { "valid", "same", NULL };
static const NnArg whole = { "units", "Units", "How many.", NN_ARG_INT, { 1, { 32 }, 0 }, 1, 65536 };
static const NnArg pair = { "kernel", "Kernel size", "How far.", NN_ARG_INT_PAIR, { 2, { 1, 4 }, 0 }, 1, 1000 };
static const NnArg list = { "shape", "Target shape", "Extents.", NN_ARG_INT_LIST, { 2, { 400, 16 }, 0 }, -1, 1000 };
static const NnArg real = { "rate", "Rate", "The share.", NN_ARG_REAL, { 1, { 0 }, 0.2 }, 0, 0.99 };
static const NnArg yes = { "bias", "Bias", "Add one.", NN_ARG_BOOL, { 1, { 1 }, 0 }, 0, 1 };
static const NnArg choice = { "padding", "Padding", NULL, NN_ARG_CHOICE, { 1, { 0 }, 0 }, 0, 0, choices };

typedef struct
{
  GtkWidget *row;
  GtkWidget *window;
  guint      n_changed;
} Fixture;

static void
changed_cb (GtkWidget *row, Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture *f, gconstpointer arg)
{
  f->row = wb_arg_row_new (arg);
  g_signal_connect (f->row, "changed", G_CALLBACK (changed_cb), f);
  f->window = t_ui_show (f->row, 300, 120);
}

static void
tear_down (Fixture *f, gconstpointer arg)
{
  t_ui_close (f->window, f->row);
}

static const NnValue *
value_of (Fixture *f)
{
  return wb_arg_row_get_value (WB_ARG_ROW (f->row));
}

static void
type (Fixture *f, GType editor, const char *text)
{
  GtkWidget *widget = t_ui_find (f->row, editor, 0);

  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  if (GTK_IS_SPIN_BUTTON (widget))
    gtk_spin_button_update (GTK_SPIN_BUTTON (widget));
  else
    g_signal_emit_by_name (widget, "activate");
}

/* Starts with the fallback; setting emits nothing, and setting the same again does not touch the editor. */
static void
test_set (Fixture *f, gconstpointer data)
{
  const NnArg *arg = data;
  NnValue other = arg->fallback;

  g_assert_true (nn_value_equal (value_of (f), &arg->fallback));
  other.whole[0] = arg->type == NN_ARG_BOOL ? 0 : other.whole[0] + 1;
  other.real = arg->type == NN_ARG_REAL ? 0.5 : 0;
  wb_arg_row_set_value (WB_ARG_ROW (f->row), &other);
  g_assert_true (nn_value_equal (value_of (f), &other));
  wb_arg_row_set_value (WB_ARG_ROW (f->row), &arg->fallback);
  g_assert_true (nn_value_equal (value_of (f), &arg->fallback));
  g_assert_cmpuint (f->n_changed, ==, 0);
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  type (f, GTK_TYPE_SPIN_BUTTON, "64");
  g_assert_cmpint (value_of (f)->whole[0], ==, 64);
  g_assert_cmpuint (f->n_changed, ==, 1);

  type (f, GTK_TYPE_SPIN_BUTTON, "0");
  g_assert_nonnull (t_ui_find_text (f->row, "Units is 0; it may be 1 to 65536."));
  g_assert_cmpint (value_of (f)->whole[0], ==, 64);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (t_ui_find (f->row, GTK_TYPE_SPIN_BUTTON, 0))), ==, "64");
  g_assert_cmpuint (f->n_changed, ==, 1);

  type (f, GTK_TYPE_SPIN_BUTTON, "65");
  g_assert_null (t_ui_find_text (f->row, "Units is 0; it may be 1 to 65536."));
  g_assert_cmpint (value_of (f)->whole[0], ==, 65);
}

static void
test_pair (Fixture *f, gconstpointer data)
{
  GtkWidget *second = t_ui_find (f->row, GTK_TYPE_SPIN_BUTTON, 1);

  type (f, GTK_TYPE_SPIN_BUTTON, "3");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (second), 5);
  g_assert_cmpint (value_of (f)->n, ==, 2);
  g_assert_cmpint (value_of (f)->whole[0], ==, 3);
  g_assert_cmpint (value_of (f)->whole[1], ==, 5);
  g_assert_cmpuint (f->n_changed, ==, 2);
}

static void
test_list (Fixture *f, gconstpointer data)
{
  type (f, GTK_TYPE_ENTRY, "100 × 4 × 16");
  g_assert_cmpint (value_of (f)->n, ==, 3);
  g_assert_cmpint (value_of (f)->whole[1], ==, 4);
  type (f, GTK_TYPE_ENTRY, "a, b");
  g_assert_cmpint (value_of (f)->n, ==, 3);
  g_assert_true (gtk_widget_has_css_class (t_ui_find (f->row, GTK_TYPE_ENTRY, 0), "refused"));
  g_assert_cmpuint (f->n_changed, ==, 1);
}

static void
test_real (Fixture *f, gconstpointer data)
{
  NnValue same;

  type (f, GTK_TYPE_ENTRY, "0,25");
  g_assert_cmpfloat (value_of (f)->real, ==, 0.25);
  type (f, GTK_TYPE_ENTRY, "1.5");
  g_assert_cmpfloat (value_of (f)->real, ==, 0.25);
  g_assert_nonnull (t_ui_find_text (f->row, "Rate is 1.5; it may be 0 to 0.99."));

  /* The design comes back unchanged: what is being typed stays. */
  same = *value_of (f);
  wb_arg_row_set_value (WB_ARG_ROW (f->row), &same);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (t_ui_find (f->row, GTK_TYPE_ENTRY, 0))), ==, "1.5");
}

static void
test_bool (Fixture *f, gconstpointer data)
{
  gtk_widget_activate (t_ui_find (f->row, GTK_TYPE_SWITCH, 0));
  gtk_switch_set_active (GTK_SWITCH (t_ui_find (f->row, GTK_TYPE_SWITCH, 0)), FALSE);
  g_assert_cmpint (value_of (f)->whole[0], ==, 0);
  g_assert_cmpuint (f->n_changed, ==, 1);
}

static void
test_choice (Fixture *f, gconstpointer data)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (t_ui_find (f->row, GTK_TYPE_DROP_DOWN, 0)), 1);
  g_assert_cmpint (value_of (f)->whole[0], ==, 1);
  g_assert_cmpuint (f->n_changed, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct { const NnArg *arg; void (*test) (Fixture *f, gconstpointer arg); } tests[] = {
    { &whole, test_whole }, { &pair, test_pair }, { &list, test_list },
    { &real, test_real },   { &yes, test_bool },  { &choice, test_choice },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *set = g_strdup_printf ("/arg-row/%s/set", tests[i].arg->name);
      g_autofree char *edit = g_strdup_printf ("/arg-row/%s/edit", tests[i].arg->name);

      g_test_add (set, Fixture, tests[i].arg, set_up, test_set, tear_down);
      g_test_add (edit, Fixture, tests[i].arg, set_up, tests[i].test, tear_down);
    }
  return t_ui_run ();
}
