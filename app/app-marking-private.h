/* app-marking-private.h: what the files of marking share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-marking.h"

G_BEGIN_DECLS

/* Sets APP_MARKING_ERROR_NOTHING; always FALSE. */
gboolean   app_marking_fail       (GError **error, const char *message);

/* FALSE with a sentence where no recording is open. */
gboolean   app_marking_check_open (AppDocument *document, GError **error);

/* (transfer full): the labels that are edited: fresh ones without classes where there is no track. */
SigLabels *app_marking_dup_labels (AppDocument *document) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the active track has that class. */
gboolean   app_marking_has_class  (AppDocument *document, int klass);

G_END_DECLS
