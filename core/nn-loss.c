/* nn-loss.c: cross-entropy per labelled step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-loss.h"

#include "nn-error.h"

#include <math.h>

#define CLIP 1e-7f /* Keras' epsilon */

gboolean
nn_loss_init (NnLoss *self, const NnPlan *plan, NnLossKind kind, GError **error)
{
  const NnOp *last = plan->n_ops > 0 ? &plan->ops[plan->n_ops - 1] : NULL;
  NnLossKind fitting;

  *self = (NnLoss) { .windows_first = plan->out.rank == 1 };
  self->reading = nn_plan_get_reading (plan, &self->n_steps, &self->n_outputs);
  fitting = self->reading == NN_READING_CLASSES ? NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY : NN_LOSS_BINARY_CROSSENTROPY;

  if (kind != NN_LOSS_AUTO && kind != fitting)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE,
                   fitting == NN_LOSS_BINARY_CROSSENTROPY
                     ? "Sparse categorical cross-entropy needs a probability for each class, but the network gives one number "
                       "for each step: use binary cross-entropy."
                     : "Binary cross-entropy needs one number for each step, but the network gives %d: use sparse categorical "
                       "cross-entropy.", self->n_outputs);
      return FALSE;
    }

  if (last != NULL)
    self->logits = last->activation == (self->reading == NN_READING_CLASSES ? NN_K_SOFTMAX : NN_K_SIGMOID);
  return TRUE;
}

static double
add_logit (float z, gint32 class, float *dz)
{
  float t = class == 1 ? 1.0f : 0.0f, small = expf (-fabsf (z));

  if (dz != NULL)
    *dz = (z >= 0.0f ? 1.0f / (1.0f + small) : small / (1.0f + small)) - t;
  return (double) (fmaxf (z, 0.0f) - z * t + log1pf (small)) + (isnan (z) ? NAN : 0.0);
}

static double
add_probability (float y, gint32 class, float *dy)
{
  float p = fminf (fmaxf (y, CLIP), 1.0f - CLIP);

  if (dy != NULL)
    *dy = p == y ? (class == 1 ? -1.0f / p : 1.0f / (1.0f - p)) : 0.0f;
  return isnan (y) ? NAN : (double) (class == 1 ? -logf (p) : -logf (1.0f - p));
}

static double
add_logits (const float *z, gint32 class, float *dz, int n)
{
  float most = z[0], sum = 0.0f;

  for (int k = 1; k < n; k++)
    most = fmaxf (most, z[k]);
  for (int k = 0; k < n; k++)
    sum += expf (z[k] - most);
  if (dz != NULL)
    for (int k = 0; k < n; k++)
      dz[k] = expf (z[k] - most) / sum - (k == class ? 1.0f : 0.0f);
  return (double) (logf (sum) + most - z[class]);
}

/* With p = y_t / Σ y: dL/dy_k = 1 / Σ y - [k = t] / y_t, and 0 where p is clipped. */
static double
add_probabilities (const float *y, gint32 class, float *dy, int n)
{
  float sum = 0.0f, p, clipped;

  for (int k = 0; k < n; k++)
    sum += y[k];
  p = y[class] / sum;
  clipped = fminf (fmaxf (p, CLIP), 1.0f - CLIP);
  if (dy != NULL)
    for (int k = 0; k < n; k++)
      dy[k] = clipped == p ? 1.0f / sum - (k == class ? 1.0f / y[class] : 0.0f) : 0.0f;
  return isnan (p) ? NAN : -(double) logf (clipped);
}

static gboolean
is_right (const NnLoss *self, const float *y, gint32 class)
{
  int best = 0;

  if (self->reading == NN_READING_BINARY)
    return (y[0] > (self->logits ? 0.0f : 0.5f)) == (class == 1);
  for (int k = 1; k < self->n_outputs; k++)
    if (y[k] > y[best])
      best = k;
  return best == class;
}

static double
add_step (const NnLoss *self, const float *y, gint32 class, float *dy)
{
  if (self->reading == NN_READING_BINARY)
    return self->logits ? add_logit (*y, class, dy) : add_probability (*y, class, dy);
  return self->logits ? add_logits (y, class, dy, self->n_outputs) : add_probabilities (y, class, dy, self->n_outputs);
}

void
nn_loss_add (const NnLoss *self, const float *y, float *dy, const gint32 *labels, gint64 rows, NnTally *tally)
{
  int n = self->n_outputs;

  for (gint64 t = 0; t < self->n_steps; t++)
    for (gint64 b = 0; b < rows; b++)
      {
        gint64 at = (self->windows_first ? b * self->n_steps + t : t * rows + b) * n;
        gint32 class = labels[b * self->n_steps + t];

        if (class < 0)
          {
            for (int k = 0; k < n && dy != NULL; k++)
              dy[at + k] = 0.0f;
            continue;
          }
        tally->loss += add_step (self, y + at, class, dy != NULL ? dy + at : NULL);
        tally->n_right += is_right (self, y + at, class);
        tally->n_labelled++;
      }
}

NnScore
nn_tally_score (const NnTally *self)
{
  double n = (double) self->n_labelled;

  return self->n_labelled > 0 ? (NnScore) { self->loss / n, (double) self->n_right / n } : (NnScore) { NAN, NAN };
}
