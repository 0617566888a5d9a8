/* test-problems.c: problems in words, gravest first, with repairs that say what they give
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-problems.h"

#include "t-ui.h"
#include "wb-problem-row.h"

typedef struct
{
  GtkWidget *problems;
  GtkWidget *window;
  NnCheck   *check;
  NnRepair  *repair; /* (nullable): the last that was pressed */
  guint      activated;
} Fixture;

static void
activated_cb (GtkWidget *problems, guint block, Fixture *f)
{
  f->activated = block;
}

static void
repair_cb (GtkWidget *problems, const NnRepair *repair, Fixture *f)
{
  g_clear_pointer (&f->repair, nn_repair_free);
  f->repair = nn_repair_copy (repair);
}

static void
press (Fixture *f, const char *sentence)
{
  GtkWidget *label = t_ui_find_text (f->problems, sentence);

  g_assert_nonnull (label);
  g_clear_pointer (&f->repair, nn_repair_free);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  g_assert_nonnull (f->repair);
  g_assert_cmpstr (f->repair->sentence, ==, sentence);
}

static void
set_up (Fixture *f, gconstpointer template_id)
{
  f->problems = wb_problems_new ();
  f->check = t_check (template_id);
  wb_problems_set_check (WB_PROBLEMS (f->problems), f->check);
  g_signal_connect (f->problems, "repair", G_CALLBACK (repair_cb), f);
  g_signal_connect (f->problems, "activated", G_CALLBACK (activated_cb), f);
  f->window = t_ui_show (f->problems, 600, 400);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->problems);
  nn_check_unref (f->check);
  g_clear_pointer (&f->repair, nn_repair_free);
}

static void
test_none (Fixture *f, gconstpointer unused)
{
  g_assert_nonnull (t_ui_find_text (f->problems, "No problems"));
  g_assert_null (t_ui_find (f->problems, WB_TYPE_PROBLEM_ROW, 0));
}

static void
test_words (Fixture *f, gconstpointer unused)
{
  g_assert_null (t_ui_find_text (f->problems, "No problems"));
  for (guint i = 0; i < nn_check_get_n_problems (f->check); i++)
    g_assert_nonnull (t_ui_find_text (f->problems, nn_check_get_problem (f->check, i)->text));
  g_assert_nonnull (t_ui_find_text (f->problems, "Error: Time is lost here"));
}

/* Each repair's button previews what it gives and asks for that very design. */
static void
test_repairs (Fixture *f, gconstpointer unused)
{
  const NnProblem *problem = nn_check_get_problem (f->check, 0);
  GtkWidget *row = t_ui_find (f->problems, WB_TYPE_PROBLEM_ROW, 0);

  g_assert_cmpuint (problem->n_repairs, >, 0);
  g_assert_nonnull (t_ui_find_text (row, "gives 400 × 1, 12,481 parameters"));
  for (guint i = 0; i < problem->n_repairs; i++)
    {
      press (f, problem->repairs[i].sentence);
      g_assert_true (nn_design_equal (f->repair->design, problem->repairs[i].design));
    }
}

/* Problems of a training stand above the design's, and their repairs are told as what they change. */
static void
test_more (Fixture *f, gconstpointer unused)
{
  g_autoptr (GArray) more = nn_problems_new ();
  NnProblem problem = nn_problem_make ("D15", NN_SEVERITY_ERROR, 0, g_strdup ("Training ran out of bounds"),
                                       g_strdup ("It did."));
  const NnValue rate = nn_value_real (0.5);

  nn_problem_offer_setting (&problem, g_strdup ("Take shorter steps"), nn_setting_find ("learning_rate"), &rate);
  nn_problem_offer_class (&problem, g_strdup ("Merge “a” into “b”"), 1, 0);
  g_array_append_val (more, problem);
  wb_problems_set_more (WB_PROBLEMS (f->problems), more);

  g_assert_cmpuint (wb_problems_get_n (WB_PROBLEMS (f->problems)), ==, nn_check_get_n_problems (f->check) + 1);
  g_assert_nonnull (t_ui_find_text (t_ui_find (f->problems, WB_TYPE_PROBLEM_ROW, 0), "Error: Training ran out of bounds"));
  g_assert_nonnull (t_ui_find_text (f->problems, "sets Learning rate to 0.5 in Training"));
  press (f, "Take shorter steps");
  g_assert_true (f->repair->design == NULL);
  g_assert_cmpstr (f->repair->setting->arg.name, ==, "learning_rate");
  g_assert_cmpfloat (f->repair->value.real, ==, 0.5);
  press (f, "Merge “a” into “b”");
  g_assert_true (f->repair->design == NULL && f->repair->setting == NULL);
  g_assert_cmpint (f->repair->klass, ==, 1);
  g_assert_cmpint (f->repair->into, ==, 0);

  wb_problems_set_more (WB_PROBLEMS (f->problems), NULL);
  g_assert_null (t_ui_find_text (f->problems, "Error: Training ran out of bounds"));
}

static void
show_repaired_cb (GtkWidget *problems, const NnRepair *repair, gpointer user_data)
{
  g_autoptr(NnCheck) check = nn_check_new (repair->design, &t_labels);

  wb_problems_set_check (WB_PROBLEMS (problems), check);
}

/* The list is rebuilt while the button that was pressed still emits. */
static void
test_repaired (Fixture *f, gconstpointer unused)
{
  const NnRepair *repair = &nn_check_get_problem (f->check, 0)->repairs[0];
  GtkWidget *button = gtk_widget_get_ancestor (t_ui_find_text (f->problems, repair->sentence), GTK_TYPE_BUTTON);

  g_signal_connect (f->problems, "repair", G_CALLBACK (show_repaired_cb), NULL);
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  t_ui_settle ();
  g_assert_null (t_ui_find_text (f->problems, "Error: Time is lost here"));
}

static void
test_jump (Fixture *f, gconstpointer unused)
{
  GtkWidget *label = t_ui_find_text (f->problems, "Show block");

  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpuint (f->activated, ==, t_id (f->check, 2));
}

static void
test_brief (void)
{
  g_autoptr(NnCheck) check = t_check ("R0");
  GtkWidget *row = wb_problem_row_new (nn_check_get_problem (check, 0), TRUE);

  g_object_ref_sink (row);
  g_assert_null (t_ui_find (row, GTK_TYPE_BUTTON, 0));
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/problems/none", Fixture, "R1", set_up, test_none, tear_down);
  g_test_add ("/problems/words", Fixture, "R0", set_up, test_words, tear_down);
  g_test_add ("/problems/more", Fixture, "R0", set_up, test_more, tear_down);
  g_test_add ("/problems/repairs", Fixture, "R0", set_up, test_repairs, tear_down);
  g_test_add ("/problems/repaired", Fixture, "R0", set_up, test_repaired, tear_down);
  g_test_add ("/problems/jump", Fixture, "R0", set_up, test_jump, tear_down);
  g_test_add_func ("/problems/brief", test_brief);
  return t_ui_run ();
}
