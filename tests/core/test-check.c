/* test-check.c: shapes past broken blocks, the view of time, the rules, and what a design comes to
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check.h"
#include "nn-layer.h"
#include "nn-template.h"
#include "random-design.h"
#include "support/t-check.h"
#include "support/t-design.h"

#include <string.h>

static const NnContract two_classes = { 400, 2 };

static NnDesign *
empty_design (void)
{
  NnShape input = nn_shape_2 (400, 16);

  return nn_design_new (&input);
}

static NnDesign *
reference (const char *id)
{
  NnShape input = nn_shape_2 (400, 16);

  return nn_template_build (nn_template_find (id), &input, 2);
}

/* --- the reference designs ------------------------------------------------------------ */

static void
test_r0 (void)
{
  g_autoptr (NnDesign) r0 = reference ("R0");
  g_autoptr (NnDesign) r1 = reference ("R1");
  g_autoptr (NnDesign) r2 = reference ("R2");
  g_autoptr (NnDesign) r4 = reference ("R4");
  g_autoptr (NnCheck) check = nn_check_new (r0, &two_classes);
  g_autofree char *headline = nn_check_dup_headline (check);
  const NnProblem *problem = t_find_problem (check, "D1");

  g_assert_cmpuint (nn_check_get_n_problems (check), ==, 1);
  g_assert_nonnull (problem);
  g_assert_cmpuint (problem->block, ==, nn_block_get_id (nn_design_get_block (r0, 2)));
  g_assert_cmpstr (problem->text, ==,
                   "The labels are one per step (400 × 1), but the network gives one answer per window (1): "
                   "block 3 (LSTM) gives only its last state, and time is lost there.");
  g_assert_true (t_offers (problem, r1));
  g_assert_true (t_offers (problem, r2));
  g_assert_true (t_offers (problem, r4));
  g_assert_cmpuint (problem->n_repairs, ==, 3);
  g_assert_true (nn_check_is_runnable (check));
  g_assert_false (nn_check_is_trainable (check));
  g_assert_cmpstr (headline, ==, "Time is lost here: block 3 (LSTM)");
}

static void
test_r3 (void)
{
  g_autoptr (NnDesign) r3 = reference ("R3");
  g_autoptr (NnDesign) r4 = reference ("R4");
  g_autoptr (NnDesign) other_pool = reference ("R3");
  g_autoptr (NnDesign) no_pool = NULL;
  g_autoptr (NnCheck) check = nn_check_new (r3, &two_classes);
  const NnProblem *problem = t_find_problem (check, "D2");

  g_assert_nonnull (problem);
  g_assert_true (t_offers (problem, r4));
  other_pool = change_choice (g_steal_pointer (&other_pool), 0, "padding", "same");
  other_pool = change_whole (g_steal_pointer (&other_pool), 1, "strides", 1);
  other_pool = change_choice (g_steal_pointer (&other_pool), 1, "padding", "same");
  g_assert_true (t_offers (problem, other_pool));
  no_pool = nn_design_without_block (other_pool, 1);
  g_assert_true (t_offers (problem, no_pool));
  g_assert_cmpuint (problem->n_repairs, ==, 4);
  g_assert_cmpstr (problem->repairs[2].sentence, ==,
                   "Thin the labels by 4: one for each of the 98 steps that come out, in the middle of what it sees");
  g_assert_cmpstr (problem->repairs[2].setting->arg.name, ==, "fit_labels");
}

static void
test_readings (void)
{
  g_autoptr (NnDesign) r1 = reference ("R1");
  g_autoptr (NnDesign) r2 = reference ("R2");
  NnShape input = nn_shape_2 (400, 16);
  NnContract four = { 400, 4 }, none = { 400, 0 };
  g_autoptr (NnDesign) r1_4 = nn_template_build (nn_template_find ("R1"), &input, 4);
  g_autoptr (NnCheck) a = nn_check_new (r1, &two_classes);
  g_autoptr (NnCheck) b = nn_check_new (r2, &two_classes);
  g_autoptr (NnCheck) c = nn_check_new (r1_4, &four);
  g_autoptr (NnCheck) d = nn_check_new (r1, &none);
  g_autoptr (NnCheck) e = nn_check_new (r1, NULL);

  g_assert_cmpint (nn_check_get_reading (a), ==, NN_READING_BINARY);
  g_assert_cmpint (nn_check_get_reading (b), ==, NN_READING_BINARY);
  g_assert_cmpint (nn_check_get_reading (c), ==, NN_READING_CLASSES);
  g_assert_true (nn_check_is_trainable (a) && nn_check_is_trainable (b) && nn_check_is_trainable (c));
  g_assert_cmpuint (nn_check_get_n_problems (d), ==, 0);
  g_assert_cmpuint (nn_check_get_n_problems (e), ==, 0);
  g_assert_cmpint (nn_check_get_reading (e), ==, NN_READING_BINARY);
  g_assert_true (nn_check_is_runnable (e));
  g_assert_false (nn_check_is_trainable (e));
  g_assert_null (nn_check_dup_headline (e));
}

