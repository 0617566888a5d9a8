/* test-reader-ogg.c: Ogg: several streams, lost pages, sound beside video
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture-sound.h"
#include "fixture.h"

/* Appends two of them, one behind the other (consumed). */
static GByteArray *
chain (GByteArray *first, GByteArray *second)
{
  GByteArray *both = g_byte_array_new ();

  g_byte_array_append (both, first->data, first->len);
  g_byte_array_append (both, second->data, second->len);
  g_byte_array_unref (first);
  g_byte_array_unref (second);
  return both;
}

static GByteArray *
copy (const GByteArray *bytes)
{
  return g_byte_array_append (g_byte_array_new (), bytes->data, bytes->len);
}

/* Streams that follow each other are read, with a break between them. */
static void
test_chain (void)
{
  GByteArray *one = fixture_sound (SF_FORMAT_OGG | SF_FORMAT_VORBIS, fixture_tone);
  GByteArray *other = fixture_sound (SF_FORMAT_OGG | SF_FORMAT_OPUS, fixture_tone);
  gsize n_segments;

  if (one == NULL || other == NULL)
    {
      g_test_skip ("this libsndfile writes no Ogg");
      return;
    }

  g_auto (FixtureResult) single = fixture_open ("a.ogg", copy (one));
  g_auto (FixtureResult) twice = fixture_open ("a.ogg", chain (copy (one), copy (one)));
  g_auto (FixtureResult) mixed = fixture_open ("a.ogg", chain (one, other));
  gint64 n_steps = sig_recording_get_n_steps (single.content.recording);

  fixture_assert_loaded (&single, "compressed with loss (Vorbis)");
  g_assert_null (strchr (single.notes, '\n')); /* nothing else */
  fixture_assert_loaded (&twice, "It holds 2 streams one behind the other; they were read with a break between any two.");
  g_assert_cmpint (sig_recording_get_n_steps (twice.content.recording), ==, 2 * n_steps);
  sig_recording_get_segments (twice.content.recording, &n_segments);
  g_assert_cmpuint (n_segments, ==, 2);
  for (gint64 t = 0; t < n_steps; t++)
    g_assert_cmpfloat (fixture_sample (&twice, 1, n_steps + t), ==, fixture_sample (&single, 1, t));
  fixture_assert_loaded (&mixed, "It holds 1 more stream (video, text, or sound of another kind), which was not read.");
  g_assert_cmpint (sig_recording_get_n_steps (mixed.content.recording), ==, n_steps);
}

/* Fills pages. */
static float
noise (int t, int channel)
{
  return (float) ((guint) (t * 2 + channel) * 2654435761u >> 8) / 16777216.0f - 0.5f;
}

/* What was on a damaged page is missing, what follows is where it was; of the end that is not there a note tells. */
static void
test_damaged (void)
{
  static const int formats[] = { SF_FORMAT_VORBIS, SF_FORMAT_OPUS };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      GByteArray *whole = fixture_sound (SF_FORMAT_OGG | formats[i], noise), *damaged, *cut;
      gint64 n_steps, n_missing = 0;

      if (whole == NULL)
        {
          g_test_message ("this libsndfile writes no such Ogg");
          continue;
        }
      damaged = copy (whole);
      cut = g_byte_array_append (g_byte_array_new (), whole->data, whole->len - 10);
      damaged->data[whole->len / 2] ^= 1;

      g_auto (FixtureResult) good = fixture_open ("a.ogg", whole);
      g_auto (FixtureResult) part = fixture_open ("a.ogg", cut);
      g_auto (FixtureResult) holed = fixture_open ("a.ogg", damaged);

      n_steps = sig_recording_get_n_steps (good.content.recording);
      fixture_assert_loaded (&part, "Its last page is missing or damaged");
      fixture_assert_loaded (&holed, "could not be decoded: the file is damaged at");
      g_assert_cmpint (sig_recording_get_n_steps (holed.content.recording), ==, n_steps);
      for (gint64 t = 0; t < n_steps; t++)
        if (isnan (fixture_sample (&holed, 0, t)))
          n_missing++;
        else
          g_assert_cmpfloat_with_epsilon (fixture_sample (&holed, 0, t), fixture_sample (&good, 0, t), 2e-3f);
      g_assert_cmpint (n_missing, >, 0);
      g_assert_cmpint (n_missing, <, n_steps);
    }
}

