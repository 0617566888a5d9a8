/* test-merge.c: blocks that join earlier ones: edits, files, problems and their repairs, views of time, memory, training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-check.h"
#include "support/t-design.h"

#include "nn-codec.h"
#include "nn-minibatch.h"
#include "nn-model-private.h"
#include "nn-predict.h"
#include "nn-train.h"

#include <string.h>

#define RESIDUAL "Conv1D filters=8 kernel_size=3; Conv1D filters=8 kernel_size=5; Add with=1; Dense units=1 activation=sigmoid"

/* Four levels down and up again. */
#define U_SHAPE \
  "Conv1D filters=4 kernel_size=3; MaxPooling1D; Conv1D filters=6 kernel_size=3; MaxPooling1D; Conv1D filters=8 kernel_size=3; " \
  "MaxPooling1D; Conv1D filters=8 kernel_size=3; BatchNormalization; UpSampling1D; Concatenate with=5; " \
  "Conv1D filters=8 kernel_size=3; " \
  "UpSampling1D; Concatenate with=3; Conv1D filters=6 kernel_size=3; UpSampling1D; Concatenate with=1; " \
  "Conv1D filters=4 kernel_size=3; " \
  "Dense units=1 activation=sigmoid"

/* --- edits and files ------------------------------------------------------------------------ */

static void
assert_text (const NnDesign *design, guint position, const char *expected)
{
  g_autofree char *text = nn_design_block_to_text (design, position);

  g_assert_cmpstr (text, ==, expected);
}

/* Through JSON and back: equal, and the same bytes again. */
static void
assert_round_trip (const NnDesign *design)
{
  g_autofree char *json = nn_codec_design_to_json (design);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) back = nn_codec_design_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (nn_design_equal (design, back));
  again = nn_codec_design_to_json (back);
  g_assert_cmpstr (again, ==, json);
}

/* What a merge names follows the block; where it ends up below or is gone, the design says so and is still a design. */
static void
test_edits (void)
{
  g_autoptr (NnDesign) design = t_design_new (40, 3, RESIDUAL);
  g_autoptr (NnDesign) same = t_design_new (40, 3, RESIDUAL);
  g_autoptr (NnDesign) other = t_design_new (40, 3, "Conv1D filters=8 kernel_size=3; Conv1D filters=8 kernel_size=5; Add with=0; "
                                             "Dense units=1 activation=sigmoid");
  g_autoptr (NnBlock) dropout = nn_block_new (nn_kind_find ("Dropout"));
  g_autoptr (NnDesign) longer = nn_design_with_block (design, 0, dropout, NULL, NULL);
  g_autoptr (NnDesign) below = nn_design_with_moved (design, 0, 4);
  g_autoptr (NnDesign) gone = nn_design_without_block (design, 0);

  g_assert_true (nn_design_equal (design, same));
  g_assert_false (nn_design_equal (design, other));
  assert_text (design, 2, "Add with block 1 (Conv1D)");
  assert_text (other, 2, "Add with the Input");
  assert_text (longer, 3, "Add with block 2 (Conv1D)");
  assert_text (below, 1, "Add with block 4 (Conv1D)");
  assert_text (gone, 1, "Add with a block that is gone");
  g_assert_false (nn_design_equal (longer, design));
  g_assert_false (nn_design_equal (gone, below));
  assert_round_trip (design);
  assert_round_trip (other);
  assert_round_trip (longer);
  assert_round_trip (below);
  assert_round_trip (gone);
}

/* The nearest block that can be joined with the one above the gap; none where none can. */
static void
test_new_block (void)
{
  static const struct { guint position; const char *kind, *text; } cases[] = {
    { 0, "Add", "Add" },
    { 1, "Add", "Add" },
    { 1, "Concatenate", "Concatenate with the Input" },
    { 3, "Add", "Add with block 2 (Conv1D)" },
    { 4, "Concatenate", "Concatenate" },
    { 5, "Multiply", "Multiply with block 3 (Dropout)" },
    { 5, "Dense", "Dense 1, sigmoid" },
  };
  g_autoptr (NnDesign) design = t_design_new (40, 3, "Conv1D filters=4 kernel_size=3; Conv1D filters=8 kernel_size=5; Dropout; "
                                              "MaxPooling1D; "
                                              "UpSampling1D");
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnBlock) block = nn_check_new_block (check, cases[i].position, nn_kind_find (cases[i].kind));
      g_autoptr (NnDesign) longer = nn_design_with_block (design, cases[i].position, block, NULL, NULL);

      assert_text (longer, cases[i].position, cases[i].text);
    }
}