/* A Softmax at the end is as good as the activation of that name, where it goes along the channels. */
static void
test_softmax (void)
{
  NnContract four = { 400, 4 };
  g_autoptr (NnDesign) linear = change_choice (change_whole (reference ("R1"), 2, "units", 4), 2, "activation", "linear");
  g_autoptr (NnDesign) design = append_kind (nn_design_ref (linear), "Softmax");
  g_autoptr (NnDesign) along = change_whole (append_kind (nn_design_ref (linear), "Softmax"), 3, "axis", 1);
  g_autoptr (NnCheck) good = nn_check_new (design, &four), bad = nn_check_new (along, &four);

  g_assert_true (nn_check_is_trainable (good));
  g_assert_nonnull (t_find_problem (bad, "D5"));
}

/* --- rules ---------------------------------------------------------------------------- */

static void
assert_rule (NnDesign   *design, /* consumed */
             NnContract  labels,
             const char *rule,
             int         position,
             guint       least_repairs)
{
  g_autoptr (NnDesign) mine = design;
  g_autoptr (NnCheck) check = nn_check_new (mine, &labels);
  const NnProblem *problem = t_find_problem (check, rule);

  g_assert_nonnull (problem);
  g_assert_cmpuint (problem->block, ==, position < 0 ? 0 : nn_block_get_id (nn_design_get_block (mine, position)));
  if (problem->n_repairs < least_repairs)
    g_error ("%s: “%s” has %u repairs", rule, problem->text, problem->n_repairs);
  g_assert_false (nn_check_is_trainable (check));
}

static void
test_rules (void)
{
  NnContract four = { 400, 4 }, one_window = { 1, 2 };
  NnDesign *design;

  assert_rule (empty_design (), two_classes, "D4", -1, 1);
  assert_rule (reference ("R1"), four, "D4", 2, 2);
  assert_rule (change_choice (reference ("R1"), 2, "activation", "softmax"), two_classes, "D5", 2, 1);
  assert_rule (change_choice (reference ("R1"), 2, "activation", "relu"), two_classes, "D5", 2, 1);
  design = change_whole (reference ("R1"), 2, "units", 4);
  assert_rule (design, four, "D5", 2, 1);
  design = change_choice (reference ("R1"), 2, "activation", "linear");
  assert_rule (append_kind (design, "Softmax"), two_classes, "D5", 3, 1);
  assert_rule (change_choice (reference ("R1"), 0, "padding", "valid"), two_classes, "D3", 0, 2);
  design = change_whole (change_choice (reference ("R1"), 0, "padding", "valid"), 0, "kernel_size", 500);
  assert_rule (design, two_classes, "D6", 0, 1);
  assert_rule (change_whole (reference ("R3"), 1, "pool_size", 500), two_classes, "D7", 1, 2);
  assert_rule (reference ("R1"), one_window, "D1", 2, 2);
  assert_rule (append_kind (append_kind (empty_design (), "Conv1D"), "Dense"), one_window, "D1", 1, 1);
  assert_rule (append_kind (append_kind (empty_design (), "Conv2D"), "Dense"), two_classes, "D8", 0, 2);
  assert_rule (append_kind (append_kind (empty_design (), "Flatten"), "Dense"), two_classes, "D10", 0, 1);
  assert_rule (change_whole (reference ("R1"), 0, "filters", 0), two_classes, "A", 0, 1);
  assert_rule (change_whole (change_whole (reference ("R1"), 0, "strides", 2), 0, "dilation_rate", 2), two_classes, "A", 0, 1);
  assert_rule (change_whole (append_kind (reference ("R0"), "LSTM"), 0, "filters", 4), two_classes, "D1", 4, 1);

  /* Five poolings by two do not divide 400: 12 × 32 = 384. */
  design = empty_design ();
  for (int i = 0; i < 5; i++)
    design = append_kind (design, "MaxPooling1D");
  for (int i = 0; i < 5; i++)
    design = append_kind (design, "UpSampling1D");
  assert_rule (append_kind (design, "Dense"), two_classes, "D7", 4, 3);
}

