/* nn-loss.c: the losses, their slopes, and how many labels are told right
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-loss.h"

#include "nn-error.h"

#include <math.h>

#define CLIP 1e-7f /* Keras' epsilon */

#define BIT(kind)   (1u << (kind))
#define BINARY      (BIT (NN_LOSS_BINARY_CROSSENTROPY) | BIT (NN_LOSS_BINARY_FOCAL_CROSSENTROPY))
#define CATEGORICAL (BIT (NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY) | BIT (NN_LOSS_CATEGORICAL_CROSSENTROPY) \
                     | BIT (NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY))
#define ENTROPY     (BIT (NN_LOSS_BINARY_CROSSENTROPY) | BIT (NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY) \
                     | BIT (NN_LOSS_CATEGORICAL_CROSSENTROPY))
#define SMOOTHED    (BINARY | (CATEGORICAL & ~BIT (NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY)))

static gboolean
is_one_of (const NnLoss *self, guint kinds)
{
  return (BIT (self->kind) & kinds) != 0;
}

/* --- which loss ---------------------------------------------------------------------- */

static NnLossKind
choose_kind (const NnTarget *target, NnKActivation last, const NnSettings *settings)
{
  if (settings->loss != NN_LOSS_AUTO)
    return settings->loss;
  if (target->n_values > 0)
    return last == NN_K_SIGMOID ? NN_LOSS_BINARY_CROSSENTROPY
           : last == NN_K_SOFTMAX ? NN_LOSS_CATEGORICAL_CROSSENTROPY : NN_LOSS_MEAN_SQUARED_ERROR;
  if (target->n_outputs == 1)
    return NN_LOSS_BINARY_CROSSENTROPY;
  return settings->label_smoothing > 0.0 ? NN_LOSS_CATEGORICAL_CROSSENTROPY : NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY;
}

static gboolean
check_kind (const NnLoss *self, GError **error)
{
  if (is_one_of (self, BINARY) && self->target.n_values == 0 && self->target.n_outputs > 1)
    g_set_error (error, NN_ERROR, NN_ERROR_RANGE,
                 "A binary loss needs one number for each step, but the network gives %d: use sparse categorical cross-entropy.",
                 self->target.n_outputs);
  else if (is_one_of (self, CATEGORICAL) && self->target.n_outputs == 1)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_RANGE,
                         "A categorical loss needs a probability for each class, but the network gives one number for each step: "
                         "use binary cross-entropy.");
  else if (self->kind == NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY && self->target.n_values > 0)
    g_set_error (error, NN_ERROR, NN_ERROR_RANGE,
                 "Sparse categorical cross-entropy needs labels that are classes, but each is %d numbers: use categorical "
                 "cross-entropy.", self->target.n_values);
  else
    return TRUE;
  return FALSE;
}

static void
set_smoothing (NnLoss *self, double smoothing)
{
  gboolean smoothed = is_one_of (self, SMOOTHED);
  int n = is_one_of (self, BINARY) ? 2 : self->target.n_outputs;

  self->keep = smoothed ? (float) (1.0 - smoothing) : 1.0f;
  self->base = smoothed ? (float) (smoothing / n) : 0.0f;
}

gboolean
nn_loss_init (NnLoss *self, const NnPlan *plan, const NnBatchSource *source, const NnSettings *settings, GError **error)
{
  NnKActivation last = plan->n_ops > 0 ? plan->ops[plan->n_ops - 1].activation : NN_K_LINEAR;

  *self = (NnLoss) {
    .alpha = (float) settings->focal_alpha,
    .gamma = (float) settings->focal_gamma,
    .delta = (float) settings->huber_delta,
    .balancing = settings->apply_class_balancing,
    .n_class_weights = settings->n_class_weights,
  };
  if (!nn_target_init (&self->target, plan, source, error))
    return FALSE;
  self->kind = choose_kind (&self->target, last, settings);
  if (!check_kind (self, error))
    return FALSE;

  self->bends = !settings->from_logits && is_one_of (self, ENTROPY)
                && last == (is_one_of (self, BINARY) ? NN_K_SIGMOID : NN_K_SOFTMAX);
  self->logits = self->bends || (settings->from_logits && is_one_of (self, ENTROPY));
  set_smoothing (self, settings->label_smoothing);
  for (int i = 0; i < settings->n_class_weights; i++)
    self->class_weight[i] = (float) settings->class_weight[i];
  return TRUE;
}

