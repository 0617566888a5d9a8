/* sig-clock.h: times of day and dates as text files write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain value. */
typedef struct
{
  double   seconds;  /* since 1970-01-01 where there is a date, by the clock on the wall; else since midnight */
  gboolean has_date, has_time;
  guint    decimals; /* digits of the seconds after their point */
} SigClock;

/* Reads all of `text`: "2024-03-05 23:59:59.004", "2024-03-05T23:59:59Z", "24.12.2024 10:00", "10:00:01", "0:02.5",
 * "1 days 00:00:02.5", in ticks or brackets, as PhysioNet writes them, too. Zones are passed over. A date with strokes whose day
 * and month could be each other is taken for none. */
gboolean sig_clock_parse (const char *text, gsize len, SigClock *out);

G_END_DECLS
