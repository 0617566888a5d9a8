/* bench-frames.c: what a window's frames cost, and how many there are a second
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench-frames.h"

#include <stdlib.h>
#include <time.h>

static double
clock_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

double
bench_thread_ms (void)
{
  return clock_ms (CLOCK_THREAD_CPUTIME_ID);
}

static int
compare_floats (const void *a,
                const void *b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

float
bench_quantile (float values[BENCH_FRAMES],
                int   percent)
{
  qsort (values, BENCH_FRAMES, sizeof *values, compare_floats);
  return values[BENCH_FRAMES * percent / 100];
}

static void
before_paint_cb (GdkFrameClock *clock,
                 BenchFrames   *self)
{
  self->frame_began = g_get_monotonic_time ();
  self->frame_began_ms = bench_thread_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                BenchFrames   *self)
{
  if (self->n == 0 || self->n > BENCH_FRAMES)
    return;
  self->frames[self->n - 1] = (g_get_monotonic_time () - self->frame_began) / 1000.f;
  self->busy[self->n - 1] = (float) (bench_thread_ms () - self->frame_began_ms);
}

void
bench_frames_watch (BenchFrames *self,
                    GtkWidget   *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

void
bench_frames_start (BenchFrames *self)
{
  self->n = 0;
}

gboolean
bench_frames_next (BenchFrames *self)
{
  if (self->n == BENCH_FRAMES)
    {
      self->ended = g_get_monotonic_time ();
      self->whole_ended_ms = clock_ms (CLOCK_PROCESS_CPUTIME_ID);
      return FALSE;
    }
  if (self->n++ == 0)
    {
      self->began = g_get_monotonic_time ();
      self->whole_began_ms = clock_ms (CLOCK_PROCESS_CPUTIME_ID);
    }
  return TRUE;
}

BenchRate
bench_frames_report (BenchFrames *self)
{
  BenchRate rate = { self->n * 1e6 / (self->ended - self->began), bench_quantile (self->busy, 50) };
  double whole = (self->whole_ended_ms - self->whole_began_ms) / self->n;

  g_print ("frame median %4.1f ms, p95 %4.1f ms; processor time of the main thread %4.1f ms, of all threads %4.1f ms | "
           "%4.1f frames/s\n",
           bench_quantile (self->frames, 50), bench_quantile (self->frames, 95), rate.busy_ms, whole, rate.rate);
  return rate;
}