/* --- one label ------------------------------------------------------------------------ */

/* What a label asks for: its values, or 1 at the place `hit` and 0 elsewhere. */
typedef struct
{
  const float *values; /* (nullable) */
  int          hit;    /* -1: nowhere */
} Label;

static inline float
get_true (const Label *label, int k)
{
  return label->values != NULL ? label->values[k] : k == label->hit ? 1.0f : 0.0f;
}

static inline float
get_smooth (const NnLoss *self, const Label *label, int k)
{
  return get_true (label, k) * self->keep + self->base;
}

static int
find_greatest (const float *y, int n)
{
  int best = 0;

  for (int k = 1; k < n; k++)
    if (y[k] > y[best])
      best = k;
  return best;
}

/* FALSE for an unlabelled one. `at` counts the labels of a shard. */
static gboolean
read_label (const NnLoss *self, const NnLabels *labels, gint64 at, Label *label)
{
  int n = self->target.n_values;

  if (n == 0)
    {
      gint32 class = labels->classes[at];

      *label = (Label) { NULL, self->target.n_outputs > 1 ? class : class == 1 ? 0 : -1 };
      return class >= 0;
    }
  *label = (Label) { labels->values + at * n, -1 };
  for (int k = 0; k < n; k++)
    if (!isfinite (label->values[k]))
      return FALSE;
  return TRUE;
}

/* As Keras' class_weight reads labels: of several numbers the greatest, of one the nearest whole number. */
static gint64
find_class (const NnLoss *self, const Label *label)
{
  if (label->values == NULL)
    return self->target.n_outputs > 1 ? label->hit : label->hit + 1;
  return self->target.n_values > 1 ? find_greatest (label->values, self->target.n_values) : lrintf (label->values[0]);
}

/* --- one output that stands alone -------------------------------------------------------- */

static double
add_probability (float y, float t, float *dy)
{
  float p = fminf (fmaxf (y, CLIP), 1.0f - CLIP);

  if (dy != NULL)
    *dy = p == y ? (1.0f - t) / (1.0f - p) - t / p : 0.0f;
  return isnan (y) ? NAN : -(double) (t * logf (p) + (1.0f - t) * log1pf (-p));
}

/* (1 - p)^γ and, where asked, its slope by p; there is none at 1, where it may be infinite. */
static float
focus (const NnLoss *self, float p, float *slope)
{
  float rest = 1.0f - p, factor = powf (rest, self->gamma);

  if (slope != NULL)
    *slope = rest > 0.0f ? -self->gamma * factor / rest : 0.0f;
  return factor;
}

static double
add_focal (const NnLoss *self, float y, float t, float *dy)
{
  float weight = self->balancing ? t * self->alpha + (1.0f - t) * (1.0f - self->alpha) : 1.0f;
  float by_p = 0.0f, factor = focus (self, t * y + (1.0f - t) * (1.0f - y), dy != NULL ? &by_p : NULL);
  double entropy = add_probability (y, t, dy);

  if (dy != NULL)
    *dy = weight * (factor * *dy + by_p * (2.0f * t - 1.0f) * (float) entropy);
  return (double) (weight * factor) * entropy;
}

static double
add_huber (const NnLoss *self, float y, float t, float *dy)
{
  float e = y - t, size = fabsf (e);
  gboolean near = size <= self->delta;

  if (dy != NULL)
    *dy = near ? e : copysignf (self->delta, e);
  return (double) (near ? 0.5f * e * e : self->delta * size - 0.5f * self->delta * self->delta);
}

static double
add_output (const NnLoss *self, float y, float t, float *dy)
{
  float e = y - t;

  switch (self->kind)
    {
    case NN_LOSS_BINARY_FOCAL_CROSSENTROPY:
      return add_focal (self, y, t, dy);
    case NN_LOSS_MEAN_SQUARED_ERROR:
      if (dy != NULL)
        *dy = 2.0f * e;
      return (double) (e * e);
    case NN_LOSS_MEAN_ABSOLUTE_ERROR:
      if (dy != NULL)
        *dy = e == 0.0f ? 0.0f : copysignf (1.0f, e);
      return (double) fabsf (e);
    case NN_LOSS_HUBER:
      return add_huber (self, y, t, dy);
    default:
      return add_probability (y, t, dy);
    }
}

