/* wb-axis.h: values to pixels and back, and where the ticks go; no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A linear or logarithmic axis: [low, high] onto [0, length] pixels. A plain value. */
typedef struct
{
  double   low, high;
  double   length;
  gboolean log;
} WbAxis;

typedef struct
{
  double value;
  double position; /* pixels */
  char   text[24];
} WbTick;

double   wb_axis_to_pixel  (const WbAxis *self, double value);
double   wb_axis_to_value  (const WbAxis *self, double pixel);

/* Whether ticks and pixels make sense: finite, low < high, length > 0, and low > 0 for log. */
gboolean wb_axis_is_valid  (const WbAxis *self);

/* At most `max` round ticks (1, 2, 5 × 10^k; for log powers of ten, with 2 and 5 times them where there is room) at
 * least `spacing` pixels apart. */
guint    wb_axis_ticks     (const WbAxis *self, double spacing, WbTick *ticks, guint max);

/* As above for a time axis in steps: texts in steps ("1,200") when `rate_hz` is 0, else in
 * seconds or minutes, hours and days ("1.25 s", "3:20", "1:02:05", "9 d 06:00:00"). */
guint    wb_axis_time_ticks (const WbAxis *self, double rate_hz, double spacing, WbTick *ticks, guint max);

/* The least round number of seconds (of minutes, hours, days) that is not below `least`. */
double   wb_axis_round_seconds (double least);

/* The same on the clock: "13:05:20", and "2026-11-27" at midnight. `start_us`: of step 0, as sig_recording_get_start_us(). */
guint    wb_axis_clock_ticks (const WbAxis *self, double rate_hz, gint64 start_us, double spacing, WbTick *ticks, guint max);

/* "step 1,234 · 4.936 s"; steps alone when `rate_hz` is 0. */
char    *wb_axis_time_text (double step, double rate_hz) G_GNUC_WARN_UNUSED_RESULT;

/* How long that is: "4.936 s · 1,234 steps", "7 d 05:36:40 · 312,500,000 steps"; steps alone when `rate_hz` is 0. */
char    *wb_axis_length_text (double n_steps, double rate_hz) G_GNUC_WARN_UNUSED_RESULT;

/* "step 1,234 · 2026-11-27 13:05:20.936". */
char    *wb_axis_clock_text (double step, double rate_hz, gint64 start_us) G_GNUC_WARN_UNUSED_RESULT;

/* "12.000–22.000 s · steps 3,000–5,500"; steps alone when `rate_hz` is 0. */
char    *wb_axis_span_text (double start, double end, double rate_hz) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
