/* test-loss.c: every loss against its formula in double, its slope against differences of it; masks, clipping, weights, refusals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"
#include "nn-loss.h"
#include "nn-model-private.h"
#include "nn-rng.h"

#include <math.h>

#define N_LABELS 3

/* One loss on a network, and what labels it has. */
typedef struct
{
  const char *text;
  NnLossKind  kind;
  int         n_classes, n_values;
  gint64      n_labels; /* 0: one for each step */
  double      smoothing, gamma, alpha, delta;
  gboolean    balancing, from_logits;
  NnLossKind  becomes; /* AUTO: `kind` itself */
} Case;

static NnSettings
get_settings (const Case *c)
{
  NnSettings settings = nn_settings_default ();

  settings.loss = c->kind;
  settings.label_smoothing = c->smoothing;
  settings.focal_gamma = c->gamma;
  settings.focal_alpha = c->alpha;
  settings.huber_delta = c->delta > 0.0 ? c->delta : 1.0;
  settings.apply_class_balancing = c->balancing;
  settings.from_logits = c->from_logits;
  return settings;
}

static gboolean
init (NnLoss *loss, const NnModel *model, const Case *c, const NnSettings *settings, GError **error)
{
  NnBatchSource source = { 1, N_LABELS, 2, c->n_classes, NULL, NULL, c->n_labels, c->n_values };

  return nn_loss_init (loss, model->plan, &source, settings, error);
}

static NnLoss
get_loss (const Case *c, NnModel **model)
{
  g_autoptr (GError) error = NULL;
  NnSettings settings = get_settings (c);
  NnLoss loss;

  *model = t_model_new (N_LABELS, 2, 0, c->text, 1);
  init (&loss, *model, c, &settings, &error);
  g_assert_no_error (error);
  return loss;
}

/* --- the formulas once more, in double ---------------------------------------------------- */

static double
get_entropy (double p, double t)
{
  return -(t * log (p) + (1.0 - t) * log (1.0 - p));
}

static double
get_binary (const NnLoss *loss, const Case *c, double y, double t)
{
  double e = fabs (y - t), p = t * y + (1.0 - t) * (1.0 - y);

  switch (loss->kind)
    {
    case NN_LOSS_BINARY_CROSSENTROPY:
      return get_entropy (y, t);
    case NN_LOSS_BINARY_FOCAL_CROSSENTROPY:
      return pow (1.0 - p, c->gamma) * get_entropy (y, t) * (c->balancing ? t * c->alpha + (1.0 - t) * (1.0 - c->alpha) : 1.0);
    case NN_LOSS_MEAN_SQUARED_ERROR:
      return e * e;
    case NN_LOSS_MEAN_ABSOLUTE_ERROR:
      return e;
    default:
      return e <= c->delta ? e * e / 2.0 : c->delta * e - c->delta * c->delta / 2.0;
    }
}

static double
get_expected (const NnLoss *loss, const Case *c, const double *y, const double *t)
{
  gboolean shares = loss->kind == NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY || loss->kind == NN_LOSS_CATEGORICAL_CROSSENTROPY
                    || loss->kind == NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY;
  gboolean smooth = loss->kind < NN_LOSS_MEAN_SQUARED_ERROR && loss->kind != NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY;
  double s = smooth ? c->smoothing : 0.0, sum = 0.0, total = 0.0;
  int n = loss->target.n_outputs;

  for (int k = 0; k < n; k++)
    sum += loss->logits ? exp (y[k]) : y[k];
  for (int k = 0; k < n; k++)
    {
      double q = (loss->logits ? exp (y[k]) : y[k]) / sum, p = loss->logits ? 1.0 / (1.0 + exp (-y[k])) : y[k];
      double smoothed = t[k] * (1.0 - s) + s / (shares ? n : 2);

      if (!shares)
        total += get_binary (loss, c, p, smoothed) / n;
      else if (loss->kind == NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY)
        total += c->alpha * pow (1.0 - q, c->gamma) * -smoothed * log (q);
      else
        total += -smoothed * log (q);
    }
  return total;
}

/* --- every loss ---------------------------------------------------------------------------- */

