/* bench-frames.h: what a window's frames cost, and how many there are a second
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BENCH_FRAMES 180

/* One window's; all of it is private to bench-frames.c. */
typedef struct
{
  guint  n;
  gint64 began, ended, frame_began;
  double frame_began_ms;       /* of this thread's processor time */
  double whole_began_ms, whole_ended_ms; /* of the whole process's: software GL draws in threads of its own */
  float  frames[BENCH_FRAMES]; /* ms from before-paint to after-paint */
  float  busy[BENCH_FRAMES];   /* ms of this thread's processor time in it */
} BenchFrames;

/* Frames a second, and the median of the main thread's processor time in one. */
typedef struct
{
  double rate, busy_ms;
} BenchRate;

/* `window` is on the screen. */
void      bench_frames_watch  (BenchFrames *self, GtkWidget *window);

/* For a tick callback: whether one more frame is wanted. The first call after a start begins to measure, the last one ends it:
 * what is done until the report does not count. */
void      bench_frames_start  (BenchFrames *self);
gboolean  bench_frames_next   (BenchFrames *self);

/* Prints them in one line, once no frame more is wanted. */
BenchRate bench_frames_report (BenchFrames *self);

double    bench_thread_ms     (void);
float     bench_quantile      (float values[BENCH_FRAMES], int percent);

G_END_DECLS
