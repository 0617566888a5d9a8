/* test-reader-encoded.c: each encoded sound known by its first bytes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture-sound.h"
#include "fixture.h"

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
      GByteArray *bytes = fixture_sound (rows[i].format, fixture_tone);

      g_test_message ("%s", rows[i].name);
      if (bytes == NULL)
        {
          g_test_message ("%s is not written by this libsndfile", rows[i].name);
          continue;
        }

      g_auto (FixtureResult) result = fixture_open (rows[i].name, bytes);

      fixture_assert_loaded (&result, rows[i].note);
      g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 2);
      g_assert_cmpint (ABS (sig_recording_get_n_steps (result.content.recording) - FIXTURE_SOUND_STEPS), <, 1200);
      for (gint64 t = 10000; t < 10100; t++)
        g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, t), 0.5f * sinf (0.05f * (float) t), rows[i].near);
    }
}

static void
test_refused (void)
{
  static const FixtureRefusal rows[] = {
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
  g_test_add_func ("/reader-encoded/refused", test_refused);
  return g_test_run ();
}
