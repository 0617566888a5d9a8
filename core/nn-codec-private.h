/* nn-codec-private.h: what the codecs share of JSON
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Private to nn-codec*.c and to exchange. */

/* Looks at text that need not be JSON: the line of the n-th object of a list in the root object (n < 0:
 * none is looked for), 0 where there is none; `*depth` (nullable) gets how deep the brackets go, where the line was not found. */
int nn_codec_scan (const char *text, gsize length, int n, int *depth);

/* The value of an argument as JSON text, and back: NN_ERROR_SYNTAX, NN_ERROR_UNKNOWN or NN_ERROR_RANGE with a sentence that
 * begins with the argument's name. */
void     nn_codec_append_value (GString *text, const NnArg *arg, const NnValue *value);
gboolean nn_codec_read_value   (const NnArg *arg, json_t *json, NnValue *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
