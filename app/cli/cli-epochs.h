/* cli-epochs.h: the epochs of a training as lines on a terminal and as a CSV
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-train.h"

G_BEGIN_DECLS

/* "0.1234" after `before`. Locale-proof. */
void cli_append_number (GString *text, const char *before, const char *format, double value);

/* One line on stderr, as Keras' fit() writes it; with the learning rate where it changes. */
void cli_epochs_say    (const NnEpoch *epoch, const NnSettings *settings);

/* epoch,loss,accuracy,val_loss,val_accuracy,learning_rate in full precision, as Keras' CSVLogger writes them; no line break.
 * "nan" where there is no validation part, or no accuracy. */
void cli_epochs_append (GString *csv, const NnEpoch *epoch);

/* Why a training ended before its time, if it did, on stderr; where its numbers ran out of bounds with what may help. */
void cli_epochs_say_end (const NnCheck *check, const NnSettings *settings, const NnTrainResult *result);

#define CLI_EPOCHS_TITLE "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate"

G_END_DECLS
