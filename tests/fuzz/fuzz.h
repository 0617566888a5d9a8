/* fuzz.h: what a fuzzing engine calls
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

/* Tries one input; must neither crash nor leak nor take long, whatever it holds. Returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
