/* test-golden-layers.c: every layer over a grid of arguments against Keras: outputs, slopes, three epochs of training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-batch.h"
#include "nn-codec.h"
#include "nn-k.h"
#include "nn-memory.h"
#include "nn-model-private.h"
#include "nn-pool.h"
#include "nn-shape.h"
#include "nn-shard.h"
#include "nn-train.h"

#include <math.h>
#include <string.h>

#define EPOCHS        3
#define TRAIN_WINDOWS 10
#define BATCH         4
#define RATE          0.05
#define MOMENTUM      0.9

/* One case of layers-<family>.bin; golden.py says how it is laid out. */
typedef struct
{
  guint32 magic, n_json, n_windows, n_y, n_x, n_params, trained, passed_back;
} Head;

typedef struct
{
  Head         head;
  NnDesign    *design;
  const float *y, *dx, *dw, *losses, *weights; /* borrowed from the file; NULL where there are none */
} Case;

/* --- reading --------------------------------------------------------------------------------- */

static void
case_free (gpointer data)
{
  nn_design_unref (((Case *) data)->design);
  g_free (data);
}

/* The read-out that golden.py appends for training: a label for each step. */
static NnDesign *
append_readout (const NnDesign *design)
{
  g_autoptr (NnBlock) flatten = nn_block_new (nn_kind_find ("Flatten"));
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) wide = nn_block_with_whole (plain, "units", nn_design_get_input (design)->dim[0]);
  g_autoptr (NnBlock) dense = nn_block_with_choice (wide, "activation", "sigmoid");
  g_autoptr (NnDesign) flat = nn_design_with_block (design, nn_design_get_n_blocks (design), flatten, NULL, NULL);

  return nn_design_with_block (flat, nn_design_get_n_blocks (flat), dense, NULL, NULL);
}

static NnModel *
make_model (const NnDesign *design)
{
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  g_autoptr (GError) error = NULL;
  NnModel *model = nn_model_new (check, &error);

  g_assert_no_error (error);
  return model;
}

static const float *
take (const char **at, gsize n, gboolean there)
{
  const float *numbers = (const float *) (const void *) *at;

  if (!there)
    return NULL;
  *at += n * sizeof (float);
  return numbers;
}

/* The case at `*at`, which moves past it. */
static Case *
read_case (const char **at, const char *end)
{
  Case *self = g_new0 (Case, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) readout = NULL;
  g_autoptr (NnModel) model = NULL;

  memcpy (&self->head, *at, sizeof self->head);
  g_assert_cmpmem (*at, 4, "NNG1", 4);
  *at += sizeof self->head;
  self->design = nn_codec_design_from_json (*at, self->head.n_json, &error);
  g_assert_no_error (error);
  *at += self->head.n_json;

  self->y = take (at, self->head.n_y, TRUE);
  self->dx = take (at, self->head.n_x, self->head.passed_back);
  self->dw = take (at, self->head.n_params, self->head.passed_back);
  self->losses = take (at, EPOCHS, self->head.trained);
  if (self->head.trained)
    {
      readout = append_readout (self->design);
      model = make_model (readout);
      self->weights = take (at, nn_model_get_n_params (model), TRUE);
    }
  g_assert_true (*at <= end);
  return self;
}

/* All cases of one family; the file's bytes stay in `*data`. */
static GPtrArray *
read_family (const char *family, char **data)
{
  g_autofree char *file = g_strdup_printf ("layers-%s.bin", family);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, file, NULL);
  GPtrArray *cases = g_ptr_array_new_with_free_func (case_free);
  g_autoptr (GError) error = NULL;
  const char *at;
  gsize length;

  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  g_file_get_contents (path, data, &length, &error);
  g_assert_no_error (error);
  for (at = *data; at < *data + length;)
    g_ptr_array_add (cases, read_case (&at, *data + length));
  return cases;
}

/* --- the numbers that golden.py did not store --------------------------------------------------- */

