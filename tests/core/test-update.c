/* test-update.c: steps of every optimizer, regularised and clipped, against the same in double; the order of the weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-memory.h"
#include "nn-model-private.h"
#include "nn-pool.h"
#include "nn-update.h"

#include <math.h>
#include <string.h>

/* Tensors that take turns in memory (LSTM), columns that do not fill a panel, more than one piece of weights. */
#define DESIGN "Conv1D filters=35 kernel_size=3 padding=same kernel_l2=0.02; Conv1D filters=40 kernel_size=12 padding=same; " \
               "LSTM units=21 return_sequences=yes kernel_l1=0.03 recurrent_l2=0.05; " \
               "Dense units=1 activation=sigmoid bias_l1=0.02 bias_l2=0.01"
#define N_WINDOWS 12
#define N_STEPS   3

typedef struct
{
  NnModel  *model;
  TWindows *windows;
  NnPool   *pool;
  gint64    n;
} Bench;

static Bench
bench_new (guint threads)
{
  Bench bench = { t_model_new (10, 4, 2, DESIGN, 3), t_windows_new (N_WINDOWS, 10, 4, 2, 3, 4), nn_pool_new (threads) };

  bench.n = bench.model->plan->n_params;
  return bench;
}

static void
bench_clear (Bench *self)
{
  nn_model_free (self->model);
  t_windows_free (self->windows);
  nn_pool_free (self->pool);
}

/* --- the same in double --------------------------------------------------------------------- */

typedef struct
{
  double *w, *g, *m, *v, *mean;
} Plain;

static Plain
plain_new (const Bench *bench, const NnSettings *settings)
{
  g_autofree float *params = g_new (float, bench->n);
  Plain plain = { g_new0 (double, bench->n), g_new0 (double, bench->n), g_new0 (double, bench->n), g_new0 (double, bench->n),
                  g_new0 (double, bench->n) };

  nn_model_get_params (bench->model, params);
  for (gint64 i = 0; i < bench->n; i++)
    plain.w[i] = (double) params[i];
  for (gint64 i = 0; i < bench->n && settings->optimizer == NN_OPTIMIZER_ADAGRAD; i++)
    plain.v[i] = settings->initial_accumulator_value;
  return plain;
}

static void
plain_clear (Plain *self)
{
  g_free (self->w);
  g_free (self->g);
  g_free (self->m);
  g_free (self->v);
  g_free (self->mean);
}

static double
get_norm (const double *g, gint64 n)
{
  double sum = 0.0;

  for (gint64 i = 0; i < n; i++)
    sum += g[i] * g[i];
  return sqrt (sum);
}

/* From the gradient of the mean loss to the one that the optimizer gets. */
static void
plain_prepare (Plain *self, const NnPlan *plan, const NnSettings *s)
{
  for (guint t = 0; t < plan->n_tensors; t++)
    {
      const NnPlanTensor *tensor = &plan->tensors[t];
      gint64 from = tensor->offset, n = nn_shape_size (&tensor->tensor.shape);
      double norm;

      for (gint64 i = from; i < from + n; i++)
        self->g[i] += tensor->tensor.l1 * ((self->w[i] > 0.0) - (self->w[i] < 0.0)) + 2.0 * tensor->tensor.l2 * self->w[i];
      norm = get_norm (self->g + from, n);
      for (gint64 i = from; i < from + n && s->clipnorm > 0.0 && norm > s->clipnorm; i++)
        self->g[i] *= s->clipnorm / norm;
    }
  if (s->global_clipnorm > 0.0)
    {
      double norm = get_norm (self->g, plan->n_params);

      for (gint64 i = 0; i < plan->n_params && norm > s->global_clipnorm; i++)
        self->g[i] *= s->global_clipnorm / norm;
    }
  for (gint64 i = 0; i < plan->n_params && s->clipvalue > 0.0; i++)
    self->g[i] = CLAMP (self->g[i], -s->clipvalue, s->clipvalue);
}

static double
plain_adam (Plain *self, gint64 i, const NnSettings *s, double rate, double step)
{
  self->m[i] = s->beta_1 * self->m[i] + (1.0 - s->beta_1) * self->g[i];
  self->v[i] = s->beta_2 * self->v[i] + (1.0 - s->beta_2) * self->g[i] * self->g[i];
  return rate * sqrt (1.0 - pow (s->beta_2, step)) / (1.0 - pow (s->beta_1, step)) * self->m[i]
         / (sqrt (self->v[i]) + s->epsilon);
}

static double
plain_sgd (Plain *self, gint64 i, const NnSettings *s, double rate)
{
  self->m[i] = s->momentum * self->m[i] - rate * self->g[i];
  return s->nesterov ? rate * self->g[i] - s->momentum * self->m[i] : -self->m[i];
}

