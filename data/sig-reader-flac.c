/* sig-reader-flac.c: opens FLAC files; libsndfile decodes them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-bytes.h"
#include "sig-reader-sndfile.h"

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

/* Says how the length that was decoded stands to the one that was declared. */
static void
note_length (const Info *info,
             gint64      n_steps,
             SigReading *reading)
{
  if (info->n_steps == 0)
    sig_reading_note (reading, "The FLAC header does not say how long it is; everything that can be decoded was read.");
  else if (info->n_steps != (guint64) n_steps)
    sig_reading_note (reading,
                      "%.3f s of %.3f s are readable: the header declares %" G_GUINT64_FORMAT
                      " steps, %" G_GINT64_FORMAT " were decoded.",
                      (double) n_steps / info->rate_hz, (double) info->n_steps / info->rate_hz, info->n_steps,
                      n_steps);
}

gboolean
sig_reader_flac_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  Info info;

  if (!parse_streaminfo (file, &info, error))
    return FALSE;

  const SigSndfile sound = { .format_name = "FLAC",
                             .size = sig_file_get_size (file),
                             .n_channels = info.n_channels,
                             .n_declared = info.n_steps };

  if (!sig_sndfile_open (file, &sound, reading, content, error))
    return FALSE;
  note_length (&info, sig_recording_get_n_steps (content->recording), reading);
  return TRUE;
}