static double
add_mean (const NnLoss *self, const float *y, const Label *label, float *dy)
{
  int n = self->target.n_outputs;
  double sum = 0.0;

  for (int k = 0; k < n; k++)
    {
      sum += add_output (self, y[k], get_smooth (self, label, k), dy != NULL ? dy + k : NULL);
      if (dy != NULL && n > 1)
        dy[k] /= (float) n;
    }
  return n > 1 ? sum / n : sum;
}

/* --- outputs that share a whole ----------------------------------------------------------- */

/* Σ_k t_k (log Σ_j exp (z_j) - z_k). */
static double
add_logits (const NnLoss *self, const float *z, const Label *label, float *dz)
{
  int n = self->target.n_outputs;
  float most = z[0], sum = 0.0f, whole = 0.0f;
  double loss = 0.0;

  for (int k = 1; k < n; k++)
    most = fmaxf (most, z[k]);
  for (int k = 0; k < n; k++)
    sum += expf (z[k] - most);
  for (int k = 0; k < n; k++)
    {
      float t = get_smooth (self, label, k);

      whole += t;
      if (t != 0.0f)
        loss += (double) (t * (logf (sum) + most - z[k]));
    }
  for (int k = 0; k < n && dz != NULL; k++)
    dz[k] = whole * (expf (z[k] - most) / sum) - get_smooth (self, label, k);
  return loss;
}

/* -t log q, focal or not; `slope` (nullable) gets that by q. */
static double
add_share (const NnLoss *self, float q, float t, float *slope)
{
  float c = fminf (fmaxf (q, CLIP), 1.0f - CLIP), by_c = 0.0f, factor = 1.0f;

  if (self->kind == NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY)
    {
      factor = self->alpha * focus (self, c, slope != NULL ? &by_c : NULL);
      by_c *= self->alpha;
    }
  if (slope != NULL)
    *slope = c == q ? -t * (factor / c + by_c * logf (c)) : 0.0f;
  return -(double) (factor * t * logf (c));
}

/* With q = y / Σ y and G_k the slope by q_k: dL/dy_k = (G_k - Σ_j G_j q_j) / Σ y. */
static double
add_shares (const NnLoss *self, const float *y, const Label *label, float *dy)
{
  int n = self->target.n_outputs;
  float sum = 0.0f, common = 0.0f;
  double loss = 0.0;

  for (int k = 0; k < n; k++)
    sum += y[k];
  for (int k = 0; k < n; k++)
    {
      float t = get_smooth (self, label, k);

      if (t != 0.0f)
        loss += add_share (self, y[k] / sum, t, dy != NULL ? dy + k : NULL);
      else if (dy != NULL)
        dy[k] = 0.0f;
      if (dy != NULL)
        common += dy[k] * (y[k] / sum);
    }
  for (int k = 0; k < n && dy != NULL; k++)
    dy[k] = (dy[k] - common) / sum;
  return isnan (sum) ? NAN : loss;
}

/* --- windows --------------------------------------------------------------------------- */

static double
add_label (const NnLoss *self, const float *y, const Label *label, float *dy)
{
  if (!is_one_of (self, CATEGORICAL))
    return add_mean (self, y, label, dy);
  return self->logits ? add_logits (self, y, label, dy) : add_shares (self, y, label, dy);
}

static double
count_right (const NnLoss *self, const float *y, const Label *label)
{
  float edge = self->logits ? 0.0f : 0.5f;
  int n = self->target.n_outputs, n_right = 0;

  if (is_one_of (self, CATEGORICAL))
    return find_greatest (y, n) == find_class (self, label);
  if (!is_one_of (self, BINARY))
    return NAN;
  for (int k = 0; k < n; k++)
    n_right += (y[k] > edge ? 1.0f : 0.0f) == get_true (label, k);
  return (double) n_right / n;
}

static float
get_class_weight (const NnLoss *self, const Label *label)
{
  gint64 class = find_class (self, label);

  return class >= 0 && class < self->n_class_weights ? self->class_weight[class] : 1.0f;
}