static guint32
hash_name (const char *name)
{
  guint32 crc = 0xffffffff;

  for (const char *c = name; *c != '\0'; c++)
    {
      crc ^= (guint8) *c;
      for (guint i = 0; i < 8; i++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
  return ~crc;
}

static float
draw (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return (float) (*state >> 8) / 8388608.0f - 1.0f;
}

static float *
draw_many (guint32 *state, gsize n)
{
  float *numbers = g_new (float, n + NN_K_SLACK);

  for (gsize i = 0; i < n; i++)
    numbers[i] = draw (state);
  memset (numbers + n, 0, NN_K_SLACK * sizeof (float));
  return numbers;
}

static void
set_weights (NnModel *model, guint32 *state)
{
  g_autofree float *params = g_new (float, nn_model_get_n_params (model) + 1);

  for (guint i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      const char *name;
      NnBlockId block;
      NnShape shape;
      gint64 offset;

      nn_model_get_tensor (model, i, &block, &name, &shape, &offset);
      for (gint64 j = 0; j < nn_shape_size (&shape); j++)
        params[offset + j] = (strstr (name, "variance") != NULL ? 1.0f : 0.0f) + 0.5f * draw (state);
    }
  nn_model_set_params (model, params);
}

/* --- comparing --------------------------------------------------------------------------------- */

static gboolean
is_near (const Case *self, const char *what, const float *found, const float *expected, gsize n, double tolerance)
{
  double worst = 0.0, most = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      worst = fmax (worst, isfinite (found[i]) ? fabs ((double) found[i] - (double) expected[i]) : INFINITY);
      most = fmax (most, fabs ((double) expected[i]));
    }
  if (worst <= tolerance * most + 1e-30)
    return TRUE;
  g_test_message ("%s, %s: %s: off by %.2g, the largest is %.2g", nn_design_get_name (self->design), nn_k_get_name (), what,
                  worst, most);
  return FALSE;
}

/* Windows stand one after the other; in a shard axis 0 comes first. */
static void
move (float *to, const float *from, gint64 rows, const NnShape *shape, gboolean into_shard)
{
  gint64 steps = nn_shape_outer (shape), run = nn_shape_size (shape) / steps;

  for (gint64 b = 0; b < rows; b++)
    for (gint64 t = 0; t < steps; t++)
      {
        gint64 outside = (b * steps + t) * run, inside = (t * rows + b) * run;

        memcpy (to + (into_shard ? inside : outside), from + (into_shard ? outside : inside), run * sizeof *to);
      }
}

/* Windows and labels as golden.py draws them. */
typedef struct
{
  NnBatchSource source;
  float        *x;
  float        *labels; /* (nullable): class 1 where above 0 */
} Windows;

static gboolean
fill (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  const Windows *self = user_data;
  gint64 n_steps = self->source.n_steps, n = n_steps * self->source.n_channels;

  memcpy (x, self->x + i * n, n * sizeof *x);
  for (gint64 t = 0; y != NULL && t < n_steps; t++)
    y[t] = self->labels[i * n_steps + t] > 0.0f;
  return TRUE;
}

static Windows *
windows_new (guint32 *state, gint64 n, const NnShape *in, gboolean labelled)
{
  Windows *self = g_new0 (Windows, 1);

  self->source = (NnBatchSource) {
    .n_windows = n, .n_steps = in->dim[0], .n_channels = in->dim[1], .n_classes = 2, .fill = fill, .user_data = self,
  };
  self->x = draw_many (state, n * nn_shape_size (in));
  if (labelled)
    self->labels = draw_many (state, n * in->dim[0]);
  return self;
}

static void
windows_free (Windows *self)
{
  g_free (self->x);
  g_free (self->labels);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Windows, windows_free)

/* --- there and back ------------------------------------------------------------------------------ */

static void
derive (const NnPlan *plan, const float *params, float *derived)
{
  for (guint i = 0; i < plan->n_ops; i++)
    if (plan->ops[i].n_derived > 0)
      plan->ops[i].ops->derive (&plan->ops[i], params + plan->ops[i].params_at, derived + plan->ops[i].derived_at);
}

/* Slopes by frozen weights are nobody's. */
static void
clear_frozen (const NnModel *model, float *slopes)
{
  for (guint i = 0; i < model->plan->n_tensors; i++)
    if (model->plan->tensors[i].tensor.frozen)
      memset (slopes + model->plan->tensors[i].offset, 0, nn_shape_size (&model->plan->tensors[i].tensor.shape) * sizeof *slopes);
}

/* What one pass over all windows gave, as golden.py lays it out. */
typedef struct
{
  float *y, *dx, *dw;
} Passed;

static void
passed_clear (Passed *self)
{
  g_free (self->y);
  g_free (self->dx);
  g_free (self->dw);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passed, passed_clear)

/* All windows there and back, a shard at a time; `r` is the slope by the output. */
static void
pass (const Case *self, const NnModel *model, const Windows *windows, const float *r, Passed *passed)
{
  const NnPlan *plan = model->plan;
  gint64 n_in = nn_shape_size (&plan->in), n_out = nn_shape_size (&plan->out);
  float *derived = nn_floats_try_new (plan->n_derived, "", NULL);
  g_autoptr (NnModel) slopes = nn_model_copy (model);
  NnShardPass how = { .training = FALSE };
  NnShard shard;

  derive (plan, model->params, derived);
  memset (slopes->params, 0, plan->n_floats * sizeof (float));
  g_assert_true (nn_shard_init (&shard, plan, model->k, TRUE, NULL, NULL));
  for (gint64 first = 0; first < self->head.n_windows; first += NN_SHARD_ROWS)
    {
      gint64 rows = MIN (NN_SHARD_ROWS, self->head.n_windows - first), numbers[NN_SHARD_ROWS];

      for (gint64 i = 0; i < rows; i++)
        numbers[i] = first + i;
      g_assert_true (nn_shard_fill (&shard, &windows->source, numbers, rows, NULL, NULL));
      move (passed->y + first * n_out, nn_shard_forward (&shard, model->params, &how), rows, &plan->out, FALSE);
      move (nn_shard_get_slope (&shard), r + first * n_out, rows, &plan->out, TRUE);
      move (passed->dx + first * n_in,
            nn_shard_backward_to_input (&shard, model->params, derived, slopes->params, &how), rows, &plan->in, FALSE);
    }
  nn_shard_clear (&shard);
  nn_floats_free (derived);
  nn_model_get_params (slopes, passed->dw);
  clear_frozen (model, passed->dw);
}

static gboolean
check_passes (const Case *self, guint32 *state)
{
  g_autoptr (NnModel) model = make_model (self->design);
  const NnPlan *plan = model->plan;
  g_autoptr (Windows) windows = NULL;
  g_autofree float *r = NULL;
  g_auto (Passed) passed = { g_new (float, self->head.n_y), g_new (float, self->head.n_x), g_new (float, plan->n_params + 1) };
  gboolean good;

  g_assert_cmpint (nn_shape_size (&plan->out) * self->head.n_windows, ==, self->head.n_y);
  g_assert_cmpint (plan->n_params, ==, self->head.n_params);
  set_weights (model, state);
  windows = windows_new (state, self->head.n_windows, &plan->in, FALSE);
  if (self->head.passed_back)
    r = draw_many (state, self->head.n_y);
  else
    r = g_new0 (float, self->head.n_y);

  pass (self, model, windows, r, &passed);
  good = is_near (self, "output", passed.y, self->y, self->head.n_y, 1e-5);
  if (self->head.passed_back)
    {
      good &= is_near (self, "slopes by the windows", passed.dx, self->dx, self->head.n_x, 1e-5);
      good &= is_near (self, "slopes by the weights", passed.dw, self->dw, self->head.n_params, 1e-5);
    }
  return good;
}

/* --- training ----------------------------------------------------------------------------------- */

static void
keep_loss (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  float *losses = user_data;

  losses[epoch->epoch - 1] = (float) epoch->train.loss;
}

/* At the end a model holds its best weights; where the loss falls these are the last ones, which are golden. */
static gboolean
falls (const float *losses)
{
  return losses[1] < losses[0] && losses[2] < losses[1];
}

static gboolean
check_training (const Case *self, guint32 *state)
{
  g_autoptr (NnDesign) design = append_readout (self->design);
  g_autoptr (NnModel) model = make_model (design);
  gint64 n_params = nn_model_get_n_params (model);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (Windows) windows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree float *weights = g_new (float, n_params);
  float losses[EPOCHS] = { 0.0f };
  NnSettings settings = nn_settings_default ();
  NnTrainHooks hooks = { .on_epoch = keep_loss, .user_data = losses };
  NnTrainResult result;
  gboolean good;

  settings.optimizer = NN_OPTIMIZER_SGD;
  settings.learning_rate = RATE;
  settings.momentum = MOMENTUM;
  settings.epochs = EPOCHS;
  settings.batch_size = BATCH;
  settings.shuffle = FALSE;
  set_weights (model, state);
  windows = windows_new (state, TRAIN_WINDOWS, nn_design_get_input (design), TRUE);
  nn_train (model, &windows->source, NULL, &settings, pool, &hooks, &result, &error);
  g_assert_no_error (error);
  nn_train_result_clear (&result);

  good = is_near (self, "losses", losses, self->losses, EPOCHS, 1e-5);
  nn_model_get_params (model, weights);
  if (falls (self->losses))
    good &= is_near (self, "weights after training", weights, self->weights, n_params, 1e-4);
  return good;
}

/* --- the test ----------------------------------------------------------------------------------- */

static gboolean
check_case (const Case *self)
{
  guint32 state = hash_name (nn_design_get_name (self->design));
  gboolean good = check_passes (self, &state);

  return (!self->head.trained || check_training (self, &state)) && good;
}

/* A family's cases with each table of kernels that this processor runs; all are tried before the test fails. */
static void
test_family (gconstpointer family)
{
  g_autofree char *data = NULL;
  g_autoptr (GPtrArray) cases = read_family (family, &data);
  guint n_bad = 0;

  g_assert_cmpuint (cases->len, >, 0);
  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    {
      g_setenv ("LAMINA_KERNELS", nn_k_nth (i)->name, TRUE);
      for (guint j = 0; j < cases->len; j++)
        n_bad += !check_case (cases->pdata[j]);
    }
  g_unsetenv ("LAMINA_KERNELS");
  g_test_message ("%u cases", cases->len);
  g_assert_cmpuint (n_bad, ==, 0);
}

/* One for each grid_<family>.py. */
static const char *const families[] = {
  "activations",
  "basic",
  "convolutions",
  "corners",
  "each",
  "merge",
  "norm",
  "recurrent",
  "shapes",
  "wrappers",
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autofree char *path = g_strconcat ("/golden-layers/", families[i], NULL);

      g_test_add_data_func (path, families[i], test_family);
    }
  return g_test_run ();
}
