/* cli-settings.h: the training settings as options of a command
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"

G_BEGIN_DECLS

/* What was given for each of the core's settings: batch_size is --batch-size. What is on or off and usually off is an option
 * without a value, what is usually on is one that turns it off: --no-shuffle. */
typedef struct _CliSettings CliSettings;

CliSettings  *cli_settings_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void          cli_settings_free        (CliSettings *self);

/* The command's `n` own options with those of the settings after them, as the option parser takes them. The array may be freed
 * any time; what it points to belongs to `self` and whoever made `own`. */
GOptionEntry *cli_settings_dup_entries (CliSettings *self, const GOptionEntry *own, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* After parsing: whether a setting was given. */
gboolean      cli_settings_has         (const CliSettings *self, const char *name);

/* After parsing: changes what was given. FALSE after saying on stderr which option is wrong, or of no use with the others. */
gboolean      cli_settings_read        (const CliSettings *self, NnSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSettings, cli_settings_free)

G_END_DECLS