/* A wrapper that the block cannot run in either is no help; nor is a sigmoid behind a single unit's softmax, which stays 1. */
static void
test_no_false_repairs (void)
{
  g_autoptr (NnDesign) axes = t_design_new (400, 16, "Conv2D; Dense");
  g_autoptr (NnDesign) shares = t_design_new (400, 16, "Dense units=1 activation=softmax");
  g_autoptr (NnDesign) state = t_design_new (400, 16, "LSTM units=1 return_sequences=yes");
  g_autoptr (NnDesign) bent = t_design_new (400, 16, "LSTM units=1 return_sequences=yes; Activation activation=sigmoid");
  g_autoptr (NnCheck) deep = nn_check_new (axes, &two_classes), single = nn_check_new (shares, &two_classes),
                      recurrent = nn_check_new (state, &two_classes);
  const NnProblem *problem = t_find_problem (deep, "D8");

  g_assert_cmpuint (problem->n_repairs, >=, 1);
  for (guint i = 0; i < problem->n_repairs; i++)
    {
      g_autoptr (NnCheck) after = nn_check_new (problem->repairs[i].design, &two_classes);

      g_assert_true (nn_check_is_runnable (after));
    }
  g_assert_cmpuint (t_find_problem (single, "D5")->n_repairs, ==, 1);
  g_assert_cmpuint (t_find_problem (recurrent, "D5")->n_repairs, ==, 1);
  g_assert_true (t_offers (t_find_problem (recurrent, "D5"), bent));
}

/* Zeros in front and behind make 400 steps 416, which divide by 32; they are cut off again. */
static void
test_margins (void)
{
#define HEAD "Dense units=1 activation=sigmoid"
  g_autoptr (NnDesign) design = t_design_new (400, 16, "MaxPooling1D pool_size=32; UpSampling1D size=32; " HEAD);
  g_autoptr (NnDesign) wanted = t_design_new (400, 16,
                                              "ZeroPadding1D padding=8,8; MaxPooling1D pool_size=32; UpSampling1D size=32; "
                                              "Cropping1D cropping=8,8; " HEAD);
  g_autoptr (NnCheck) check = nn_check_new (design, &two_classes);

  g_assert_true (t_offers (t_find_problem (check, "D7"), wanted));
}

/* The blocks below a broken one are checked on what it would most likely give, and all that is wrong is told at once. */
static void
test_carries_on (void)
{
  NnDesign *start = append_kind (append_kind (append_kind (append_kind (empty_design (), "Conv2D"), "Reshape"), "LSTM"), "Dense");
  g_autoptr (NnDesign) design = change_whole (start, 3, "units", 0);
  g_autoptr (NnCheck) check = nn_check_new (design, &two_classes);
  NnShape assumed = nn_shape_3 (400, 13, 8);

  g_assert_true (nn_check_get_block (check, 0)->broken);
  g_assert_true (nn_shape_equal (&nn_check_get_block (check, 0)->output, &assumed));
  g_assert_true (nn_check_get_block (check, 1)->assumed && !nn_check_get_block (check, 1)->broken);
  g_assert_true (nn_check_get_block (check, 2)->broken);
  g_assert_true (nn_check_get_block (check, 3)->broken);
  g_assert_nonnull (t_find_problem (check, "D8"));
  g_assert_nonnull (t_find_problem (check, "A"));
  g_assert_cmpuint (nn_check_get_n_problems (check), >=, 3);
  g_assert_false (nn_check_is_runnable (check));
}

/* --- the view of time -------------------------------------------------------------------- */

/* Which input steps one output step depends on, found by asking every block in turn: the naive twin. */
static void
mark_seen (const NnDesign *design,
           guint           n_blocks,
           gint64          t,
           GHashTable     *seen)
{
  NnShape in = *nn_design_get_input (design);
  g_autoptr (GArray) infers = g_array_new (FALSE, FALSE, sizeof (NnInferred));

  for (guint i = 0; i < n_blocks; i++)
    {
      NnInferred inferred;
      char *why = NULL;

      g_assert_true (nn_layer_infer (nn_design_get_block (design, i), &in, &inferred, &why));
      g_array_append_val (infers, inferred);
      in = inferred.output;
    }
  g_hash_table_add (seen, GINT_TO_POINTER ((int) t + 100000));
  for (guint i = n_blocks; i-- > 0; )
    {
      const NnInferred *block = &g_array_index (infers, NnInferred, i);
      g_autoptr (GList) steps = g_hash_table_get_keys (seen);

      g_hash_table_remove_all (seen);
      for (GList *l = steps; l != NULL; l = l->next)
        for (gint64 k = 0; k < block->kernel; k++)
          {
            gint64 step = GPOINTER_TO_INT (l->data) - 100000;
            gint64 first = step * block->stride;

            first = first >= 0 ? first / block->upsample : -((-first + block->upsample - 1) / block->upsample);
            g_hash_table_add (seen, GINT_TO_POINTER ((int) (first - block->before + k * block->dilation) + 100000));
          }
    }
}

