/* bench-floor.h: what a window costs that has nothing of ours in it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "bench-frames.h"

G_BEGIN_DECLS

/* What GTK alone needs for a frame of the whole window. */
typedef struct
{
  BenchRate color;   /* of one colour, another one each time */
  BenchRate picture; /* another picture each time, as large as the window, that was made beforehand */
} BenchFloor;

/* Takes the window's child away, and prints a line for each. */
BenchFloor bench_floor_run (GtkWindow *window, BenchFrames *frames, int width, int height);

G_END_DECLS