/* --- problems --------------------------------------------------------------------------------- */

static gboolean
offers (const NnProblem *problem, const char *sentence)
{
  for (guint i = 0; i < problem->n_repairs; i++)
    if (strstr (problem->repairs[i].sentence, sentence) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_problem (const NnDesign *design, const char *rule, const char *text, const char *const *repairs)
{
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  const NnProblem *problem = t_find_problem (check, rule);

  g_assert_nonnull (problem);
  g_assert_false (nn_check_is_runnable (check));
  g_assert_cmpstr (problem->text, ==, text);
  for (guint i = 0; repairs[i] != NULL; i++)
    if (!offers (problem, repairs[i]))
      {
        for (guint j = 0; j < problem->n_repairs; j++)
          g_test_message ("%s", problem->repairs[j].sentence);
        g_error ("“%s” is not offered", repairs[i]);
      }
}

static void
test_problems (void)
{
  g_autoptr (NnDesign) design = t_design_new (40, 3, RESIDUAL);
  g_autoptr (NnDesign) below = nn_design_with_moved (design, 0, 4);
  g_autoptr (NnDesign) gone = nn_design_without_block (design, 0);
  g_autoptr (NnDesign) none = t_design_new (40, 3, "Conv1D filters=3 kernel_size=3; Add; Dense units=1");
  g_autoptr (NnDesign) channels = t_design_new (40, 3, "Conv1D filters=8 kernel_size=3; Add with=0; Dense units=1");
  g_autoptr (NnDesign) steps = t_design_new (40, 3, "Conv1D filters=8 kernel_size=3; MaxPooling1D; Add with=1; Dense units=1");
  g_autoptr (NnDesign) axis = t_design_new (40, 3, "Conv1D filters=8 kernel_size=3; Concatenate with=0 axis=3; Dense units=1");

  assert_problem (below, "M1", "Add needs block 4 (Conv1D), which is no longer above it.",
                  (const char *const[]) { "Join nothing here", NULL });
  assert_problem (gone, "M1", "Add needs a block that is gone.", (const char *const[]) { "Join nothing here", NULL });
  assert_problem (none, "M1", "Add joins the block above it with earlier blocks; choose at least one.",
                  (const char *const[]) { "Join it with the nearest that fits: with the Input", "Join nothing here", NULL });
  assert_problem (channels, "M2",
                  "Add cannot join 40 × 8 with 40 × 3: their extents must be the same, or 1 where all is repeated. "
                  "Block 1 (Conv1D) gives 40 × 8 and the Input gives 40 × 3.",
                  (const char *const[]) { "Give it 3 channels", "Join nothing here", NULL });
  assert_problem (steps, "M2", "Add cannot join 20 × 8 with 40 × 8: their extents must be the same, or 1 where all is repeated. "
                  "Block 2 (MaxPooling1D) gives 20 × 8 and block 1 (Conv1D) gives 40 × 8.",
                  (const char *const[]) { "Stretch it to 40 steps", NULL });
  assert_problem (axis, "M2", "Concatenate cannot join 40 × 8 with 40 × 3: there is no such axis to join them along. "
                  "Block 1 (Conv1D) gives 40 × 8 and the Input gives 40 × 3.",
                  (const char *const[]) { "Join nothing here", NULL });
}

/* --- the view of time --------------------------------------------------------------------------- */

/* The widest span of input steps that move one output step, found by moving each. */
static gint64
measure_view (const char *text, gint64 n_steps)
{
  g_autoptr (NnModel) model = t_model_new (n_steps, 1, 2, text, 5);
  g_autoptr (TWindows) windows = t_windows_new (1, n_steps, 1, 2, 0, 3);
  g_autoptr (NnPool) pool = nn_pool_new (1);
  g_autofree float *still = g_new (float, n_steps), *moved = g_new (float, n_steps);
  g_autofree gint64 *first = g_new (gint64, n_steps), *last = g_new (gint64, n_steps);
  gint64 widest = 0;

  for (gint64 t = 0; t < n_steps; t++)
    first[t] = -1;
  g_assert_true (nn_predict (model, &windows->source, 0, 1, pool, NULL, NULL, still, NULL));
  for (gint64 s = 0; s < n_steps; s++)
    {
      float was = windows->x[s];

      windows->x[s] += 40.0f;
      g_assert_true (nn_predict (model, &windows->source, 0, 1, pool, NULL, NULL, moved, NULL));
      windows->x[s] = was;
      for (gint64 t = 0; t < n_steps; t++)
        if (moved[t] != still[t])
          {
            first[t] = first[t] < 0 ? s : first[t];
            last[t] = s;
          }
    }
  for (gint64 t = 0; t < n_steps; t++)
    if (first[t] >= 0)
      widest = MAX (widest, last[t] - first[t] + 1);
  return widest;
}

static void
test_views (void)
{
#define LINEAR "activation=linear padding=same"
  static const char *const texts[] = {
    "Conv1D filters=4 kernel_size=3 " LINEAR "; Conv1D filters=4 kernel_size=7 " LINEAR "; Add with=1; "
    "Dense units=1 activation=linear",
    "Conv1D filters=4 kernel_size=9 " LINEAR "; Conv1D filters=4 kernel_size=1 " LINEAR "; Concatenate with=(1,0); "
    "Dense units=1 activation=linear",
    "Conv1D filters=4 kernel_size=3 padding=causal activation=linear; AveragePooling1D; "
    "Conv1D filters=4 kernel_size=3 " LINEAR "; UpSampling1D; "
    "Concatenate with=1; Conv1D filters=1 kernel_size=3 " LINEAR,
    "Conv1D filters=4 kernel_size=2 padding=causal activation=linear; "
    "Conv1D filters=4 kernel_size=2 dilation_rate=2 padding=causal activation=linear; "
    "Average with=1; Conv1D filters=4 kernel_size=2 dilation_rate=4 padding=causal activation=linear; "
    "Add with=(1,3); Dense units=1 activation=linear",
    "Conv1D filters=2 kernel_size=3 " LINEAR "; AveragePooling1D pool_size=32; Add with=1; Dense units=1 activation=linear",
    "Conv1D filters=2 kernel_size=3 " LINEAR "; LSTM units=2; Add with=1; Dense units=1 activation=linear",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (NnDesign) design = t_design_new (32, 1, texts[i]);
      g_autoptr (NnCheck) check = nn_check_new (design, NULL);
      const NnBlockReport *report = nn_check_get_block (check, nn_design_get_n_blocks (design) - 1);

      g_test_message ("%s", texts[i]);
      g_assert_true (report->keeps_time);
      g_assert_cmpint (report->jump, ==, 1);
      g_assert_cmpint (report->receptive, ==, measure_view (texts[i], 32));
    }
}

/* --- memory ---------------------------------------------------------------------------------------- */

/* What a merge reads further down is not written over: in inference the outputs from there to the merge, in training the slopes.
 */
static void
test_places (void)
{
  g_autoptr (NnModel) model = t_model_new (32, 3, 2, U_SHAPE, 1);
  const NnPlan *plan = model->plan;

  for (guint i = 0; i < plan->n_ops; i++)
    for (guint j = 0; j < plan->ops[i].n_inputs; j++)
      for (int k = plan->ops[i].inputs[j] + 1; k < (int) i && plan->ops[i].inputs[j] >= 0; k++)
        {
          const NnOp *kept = &plan->ops[plan->ops[i].inputs[j]], *between = &plan->ops[k];
          gint64 n_kept = kept->rows * nn_shape_size (&kept->out), n = between->rows * nn_shape_size (&between->out);

          g_assert_true (kept->inference.y + n_kept <= between->inference.y || between->inference.y + n <= kept->inference.y);
          g_assert_true (kept->training.dy + n_kept <= between->training.dy || between->training.dy + n <= kept->training.dy);
        }
}

/* Shards that wait for one another need an arena each. */
static void
test_bytes (void)
{
  g_autoptr (NnModel) waits = t_model_new (32, 3, 2, U_SHAPE, 1);
  const NnCheck *check = nn_model_get_check (waits);
  gint64 few = nn_plan_count_bytes (check, 8), many = nn_plan_count_bytes (check, 8 * 64);

  g_assert_cmpint (many - few, >=, 63 * waits->plan->training.total * (gint64) sizeof (float) / 2);
}

/* --- training ---------------------------------------------------------------------------------------- */

static NnModel *
train (guint n_threads, int epochs, NnTrainResult *result)
{
  NnModel *model = t_model_new (32, 3, 2, U_SHAPE, 4);
  g_autoptr (TWindows) windows = t_windows_new (45, 32, 3, 2, 7, 6);
  g_autoptr (NnPool) pool = nn_pool_new (n_threads);
  g_autoptr (GError) error = NULL;
  NnSettings settings = nn_settings_default ();

  for (gint64 i = 0; i < 45 * 32; i++)
    if (windows->y[i] != NN_UNLABELLED)
      windows->y[i] = windows->x[i * 3] + windows->x[i * 3 + 1] > 0.0f;
  settings.epochs = epochs;
  settings.batch_size = 20;
  settings.learning_rate = 0.01;
  nn_train (model, &windows->source, NULL, &settings, pool, NULL, result, &error);
  g_assert_no_error (error);
  nn_train_result_clear (result);
  return model;
}

static void
test_u_shape_learns (void)
{
  NnTrainResult first, last;
  g_autoptr (NnModel) begun = train (2, 1, &first);
  g_autoptr (NnModel) done = train (2, 40, &last);

  g_test_message ("loss %.3f after one epoch, %.3f after forty; %.1f %% right", first.best.loss,
                  last.best.loss, 100.0 * last.best.accuracy);
  g_assert_cmpfloat (last.best.loss, <, 0.5 * first.best.loss);
  g_assert_cmpfloat (last.best.accuracy, >, 0.9);
}

/* The same bits for any number of threads, moving statistics among them. */
static void
test_threads (void)
{
  static const guint counts[] = { 2, 3, 4, 8 };
  NnTrainResult result;
  g_autoptr (NnModel) one = train (1, 2, &result);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (NnModel) other = train (counts[i], 2, &result);
      gsize bytes = one->plan->n_floats * sizeof (float);

      g_assert_cmpmem (one->params, bytes, other->params, bytes);
    }
}

/* A mini-batch moves the moving statistics once, by all its windows. */
static void
test_moving (void)
{
  g_autoptr (NnModel) model = t_model_new (6, 2, 2, "BatchNormalization momentum=0.75; Dense units=1 activation=sigmoid", 4);
  g_autoptr (TWindows) windows = t_windows_new (19, 6, 2, 2, 0, 6);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autofree float *before = g_new (float, nn_model_get_n_params (model)), *after = g_new (float, nn_model_get_n_params (model));
  NnSettings settings = nn_settings_default ();
  NnTrainResult result;

  settings.epochs = 1;
  settings.batch_size = 19;
  nn_model_get_params (model, before);
  g_assert_true (nn_train (model, &windows->source, NULL, &settings, pool, NULL, &result, NULL));
  nn_train_result_clear (&result);
  nn_model_get_params (model, after);
  for (guint c = 0; c < 2; c++)
    {
      double mean = 0.0, variance = 0.0, n = 19 * 6;

      for (gint64 i = 0; i < 19 * 6; i++)
        mean += (double) windows->x[2 * i + c] / n;
      for (gint64 i = 0; i < 19 * 6; i++)
        variance += ((double) windows->x[2 * i + c] - mean) * ((double) windows->x[2 * i + c] - mean) / n;
      g_assert_cmpfloat_with_epsilon ((double) after[4 + c], 0.75 * (double) before[4 + c] + 0.25 * mean, 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) after[6 + c], 0.75 * (double) before[6 + c] + 0.25 * variance, 1e-6);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/edits", test_edits);
  g_test_add_func ("/merge/new-block", test_new_block);
  g_test_add_func ("/merge/problems", test_problems);
  g_test_add_func ("/merge/views", test_views);
  g_test_add_func ("/merge/places", test_places);
  g_test_add_func ("/merge/bytes", test_bytes);
  g_test_add_func ("/merge/u-shape-learns", test_u_shape_learns);
  g_test_add_func ("/merge/threads", test_threads);
  g_test_add_func ("/merge/moving", test_moving);
  return g_test_run ();
}
