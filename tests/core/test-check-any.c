/* test-check-any.c: designs of any kind: every repair repairs, and no check takes long
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check.h"
#include "random-design.h"

#include <string.h>
#include <time.h>

/* A repair leads to a design with fewer errors (with no more, where it was offered for less than one), and the problem that it
 * was offered for is not told again. */
static void
assert_repairs_repair (const NnCheck    *check,
                       const NnContract *labels)
{
  const NnShape *input = nn_design_get_input (nn_check_get_design (check)); /* of another rank it says nothing of steps */
  guint n_before = 0;

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    n_before += nn_check_get_problem (check, i)->severity == NN_SEVERITY_ERROR;
  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    for (guint r = 0; r < nn_check_get_problem (check, i)->n_repairs; r++)
      {
        const NnProblem *problem = nn_check_get_problem (check, i);
        const NnRepair *repair = &problem->repairs[r];
        const NnDesign *design = repair->design != NULL ? repair->design : nn_check_get_design (check);
        NnContract after_labels = *labels;
        g_autoptr (NnCheck) after = NULL;
        guint n_after = 0;

        if (input->rank == 2 && labels->n_steps == input->dim[0])
          after_labels.n_steps = nn_design_get_input (design)->dim[0];
        if (repair->design == NULL)
          {
            g_assert_cmpstr (repair->setting->arg.name, ==, "fit_labels");
            after_labels.fitted = TRUE;
          }
        after = nn_check_new (design, &after_labels);
        for (guint k = 0; k < nn_check_get_n_problems (after); k++)
          {
            const NnProblem *left = nn_check_get_problem (after, k);

            n_after += left->severity == NN_SEVERITY_ERROR;
            g_assert_false (left->block == problem->block && strcmp (left->rule, problem->rule) == 0
                            && strcmp (left->text, problem->text) == 0);
          }
        if (problem->severity == NN_SEVERITY_ERROR)
          g_assert_cmpuint (n_after, <, n_before);
        else
          g_assert_cmpuint (n_after, <=, n_before);
        g_assert_cmpuint (strlen (problem->repairs[r].sentence), >, 10);
      }
}

static void
test_any_design (void)
{
  static const int classes[] = { 0, 2, 3 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);
  guint n_repairs = 0, n_sound = 0;

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (NnDesign) design = random_design (rand, i % 100 == 0 ? NN_MAX_BLOCKS : 8, i % 3 != 0);
      NnContract labels = { nn_design_get_input (design)->dim[0], classes[i % 3], i % 5 * 7 };
      g_autoptr (NnCheck) check = NULL;
      g_autofree char *summary = NULL;
      g_autofree char *headline = NULL;

      if (i % 7 == 0)
        labels.n_steps = 1;
      check = nn_check_new (design, &labels);
      summary = nn_check_to_summary (check);
      headline = nn_check_dup_headline (check);
      g_assert_true (g_utf8_validate (summary, -1, NULL));
      g_assert_cmpint (nn_check_get_plan_bytes (check, 4096), >=, 0);
      g_assert_true ((headline == NULL) == (nn_check_get_n_problems (check) == 0));
      for (guint p = 0; p < nn_check_get_n_problems (check); p++)
        n_repairs += nn_check_get_problem (check, p)->n_repairs;
      n_sound += nn_check_is_runnable (check);
      assert_repairs_repair (check, &labels);
    }
  g_test_message ("%u repairs were offered; %u designs were sound", n_repairs, n_sound);
  g_assert_cmpuint (n_repairs, >, 500);
  g_assert_cmpuint (n_sound, >, 100);
}

/* --- how long it takes -------------------------------------------------------------------- */

static gint64
get_thread_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Processor time, and the least of several runs, so that a busy machine does not fail the test. */
static gint64
measure_check_us (const NnDesign   *design,
                  const NnContract *labels)
{
  gint64 least = G_MAXINT64;

  for (int i = 0; i < 7; i++)
    {
      gint64 start = get_thread_us ();
      g_autoptr (NnCheck) check = nn_check_new (design, labels);

      least = MIN (least, get_thread_us () - start);
    }
  return least;
}

static void
test_time (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gint64 worst = 0, limit_us = 1000;

#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
  limit_us *= 100;
#endif
  for (int i = 0; i < 60; i++)
    {
      g_autoptr (NnDesign) design = random_design (rand, NN_MAX_BLOCKS, i % 2 == 0);
      NnContract labels = { nn_design_get_input (design)->dim[0], 2, 300 };

      worst = MAX (worst, measure_check_us (design, &labels));
    }
  g_test_message ("the slowest check took %" G_GINT64_FORMAT " us", worst);
  g_assert_cmpint (worst, <, limit_us);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-any/repairs", test_any_design);
  g_test_add_func ("/check-any/time", test_time);
  return g_test_run ();
}
