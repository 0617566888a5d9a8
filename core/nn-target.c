/* nn-target.c: how a network's output meets the labels of a batch source
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-target.h"

#include "nn-error.h"

/* Reads the output as so many labels of as many numbers as the last axis has; (K) may be K labels as well. */
static gboolean
read_output (NnTarget *self, const NnShape *out, gint64 n_labels, GError **error)
{
  gboolean one = out->rank == 1 && n_labels == 1;
  gint64 n_outputs = one || out->rank > 1 ? nn_shape_last (out) : 1, n_found = nn_shape_size (out) / n_outputs;

  self->n_labels = n_labels;
  self->n_inner = n_found / (out->rank > 1 ? out->dim[0] : 1);
  self->n_outputs = (int) MIN (n_outputs, G_MAXINT);
  if (n_found == n_labels)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_DATA,
               "The network gives %" G_GINT64_FORMAT " labels for each window, the recording has %" G_GINT64_FORMAT ".",
               n_found, n_labels);
  return FALSE;
}

static gboolean
check_labels (const NnTarget *self, const NnBatchSource *source, GError **error)
{
  int n_told = MAX (self->n_outputs, 2);

  if (source->n_values > 0 && self->n_outputs != source->n_values)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, "The network gives %d numbers for each label, the labels have %d.",
                 self->n_outputs, source->n_values);
  else if (source->n_values == 0 && source->n_classes < 2)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_DATA, "The recording has no labels to learn from.");
  else if (source->n_values == 0 && source->n_classes != n_told)
    g_set_error (error, NN_ERROR, NN_ERROR_DATA, "The network tells %d classes apart, the labels have %d.",
                 n_told, source->n_classes);
  else
    return TRUE;
  return FALSE;
}

gboolean
nn_target_init (NnTarget *self, const NnPlan *plan, const NnBatchSource *source, GError **error)
{
  *self = (NnTarget) { .n_values = source->n_values };
  return nn_plan_check_source (plan, source, error) && read_output (self, &plan->out, nn_batch_count_labels (source), error)
         && check_labels (self, source, error);
}
