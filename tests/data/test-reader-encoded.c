/* test-reader-encoded.c: Ogg, MP3, VOC, SPHERE, IRCAM and PAF, each known by its first bytes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"

#define N_STEPS 30000

static float
tone (int t, int channel)
{
  return 0.5f * sinf (0.05f * (float) (t * (channel + 1)));
}

/* Noise that ends in silence: its frames grow small. */
static float
fading (int t, int channel)
{
  return t < N_STEPS / 4 ? (float) ((guint) (t * 2 + channel) * 2654435761u >> 8) / 16777216.0f - 0.5f : 0.0f;
}

/* A sound of two channels at 16 kHz, or 48 kHz; NULL where this libsndfile cannot write it. */
static GByteArray *
make_wave (int format, float (*wave) (int t, int channel))
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autofree float *mixed = g_new (float, N_STEPS * 2);
  int rate_hz = (format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? 48000 : 16000;
  SF_INFO info = { .samplerate = rate_hz, .channels = 2, .format = format };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  char *content;
  gsize length;

  for (int t = 0; t < N_STEPS; t++)
    for (int c = 0; c < 2; c++)
      mixed[t * 2 + c] = wave (t, c);
  if (sound != NULL)
    {
      g_assert_cmpint (sf_writef_float (sound, mixed, N_STEPS), ==, N_STEPS);
      sf_close (sound);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
    }
  fixture_remove (folder);
  return sound != NULL ? g_byte_array_new_take ((guint8 *) content, length) : NULL;
}

static GByteArray *
make_sound (int format)
{
  return make_wave (format, tone);
}

static void
test_formats (void)
{
  static const struct
  {
    const char *name;
    int         format;
    float       near;
    const char *note;
  } rows[] = {
    { "a.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.05f, "compressed with loss (Vorbis)" },
    { "a.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 0.1f, "compressed with loss (Opus)" },
    { "a.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0.05f, "compressed with loss (MP3)" },
    { "a.voc", SF_FORMAT_VOC | SF_FORMAT_PCM_16, 4e-5f, NULL },
    { "a.sph", SF_FORMAT_NIST | SF_FORMAT_PCM_16, 4e-5f, NULL },
    { "a.sf", SF_FORMAT_IRCAM | SF_FORMAT_FLOAT, 1e-6f, NULL },
    { "a.paf", SF_FORMAT_PAF | SF_FORMAT_PCM_16, 4e-5f, NULL },
    { "a.paf", SF_FORMAT_PAF | SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE, 1e-6f, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GByteArray *bytes = make_sound (rows[i].format);

      g_test_message ("%s", rows[i].name);
      if (bytes == NULL)
        {
          g_test_message ("%s is not written by this libsndfile", rows[i].name);
          continue;
        }

      g_auto (FixtureResult) result = fixture_open (rows[i].name, bytes);

      fixture_assert_loaded (&result, rows[i].note);
      g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 2);
      g_assert_cmpint (ABS (sig_recording_get_n_steps (result.content.recording) - N_STEPS), <, 1200);
      for (gint64 t = 10000; t < 10100; t++)
        g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, t), 0.5f * sinf (0.05f * (float) t), rows[i].near);
    }
}

/* An MP3 without a tag is known by two frames that fit together; numbers that begin like one are not taken for it. */
static void
test_bare_frames (void)
{
  GByteArray *bytes = make_sound (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
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
  GByteArray *bytes = make_wave (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, fading);
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
  g_assert_cmpint (ABS (sig_recording_get_n_steps (result.content.recording) - N_STEPS), <, 2400);
}

/* libsndfile decodes the first stream and is content: what is lost is told. */
static void
test_ogg_pages (void)
{
  GByteArray *whole = make_sound (SF_FORMAT_OGG | SF_FORMAT_VORBIS);
  GByteArray *cut = make_wave (SF_FORMAT_OGG | SF_FORMAT_VORBIS, fading), *twice;

  if (whole == NULL)
    {
      g_test_skip ("this libsndfile writes no Ogg");
      return;
    }
  twice = g_byte_array_new ();
  g_byte_array_append (twice, whole->data, whole->len);
  g_byte_array_append (twice, whole->data, whole->len);
  g_byte_array_set_size (cut, cut->len - 10);

  g_auto (FixtureResult) one = fixture_open ("a.ogg", whole);
  g_auto (FixtureResult) two = fixture_open ("a.ogg", twice);
  g_auto (FixtureResult) part = fixture_open ("a.ogg", cut);

  fixture_assert_loaded (&one, "compressed with loss (Vorbis)");
  g_assert_null (strchr (one.notes, '\n')); /* nothing else */
  fixture_assert_loaded (&two, "It holds 2 streams; only the first was read");
  fixture_assert_loaded (&part, "Its last page is missing or damaged");
}

static void
test_refused (void)
{
  static const FixtureRefusal rows[] = {
    { "OggS and nothing else", "cannot be decoded as Ogg|convert it to FLAC or WAV" },
    { "ID3 and nothing else", "cannot be decoded as MP3" },
    { "Creative Voice File\x1A", "cannot be decoded as VOC" },
    { "NIST_1A\n   1024\n", "cannot be decoded as SPHERE" },
    { "\x64\xA3\x02 of no use", "cannot be decoded as IRCAM" },
    { " paf and nothing else", "cannot be decoded as PAF" },
  };

  fixture_assert_all_refused ("a.bin", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-encoded/formats", test_formats);
  g_test_add_func ("/reader-encoded/bare-frames", test_bare_frames);
  g_test_add_func ("/reader-encoded/uncounted", test_uncounted);
  g_test_add_func ("/reader-encoded/ogg-pages", test_ogg_pages);
  g_test_add_func ("/reader-encoded/refused", test_refused);
  return g_test_run ();
}
