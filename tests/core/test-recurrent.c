/* test-recurrent.c: what no gradient and no golden number shows of recurrent blocks: their masks, and that they keep to the steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-minibatch.h"
#include "nn-model-private.h"
#include "nn-shape.h"
#include "nn-shard.h"

#include <math.h>

#define STEPS     9
#define CHANNELS  3
#define N_WINDOWS 37

/* --- masks ----------------------------------------------------------------------------------- */

/* Tests that look into a shard give it one window of ones. */
static gboolean
fill_ones (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  for (gint64 j = 0; j < STEPS * CHANNELS; j++)
    x[j] = 1.0f;
  return TRUE;
}

#define DRAWS 4000

/* Runs a window of ones through the design with DRAWS masks, and adds up what `count` finds kept in each output. */
static gint64
count_kept (const char *text, const float *params, gint64 (*count) (const float *y))
{
  g_autoptr (NnModel) model = t_model_new (STEPS, CHANNELS, 0, text, 7);
  NnBatchSource source = { .n_windows = 1, .n_steps = STEPS, .n_channels = CHANNELS, .n_classes = 2, .fill = fill_ones };
  gint64 window = 0, n_kept = 0;
  NnShard shard;

  nn_model_set_params (model, params);
  g_assert_true (nn_shard_init (&shard, model->plan, model->k, TRUE, NULL, NULL));
  for (gint64 draw = 0; draw < DRAWS; draw++)
    {
      NnShardPass pass = { .training = TRUE, .seed = 3, .index = draw };

      g_assert_true (nn_shard_fill (&shard, &source, &window, 1, NULL, NULL));
      n_kept += count (nn_shard_forward (&shard, model->params, &pass));
    }
  nn_shard_clear (&shard);
  return n_kept;
}

/* The inputs weigh 1, 2 and 4, so that the sum tells which are left; the same at each step. */
static gint64
count_inputs (const float *y)
{
  int sum = (int) lroundf (y[0] * 0.75f);

  g_assert_cmpfloat_with_epsilon (y[0] * 0.75f, sum, 1e-5);
  for (gint64 t = 1; t < STEPS; t++)
    g_assert_cmpfloat (y[t], ==, y[0]);
  return (sum & 1) + (sum >> 1 & 1) + (sum >> 2 & 1);
}

/* Without weights of its own outputs, with activation linear, each output is the sum of the inputs that are left, over what is
 * kept. */
static void
test_mask_of_inputs (void)
{
  const float params[CHANNELS + 2] = { 1.0f, 2.0f, 4.0f, 0.0f, 0.0f };
  gint64 n_kept = count_kept ("SimpleRNN units=1 activation=linear return_sequences=yes dropout=0.25", params, count_inputs);

  /* Five deviations of a binomial. */
  g_assert_cmpfloat (fabs ((double) n_kept / (double) (DRAWS * CHANNELS) - 0.75), <,
                     5.0 * sqrt (0.75 * 0.25 / (double) (DRAWS * CHANNELS)));
}

static gint64
count_outputs (const float *y)
{
  gboolean kept = y[1] > 1.5f;

  for (gint64 t = 0; t < STEPS; t++)
    g_assert_cmpfloat_with_epsilon (y[t], kept ? t + 1 : 1, 1e-4);
  return kept;
}

/* With 1 coming in at each step and a weight of 0.6 from its last output, h counts the steps where the mask's one number is
 * 1 / 0.6, and stays 1 where it is 0: the same at all steps. */
static void
test_mask_of_outputs (void)
{
  const float params[CHANNELS + 2] = { 1.0f, 0.0f, 0.0f, 0.6f, 0.0f };
  gint64 n_kept = count_kept ("SimpleRNN units=1 activation=linear return_sequences=yes recurrent_dropout=0.4", params,
                              count_outputs);

  g_assert_cmpfloat (fabs ((double) n_kept / (double) DRAWS - 0.6), <, 5.0 * sqrt (0.24 / (double) DRAWS));
}

/* Not while predicting. */
static void
test_masks_only_in_training (void)
{
  g_autoptr (NnModel) plain = t_model_new (STEPS, CHANNELS, 0, "LSTM units=5", 7);
  g_autoptr (NnModel) masked = t_model_new (STEPS, CHANNELS, 0, "LSTM units=5 dropout=0.5 recurrent_dropout=0.5", 7);
  NnBatchSource source = { .n_windows = 1, .n_steps = STEPS, .n_channels = CHANNELS, .n_classes = 2, .fill = fill_ones };
  NnModel *models[] = { plain, masked };
  NnShardPass pass = { .training = FALSE };
  float y[2][5];
  gint64 window = 0;

  for (guint i = 0; i < 2; i++)
    {
      NnShard shard;

      g_assert_true (nn_shard_init (&shard, models[i]->plan, models[i]->k, TRUE, NULL, NULL));
      g_assert_true (nn_shard_fill (&shard, &source, &window, 1, NULL, NULL));
      memcpy (y[i], nn_shard_forward (&shard, models[i]->params, &pass), sizeof y[i]);
      nn_shard_clear (&shard);
    }
  g_assert_cmpmem (y[0], sizeof y[0], y[1], sizeof y[1]);
}

/* --- slopes and threads ------------------------------------------------------------------------ */

#define LABELS "; Dense units=1 activation=sigmoid"
#define FORGETS " return_sequences=yes dropout=0.3 recurrent_dropout=0.4"

