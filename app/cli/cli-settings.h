/* cli-settings.h: the training settings as options of a command
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"

#include <math.h>

G_BEGIN_DECLS

/* What was given for each of the core's settings: batch_size is --batch-size. What is on or off and usually off is an option
 * without a value, what is usually on is one that turns it off: --no-shuffle. */
typedef struct _CliSettings CliSettings;

CliSettings  *cli_settings_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          cli_settings_free        (CliSettings *self);

/* A setting's value as an option: "--learning-rate 0.001", "--no-shuffle". */
char         *cli_settings_spell       (const NnSetting *setting, const NnValue *value) G_GNUC_WARN_UNUSED_RESULT;

/* The command's `n` own options with those of the settings after them, as the option parser takes them; an own one stands in the
 * place of a setting's of the same name. The array may be freed
 * any time; what it points to belongs to `self` and whoever made `own`. */
GOptionEntry *cli_settings_dup_entries (CliSettings *self, const GOptionEntry *own, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* After parsing: whether a setting was given. */
gboolean      cli_settings_has         (const CliSettings *self, const char *name);

/* After parsing: changes what was given. FALSE after saying on stderr which option is wrong, or of no use with the others. */
gboolean      cli_settings_read        (const CliSettings *self, NnSettings *settings);

/* What is held back of a recording or of arrays, and which labels count: options of more than one command. */
typedef struct
{
  double   split;  /* NaN: not given */
  int      blocks; /* G_MININT: not given */
  gboolean fit;
} CliHoldBack;

#define CLI_HOLD_BACK_NOT { .split = NAN, .blocks = G_MININT }

#define CLI_HOLD_BACK_ENTRIES(options) \
  { "validation-split", 0, 0, G_OPTION_ARG_DOUBLE, &(options).split, \
    "Share of time held back, 0.05 to 0.5 (default: 0.2); of arrays the share of windows (default: none)", "SHARE" }, \
  { "validation-blocks", 0, 0, G_OPTION_ARG_INT, &(options).blocks, \
    "Blocks of time of each of which the end is held back (default: 5); of arrays blocks of windows (default: 1)", "N" }, \
  { "fit-labels", 0, 0, G_OPTION_ARG_NONE, &(options).fit, \
    "Where the model gives fewer steps than a window has, take the labels at those steps", NULL }

/* After parsing: writes them to the settings of a training on a recording. FALSE after saying on stderr what is wrong. */
gboolean      cli_hold_back_read       (const CliHoldBack *self, const char *command, NnSettings *settings);

/* The same for arrays: nothing and one block, as in Keras, where nothing is given. */
gboolean      cli_hold_back_read_arrays (const CliHoldBack *self, const char *command, double *share, int *n_blocks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSettings, cli_settings_free)

G_END_DECLS
