/* test-plan.c: places in memory do not overlap, sources that do not fit are refused in words, and bytes are counted as they are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"
#include "nn-memory.h"
#include "nn-model-private.h"
#include "nn-target.h"

#define DESIGN "Conv1D filters=6 kernel_size=5; MaxPooling1D; LSTM units=10 return_sequences=yes; UpSampling1D; " \
               "TimeDistributed: Dense units=3; Dense units=1 activation=sigmoid"

typedef struct
{
  gint64 from, n;
} Place;

static void
check_apart (const Place *places, guint n, gint64 total)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (places[i].from % NN_K_PANEL, ==, 0);
      g_assert_cmpint (places[i].from + places[i].n, <=, total);
      for (guint j = 0; j < i; j++)
        g_assert_true (places[i].from >= places[j].from + places[j].n || places[j].from >= places[i].from + places[i].n);
    }
}

/* In training every output and cache has its place for good, and so has a slope next to the one it is made from. */
static void
test_places (void)
{
  g_autoptr (NnModel) model = t_model_new (24, 5, 2, DESIGN, 1);
  const NnPlan *plan = model->plan;

  for (guint i = 0; i < plan->n_ops; i++)
    {
      Place places[64], now[5];
      guint n = 0;
      const NnOp *op = &plan->ops[i];

      places[n++] = (Place) { plan->training.window, nn_shape_size (&plan->in) };
      places[n++] = (Place) { plan->training.x, NN_SHARD_ROWS * nn_shape_size (&plan->in) };
      places[n++] = (Place) { op->training.dy, op->rows * nn_shape_size (&op->out) };
      if (i > 0)
        places[n++] = (Place) { op[-1].training.dy, op[-1].rows * nn_shape_size (&op[-1].out) };
      places[n++] = (Place) { plan->training.scratch, op->n_scratch };
      for (guint j = 0; j < plan->n_ops; j++)
        {
          places[n++] = (Place) { plan->ops[j].training.y, plan->ops[j].rows * nn_shape_size (&plan->ops[j].out) };
          places[n++] = (Place) { plan->ops[j].training.cache, plan->ops[j].n_cache };
        }
      check_apart (places, n, plan->training.total);

      now[0] = (Place) { plan->inference.window, nn_shape_size (&plan->in) };
      now[1] = (Place) { plan->inference.x, NN_SHARD_ROWS * nn_shape_size (&plan->in) };
      now[2] = (Place) { plan->inference.scratch, op->n_scratch };
      now[3] = (Place) { op->inference.y, op->rows * nn_shape_size (&op->out) };
      if (i > 0)
        now[4] = (Place) { op[-1].inference.y, op[-1].rows * nn_shape_size (&op[-1].out) };
      check_apart (now, i > 0 ? 5 : 4, plan->inference.total);
    }
}

/* The split of a mini-batch depends on its size alone, and covers it. */
static void
test_parts (void)
{
  g_assert_cmpuint (nn_plan_count_parts (1), ==, 1);
  g_assert_cmpuint (nn_plan_count_parts (NN_SHARD_ROWS), ==, 1);
  g_assert_cmpuint (nn_plan_count_parts (NN_SHARD_ROWS + 1), ==, 2);
  g_assert_cmpuint (nn_plan_count_parts (32), ==, 32 / NN_SHARD_ROWS);
  g_assert_cmpuint (nn_plan_count_parts (4096), ==, NN_MAX_PARTS);
}

static void
test_sources (void)
{
  g_autoptr (NnModel) binary = t_model_new (24, 5, 2, DESIGN, 1);
  g_autoptr (NnModel) shorter = t_model_new (24, 5, 2, "MaxPooling1D pool_size=4; Dense units=1 activation=sigmoid", 1);
  g_autoptr (NnModel) deep = t_model_new (24, 5, 2, "Reshape target_shape=(24,5,1)", 1);
  const struct { const NnModel *model; NnBatchSource source; gboolean labels; const char *says; } cases[] = {
    { binary, { 9, 24, 5, 2 }, TRUE, NULL },
    { binary, { 9, 24, 5, 0 }, FALSE, NULL },
    { binary, { 9, 24, 6, 2 }, TRUE, "24 × 6" },
    { binary, { 9, 24, 5, 0 }, TRUE, "no labels" },
    { binary, { 9, 24, 5, 3 }, TRUE, "3" },
    { shorter, { 9, 24, 5, 2 }, TRUE, "6 labels" },
    { deep, { 9, 24, 5, 2 }, TRUE, "120 labels" },
  };

  NnTarget target;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      const NnPlan *plan = cases[i].model->plan;
      gboolean fits = nn_plan_check_source (plan, &cases[i].source, &error) &&
                      (!cases[i].labels || nn_target_init (&target, plan, &cases[i].source, &error));

      g_assert_cmpint (fits, ==, cases[i].says == NULL);
      if (fits)
        continue;
      g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_bytes (void)
{
  g_autoptr (NnModel) model = t_model_new (24, 5, 2, DESIGN, 1);
  const NnCheck *check = nn_model_get_check (model);
  gint64 one = nn_plan_count_bytes (check, 1), many = nn_plan_count_bytes (check, 64);

  g_assert_cmpint (one, >=, (gint64) sizeof (float) * (7 * model->plan->n_floats + model->plan->training.total));
  g_assert_cmpint (one, <, 2 * (gint64) sizeof (float) * (7 * model->plan->n_floats + model->plan->training.total));
  g_assert_cmpint (many, >, one);
}

static void
test_overflow (void)
{
  g_autoptr (NnDesign) broken = t_design_new (10, 2, "Conv1D kernel_size=11 padding=valid");
  g_autoptr (NnDesign) large = t_design_new (1000000, 60000, "LSTM units=60000 return_sequences=yes; LSTM units=60000 "
                                             "return_sequences=yes; LSTM units=60000 return_sequences=yes");
  g_autoptr (NnCheck) large_check = nn_check_new (large, NULL), broken_check = nn_check_new (broken, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (nn_size_add (G_MAXINT64, 1), ==, G_MAXINT64);
  g_assert_cmpint (nn_size_add (G_MAXINT64 - 5, 5), ==, G_MAXINT64);
  g_assert_cmpint (nn_size_fill_up (G_MAXINT64 - 3), ==, G_MAXINT64);
  g_assert_cmpint (nn_size_fill_up (17), ==, 32);
  g_assert_null (nn_floats_try_new (G_MAXINT64 - 7, "a test", &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_TOO_LARGE);

  /* 10¹³ numbers a step of training: as many bytes as that, not a negative or small number. */
  g_assert_cmpint (nn_plan_count_bytes (large_check, 32), >, G_GINT64_CONSTANT (10000000000000));
  g_assert_cmpint (nn_plan_count_bytes (broken_check, 32), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/places", test_places);
  g_test_add_func ("/plan/parts", test_parts);
  g_test_add_func ("/plan/sources", test_sources);
  g_test_add_func ("/plan/bytes", test_bytes);
  g_test_add_func ("/plan/overflow", test_overflow);
  return g_test_run ();
}
