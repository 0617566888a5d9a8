/* cli-train.h: training as train and demo do it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"
#include "cli-command.h"
#include "cli-settings.h"
#include "cli-source.h"

G_BEGIN_DECLS

/* Everything a training is told; a plain value. Texts are owned by whoever fills them. */
typedef struct
{
  const char      *design;    /* a file or a template's id */
  const char      *recording; /* a file or "demo"; with targets, an NPY of windows */
  const char      *targets;   /* (nullable): an NPY */
  CliSourceOptions source;
  NnSettings       settings;
  CliSettings     *given;     /* (nullable): what of the settings the user asked for; with targets not yet in `settings` */
  AppCut           cut;       /* of a recording */
  double           share;     /* with targets: of the windows in each of `n_blocks` blocks of them that is held back */
  int              n_blocks;
  gboolean         fit;       /* with targets: those of each step are taken at the steps that come out */
  const char      *sample_weights; /* (nullable): an NPY, with targets only */
  const char      *history, *weights, *picture_dir; /* (nullable): what is written */
} CliTraining;

/* Trains, tells each epoch on stderr and the result on stdout, and writes what was asked for. */
CliExit cli_training_run (const CliTraining *self);

G_END_DECLS
