/* nn-diverged.h: a training that ended in numbers that are not finite, as a problem with repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-train.h"

G_BEGIN_DECLS

/* Rule D15: `result` is that of a training of the check's design with `settings` that ended in NN_TRAIN_DIVERGED. The repairs
 * are, as far as each changes something: a tenth of the learning rate, gradients clipped to a global norm of 1 (both only where
 * steps had been taken), and the design with a BatchNormalization in front of the block where the trouble was first seen, where
 * that has no problem more than before. There is none where the windows themselves are at fault. */
NnProblem nn_diverged_diagnose (const NnCheck *check, const NnSettings *settings, const NnTrainResult *result)
                                G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
