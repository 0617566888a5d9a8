/* test-reader-mp3.c: MP3: without a tag, without a count, cut and damaged
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture-sound.h"
#include "fixture.h"

/* An MP3 without a tag is known by two frames that fit together; numbers that begin like one are not taken for it. */
static void
test_bare_frames (void)
{
  GByteArray *bytes = fixture_sound (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, fixture_tone);
  GByteArray *numbers = g_byte_array_new ();

  for (int i = 0; i < 4000; i++)
    fixture_put (numbers, i == 0 ? 0x44FBFF : (guint64) i * 77777, 4, FALSE);

  g_auto (FixtureResult) raw = fixture_open ("a.raw", numbers);

  g_assert_error (raw.error, SIG_ERROR, SIG_ERROR_UNDECIDED);
  if (bytes == NULL)
    {
      g_test_skip ("this libsndfile writes no MP3");
      return;
    }
  g_assert_cmpint (bytes->data[0], ==, 0xFF);

  g_auto (FixtureResult) result = fixture_open ("a.bin", bytes);

  fixture_assert_loaded (&result, "compressed with loss (MP3)");
}

/* Frames of many sizes, and none that counts them: all are read. */
static void
test_uncounted (void)
{
  GByteArray *bytes = fixture_sound (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, fixture_fading);
  guint n = 1;

  if (bytes == NULL)
    {
      g_test_skip ("this libsndfile writes no MP3");
      return;
    }
  while (bytes->data[n] != 0xFF || bytes->data[n + 1] != bytes->data[1])
    n++;
  g_byte_array_remove_range (bytes, 0, n); /* the frame that counts */

  g_auto (FixtureResult) result = fixture_open ("a.mp3", bytes);

  fixture_assert_loaded (&result, "compressed with loss (MP3)");
  g_assert_cmpint (ABS (sig_recording_get_n_steps (result.content.recording) - FIXTURE_SOUND_STEPS), <, 2400);
}

/* Frames behind damage are read on; a file that was cut says how much of it is there. */
static void
test_damaged (void)
{
  GByteArray *whole = fixture_sound (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, fixture_tone), *cut, *holed;
  gint64 n_steps;

  if (whole == NULL)
    {
      g_test_skip ("this libsndfile writes no MP3");
      return;
    }
  cut = g_byte_array_append (g_byte_array_new (), whole->data, whole->len / 2);
  holed = g_byte_array_append (g_byte_array_new (), whole->data, whole->len);
  memset (holed->data + holed->len / 2, 0, 600);

  g_auto (FixtureResult) good = fixture_open ("a.mp3", whole);
  g_auto (FixtureResult) part = fixture_open ("a.mp3", cut);
  g_auto (FixtureResult) around = fixture_open ("a.mp3", holed);

  fixture_assert_loaded (&good, "compressed with loss (MP3)");
  g_assert_null (strchr (good.notes, '\n'));
  n_steps = sig_recording_get_n_steps (good.content.recording);
  fixture_assert_loaded (&part, "s are readable: the header declares");
  g_assert_cmpint (sig_recording_get_n_steps (part.content.recording), <, n_steps * 2 / 3);
  fixture_assert_loaded (&around, "bytes at 1 place are damaged: what they held is lost|s are readable: the header declares");
  g_assert_cmpint (sig_recording_get_n_steps (around.content.recording), >, n_steps * 2 / 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-mp3/bare-frames", test_bare_frames);
  g_test_add_func ("/reader-mp3/uncounted", test_uncounted);
  g_test_add_func ("/reader-mp3/damaged", test_damaged);
  return g_test_run ();
}
