/* t-keras.h: .keras archives for the tests of exchange
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-keras.h"

G_BEGIN_DECLS

/* A file of the test's folder; not being there ends the test. */
GBytes *t_keras_load    (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* A member of an archive. */
GBytes *t_keras_member  (GBytes *archive, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* An archive of a config and weights; either may be NULL: it is left out. */
GBytes *t_keras_archive (GBytes *config, GBytes *weights) G_GNUC_WARN_UNUSED_RESULT;

/* The config with the first `old` replaced by `new`; not being there ends the test. */
GBytes *t_keras_edit    (GBytes *config, const char *old, const char *new) G_GNUC_WARN_UNUSED_RESULT;

/* Reads; a model, or an error with a sentence: anything else ends the test. */
gboolean t_keras_read   (GBytes *archive, gint64 n_steps, NnKeras *keras, GError **error);

G_END_DECLS
