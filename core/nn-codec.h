/* nn-codec.h: designs as JSON text
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* The file looks like this; unknown keys are refused by name, arguments left out take
 * their fallback. The numbers are locale-proof.
 *
 *   { "lamina_design": 1, "name": "R1", "input_shape": [400, 16],
 *     "blocks": [ { "kind": "Conv1D", "filters": 32, "kernel_size": 8, "padding": "same", "activation": "relu" },
 *                 { "kind": "TimeDistributed", "layer": { "kind": "Dense", "units": 1 } } ] }
 *
 * Earlier blocks that a merge names are written by their places, 0 the input: { "kind": "Add", "with": [0, 2] }; null stands for
 * a block that was removed. Blocks further down are read as well, since the user may have moved them there: the check says so.
 */

/* (transfer full): NUL-terminated, ends with a newline. The same design gives the same bytes. */
char     *nn_codec_design_to_json   (const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;

/* NULL with NN_ERROR_SYNTAX, NN_ERROR_UNKNOWN or NN_ERROR_RANGE; the message gives line,
 * block and argument. `length` -1: NUL-terminated. At most 1 MiB is read. */
NnDesign *nn_codec_design_from_json (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