static void
add_one_by_one (const NnLoss *self, const float *y, float *dy, const NnLabels *labels, gint64 rows, NnTally *tally)
{
  int n = self->target.n_outputs;

  for (gint64 t = 0; t < self->target.n_labels; t++)
    for (gint64 b = 0; b < rows; b++)
      {
        gint64 at = nn_target_find_output (&self->target, rows, b, t), i = b * self->target.n_labels + t;
        float *slopes = dy != NULL ? dy + at : NULL, weight = labels->weights[i];
        Label label;

        if (!read_label (self, labels, i, &label))
          {
            for (int k = 0; k < n && dy != NULL; k++)
              slopes[k] = 0.0f;
            continue;
          }
        if (dy != NULL && self->n_class_weights > 0)
          weight *= get_class_weight (self, &label);
        tally->loss += (double) weight * add_label (self, y + at, &label, slopes);
        for (int k = 0; k < n && dy != NULL && weight != 1.0f; k++)
          slopes[k] *= weight;
        tally->n_right += count_right (self, y + at, &label);
        tally->n_labelled++;
      }
}

/* The crossentropy of yes and no by logits is by far the most frequent loss: its numbers are gathered, in the order of the
 * outputs, and go through a kernel. */
typedef struct
{
  const NnLoss    *loss;
  const NnKernels *k;
  const float     *y;
  float           *dy; /* (nullable) */
  NnTally         *tally;
  float            t[256], weight[256];
  gsize            n;
} Gathered;

static void
flush (Gathered *self)
{
  self->tally->loss += self->k->logistic (self->dy, self->y, self->t, self->weight, self->n);
  self->y += self->n;
  if (self->dy != NULL)
    self->dy += self->n;
  self->n = 0;
}

/* Label `i`; where it is none its numbers are left out by what they should be: not a number. */
static void
gather (Gathered *self, const NnLabels *labels, gint64 i)
{
  const NnLoss *loss = self->loss;
  int n = loss->target.n_outputs;
  float weight = labels->weights[i] / (float) n;
  Label label;
  gboolean labelled = read_label (loss, labels, i, &label);

  if (labelled && self->dy != NULL && loss->n_class_weights > 0)
    weight *= get_class_weight (loss, &label);
  if (labelled)
    {
      self->tally->n_right += count_right (loss, self->y + self->n, &label);
      self->tally->n_labelled++;
    }
  for (int k = 0; k < n; k++)
    {
      self->t[self->n] = labelled ? get_smooth (loss, &label, k) : NAN;
      self->weight[self->n++] = weight;
      if (self->n == G_N_ELEMENTS (self->t))
        flush (self);
    }
}

static void
add_gathered (const NnLoss *self, const NnKernels *k, const float *y, float *dy, const NnLabels *labels, gint64 rows,
              NnTally *tally)
{
  Gathered all = { .loss = self, .k = k, .y = y, .dy = dy, .tally = tally };
  gint64 n_labels = self->target.n_labels, n_inner = self->target.n_inner;

  for (gint64 first = 0; first < n_labels; first += n_inner)
    for (gint64 b = 0; b < rows; b++)
      for (gint64 t = first; t < first + n_inner; t++)
        gather (&all, labels, b * n_labels + t);
  flush (&all);
}

void
nn_loss_add (const NnLoss *self, const NnKernels *k, const float *y, float *dy, const NnLabels *labels, gint64 rows,
             NnTally *tally)
{
  if (self->kind == NN_LOSS_BINARY_CROSSENTROPY && self->logits)
    add_gathered (self, k, y, dy, labels, rows, tally);
  else
    add_one_by_one (self, y, dy, labels, rows, tally);
}

gint64
nn_loss_find_class (const NnLoss *self, const NnLabels *labels, gint64 at)
{
  Label label;

  return read_label (self, labels, at, &label) ? MAX (find_class (self, &label), 0) : -1;
}

void
nn_tally_join (NnTally *self, const NnTally *other)
{
  self->loss += other->loss;
  self->n_labelled += other->n_labelled;
  self->n_right += other->n_right;
}

NnScore
nn_tally_score (const NnTally *self)
{
  double n = (double) self->n_labelled;

  return self->n_labelled > 0 ? (NnScore) { self->loss / n, self->n_right / n } : (NnScore) { NAN, NAN };
}