static double
plain_rmsprop (Plain *self, gint64 i, const NnSettings *s, double rate)
{
  self->v[i] = s->rho * self->v[i] + (1.0 - s->rho) * self->g[i] * self->g[i];
  self->mean[i] = s->rho * self->mean[i] + (1.0 - s->rho) * self->g[i];
  self->m[i] = s->momentum * self->m[i]
               + rate * self->g[i] / sqrt (self->v[i] - (s->centered ? self->mean[i] * self->mean[i] : 0.0) + s->epsilon);
  return self->m[i];
}

static void
plain_step (Plain *self, gint64 n, const NnSettings *s, double rate, double step)
{
  for (gint64 i = 0; i < n; i++)
    {
      self->w[i] -= rate * s->weight_decay * self->w[i];
      if (s->optimizer == NN_OPTIMIZER_SGD)
        self->w[i] -= plain_sgd (self, i, s, rate);
      else if (s->optimizer == NN_OPTIMIZER_RMSPROP)
        self->w[i] -= plain_rmsprop (self, i, s, rate);
      else if (s->optimizer == NN_OPTIMIZER_ADAGRAD)
        self->w[i] -= rate * self->g[i] / sqrt ((self->v[i] += self->g[i] * self->g[i]) + s->epsilon);
      else
        self->w[i] -= plain_adam (self, i, s, rate, step);
    }
}

/* --- steps ---------------------------------------------------------------------------------- */

/* Takes steps, and where there is a `plain` the same with the gradients that the core found. */
static void
take_steps (Bench *bench, const NnSettings *settings, Plain *plain)
{
  const NnPlan *plan = bench->model->plan;
  NnWindows all = { &bench->windows->source, NULL, 0, N_WINDOWS };
  float *good = nn_floats_copy (bench->model->params, plan->n_floats);
  g_autoptr (NnModel) slopes = nn_model_copy (bench->model);
  g_autofree float *gradient = g_new (float, bench->n);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnMinibatch) minibatch = NULL;
  NnUpdate update;
  NnLoss loss;

  g_assert_true (nn_loss_init (&loss, plan, &bench->windows->source, settings, &error));
  minibatch = nn_minibatch_new (plan, bench->model->k, &loss, bench->pool, TRUE, N_WINDOWS, &error);
  g_assert_no_error (error);
  g_assert_true (nn_update_init (&update, plan, bench->model->k, settings, 1, &error));
  for (int step = 1; step <= N_STEPS; step++)
    {
      double rate = nn_update_get_rate (&update);
      NnTally tally = { 0 };

      g_assert_true (nn_minibatch_learn (minibatch, bench->model->params, &all, 1, step, &tally, &error));
      if (plain != NULL)
        {
          memcpy (slopes->params, nn_minibatch_get_slopes (minibatch), plan->n_floats * sizeof (float));
          nn_model_get_params (slopes, gradient);
          for (gint64 i = 0; i < bench->n; i++)
            plain->g[i] = (double) gradient[i] / (double) tally.n_labelled;
          plain_prepare (plain, plan, settings);
          plain_step (plain, bench->n, settings, rate, step);
        }
      nn_update_step (&update, minibatch, bench->model->params, good, tally.n_labelled);
    }
  nn_update_clear (&update);
  nn_floats_free (good);
}

static void
check_steps (const NnSettings *settings)
{
  Bench bench = bench_new (2);
  Plain plain = plain_new (&bench, settings);
  g_autofree float *params = g_new (float, bench.n);

  take_steps (&bench, settings, &plain);
  nn_model_get_params (bench.model, params);
  for (gint64 i = 0; i < bench.n; i++)
    g_assert_cmpfloat (fabs ((double) params[i] - plain.w[i]), <=, 2e-5 * fmax (1.0, fabs (plain.w[i])));
  plain_clear (&plain);
  bench_clear (&bench);
}

static void
test_optimizers (void)
{
  for (NnOptimizerKind kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    for (guint variant = 0; variant < 4; variant++)
      {
        NnSettings settings = nn_settings_default ();

        settings.epochs = N_STEPS;
        nn_settings_set_optimizer (&settings, kind);
        settings.learning_rate = 0.02;
        settings.momentum = variant % 2 ? 0.8 : 0.0;
        settings.nesterov = settings.centered = variant / 2;
        settings.epsilon = 1e-4; /* or the first steps of tiny gradients would depend on their rounding */
        settings.schedule = variant == 3 ? NN_SCHEDULE_COSINE : NN_SCHEDULE_CONSTANT;
        if (variant == 1)
          settings.weight_decay = 0.5;
        g_test_message ("optimizer %d, variant %u", kind, variant);
        check_steps (&settings);
      }
}

static void
test_clipping (void)
{
  for (guint which = 0; which < 3; which++)
    {
      NnSettings settings = nn_settings_default ();

      nn_settings_set_optimizer (&settings, NN_OPTIMIZER_SGD);
      settings.learning_rate = 0.5;
      settings.clipnorm = which == 0 ? 0.05 : 0.0;
      settings.global_clipnorm = which == 1 ? 0.1 : 0.0;
      settings.clipvalue = which == 2 ? 0.004 : 0.0;
      check_steps (&settings);
    }
}

/* Not a bit may depend on the threads, where norms are summed up either. */
static void
test_same_bits (void)
{
  const guint threads[] = { 1, 2, 3, 4, 8 };
  NnSettings settings = nn_settings_default ();
  g_autofree float *first = NULL;

  settings.global_clipnorm = 0.01;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      Bench bench = bench_new (threads[i]);
      g_autofree float *params = g_new (float, bench.n);

      take_steps (&bench, &settings, NULL);
      nn_model_get_params (bench.model, params);
      if (first != NULL)
        g_assert_cmpmem (first, bench.n * sizeof (float), params, bench.n * sizeof (float));
      else
        first = g_steal_pointer (&params);
      bench_clear (&bench);
    }
}

