/* app-arrays.h: windows and targets as someone else has cut them, for a model that takes them as they are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"
#include "sig.h"

G_BEGIN_DECLS

/* An X of (windows, steps, channels), or of windows with 1 to NN_MAX_RANK axes, and its y, straight: in the file's order,
 * nothing cut, split by time or normalised, so that a run can be held against Keras' fit(shuffle=False). One owner; the sources
 * borrow from it and may be used on several threads. */
typedef struct _AppArrays AppArrays;

/* Opens X. */
AppArrays     *app_arrays_new           (const char *x_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           app_arrays_free          (AppArrays *self);

gint64         app_arrays_get_n_windows (const AppArrays *self);
const NnShape *app_arrays_get_input     (const AppArrays *self); /* of one window */

/* Makes every number of X (x - mean) / deviation: for weights that bring their normalisation. X has steps and the channels of
 * `norm`. */
void           app_arrays_normalise     (AppArrays *self, const SigNorm *norm);

/* From then on labels and weights that are told of each step are taken at the steps that the design's output stands for, where it
 * gives fewer: NnContract's `fitted`. */
void           app_arrays_fit_labels    (AppArrays *self, const NnDesign *design);

/* Opens y and takes it as the targets of a model that is trained by `loss`, in the shapes that Keras takes: classes, one for each
 * step or one for each window; or as many numbers as the output has. Where the loss is chosen here, or is the sparse one, -1
 * stands for no label. SIG_ERROR_MISMATCH. */
gboolean       app_arrays_set_targets   (AppArrays *self, const char *y_path, const NnModel *model, NnLossKind loss,
                                         GError **error);

/* Opens y and tells what it asks of a network, by its shape and numbers alone: one label for each window, or several in a row, as
 * classes or with a column of shares for each class. n_classes is 0 where it holds something else, such as numbers that are no
 * classes, or labels at places of more than one axis. SIG_ERROR_MISMATCH where it has other windows than X. */
gboolean       app_arrays_read_contract (AppArrays *self, const char *y_path, NnContract *contract, GError **error);

/* Opens what each label weighs in the loss, as Keras' sample_weight: one number for each window, or one for each label. The
 * targets are there already. SIG_ERROR_MISMATCH; NN_ERROR_RANGE for a weight below 0. */
gboolean       app_arrays_set_weights   (AppArrays *self, const char *weights_path, GError **error);

/* Some windows in a row, with targets where there are some. A plain value that borrows from the arrays; the source borrows
 * from it. */
typedef struct
{
  const AppArrays *arrays;
  gint64           first, n;
} AppArraysPart;

NnBatchSource  app_arrays_get_source    (const AppArraysPart *part);

/* Holds back the last `share` of each of `n_blocks` blocks of windows; one block is Keras' validation_split. From then on the
 * windows of parts are counted with those held back behind all others. Returns how many come before them. */
gint64         app_arrays_hold_back     (AppArrays *self, double share, int n_blocks);

/* Rule D13, after app_arrays_read_contract(): a problem (of NnProblem; transfer full) for each class that only windows held
 * back like that have, with the nearest number of blocks, up to a hundred, that shows training all of them. */
GArray        *app_arrays_diagnose      (const AppArrays *self, double share, int n_blocks) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppArrays, app_arrays_free)

G_END_DECLS