#define ONE     "Dense units=1 activation=sigmoid"
#define FEW     "Dense units=4 activation=softmax"
#define PLAIN   "Dense units=4 activation=linear"
#define ONE_P   ONE "; Dropout"
#define FEW_P   FEW "; Dropout"
#define YES_NOS "Dense units=4 activation=sigmoid"
#define FLAT    "Flatten; Dense units=4 activation=softmax"
#define DEEP    "Reshape target_shape=(3,2,1); Dense units="

static const Case cases[] = {
  { ONE, NN_LOSS_AUTO, 2, .becomes = NN_LOSS_BINARY_CROSSENTROPY },
  { ONE, NN_LOSS_BINARY_CROSSENTROPY, 2, .smoothing = 0.2 },
  { ONE_P, NN_LOSS_BINARY_CROSSENTROPY, 2, .smoothing = 0.1 },
  { ONE, NN_LOSS_BINARY_CROSSENTROPY, .n_values = 1 },
  { YES_NOS, NN_LOSS_AUTO, .n_values = 4, .smoothing = 0.1, .becomes = NN_LOSS_BINARY_CROSSENTROPY },
  { ONE, NN_LOSS_BINARY_FOCAL_CROSSENTROPY, 2, .gamma = 2.0, .alpha = 0.25 },
  { ONE, NN_LOSS_BINARY_FOCAL_CROSSENTROPY, 2, .gamma = 1.5, .alpha = 0.3, .balancing = TRUE, .smoothing = 0.1 },
  { ONE, NN_LOSS_BINARY_FOCAL_CROSSENTROPY, 2, .gamma = 0.0, .alpha = 0.3 },
  { YES_NOS, NN_LOSS_BINARY_FOCAL_CROSSENTROPY, .n_values = 4, .gamma = 3.0, .alpha = 0.25 },
  { FEW, NN_LOSS_AUTO, 4, .becomes = NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY },
  { FEW, NN_LOSS_AUTO, 4, .smoothing = 0.1, .becomes = NN_LOSS_CATEGORICAL_CROSSENTROPY },
  { FEW_P, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 4, .smoothing = 0.3 },
  { FEW_P, NN_LOSS_CATEGORICAL_CROSSENTROPY, 4, .smoothing = 0.2 },
  { FEW, NN_LOSS_AUTO, .n_values = 4, .becomes = NN_LOSS_CATEGORICAL_CROSSENTROPY },
  { FEW_P, NN_LOSS_CATEGORICAL_CROSSENTROPY, .n_values = 4 },
  { FEW, NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY, 4, .gamma = 2.0, .alpha = 0.25 },
  { FEW, NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY, .n_values = 4, .gamma = 1.5, .alpha = 0.5, .smoothing = 0.1 },
  { PLAIN, NN_LOSS_AUTO, .n_values = 4, .becomes = NN_LOSS_MEAN_SQUARED_ERROR },
  { PLAIN, NN_LOSS_MEAN_ABSOLUTE_ERROR, .n_values = 4 },
  { PLAIN, NN_LOSS_HUBER, .n_values = 4, .delta = 0.3, .smoothing = 0.5 },
  { ONE, NN_LOSS_MEAN_SQUARED_ERROR, 2 },
  { FEW, NN_LOSS_MEAN_SQUARED_ERROR, 4 },
  { FLAT, NN_LOSS_AUTO, 4, .n_labels = 1, .becomes = NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY },
  { FLAT, NN_LOSS_CATEGORICAL_CROSSENTROPY, .n_values = 4, .n_labels = 1 },
  { "Flatten; Dense units=1 activation=sigmoid", NN_LOSS_AUTO, 2, .n_labels = 1, .becomes = NN_LOSS_BINARY_CROSSENTROPY },
  { "Flatten; Dense units=5 activation=linear", NN_LOSS_HUBER, .n_values = 5, .n_labels = 1, .delta = 1.0 },
  { DEEP "4 activation=softmax", NN_LOSS_AUTO, 4, .n_labels = 6, .becomes = NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY },
  { DEEP "4 activation=softmax", NN_LOSS_CATEGORICAL_CROSSENTROPY, .n_values = 4, .n_labels = 6 },
  { DEEP "1 activation=sigmoid", NN_LOSS_BINARY_CROSSENTROPY, 2, .n_labels = 6 },
  { DEEP "3 activation=linear", NN_LOSS_MEAN_SQUARED_ERROR, .n_values = 3, .n_labels = 6 },
  { "Dense units=1 activation=linear", NN_LOSS_BINARY_CROSSENTROPY, 2, .from_logits = TRUE },
  { YES_NOS, NN_LOSS_BINARY_CROSSENTROPY, .n_values = 4, .smoothing = 0.1, .from_logits = TRUE },
  { PLAIN, NN_LOSS_CATEGORICAL_CROSSENTROPY, .n_values = 4, .from_logits = TRUE },
  { "Dense units=4 activation=relu", NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 4, .from_logits = TRUE },
  { "Flatten; Dense units=3 activation=sigmoid", NN_LOSS_AUTO, 2, .becomes = NN_LOSS_BINARY_CROSSENTROPY },
};

