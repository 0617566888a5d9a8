/* app-run-private.h: what a run holds, for its preparing and its predicting half
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

G_BEGIN_DECLS

struct _AppRun
{
  gatomicrefcount refs;
  NnCheck        *check;
  SigRecording   *recording;
  SigLabels      *labels;      /* (nullable) */
  gint64          length;      /* steps in a window */
  NnSettings      settings;
  NnPlaces        places;      /* of a window's steps: those that have an output of their own */
  char           *notes;       /* (nullable) */
  GArray         *problems;    /* (nullable): of NnProblem */
  SigNorm        *norm;

  /* NULL in a run for nothing but prediction. */
  SigSplit       *split;
  SigBatch       *train;
  SigBatch       *validation;

  /* All windows that prediction may use, half overlapping, covering the recording; without labels. */
  SigWindows     *cover;
  SigBatch       *cover_batch;
};

/* Makes the cover, once the normalisation is there. */
void app_run_prepare_prediction (AppRun *self);

G_END_DECLS
