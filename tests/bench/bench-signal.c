/* bench-signal.c: a long recording of 16 channels, in memory and as a WAV
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench-signal.h"

#include <stdio.h>

#define CHUNK_STEPS 4096

/* Own arithmetic, so that it is quick and the same everywhere; `state` is the channel's. */
static inline float
next_sample (guint    channel,
             gint64   step,
             guint32 *state)
{
  gint64 period = 9000 + 700 * channel;
  float wave = (float) (step % period) / (float) period - .5f;

  *state = *state * 1664525 + 1013904223;
  return wave * wave + (float) (*state >> 8) / (1 << 26) + (*state >> 16 == 0 ? .5f : 0);
}

SigRecording *
bench_signal_new (gint64 n_steps)
{
  float *samples = g_new (float, n_steps * BENCH_N_CHANNELS);

  for (guint c = 0; c < BENCH_N_CHANNELS; c++)
    {
      guint32 state = c;

      for (gint64 i = 0; i < n_steps; i++)
        samples[c * n_steps + i] = next_sample (c, i, &state);
    }
  return sig_recording_new_take_samples ("bench", BENCH_N_CHANNELS, n_steps, BENCH_RATE_HZ, NULL, NULL, samples);
}

static void
put_le (guint8  *bytes,
        guint32  value,
        int      n_bytes)
{
  for (int i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (value >> 8 * i);
}

static gboolean
write_header (FILE   *file,
              gint64  n_steps)
{
  guint8 header[44] = "RIFF....WAVEfmt ";
  guint32 step_bytes = 2 * BENCH_N_CHANNELS, n_bytes = (guint32) n_steps * step_bytes;

  put_le (header + 4, n_bytes + 36, 4);
  put_le (header + 16, 16, 4);
  put_le (header + 20, 1, 2);
  put_le (header + 22, BENCH_N_CHANNELS, 2);
  put_le (header + 24, BENCH_RATE_HZ, 4);
  put_le (header + 28, BENCH_RATE_HZ * step_bytes, 4);
  put_le (header + 32, step_bytes, 2);
  put_le (header + 34, 16, 2);
  put_le (header + 36, 0x61746164, 4); /* "data" */
  put_le (header + 40, n_bytes, 4);
  return fwrite (header, sizeof header, 1, file) == 1;
}

gboolean
bench_signal_write (const char *path,
                    gint64      n_steps)
{
  g_autofree gint16 *chunk = g_new (gint16, CHUNK_STEPS * BENCH_N_CHANNELS);
  guint32 states[BENCH_N_CHANNELS];
  FILE *file = fopen (path, "wb");
  gboolean fine;

  if (file == NULL)
    return FALSE;
  for (guint c = 0; c < BENCH_N_CHANNELS; c++)
    states[c] = c;
  fine = write_header (file, n_steps);
  for (gint64 start = 0; fine && start < n_steps; start += CHUNK_STEPS)
    {
      gint64 n = MIN (CHUNK_STEPS, n_steps - start);

      for (gint64 i = 0; i < n; i++)
        for (guint c = 0; c < BENCH_N_CHANNELS; c++)
          chunk[i * BENCH_N_CHANNELS + c]
              = GINT16_TO_LE ((gint16) (32767 * next_sample (c, start + i, &states[c])));
      fine = fwrite (chunk, 2 * BENCH_N_CHANNELS, (gsize) n, file) == (gsize) n;
    }
  return fclose (file) == 0 && fine;
}