#define MOST_LABELS (2 * 6)

/* Two windows; of label 1 there is none. */
typedef struct
{
  gint32 classes[MOST_LABELS];
  float  values[MOST_LABELS * 5], weights[MOST_LABELS], y[MOST_LABELS * 5], dy[MOST_LABELS * 5];
} Data;

static void
fill (Data *data, const NnLoss *loss, const Case *c)
{
  gboolean numbers = loss->logits || loss->kind >= NN_LOSS_MEAN_SQUARED_ERROR;
  gint64 n_labels = 2 * loss->target.n_labels;
  NnRng rng;

  nn_rng_init (&rng, 5, NN_RNG_INIT, 0);
  for (gint64 i = 0; i < n_labels * loss->target.n_outputs; i++)
    {
      data->y[i] = (float) (numbers ? nn_rng_normal (&rng) : 0.05 + 0.9 * nn_rng_uniform (&rng));
      data->values[i] = (float) nn_rng_uniform (&rng);
      data->dy[i] = 77.0f;
    }
  for (gint64 i = 0; i < n_labels; i++)
    {
      data->classes[i] = (gint32) nn_rng_below (&rng, MAX (c->n_classes, 1));
      data->weights[i] = (float) nn_rng_uniform (&rng);
    }
  data->classes[1] = NN_UNLABELLED;
  if (c->n_values > 0)
    data->values[c->n_values + c->n_values / 2] = NAN;
}

static void
check_label (const NnLoss *loss, const Case *c, const Data *data, gint64 b, gint64 t, double *total)
{
  gint64 at = nn_target_find_output (&loss->target, 2, b, t), i = b * loss->target.n_labels + t;
  double y[5], truth[5], h = 1e-5;
  int n = loss->target.n_outputs;

  for (int k = 0; k < n; k++)
    {
      y[k] = (double) data->y[at + k];
      truth[k] = c->n_values > 0 ? (double) data->values[i * n + k] : n > 1 ? k == data->classes[i] : data->classes[i] == 1;
    }
  if (i != 1)
    *total += (double) data->weights[i] * get_expected (loss, c, y, truth);
  for (int k = 0; k < n; k++)
    {
      double middle = y[k], up, down, slope;

      y[k] = middle + h;
      up = get_expected (loss, c, y, truth);
      y[k] = middle - h;
      down = get_expected (loss, c, y, truth);
      y[k] = middle;
      slope = i == 1 ? 0.0 : (double) data->weights[i] * (up - down) / (2.0 * h);
      g_assert_cmpfloat (fabs ((double) data->dy[at + k] - slope), <=, 1e-5 * fmax (1.0, fabs (slope)));
    }
}

