/* fixture-sound.c: small sounds that libsndfile writes for tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture-sound.h"

#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "fixture.h"

float
fixture_tone (int t, int channel)
{
  return 0.5f * sinf (0.05f * (float) (t * (channel + 1)));
}

float
fixture_fading (int t, int channel)
{
  return t < FIXTURE_SOUND_STEPS / 4 ? (float) ((guint) (t * 2 + channel) * 2654435761u >> 8) / 16777216.0f - 0.5f : 0.0f;
}

GByteArray *
fixture_sound (int format, FixtureWave wave)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a", NULL);
  g_autofree float *mixed = g_new (float, FIXTURE_SOUND_STEPS * 2);
  int rate_hz = (format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? 48000 : 16000;
  SF_INFO info = { .samplerate = rate_hz, .channels = 2, .format = format };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  char *content;
  gsize length;

  for (int t = 0; t < FIXTURE_SOUND_STEPS; t++)
    for (int c = 0; c < 2; c++)
      mixed[t * 2 + c] = wave (t, c);
  if (sound != NULL)
    {
      g_assert_cmpint (sf_writef_float (sound, mixed, FIXTURE_SOUND_STEPS), ==, FIXTURE_SOUND_STEPS);
      sf_close (sound);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
    }
  fixture_remove (folder);
  return sound != NULL ? g_byte_array_new_take ((guint8 *) content, length) : NULL;
}

/* The checksum of a page as the specification has it, bit by bit. */
static guint32
find_crc (const guint8 *bytes, gsize n)
{
  guint32 crc = 0;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= (guint32) bytes[i] << 24;
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 0x80000000u) != 0 ? crc << 1 ^ 0x04C11DB7u : crc << 1;
    }
  return crc;
}

void
fixture_put_page (GByteArray *out, guint8 flags, gint64 granule, guint32 serial, guint32 number, const void *body, gsize n)
{
  g_autoptr (GByteArray) page = g_byte_array_new ();
  guint32 crc;

  fixture_put_text (page, "OggS");
  fixture_put (page, 0, 1, FALSE);
  fixture_put (page, flags, 1, FALSE);
  fixture_put (page, (guint64) granule, 8, FALSE);
  fixture_put (page, serial, 4, FALSE);
  fixture_put (page, number, 4, FALSE);
  fixture_put (page, 0, 4, FALSE);
  fixture_put (page, n / 255 + 1, 1, FALSE);
  for (gsize i = 0; i < n / 255; i++)
    fixture_put (page, 255, 1, FALSE);
  fixture_put (page, n % 255, 1, FALSE);
  g_byte_array_append (page, body, (guint) n);
  crc = GUINT32_TO_LE (find_crc (page->data, page->len));
  memcpy (page->data + 22, &crc, sizeof crc);
  g_byte_array_append (out, page->data, page->len);
}
