/* sig-reader-flac.c: opens FLAC files; libsndfile decodes them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-bytes.h"
#include "sig-sound.h"

#define INFO_BYTES 42 /* the mark, and the first block with its head */
#define LAST_BLOCK 128

/* What STREAMINFO declares. */
typedef struct
{
  guint   rate_hz;
  guint   n_channels;
  guint64 n_steps; /* 0: not known */
} Info;

/* Checks the header ourselves: libsndfile's own messages help nobody. */
static gboolean
parse_streaminfo (SigFile *file,
                  Info    *info,
                  GError **error)
{
  guint8 head[26];
  SigBytes bytes = { .data = head, .size = sig_file_peek (file, sizeof head, head), .big_endian = TRUE };
  guint64 packed;
  guint8 type;

  if (!sig_bytes_match (&bytes, "fLaC") || !sig_bytes_get_u8 (&bytes, &type) || !sig_bytes_skip (&bytes, 3 + 10)
      || !sig_bytes_get_u64 (&bytes, &packed))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GINT64_FORMAT " bytes, need 42)",
                     sig_file_get_size (file));
      return FALSE;
    }
  if ((type & 0x7F) != 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "does not begin with the stream information block, as a FLAC file must");
      return FALSE;
    }

  /* 20 bits of rate, 3 of channels - 1, 5 of bits - 1, 36 of length. */
  info->rate_hz = (guint) (packed >> 44);
  info->n_channels = (guint) (packed >> 41 & 7) + 1;
  info->n_steps = packed & ((G_GUINT64_CONSTANT (1) << 36) - 1);
  if (info->rate_hz == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "sample rate is 0 Hz (allowed 1 Hz - 1,048,575 Hz)");
      return FALSE;
    }
  return TRUE;
}

/* Where the frames begin, behind all blocks of metadata; 0 where that cannot be said. */
static gint64
find_frames (const SigFile *file)
{
  gint64 at = 4, size = sig_file_get_size (file);
  guint8 head[4] = { 0 };

  while ((head[0] & LAST_BLOCK) == 0)
    {
      if (at + 4 > size || !sig_file_read (file, at, sizeof head, head, NULL))
        return 0;
      at += 4 + ((gint64) head[1] << 16 | head[2] << 8 | head[3]);
    }
  return at < size ? at : 0;
}

/* What the decoder is shown: the stream information and the frames. Tables for seeking are wrong in some files, and in all that
 * an Ogg holds; without one places are sought by halves. */
static SigDecoderView
make_view (SigFile *file,
           GBytes **head)
{
  gint64 frames = find_frames (file), size = sig_file_get_size (file);
  guint8 info[INFO_BYTES];

  if (frames < INFO_BYTES || !sig_file_read (file, 0, sizeof info, info, NULL))
    return (SigDecoderView) { "FLAC", NULL, 0, size };
  info[4] |= LAST_BLOCK;
  *head = g_bytes_new (info, sizeof info);
  return (SigDecoderView) { "FLAC", *head, frames, size - frames };
}

gboolean
sig_reader_flac_open_inner (SigFile            *file,
                            guint64             n_steps,
                            const SigSoundLoss *lost,
                            gsize               n_lost,
                            SigReading         *reading,
                            SigContent         *content,
                            GError            **error)
{
  g_autoptr (GBytes) head = NULL;
  Info info;

  if (!parse_streaminfo (file, &info, error))
    return FALSE;

  const SigSound sound = { .file = file,
                           .view = make_view (file, &head),
                           .n_channels = info.n_channels,
                           .n_declared = info.n_steps > 0 ? info.n_steps : n_steps,
                           .lost = lost,
                           .n_lost = n_lost };

  if (sound.n_declared == 0)
    sig_reading_note (reading, "The FLAC header does not say how long it is; everything that can be decoded was read.");
  return sig_sound_open (&sound, 1, reading, content, error);
}

gboolean
sig_reader_flac_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  return sig_reader_flac_open_inner (file, 0, NULL, 0, reading, content, error);
}