static void
test_formulas (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (NnModel) model = NULL;
      NnLoss loss = get_loss (c, &model);
      NnTally tally = { 0 };
      double total = 0.0;
      Data data;
      NnLabels labels = { data.classes, data.values, data.weights };

      g_test_message ("%s, loss %d", c->text, c->kind);
      g_assert_cmpint (loss.kind, ==, (c->becomes != NN_LOSS_AUTO ? c->becomes : c->kind));
      fill (&data, &loss, c);
      nn_loss_add (&loss, nn_k_get (), data.y, data.dy, &labels, 2, &tally);
      for (gint64 b = 0; b < 2; b++)
        for (gint64 t = 0; t < loss.target.n_labels; t++)
          check_label (&loss, c, &data, b, t, &total);
      g_assert_cmpint (tally.n_labelled, ==, 2 * loss.target.n_labels - 1);
      g_assert_cmpfloat_with_epsilon (tally.loss, total, 2e-6 * fmax (1.0, total));
      g_assert_true (isnan (nn_tally_score (&tally).accuracy) == (loss.kind >= NN_LOSS_MEAN_SQUARED_ERROR));
    }
}

/* --- right and wrong, and the edges -------------------------------------------------------- */

static NnLabels
plain_labels (const gint32 *classes)
{
  static float ones[6] = { 1.0f, 1.0f, 1.0f, 1.0f, 1.0f, 1.0f };

  return (NnLabels) { (gint32 *) classes, NULL, ones };
}

/* Logits as [steps][rows]: far out too nothing is clipped. */
static void
test_binary_logits (void)
{
  const Case c = { ONE, NN_LOSS_AUTO, 2 };
  const float z[6] = { 2.0f, -1.0f, 0.5f, 100.0f, -200.0f, 3.0f };
  const gint32 classes[6] = { 1, NN_UNLABELLED, 0, /**/ 0, 1, 1 };
  NnLabels labels = plain_labels (classes);
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss (&c, &model);
  NnTally tally = { 0 };
  float dz[6];

  g_assert_true (loss.logits);
  nn_loss_add (&loss, nn_k_get (), z, dz, &labels, 2, &tally);
  g_assert_cmpint (tally.n_labelled, ==, 5);
  g_assert_cmpfloat (tally.n_right, ==, 5.0);
  g_assert_cmpfloat_with_epsilon (tally.loss, log1p (exp (-2.0)) + log1p (exp (-1.0)) + 0.0 + 0.0 + log1p (exp (-3.0)), 1e-6);
  g_assert_cmpfloat (dz[2], ==, 0.0f);
  g_assert_cmpfloat (dz[3], ==, 0.0f);
  g_assert_cmpfloat (fabsf (dz[4]), <, 1e-37f);
  g_assert_cmpfloat_with_epsilon (nn_tally_score (&tally).accuracy, 1.0, 1e-9);
}

/* Probabilities are clipped as Keras does, and a clipped one has no slope. */
static void
test_clipped (void)
{
  const Case binary = { ONE_P, NN_LOSS_AUTO, 2 }, several = { FEW_P, NN_LOSS_AUTO, 4 };
  const float p[12] = { 0.25f, 0.0f, 1.0f, 0.0f }, q[12] = { 0.0f, 1.0f, 0.0f, 0.0f };
  const gint32 classes[3] = { 1, 1, 1 }, other[3] = { 0, NN_UNLABELLED, NN_UNLABELLED };
  NnLabels labels = plain_labels (classes), others = plain_labels (other);
  g_autoptr (NnModel) model = NULL, second = NULL;
  NnLoss loss = get_loss (&binary, &model), classy = get_loss (&several, &second);
  NnTally tally = { 0 }, tally_2 = { 0 };
  float dp[12];

  g_assert_false (loss.logits);
  nn_loss_add (&loss, nn_k_get (), p, dp, &labels, 1, &tally);
  g_assert_cmpfloat_with_epsilon (tally.loss, -log (0.25) - log (1e-7) - log1p (-1e-7), 1e-4);
  g_assert_cmpfloat_with_epsilon (dp[0], -4.0, 1e-5);
  g_assert_cmpfloat (dp[1], ==, 0.0f);
  g_assert_cmpfloat (dp[2], ==, 0.0f);
  g_assert_cmpfloat (tally.n_right, ==, 1.0);
  nn_loss_add (&classy, nn_k_get (), q, dp, &others, 1, &tally_2);
  g_assert_cmpfloat_with_epsilon (tally_2.loss, -log (1e-7), 1e-4);
  for (guint k = 0; k < 4; k++)
    g_assert_cmpfloat (dp[k], ==, 0.0f);
}

