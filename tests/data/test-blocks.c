/* test-blocks.c: recordings that stay in their file read like those in memory, from any thread
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "sig-blocks.h"
#include "sig-raw.h"

#define N_THREADS 4

static atomic_int n_fills; /* blocks decoded */

/* The value that every source here gives. */
static float
value_at (guint channel, gint64 step)
{
  return (float) ((step * 31 + channel * 1009) % 65521);
}

static gboolean
fill (gpointer source, gint64 start, gint64 n, float *out, gsize stride, GError **error)
{
  guint n_channels = GPOINTER_TO_UINT (source);

  atomic_fetch_add (&n_fills, 1);
  for (guint c = 0; c < n_channels; c++)
    for (gint64 t = 0; t < n; t++)
      out[c * stride + (gsize) t] = value_at (c, start + t);
  return TRUE;
}

static SigRecording *
open_recording (guint n_channels, gint64 n_steps)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (SigFile) file = sig_file_new_bytes ("x", bytes);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;
  SigBlocksSpec spec = { .n_channels = n_channels,
                         .n_steps = n_steps,
                         .rate_hz = 10,
                         .fill = fill,
                         .source = GUINT_TO_POINTER (n_channels) };

  sig_reading_init (&reading, NULL);

  SigRecording *recording = sig_blocks_open (&spec, file, &reading, &error);

  g_assert_no_error (error);
  return recording;
}

static void
assert_span (const SigRecording *recording, guint channel, gint64 start, gint64 n)
{
  g_autofree float *out = g_new (float, n);
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_recording_read (recording, channel, start, n, out, &error));
  g_assert_no_error (error);
  for (gint64 t = 0; t < n; t++)
    g_assert_cmpfloat (out[t], ==, value_at (channel, start + t));
}

static void
test_memory (void)
{
  g_autoptr (SigRecording) recording = open_recording (3, 200000);

  g_assert_nonnull (sig_recording_peek_channel (recording, 2));
  assert_span (recording, 2, 0, 200000);
  assert_span (recording, 0, 199999, 1);
}

static void
test_streamed (void)
{
  static const guint counts[] = { 1, 16, 1024 };

  for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      guint n_channels = counts[k];
      gint64 n_steps = SIG_BLOCKS_IN_MEMORY / 4 / n_channels + 1;
      g_autoptr (SigRecording) recording = open_recording (n_channels, n_steps);
      g_autoptr (GRand) rand = g_rand_new_with_seed (3);

      g_assert_null (sig_recording_peek_channel (recording, 0));
      assert_span (recording, n_channels - 1, 0, MIN (n_steps, 100000));
      assert_span (recording, 0, n_steps - 1, 1);
      for (int i = 0; i < 200; i++)
        {
          gint64 start = g_rand_int_range (rand, 0, (gint32) n_steps - 1), n = g_rand_int_range (rand, 1, 500);

          assert_span (recording, (guint) g_rand_int_range (rand, 0, (gint32) n_channels), start, MIN (n_steps - start, n));
        }
    }
}

/* What drawing relies on: a screen of traces, read channel after channel, is decoded once, and again only after much
 * else was read. */
static void
test_once (void)
{
  const gint64 n_steps = 1048600, screen = 120000;
  g_autoptr (SigRecording) recording = open_recording (16, n_steps);
  int n_decoded = 0;

  g_assert_null (sig_recording_peek_channel (recording, 0));
  assert_span (recording, 0, 0, screen);
  n_decoded = atomic_load (&n_fills);
  for (guint frame = 0; frame < 3; frame++)
    for (guint c = 0; c < 16; c++)
      assert_span (recording, c, frame * 100, screen - frame * 100);
  g_assert_cmpint (atomic_load (&n_fills), ==, n_decoded);

  assert_span (recording, 0, 0, n_steps);
  n_decoded = atomic_load (&n_fills);
  assert_span (recording, 1, 0, 1);
  g_assert_cmpint (atomic_load (&n_fills), ==, n_decoded + 1);
}

/* What one thread of test_threads() does. */
static void *
read_about (void *data)
{
  const SigRecording *recording = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < 300; i++)
    assert_span (recording, (guint) g_rand_int_range (rand, 0, 16), g_rand_int_range (rand, 0, 1048000), 400);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (SigRecording) recording = open_recording (16, 1048600);
  pthread_t threads[N_THREADS];

  g_assert_null (sig_recording_peek_channel (recording, 0));
  for (int i = 0; i < N_THREADS; i++)
    g_assert_cmpint (pthread_create (&threads[i], NULL, read_about, recording), ==, 0);
  for (int i = 0; i < N_THREADS; i++)
    pthread_join (threads[i], NULL);
}

/* Interleaved and planar files, at lengths that are no multiple of anything. */
static void
test_layouts (void)
{
  for (int planar = 0; planar < 2; planar++)
    {
      const guint n_channels = 5;
      const gint64 n_steps = 70001;
      g_autofree guint16 *stored = g_new (guint16, n_channels * n_steps);
      g_autoptr (GError) error = NULL;
      g_auto (SigReading) reading = { 0 };

      for (gint64 t = 0; t < n_steps; t++)
        for (guint c = 0; c < n_channels; c++)
          stored[planar ? c * n_steps + t : t * n_channels + c] = GUINT16_TO_LE ((guint16) value_at (c, t));

      g_autoptr (GBytes) bytes = g_bytes_new (stored, n_channels * n_steps * 2);
      g_autoptr (SigFile) file = sig_file_new_bytes ("x", bytes);
      SigRawLayout layout = { { SIG_SCALAR_U16, FALSE, 1.0, 0.0 }, 0, n_channels, n_steps, planar };

      sig_reading_init (&reading, NULL);

      g_autoptr (SigRecording) recording = sig_raw_open (file, &layout, 0.0, NULL, &reading, &error);

      g_assert_no_error (error);
      for (guint c = 0; c < n_channels; c++)
        assert_span (recording, c, 0, n_steps);
    }
}

/* Row 16: a recording whose file shrank gives an error, what was there before is still right. */
static void
test_shrinks (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "big.raw", "", 0);
  const gint64 n_steps = SIG_BLOCKS_IN_MEMORY / 4 / 16 + 16384;
  SigRawLayout layout = { { SIG_SCALAR_I16, FALSE, 1.0, 0.0 }, 0, 16, n_steps, FALSE };
  g_autoptr (GError) error = NULL;
  g_auto (SigReading) reading = { 0 };
  float out[4];

  g_assert_cmpint (truncate (path, n_steps * 32), ==, 0);
  sig_reading_init (&reading, NULL);

  g_autoptr (SigFile) file = sig_file_open (path, &error);
  g_autoptr (SigRecording) recording = sig_raw_open (file, &layout, 0.0, NULL, &reading, &error);

  g_assert_no_error (error);
  g_assert_true (sig_recording_read (recording, 3, n_steps - 4, 4, out, &error));
  g_assert_cmpint (truncate (path, 1000), ==, 0);
  g_assert_false (sig_recording_read (recording, 3, 100000, 4, out, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_true (sig_recording_read (recording, 3, n_steps - 4, 4, out, &error));
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/memory", test_memory);
  g_test_add_func ("/blocks/streamed", test_streamed);
  g_test_add_func ("/blocks/once", test_once);
  g_test_add_func ("/blocks/threads", test_threads);
  g_test_add_func ("/blocks/layouts", test_layouts);
  g_test_add_func ("/blocks/shrinks", test_shrinks);
  return g_test_run ();
}
