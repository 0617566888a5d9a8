/* t-gradient.c: a model's output against the oracle's, and its gradient from one mini-batch
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-gradient.h"
#include "t-oracle.h"

#include "nn-minibatch.h"
#include "nn-model-private.h"
#include "nn-predict.h"

#include <math.h>

double *
t_params_new (const NnModel *model)
{
  gint64 n = nn_model_get_n_params (model);
  g_autofree float *values = g_new (float, n);
  double *params = g_new (double, n);

  nn_model_get_params (model, values);
  for (gint64 i = 0; i < n; i++)
    params[i] = values[i];
  return params;
}

double
t_output_error (const NnModel *model, const double *params, const TWindows *windows, NnPool *pool)
{
  const NnDesign *design = nn_check_get_design (nn_model_get_check (model));
  gint64 n_windows = windows->source.n_windows, in = nn_shape_size (nn_design_get_input (design)), n_steps, size;
  g_autofree float *y = NULL;
  g_autofree double *window = g_new (double, in);
  g_autoptr (GError) error = NULL;
  double worst = 0.0, most = 0.0;
  int n_outputs;

  nn_predict_shape (model, &n_steps, &n_outputs);
  size = n_steps * n_outputs;
  y = g_new (float, n_windows * size);
  g_assert_true (nn_predict (model, &windows->source, 0, n_windows, pool, NULL, NULL, y, &error));
  g_assert_no_error (error);
  for (gint64 i = 0; i < n_windows; i++)
    {
      g_autofree double *expected = NULL;
      NnShape out;

      for (gint64 j = 0; j < in; j++)
        window[j] = windows->x[i * in + j];
      expected = t_oracle_forward (design, params, window, &out);
      g_assert_cmpint (nn_shape_size (&out), ==, size);
      for (gint64 j = 0; j < size; j++)
        {
          double off = fabs (expected[j] - (double) y[i * size + j]);

          worst = off <= worst ? worst : off; /* not-a-number stays */
          most = fmax (most, fabs (expected[j]));
        }
    }
  return worst / most;
}

float *
t_gradient_new (const NnModel *model, const TWindows *windows, NnPool *pool, double *mean)
{
  const NnPlan *plan = model->plan;
  g_autoptr (NnModel) slopes = nn_model_copy (model);
  g_autoptr (NnMinibatch) minibatch = NULL;
  g_autoptr (GError) error = NULL;
  NnWindows all = { &windows->source, NULL, 0, windows->source.n_windows };
  float *gradient = g_new (float, plan->n_params);
  NnSettings settings = nn_settings_default ();
  NnTally tally = { 0 };
  NnLoss loss;

  g_assert_true (nn_loss_init (&loss, plan, &windows->source, &settings, &error));
  minibatch = nn_minibatch_new (plan, model->k, &loss, pool, TRUE, windows->source.n_windows, &error);
  g_assert_no_error (error);
  g_assert_true (nn_minibatch_learn (minibatch, model->params, &all, 1, 1, &tally, &error));
  for (gint64 i = 0; i < plan->n_floats; i++)
    slopes->params[i] = nn_minibatch_get_slopes (minibatch)[i] / (float) tally.n_labelled;
  nn_model_get_params (slopes, gradient);
  *mean = nn_tally_score (&tally).loss;
  return gradient;
}