static void
test_right (void)
{
  const Case several = { FEW, NN_LOSS_AUTO, 4 }, yes_nos = { YES_NOS, NN_LOSS_AUTO, .n_values = 4 };
  const float z[12] = { 1.0f, 2.0f, 3.0f, 0.0f, /**/ 500.0f, 0.0f, -500.0f, 0.0f, /**/ 0.0f, 0.0f, 0.0f, 0.0f };
  const gint32 classes[3] = { 2, 1, NN_UNLABELLED };
  float values[12] = { 1.0f, 1.0f, 1.0f, 1.0f, /**/ 1.0f, 0.0f, 0.0f, 0.0f, /**/ NAN, 0.0f, 0.0f, 0.0f };
  NnLabels labels = plain_labels (classes), shares = { NULL, values, labels.weights };
  g_autoptr (NnModel) model = NULL, other = NULL;
  NnLoss loss = get_loss (&several, &model), binary = get_loss (&yes_nos, &other);
  NnTally tally = { 0 }, tally_2 = { 0 };

  nn_loss_add (&loss, nn_k_get (), z, NULL, &labels, 1, &tally);
  g_assert_cmpfloat_with_epsilon (tally.loss, log (exp (-3.0) + exp (-2.0) + exp (-1.0) + 1.0) + 500.0, 1e-4);
  g_assert_cmpfloat (tally.n_right, ==, 1.0);
  g_assert_cmpint (tally.n_labelled, ==, 2);
  nn_loss_add (&binary, nn_k_get (), z, NULL, &shares, 1, &tally_2);
  g_assert_cmpfloat (tally_2.n_right, ==, 0.75 + 1.0);
}

static void
test_nothing_labelled (void)
{
  const Case c = { ONE, NN_LOSS_AUTO, 2 };
  const float z[3] = { 1.0f, 2.0f, 3.0f };
  const gint32 classes[3] = { NN_UNLABELLED, NN_UNLABELLED, NN_UNLABELLED };
  NnLabels labels = plain_labels (classes);
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss (&c, &model);
  NnTally tally = { 0 };

  nn_loss_add (&loss, nn_k_get (), z, NULL, &labels, 1, &tally);
  g_assert_cmpint (tally.n_labelled, ==, 0);
  g_assert_true (isnan (nn_tally_score (&tally).loss));
}

/* A value that is not a number shows in the loss, whichever way it is computed. */
static void
test_not_a_number (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NnModel) model = NULL;
      NnLoss loss = get_loss (&cases[i], &model);
      NnTally tally = { 0 };
      Data data;
      NnLabels labels = { data.classes, data.values, data.weights };

      fill (&data, &loss, &cases[i]);
      for (guint k = 0; k < G_N_ELEMENTS (data.y); k++)
        data.y[k] = NAN;
      nn_loss_add (&loss, nn_k_get (), data.y, NULL, &labels, 2, &tally);
      g_assert_true (isnan (tally.loss));
    }
}

/* --- weights of classes ------------------------------------------------------------------ */