static gint64
widest_view (const NnDesign *design,
             guint           n_blocks,
             gint64          n_out)
{
  gint64 widest = 0;

  for (gint64 t = 0; t < MIN (n_out, 12); t++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      g_autoptr (GList) keys = NULL;
      gint64 low = G_MAXINT64, high = G_MININT64;

      mark_seen (design, n_blocks, t, seen);
      keys = g_hash_table_get_keys (seen);
      for (GList *l = keys; l != NULL; l = l->next)
        {
          low = MIN (low, GPOINTER_TO_INT (l->data));
          high = MAX (high, GPOINTER_TO_INT (l->data));
        }
      widest = MAX (widest, high - low + 1);
    }
  return widest;
}

static void
test_view_of_time (void)
{
  NnShape input = nn_shape_2 (96, 3);
  NnDesign *front = append_kind (append_kind (nn_design_new (&input), "Conv1D"), "MaxPooling1D");
  NnDesign *start = append_kind (append_kind (front, "Conv1D"), "UpSampling1D");
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (NnCheck) check = NULL;

  start = change_whole (change_whole (start, 0, "dilation_rate", 2), 0, "kernel_size", 3);
  start = change_whole (change_whole (start, 1, "pool_size", 4), 2, "kernel_size", 2);
  start = append_kind (append_kind (change_whole (start, 3, "size", 4), "Conv1D"), "MaxPooling1D");
  design = change_whole (start, 4, "kernel_size", 5);
  check = nn_check_new (design, NULL);
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      const NnBlockReport *report = nn_check_get_block (check, i);

      g_assert_cmpint (report->receptive, ==, widest_view (design, i + 1, report->output.dim[0]));
    }
  g_assert_cmpint (nn_check_get_block (check, 1)->jump, ==, 4);
  g_assert_cmpint (nn_check_get_block (check, 3)->jump, ==, 1);
  g_assert_cmpfloat (nn_check_get_block (check, 0)->offset, ==, 0);
  g_assert_cmpfloat (nn_check_get_block (check, 1)->offset, ==, 1.5);
}

/* --- what it says in numbers ----------------------------------------------------------------- */

static void
test_summary (void)
{
  g_autoptr (NnDesign) r4 = reference ("R4");
  g_autoptr (NnCheck) check = nn_check_new (r4, NULL);
  g_autofree char *summary = nn_check_to_summary (check);

  g_assert_true (g_str_has_prefix (summary, "Model: \"R4\"\n"));
  g_assert_nonnull (strstr (summary, "┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃\n"));
  g_assert_nonnull (strstr (summary, "│ conv1d (Conv1D)                 │ (None, 400, 32)        │         4,128 │\n"));
  g_assert_nonnull (strstr (summary, "│ up_sampling1d (UpSampling1D)    │ (None, 400, 32)        │             0 │\n"));
  g_assert_nonnull (strstr (summary, " Total params: 12,481 (48.75 KB)\n"));
}

static void
test_bytes (void)
{
  g_autoptr (NnDesign) r1 = reference ("R1");
  NnShape large = nn_shape_2 (1000000000, 1000);
  g_autoptr (NnDesign) huge = nn_design_with_input (r1, &large);
  g_autoptr (NnCheck) check = nn_check_new (r1, &two_classes);
  g_autoptr (NnCheck) huge_check = nn_check_new (huge, NULL);

  g_assert_cmpint (nn_check_get_plan_bytes (check, 32), >, 12481 * 4 * 4);
  g_assert_cmpint (nn_check_get_plan_bytes (check, 32), <, 200000000);
  g_assert_cmpint (nn_check_get_plan_bytes (check, 64), >, nn_check_get_plan_bytes (check, 32));
  g_assert_cmpint (nn_check_get_plan_bytes (huge_check, 4096), >, G_GINT64_CONSTANT (1) << 43);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/R0", test_r0);
  g_test_add_func ("/check/R3", test_r3);
  g_test_add_func ("/check/readings", test_readings);
  g_test_add_func ("/check/softmax", test_softmax);
  g_test_add_func ("/check/rules", test_rules);
  g_test_add_func ("/check/no-false-repairs", test_no_false_repairs);
  g_test_add_func ("/check/margins", test_margins);
  g_test_add_func ("/check/carries-on", test_carries_on);
  g_test_add_func ("/check/view-of-time", test_view_of_time);
  g_test_add_func ("/check/summary", test_summary);
  g_test_add_func ("/check/bytes", test_bytes);
  return g_test_run ();
}
