/* cli-stop.h: Ctrl-C and SIGTERM: stop at the next batch, keep what is there
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on the first of these signals only asks to stop; a second one ends the program. */
void     cli_stop_catch    (void);

/* For hooks; the argument is not used. */
gboolean cli_stop_is_asked (gpointer unused);

G_END_DECLS