/* They count while learning, on top of the weights of labels, and not while scoring. */
static void
test_class_weights (void)
{
  const Case c = { FEW, NN_LOSS_AUTO, 4 };
  const gint32 classes[3] = { 1, 0, 3 };
  NnSettings settings = get_settings (&c);
  NnLabels labels = plain_labels (classes);
  g_autoptr (NnModel) model = t_model_new (N_LABELS, 2, 0, c.text, 1);
  NnTally learnt = { 0 }, scored = { 0 };
  float z[12] = { 0.0f }, dz[12];
  NnLoss loss;

  settings.n_class_weights = 2;
  settings.class_weight[0] = 0.5;
  settings.class_weight[1] = 3.0;
  g_assert_true (init (&loss, model, &c, &settings, NULL));
  nn_loss_add (&loss, nn_k_get (), z, dz, &labels, 1, &learnt);
  nn_loss_add (&loss, nn_k_get (), z, NULL, &labels, 1, &scored);
  g_assert_cmpfloat_with_epsilon (learnt.loss, log (4.0) * (3.0 + 0.5 + 1.0), 1e-5);
  g_assert_cmpfloat_with_epsilon (scored.loss, log (4.0) * 3.0, 1e-5);
  g_assert_cmpfloat_with_epsilon (dz[0], 3.0 * 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (dz[4], 0.5 * -0.75, 1e-6);
  g_assert_cmpint (learnt.n_labelled, ==, 3);
}

/* n / (classes · n_i): the weights of all labels add up to their number. */
static void
test_balance (void)
{
  g_autoptr (NnModel) model = t_model_new (10, 2, 3, "Dense units=3 activation=softmax", 1);
  g_autoptr (TWindows) windows = t_windows_new (20, 10, 2, 3, 4, 4);
  g_autoptr (GError) error = NULL;
  NnSettings settings = nn_settings_default ();
  gint64 counts[3] = { 0 };
  NnLoss loss;

  for (guint i = 0; i < 200; i += 2)
    windows->y[i] = 2;
  for (guint i = 0; i < 200; i++)
    if (windows->y[i] >= 0)
      counts[windows->y[i]]++;
  settings.balance_classes = TRUE;
  g_assert_true (nn_loss_init (&loss, model->plan, &windows->source, &settings, &error));
  g_assert_true (nn_loss_balance (&loss, &windows->source, &error));
  g_assert_cmpint (loss.n_class_weights, ==, 3);
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat_with_epsilon (loss.class_weight[k],
                                    (double) (counts[0] + counts[1] + counts[2]) / (3.0 * (double) counts[k]), 1e-6);
  windows->fail_at = 4;
  g_assert_false (nn_loss_balance (&loss, &windows->source, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_DATA);
}

/* --- what does not fit --------------------------------------------------------------------- */

static void
test_refusals (void)
{
  const struct { Case c; NnError code; const char *says; } wrong[] = {
    { { ONE, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, 2 }, NN_ERROR_RANGE, "one number" },
    { { ONE, NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY, 2 }, NN_ERROR_RANGE, "one number" },
    { { FEW, NN_LOSS_BINARY_CROSSENTROPY, 4 }, NN_ERROR_RANGE, "4" },
    { { FEW, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, .n_values = 4 }, NN_ERROR_RANGE, "classes" },
    { { FEW, NN_LOSS_AUTO, 3 }, NN_ERROR_DATA, "4 classes apart, the labels have 3" },
    { { FEW, NN_LOSS_AUTO }, NN_ERROR_DATA, "no labels" },
    { { FEW, NN_LOSS_AUTO, .n_values = 3 }, NN_ERROR_DATA, "gives 4 numbers for each label, the labels have 3" },
    { { FEW, NN_LOSS_AUTO, 4, .n_labels = 1 }, NN_ERROR_DATA, "gives 3 labels" },
    { { FLAT, NN_LOSS_AUTO, 4 }, NN_ERROR_DATA, "gives 4 labels" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (NnModel) model = t_model_new (N_LABELS, 2, 0, wrong[i].c.text, 1);
      NnSettings settings = get_settings (&wrong[i].c);
      g_autoptr (GError) error = NULL;
      NnLoss loss;

      g_assert_false (init (&loss, model, &wrong[i].c, &settings, &error));
      g_assert_error (error, NN_ERROR, (int) wrong[i].code);
      g_assert_nonnull (strstr (error->message, wrong[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loss/formulas", test_formulas);
  g_test_add_func ("/loss/binary-logits", test_binary_logits);
  g_test_add_func ("/loss/clipped", test_clipped);
  g_test_add_func ("/loss/right", test_right);
  g_test_add_func ("/loss/nothing-labelled", test_nothing_labelled);
  g_test_add_func ("/loss/not-a-number", test_not_a_number);
  g_test_add_func ("/loss/class-weights", test_class_weights);
  g_test_add_func ("/loss/balance", test_balance);
  g_test_add_func ("/loss/refusals", test_refusals);
  return g_test_run ();
}
