/* sig-reader-encoded.c: opens the sound files that are left to libsndfile as they are: Ogg, MP3, VOC, SPHERE, IRCAM, PAF
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-reader-sndfile.h"

/* What follows an MP3's frame: sync, version and rate are the same in all frames. */
#define FRAME_HEAD_BYTES 4

/* Bytes of an MP3 frame with this head; 0 when it is none: sync, layer III, and a bit rate and a rate that exist. */
static gsize
frame_bytes (const guint8 head[FRAME_HEAD_BYTES])
{
  static const guint kbits_1[16] = { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 };
  static const guint kbits_2[16] = { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 };
  static const guint rates[4] = { 44100, 48000, 32000, 0 };
  guint version = head[1] >> 3 & 3; /* 3: MPEG 1; 2: MPEG 2, half the rates; 0: MPEG 2.5, a quarter */
  guint kbits = version == 3 ? kbits_1[head[2] >> 4] : kbits_2[head[2] >> 4];
  guint rate = rates[head[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);

  if (head[0] != 0xFF || (head[1] & 0xE6) != 0xE2 || version == 1 || kbits == 0 || rate == 0)
    return 0;
  return (version == 3 ? 144000 : 72000) * kbits / rate + (head[2] >> 1 & 1);
}

gboolean
sig_reader_encoded_is_mp3 (const SigFile *file)
{
  guint8 first[FRAME_HEAD_BYTES], second[FRAME_HEAD_BYTES];
  gsize n;

  if (sig_file_peek (file, sizeof first, first) < sizeof first)
    return FALSE;
  n = frame_bytes (first);
  return n > 0 && (gint64) (n + sizeof second) <= sig_file_get_size (file)
         && sig_file_read (file, (gint64) n, sizeof second, second, NULL) && frame_bytes (second) > 0
         && second[1] == first[1];
}

static const char *
format_name (const SigFile *file)
{
  static const struct
  {
    char        magic[5];
    const char *name;
  } known[] = {
    { "OggS", "Ogg" }, { "Crea", "VOC" }, { "NIST", "SPHERE" }, { " paf", "PAF" }, { "fap ", "PAF" }, { "ID3", "MP3" },
  };
  char head[4] = "";

  sig_file_peek (file, sizeof head, head);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (memcmp (head, known[i].magic, strlen (known[i].magic)) == 0)
      return known[i].name;
  return (guint8) head[0] == 0xFF ? "MP3" : "IRCAM";
}

gboolean
sig_reader_encoded_open (SigFile    *file,
                         SigReading *reading,
                         SigContent *content,
                         GError    **error)
{
  const SigSndfile sound = { .format_name = format_name (file), .size = sig_file_get_size (file) };

  return sig_sndfile_open (file, &sound, reading, content, error);
}
