/* nn-codec-settings.h: settings of training as JSON text
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-settings.h"

G_BEGIN_DECLS

/* (transfer full): one object with a key for each member of the table and "class_weight", a list; NUL-terminated, ends with a
 * newline. The same settings give the same bytes, and come back as they were. */
char    *nn_codec_settings_to_json   (const NnSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* Members that are left out get their default. NN_ERROR_SYNTAX, NN_ERROR_UNKNOWN or NN_ERROR_RANGE; the message names the member.
 * `length` -1: NUL-terminated. At most 64 KiB is read. */
gboolean nn_codec_settings_from_json (const char *text, gssize length, NnSettings *settings, GError **error);

G_END_DECLS