/* --- the order of the weights ----------------------------------------------------------------- */

static void
test_map (void)
{
  Bench bench = bench_new (1);
  const NnPlan *plan = bench.model->plan;
  g_autofree float *params = g_new (float, bench.n);
  g_autofree double *sums = g_new0 (double, plan->n_tensors);
  double penalty = 0.0;
  gint64 end = 0;
  NnWeightMap map;

  g_assert_true (nn_weight_map_init (&map, plan, NULL));
  g_assert_true (map.penal);
  for (guint i = 0; i < map.n_chunks; i++)
    {
      const NnChunk *chunk = &map.chunks[i];

      g_assert_cmpint (chunk->from, >=, end);
      g_assert_cmpint (chunk->from / NN_PIECE, ==, (chunk->from + chunk->n - 1) / NN_PIECE);
      g_assert_cmpuint (nn_weight_map_find (&map, chunk->from), ==, i);
      g_assert_cmpuint (nn_weight_map_find (&map, end), ==, i);
      end = chunk->from + chunk->n;
      sums[chunk->tensor] += bench.model->k->sum_squares (bench.model->params + chunk->from, chunk->n);
    }
  g_assert_cmpuint (map.n_chunks, >, plan->n_tensors + 2);

  nn_model_get_params (bench.model, params);
  for (guint t = 0; t < plan->n_tensors; t++)
    {
      const NnPlanTensor *tensor = &plan->tensors[t];
      double squares = 0.0, sizes = 0.0;

      for (gint64 i = tensor->offset; i < tensor->offset + nn_shape_size (&tensor->tensor.shape); i++)
        {
          squares += (double) params[i] * (double) params[i];
          sizes += fabs ((double) params[i]);
        }
      g_assert_cmpfloat (fabs (sums[t] - squares), <=, 1e-9 * squares);
      penalty += tensor->tensor.l1 * sizes + tensor->tensor.l2 * squares;
    }
  g_assert_cmpfloat (penalty, >, 1.0);
  g_assert_cmpfloat_with_epsilon (nn_weight_map_get_penalty (&map, bench.model->k, bench.model->params), penalty, 1e-9 * penalty);
  nn_weight_map_clear (&map);
  bench_clear (&bench);
}

/* A frozen tensor keeps its bits and counts in no norm. */
static void
test_frozen (void)
{
  NnSettings settings = nn_settings_default ();
  Bench bench = bench_new (1), other = bench_new (1);
  g_autofree float *before = g_new (float, bench.n), *after = g_new (float, bench.n), *free_ones = g_new (float, bench.n);
  NnPlanTensor *frozen = &bench.model->plan->tensors[2];
  gint64 n = nn_shape_size (&frozen->tensor.shape);

  settings.weight_decay = 0.1;
  settings.global_clipnorm = 0.01;
  frozen->tensor.frozen = TRUE;
  nn_model_get_params (bench.model, before);
  take_steps (&bench, &settings, NULL);
  take_steps (&other, &settings, NULL);
  nn_model_get_params (bench.model, after);
  nn_model_get_params (other.model, free_ones);
  g_assert_cmpmem (before + frozen->offset, n * sizeof (float), after + frozen->offset, n * sizeof (float));
  for (guint t = 0; t < bench.model->plan->n_tensors; t++)
    g_assert_true (t == 2 || before[bench.model->plan->tensors[t].offset] != after[bench.model->plan->tensors[t].offset]);
  g_assert_cmpfloat (after[0], !=, free_ones[0]);
  bench_clear (&bench);
  bench_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/update/optimizers", test_optimizers);
  g_test_add_func ("/update/clipping", test_clipping);
  g_test_add_func ("/update/same-bits", test_same_bits);
  g_test_add_func ("/update/map", test_map);
  g_test_add_func ("/update/frozen", test_frozen);
  return g_test_run ();
}
