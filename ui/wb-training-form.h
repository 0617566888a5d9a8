/* wb-training-form.h: the training settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-settings.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows like a block's, one for each of the core's settings; those that few need are behind "More". What only other optimizers,
 * schedules or losses use is hidden. CSS node "trainingform".
 *
 * Signal "changed": see wb_training_form_get_settings(). */
#define WB_TYPE_TRAINING_FORM (wb_training_form_get_type ())
G_DECLARE_FINAL_TYPE (WbTrainingForm, wb_training_form, WB, TRAINING_FORM, GtkWidget)

GtkWidget        *wb_training_form_new          (void) G_GNUC_WARN_UNUSED_RESULT;

/* Emits nothing. */
void              wb_training_form_set_settings (WbTrainingForm *self, const NnSettings *settings);
const NnSettings *wb_training_form_get_settings (WbTrainingForm *self);

G_END_DECLS
