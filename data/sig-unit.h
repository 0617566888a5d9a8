/* sig-unit.h: units of measurement as headers of tables write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a text is one of the units that sensors have, or a pattern of times ("hh:mm:ss.mmm"); in ticks or brackets, too. */
gboolean sig_unit_is_known (const char *text);

/* Parts "EMG left [mV]" into "EMG left", which stays in `name`, and "mV" (transfer full); NULL, and nothing changed, where what
 * stands in brackets at the end is no unit, or nothing would be left. */
char    *sig_unit_split    (char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
