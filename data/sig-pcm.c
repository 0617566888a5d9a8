/* sig-pcm.c: what every container of samples says, checked in one place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pcm.h"

#include <math.h>

#include "sig-sound.h"

static gboolean
check_rate_and_channels (const SigFile *file,
                         const SigPcm  *pcm,
                         GError       **error)
{
  if (!isfinite (pcm->rate_hz) || pcm->rate_hz < 0.001 || pcm->rate_hz > 1e8)
    {
      g_autofree char *rate = g_strdup_printf ("%.9g", pcm->rate_hz);

      sig_file_fail (file, error, SIG_ERROR_FORMAT, "sample rate is %s Hz (allowed 0.001 Hz - 100 MHz)", rate);
      return FALSE;
    }
  if (pcm->n_channels < 1 || pcm->n_channels > SIG_MAX_CHANNELS)
    {
      sig_file_fail (file, error, pcm->n_channels < 1 ? SIG_ERROR_FORMAT : SIG_ERROR_TOO_LARGE,
                     "has %" G_GINT64_FORMAT " channels, %s", pcm->n_channels,
                     pcm->n_channels < 1 ? "at least 1 is needed" : "at most 1024 are read");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_numbers (const SigFile *file,
               const SigPcm  *pcm,
               GError       **error)
{
  gboolean known = pcm->is_float ? pcm->bits == 32 || pcm->bits == 64
                                 : (pcm->bits >= 1 && pcm->bits <= 32) || pcm->bits == 64;

  if (!known)
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "has %" G_GINT64_FORMAT "-bit %s samples (allowed %s)", pcm->bits,
                     pcm->is_float ? "float" : "whole-number", pcm->is_float ? "32 or 64" : "1 to 32, or 64");
      return FALSE;
    }

  gint64 expected = (pcm->bits + 7) / 8 * pcm->n_channels;

  if (pcm->block_bytes != expected)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "block size is %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT
                     " (%" G_GINT64_FORMAT " channels of %" G_GINT64_FORMAT " bits)", pcm->block_bytes, expected,
                     pcm->n_channels, pcm->bits);
      return FALSE;
    }
  return TRUE;
}

/* Whole numbers become -1 … 1, as every audio program shows them. */
static SigScalar
make_scalar (const SigPcm *pcm)
{
  gint64 size = (pcm->bits + 7) / 8;
  SigScalar scalar = { SIG_SCALAR_F32, pcm->big_endian, 1.0, 0.0 };

  if (pcm->is_float)
    {
      scalar.kind = size == 8 ? SIG_SCALAR_F64 : SIG_SCALAR_F32;
      return scalar;
    }
  if (size == 1)
    {
      scalar.kind = pcm->signed_bytes ? SIG_SCALAR_I8 : SIG_SCALAR_U8;
      scalar.bias = pcm->signed_bytes ? 0.0 : -128.0;
    }
  else
    scalar.kind = size == 2 ? SIG_SCALAR_I16 : size == 3 ? SIG_SCALAR_I24
                : size == 4 ? SIG_SCALAR_I32 : SIG_SCALAR_I64;
  scalar.scale = ldexp (1.0, 1 - 8 * (int) size);
  return scalar;
}

/* The bytes that are both declared and there. */
static gint64
clip_to_file (const SigFile *file,
              const SigPcm  *pcm,
              SigReading    *reading)
{
  gint64 present = MAX (0, sig_file_get_size (file) - pcm->data_offset);

  if (pcm->to_the_end)
    {
      sig_reading_note (reading,
                        "The %s header does not say how long it is; everything up to the end of the file was read.",
                        pcm->format_name);
      return present;
    }
  if (pcm->data_bytes <= (guint64) present)
    return (gint64) pcm->data_bytes;

  g_autofree char *declared = pcm->data_bytes <= G_MAXINT64 ? sig_dup_count ((gint64) pcm->data_bytes)
                                                            : g_strdup_printf ("%" G_GUINT64_FORMAT, pcm->data_bytes);
  g_autofree char *there = sig_dup_count (present);

  sig_reading_note (reading, "Declares %s bytes of samples, %s are present; those were read.", declared, there);
  return present;
}

gboolean
sig_pcm_open (SigFile      *file,
              const SigPcm *pcm,
              SigReading   *reading,
              SigContent   *content,
              GError      **error)
{
  if (!check_rate_and_channels (file, pcm, error) || !check_numbers (file, pcm, error))
    return FALSE;

  gint64 n_bytes = clip_to_file (file, pcm, reading);
  SigRawLayout layout
      = { make_scalar (pcm), pcm->data_offset, (guint) pcm->n_channels, n_bytes / pcm->block_bytes, FALSE };

  if (layout.n_steps == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no samples (%" G_GINT64_FORMAT " bytes, one step takes %"
                     G_GINT64_FORMAT ")", n_bytes, pcm->block_bytes);
      return FALSE;
    }
  if (n_bytes % pcm->block_bytes != 0)
    sig_reading_note (reading, "The last %" G_GINT64_FORMAT " bytes are less than one whole step and were left out.",
                      n_bytes % pcm->block_bytes);
  if (pcm->bits % 8 != 0)
    sig_reading_note (reading, "Samples have %" G_GINT64_FORMAT " bits and were read as the %" G_GINT64_FORMAT
                      "-bit numbers that hold them.", pcm->bits, (pcm->bits + 7) / 8 * 8);

  content->recording = sig_raw_open (file, &layout, pcm->rate_hz, NULL, reading, error);
  return content->recording != NULL;
}

gboolean
sig_pcm_decode (SigFile      *file,
                const SigPcm *pcm,
                GBytes       *head,
                guint64       n_steps,
                guint64       n_block,
                SigReading   *reading,
                SigContent   *content,
                GError      **error)
{
  if (!check_rate_and_channels (file, pcm, error))
    return FALSE;

  gint64 n_bytes = clip_to_file (file, pcm, reading);
  const SigSound sound = { .file = file,
                           .view = { pcm->format_name, head, pcm->data_offset, n_bytes },
                           .rate_hz = pcm->rate_hz,
                           .n_channels = (guint) pcm->n_channels,
                           .n_declared = n_steps,
                           .n_block = n_block,
                           .lost = pcm->lost != NULL ? (SigSoundLoss *) (void *) pcm->lost->data : NULL,
                           .n_lost = pcm->lost != NULL ? pcm->lost->len : 0 };

  if (n_bytes > 0)
    return sig_sound_open (&sound, 1, reading, content, error);
  sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no samples");
  return FALSE;
}