static const char *const masked_designs[] = {
  "Dense units=4 activation=tanh; LSTM units=5" FORGETS LABELS,
  "Dense units=4 activation=tanh; LSTM units=17 return_sequences=yes dropout=0.3" LABELS,
  "Dense units=4 activation=tanh; GRU units=5" FORGETS LABELS,
  "Dense units=4 activation=tanh; GRU units=5 reset_after=no go_backwards=yes" FORGETS LABELS,
  "Dense units=4 activation=tanh; GRU units=18 return_sequences=yes recurrent_dropout=0.3" LABELS,
  "Dense units=4 activation=tanh; SimpleRNN units=5" FORGETS LABELS,
  "Dense units=4 activation=tanh; Bidirectional: LSTM units=3" FORGETS LABELS,
};

typedef struct
{
  NnModel     *model;
  NnMinibatch *minibatch;
  NnWindows    all;
} Bench;

/* The summed loss with the masks of step 1, and the slopes in the kernels' order. */
static double
learn (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  NnTally tally = { 0 };

  g_assert_true (nn_minibatch_learn (bench->minibatch, bench->model->params, &bench->all, 1, 1, &tally, &error));
  g_assert_no_error (error);
  return nn_tally_score (&tally).loss * (double) tally.n_labelled;
}

/* Masked, the slopes are those of the masked network: differences of the loss with the same masks. Single precision sees about
 * three figures of them. */
static void
test_masked_slopes (gconstpointer text)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (TWindows) windows = t_windows_new (N_WINDOWS, STEPS, CHANNELS, 2, 5, 8);
  g_autoptr (NnModel) model = t_model_new (STEPS, CHANNELS, 2, text, 7);
  g_autoptr (NnMinibatch) minibatch = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = model->plan->n_floats, n_tried = 0;
  g_autofree float *slopes = g_new (float, n);
  Bench bench = { model, NULL, { &windows->source, NULL, 0, N_WINDOWS } };
  NnSettings settings = nn_settings_default ();
  double most = 0.0, worst = 0.0;
  NnLoss loss;

  g_assert_true (nn_loss_init (&loss, model->plan, &windows->source, &settings, &error));
  minibatch = nn_minibatch_new (model->plan, model->k, &loss, pool, TRUE, N_WINDOWS, &error);
  g_assert_no_error (error);
  bench.minibatch = minibatch;
  learn (&bench);
  memcpy (slopes, nn_minibatch_get_slopes (minibatch), n * sizeof *slopes);
  for (gint64 i = 0; i < n; i++)
    most = fmax (most, fabs ((double) slopes[i]));
  for (gint64 i = 0; i < n; i += 7)
    {
      float middle = model->params[i];
      double up, down;

      if (slopes[i] == 0.0f)
        continue;
      model->params[i] = middle + 0.01f;
      up = learn (&bench);
      model->params[i] = middle - 0.01f;
      down = learn (&bench);
      model->params[i] = middle;
      worst = fmax (worst, fabs ((up - down) / 0.02 - (double) slopes[i]));
      n_tried++;
    }
  g_test_message ("%s: worst %.2g of %.2g", (const char *) text, worst, most);
  g_assert_cmpint (n_tried, >, 10);
  g_assert_cmpfloat (worst, <, 4e-3 * most);
}

/* The same bits for any number of threads. */
static void
test_threads (gconstpointer text)
{
  static const guint n_threads[] = { 1, 2, 3, 4, 8 };
  g_autoptr (TWindows) windows = t_windows_new (N_WINDOWS, STEPS, CHANNELS, 2, 5, 8);
  g_autoptr (NnModel) model = t_model_new (STEPS, CHANNELS, 2, text, 7);
  gsize bytes = model->plan->n_floats * sizeof (float);
  g_autofree float *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (n_threads[i]);
      g_autoptr (NnMinibatch) minibatch = NULL;
      g_autoptr (GError) error = NULL;
      Bench bench = { model, NULL, { &windows->source, NULL, 0, N_WINDOWS } };
      NnSettings settings = nn_settings_default ();
      NnLoss loss;

      g_assert_true (nn_loss_init (&loss, model->plan, &windows->source, &settings, &error));
      minibatch = nn_minibatch_new (model->plan, model->k, &loss, pool, TRUE, N_WINDOWS, &error);
      g_assert_no_error (error);
      bench.minibatch = minibatch;
      learn (&bench);
      if (first == NULL)
        first = g_memdup2 (nn_minibatch_get_slopes (minibatch), bytes);
      g_assert_cmpmem (first, bytes, nn_minibatch_get_slopes (minibatch), bytes);
    }
}

/* --- shapes ------------------------------------------------------------------------------------- */

static void
test_goes_backwards_once (void)
{
  g_autoptr (NnDesign) design = t_design_new (STEPS, CHANNELS, "Bidirectional: LSTM units=3 go_backwards=yes");
  NnShape in = nn_shape_2 (STEPS, CHANNELS);
  g_autofree char *why = NULL;
  NnInferred inferred;

  g_assert_false (nn_layer_infer (nn_design_get_block (design, 0), &in, &inferred, &why));
  g_assert_nonnull (strstr (why, "goes backwards already"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrent/mask-of-inputs", test_mask_of_inputs);
  g_test_add_func ("/recurrent/mask-of-outputs", test_mask_of_outputs);
  g_test_add_func ("/recurrent/masks-only-in-training", test_masks_only_in_training);
  g_test_add_func ("/recurrent/goes-backwards-once", test_goes_backwards_once);
  for (guint i = 0; i < G_N_ELEMENTS (masked_designs); i++)
    {
      g_autofree char *slopes = g_strdup_printf ("/recurrent/masked-slopes/%u", i);
      g_autofree char *threads = g_strdup_printf ("/recurrent/threads/%u", i);

      g_test_add_data_func (slopes, masked_designs[i], test_masked_slopes);
      g_test_add_data_func (threads, masked_designs[i], test_threads);
    }
  return g_test_run ();
}