/* An Ogg as the samples of a WAV. */
static void
test_in_wav (void)
{
  static const guint8 format[18] = { 0x4F, 0x67, 2, 0, 0x80, 0x3E, 0, 0, 0x80, 0x3E, 0, 0, 1, 0, 16, 0, 0, 0 };
  GByteArray *ogg = fixture_sound (SF_FORMAT_OGG | SF_FORMAT_VORBIS, fixture_tone), *wav = g_byte_array_new ();

  if (ogg == NULL)
    {
      g_test_skip ("this libsndfile writes no Ogg");
      return;
    }
  fixture_put_text (wav, "RIFF");
  fixture_put (wav, 4 + 8 + sizeof format + 8 + (ogg->len + 1) / 2 * 2, 4, FALSE);
  fixture_put_text (wav, "WAVE");
  fixture_put_chunk (wav, "fmt ", sizeof format, format, sizeof format);
  fixture_put_chunk (wav, "data", ogg->len, ogg->data, ogg->len);

  g_auto (FixtureResult) bare = fixture_open ("a.ogg", ogg);
  g_auto (FixtureResult) held = fixture_open ("a.wav", wav);
  gint64 n_steps = sig_recording_get_n_steps (bare.content.recording);

  fixture_assert_loaded (&held, "compressed with loss (Vorbis)");
  g_assert_cmpint (sig_recording_get_n_steps (held.content.recording), ==, n_steps);
  for (gint64 t = 0; t < n_steps; t++)
    g_assert_cmpfloat (fixture_sample (&held, 1, t), ==, fixture_sample (&bare, 1, t));
}

/* A FLAC in pages. */
static GByteArray *
make_ogg_flac (void)
{
  GByteArray *flac = fixture_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, fixture_tone), *ogg = g_byte_array_new ();
  static const guint8 mapping[9] = { 0x7F, 'F', 'L', 'A', 'C', 1, 0, 0, 1 };
  guint8 first[sizeof mapping + 42];
  guint number = 0;

  memcpy (first, mapping, sizeof mapping);
  memcpy (first + sizeof mapping, flac->data, 42);
  fixture_put_page (ogg, 2, 0, 7, number++, first, sizeof first);
  for (guint at = 42, n; at < flac->len; at += n)
    {
      gboolean last = flac->len - at <= 20000;

      n = MIN (flac->len - at, 20000);
      fixture_put_page (ogg, last ? 4 : 0, last ? FIXTURE_SOUND_STEPS : -1, 7, number++, flac->data + at, n);
    }
  g_byte_array_unref (flac);
  return ogg;
}

static void
test_flac (void)
{
  g_auto (FixtureResult) result = fixture_open ("a.oga", make_ogg_flac ());

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, FIXTURE_SOUND_STEPS);
  g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, 16000);
  for (int t = 0; t < FIXTURE_SOUND_STEPS; t++)
    g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 1, t), fixture_tone (t, 1), 4e-5f);
}

/* The refusals say what is inside; the sound beside a video is read. */
static void
test_others (void)
{
  static const struct
  {
    const char *first;
    const char *says;
  } rows[] = {
    { "Speex   1.2rc1", "is an Ogg file of Speex. Vorbis, Opus and FLAC in Ogg are read; convert it to FLAC or WAV" },
    { "\200theora", "is an Ogg file of video without a sound that is read" },
    { "something new", "is an Ogg file of an encoding that is not known here" },
  };
  GByteArray *vorbis = fixture_sound (SF_FORMAT_OGG | SF_FORMAT_VORBIS, fixture_tone), *video = g_byte_array_new ();
  g_auto (FixtureResult) words = fixture_open_text ("a.ogg", "OggS and nothing else");

  fixture_assert_refused (&words, "a.ogg", "cannot be decoded as Ogg: none of its pages is whole");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GByteArray *bytes = g_byte_array_new ();

      fixture_put_page (bytes, 2, 0, 7, 0, rows[i].first, strlen (rows[i].first));

      g_auto (FixtureResult) result = fixture_open ("a.ogg", bytes);

      fixture_assert_refused (&result, "a.ogg", rows[i].says);
    }
  if (vorbis == NULL)
    {
      g_test_skip ("this libsndfile writes no Ogg");
      return;
    }
  fixture_put_page (video, 2, 0, 7, 0, rows[1].first, strlen (rows[1].first));

  g_auto (FixtureResult) beside = fixture_open ("a.ogv", chain (video, vorbis));

  fixture_assert_loaded (&beside, "It holds 1 more stream (video, text");
  g_assert_cmpint (ABS (sig_recording_get_n_steps (beside.content.recording) - FIXTURE_SOUND_STEPS), <, 1200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-ogg/chain", test_chain);
  g_test_add_func ("/reader-ogg/damaged", test_damaged);
  g_test_add_func ("/reader-ogg/in-wav", test_in_wav);
  g_test_add_func ("/reader-ogg/flac", test_flac);
  g_test_add_func ("/reader-ogg/others", test_others);
  return g_test_run ();
}
