/* sig-reader-aiff.c: opens AIFF and AIFC files of uncompressed samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-bytes.h"
#include "sig-cue.h"
#include "sig-pcm.h"
#include "sig-riff.h"

/* The encodings of AIFC that are plain numbers. */
static const struct
{
  char     id[5];
  gboolean is_float;
  gboolean little_endian;
  gboolean unsigned_bytes; /* where samples have 8 bits */
} encodings[] = {
  { "NONE", FALSE, FALSE, FALSE }, { "twos", FALSE, FALSE, FALSE }, { "in24", FALSE, FALSE, FALSE },
  { "in32", FALSE, FALSE, FALSE }, { "sowt", FALSE, TRUE, FALSE },  { "42n1", FALSE, TRUE, FALSE },
  { "23ni", FALSE, TRUE, FALSE },  { "raw ", FALSE, FALSE, TRUE },  { "fl32", TRUE, FALSE, FALSE },
  { "FL32", TRUE, FALSE, FALSE },  { "fl64", TRUE, FALSE, FALSE },  { "FL64", TRUE, FALSE, FALSE },
};

/* 80-bit extended: sign and 15 bits of exponent (bias 16383), then 64 bits with the leading one written out; in this order
 * whatever that of the file is. */
static gboolean
get_extended (SigBytes *bytes,
              double   *out)
{
  gboolean big_endian = bytes->big_endian;
  guint16 head;
  guint64 mantissa;
  gboolean ok;

  bytes->big_endian = TRUE;
  ok = sig_bytes_get_u16 (bytes, &head) && sig_bytes_get_u64 (bytes, &mantissa);
  bytes->big_endian = big_endian;
  if (!ok)
    return FALSE;
  *out = ldexp ((double) mantissa, (head & 0x7FFF) - 16383 - 63);
  if (head & 0x8000)
    *out = -*out;
  return TRUE;
}

static gboolean
set_encoding (SigFile     *file,
              const guint8 id[4],
              SigPcm      *pcm,
              GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (memcmp (encodings[i].id, id, 4) == 0)
      {
        pcm->is_float = encodings[i].is_float;
        pcm->big_endian = pcm->big_endian && !encodings[i].little_endian;
        pcm->signed_bytes = !encodings[i].unsigned_bytes;
        return TRUE;
      }

  g_autofree char *name = g_strndup ((const char *) id, 4);
  g_autofree char *shown = g_strescape (name, NULL);

  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                 "compressed AIFF (“%s”) is not read; convert it to PCM or FLAC", shown);
  return FALSE;
}

/* SoX, told -L, writes everything in little-endian order, against the format: by the size of the whole file. */
static gboolean
is_little_endian (const SigFile *file,
                  const guint8   head[12])
{
  guint32 size;

  memcpy (&size, head + 4, sizeof size);
  return (gint64) GUINT32_FROM_LE (size) + 8 == sig_file_get_size (file) && GUINT32_FROM_BE (size) != GUINT32_FROM_LE (size);
}

static gboolean
parse_comm (SigFile            *file,
            const SigRiffChunk *chunk,
            gboolean            is_aifc,
            SigPcm             *pcm,
            guint32            *n_steps,
            GError            **error)
{
  guint8 content[22], encoding[4] = { 'N', 'O', 'N', 'E' };
  gsize need = is_aifc ? 22 : 18;
  SigBytes bytes = { .data = content, .size = need, .big_endian = pcm->big_endian };
  guint16 channels, bits;

  if (chunk->size < need || !chunk->inside)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a “COMM” chunk of %" G_GUINT64_FORMAT " bytes, at least %" G_GSIZE_FORMAT
                     " are needed",
                     chunk->size, need);
      return FALSE;
    }
  if (!sig_file_read (file, chunk->offset, need, content, error))
    return FALSE;
  if (!sig_bytes_get_u16 (&bytes, &channels) || !sig_bytes_get_u32 (&bytes, n_steps)
      || !sig_bytes_get_u16 (&bytes, &bits) || !get_extended (&bytes, &pcm->rate_hz)
      || (is_aifc && !sig_bytes_copy (&bytes, 4, encoding)))
    return FALSE;
  pcm->n_channels = channels;
  pcm->bits = bits;
  pcm->block_bytes = (gint64) (bits + 7) / 8 * channels;
  return set_encoding (file, encoding, pcm, error);
}

static gboolean
parse_ssnd (SigFile            *file,
            const SigRiffChunk *chunk,
            SigPcm             *pcm,
            GError            **error)
{
  guint8 content[8];
  SigBytes bytes = { .data = content, .size = sizeof content, .big_endian = pcm->big_endian };
  guint32 offset;

  if (chunk->size < sizeof content)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has no samples (its “SSND” chunk has %" G_GUINT64_FORMAT " bytes)", chunk->size);
      return FALSE;
    }
  if (!sig_file_read (file, chunk->offset, sizeof content, content, error) || !sig_bytes_get_u32 (&bytes, &offset))
    return FALSE;
  if (offset > chunk->size - sizeof content)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "says that its samples start %u bytes into %" G_GUINT64_FORMAT, offset,
                     chunk->size - sizeof content);
      return FALSE;
    }
  pcm->data_offset = chunk->offset + (gint64) sizeof content + offset;
  pcm->data_bytes = chunk->size - sizeof content - offset;
  return TRUE;
}

gboolean
sig_reader_aiff_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  SigRiffStyle style = { .id_bytes = 4, .size_bytes = 4, .align = 2 };
  SigPcm pcm = { .format_name = "AIFF" };
  gboolean has_format = FALSE;
  guint8 head[12];
  guint32 n_steps = 0;
  SigRiffWalk walk;
  SigRiffChunk chunk;
  g_autoptr (SigCues) cues = sig_cues_new (TRUE);
  g_autoptr (GError) local = NULL;

  if (sig_file_peek (file, sizeof head, head) < sizeof head)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GINT64_FORMAT " bytes, need 12)",
                     sig_file_get_size (file));
      return FALSE;
    }
  style.big_endian = pcm.big_endian = !is_little_endian (file, head);
  if (!pcm.big_endian)
    sig_reading_note (reading,
                      "All its numbers are in little-endian order, which is not that of AIFF (SoX writes such files); they were "
                      "read so.");
  sig_riff_walk_init (&walk, file, &style, sizeof head);
  while (sig_riff_walk_next (&walk, &chunk, &local))
    {
      if (memcmp (chunk.id, "COMM", 4) == 0)
        {
          if (!parse_comm (file, &chunk, head[11] == 'C', &pcm, &n_steps, error))
            return FALSE;
          has_format = TRUE;
        }
      if (memcmp (chunk.id, "SSND", 4) == 0 && pcm.data_offset == 0 && !parse_ssnd (file, &chunk, &pcm, error))
        return FALSE;
      sig_cues_take (cues, file, &chunk);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!has_format || pcm.data_offset == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no %s chunk", has_format ? "“SSND”" : "“COMM”");
      return FALSE;
    }

  /* Some writers count the pad byte after an odd number of bytes as samples. */
  guint64 counted = (guint64) n_steps * (guint64) pcm.block_bytes;

  if (pcm.data_bytes == counted + 1)
    pcm.data_bytes = counted;
  if (!sig_pcm_open (file, &pcm, reading, content, error))
    return FALSE;
  if (n_steps != sig_recording_get_n_steps (content->recording))
    sig_reading_note (reading, "The header counts %u steps, %" G_GINT64_FORMAT " were read.", n_steps,
                      sig_recording_get_n_steps (content->recording));
  content->labels = sig_cues_make_labels (cues, file, content->recording, reading);
  return TRUE;
}
