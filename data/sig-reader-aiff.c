/* sig-reader-aiff.c: opens AIFF and AIFC files
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

#define MAX_COMM 512 /* bytes of the description that the decoder sees: its numbers, and the name of the encoding */

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

/* Those that are no plain numbers and that libsndfile decodes. */
static const char *const decoded[] = { "ulaw", "ULAW", "alaw", "ALAW", "ima4", "GSM ", "DWVW" };

/* What the walk has gathered. */
typedef struct
{
  SigFile     *file;
  SigPcm       pcm;
  gboolean     is_aifc;
  gboolean     is_decoded;
  SigRiffChunk comm;    /* its offset is 0 until it was found */
  guint32      n_steps; /* declared */
} Aiff;

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
set_encoding (Aiff        *self,
              const guint8 id[4],
              GError     **error)
{
  SigPcm *pcm = &self->pcm;

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (memcmp (encodings[i].id, id, 4) == 0)
      {
        pcm->is_float = encodings[i].is_float;
        pcm->big_endian = pcm->big_endian && !encodings[i].little_endian;
        pcm->signed_bytes = !encodings[i].unsigned_bytes;
        return TRUE;
      }
  for (gsize i = 0; pcm->big_endian && i < G_N_ELEMENTS (decoded); i++)
    if (memcmp (decoded[i], id, 4) == 0)
      {
        self->is_decoded = TRUE;
        return TRUE;
      }

  g_autofree char *name = g_strndup ((const char *) id, 4);
  g_autofree char *shown = g_strescape (name, NULL);

  sig_file_fail (self->file, error, SIG_ERROR_UNSUPPORTED,
                 "AIFF of the encoding “%s” is not read; convert it to PCM or FLAC", shown);
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
parse_comm (Aiff               *self,
            const SigRiffChunk *chunk,
            GError            **error)
{
  SigFile *file = self->file;
  SigPcm *pcm = &self->pcm;
  guint8 content[22], encoding[4] = { 'N', 'O', 'N', 'E' };
  gsize need = self->is_aifc ? 22 : 18;
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
  if (!sig_bytes_get_u16 (&bytes, &channels) || !sig_bytes_get_u32 (&bytes, &self->n_steps)
      || !sig_bytes_get_u16 (&bytes, &bits) || !get_extended (&bytes, &pcm->rate_hz)
      || (self->is_aifc && !sig_bytes_copy (&bytes, 4, encoding)))
    return FALSE;
  pcm->n_channels = channels;
  pcm->bits = bits;
  pcm->block_bytes = (gint64) (bits + 7) / 8 * channels;
  self->comm = *chunk;
  return set_encoding (self, encoding, error);
}

static gboolean
parse_ssnd (Aiff               *self,
            const SigRiffChunk *chunk,
            GError            **error)
{
  SigFile *file = self->file;
  SigPcm *pcm = &self->pcm;
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

/* Has libsndfile decode the samples behind an AIFC of the description and nothing else. */
static gboolean
open_encoded (Aiff       *self,
              SigReading *reading,
              SigContent *content,
              GError    **error)
{
  const SigRiffStyle style = { .id_bytes = 4, .size_bytes = 4, .big_endian = TRUE };
  static const guint8 no_offset[8] = { 0 };
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize n_comm = MIN (self->comm.size, MAX_COMM);
  gint64 present = MAX (0, sig_file_get_size (self->file) - self->pcm.data_offset);
  guint64 n_data = MIN (self->pcm.data_bytes, (guint64) present);

  sig_riff_put_head (head, &style, "FORM", 4 + 8 + n_comm + n_comm % 2 + 16 + n_data);
  g_byte_array_append (head, (const guint8 *) "AIFC", 4);
  sig_riff_put_head (head, &style, "COMM", n_comm);
  g_byte_array_set_size (head, head->len + (guint) n_comm);
  if (!sig_file_read (self->file, self->comm.offset, n_comm, head->data + head->len - n_comm, error))
    return FALSE;
  g_byte_array_append (head, no_offset, n_comm % 2);
  sig_riff_put_head (head, &style, "SSND", sizeof no_offset + n_data);
  g_byte_array_append (head, no_offset, sizeof no_offset);
  bytes = g_bytes_new (head->data, head->len);
  return sig_pcm_decode (self->file, &self->pcm, bytes, 0, 0, reading, content, error);
}

/* Walks the chunks for the description, the samples and the markers. */
static gboolean
walk_chunks (Aiff        *self,
             SigRiffWalk *walk,
             SigCues     *cues,
             GError     **error)
{
  SigRiffChunk chunk;
  g_autoptr (GError) local = NULL;

  while (sig_riff_walk_next (walk, &chunk, &local))
    {
      if (memcmp (chunk.id, "COMM", 4) == 0 && !parse_comm (self, &chunk, error))
        return FALSE;
      if (memcmp (chunk.id, "SSND", 4) == 0 && self->pcm.data_offset == 0 && !parse_ssnd (self, &chunk, error))
        return FALSE;
      sig_cues_take (cues, self->file, &chunk);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->comm.offset > 0 && self->pcm.data_offset > 0)
    return TRUE;
  sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has no %s chunk", self->comm.offset > 0 ? "“SSND”" : "“COMM”");
  return FALSE;
}

static gboolean
open_plain (Aiff       *self,
            SigReading *reading,
            SigContent *content,
            GError    **error)
{
  /* Some writers count the pad byte after an odd number of bytes as samples. */
  guint64 counted = (guint64) self->n_steps * (guint64) self->pcm.block_bytes;

  if (self->pcm.data_bytes == counted + 1)
    self->pcm.data_bytes = counted;
  if (!sig_pcm_open (self->file, &self->pcm, reading, content, error))
    return FALSE;
  if (self->n_steps != sig_recording_get_n_steps (content->recording))
    sig_reading_note (reading, "The header counts %u steps, %" G_GINT64_FORMAT " were read.", self->n_steps,
                      sig_recording_get_n_steps (content->recording));
  return TRUE;
}

gboolean
sig_reader_aiff_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  SigRiffStyle style = { .id_bytes = 4, .size_bytes = 4, .align = 2 };
  Aiff aiff = { .file = file, .pcm = { .format_name = "AIFF" } };
  guint8 head[12];
  SigRiffWalk walk;
  g_autoptr (SigCues) cues = sig_cues_new (TRUE);

  if (sig_file_peek (file, sizeof head, head) < sizeof head)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GINT64_FORMAT " bytes, need 12)",
                     sig_file_get_size (file));
      return FALSE;
    }
  if (memcmp (head + 8, "AIFF", 4) != 0 && memcmp (head + 8, "AIFC", 4) != 0)
    {
      g_autofree char *form = g_strndup ((const char *) head + 8, 4);
      g_autofree char *shown = g_strescape (form, NULL);

      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is an IFF file but not AIFF (it holds “%s”); convert it to FLAC or WAV",
                     shown);
      return FALSE;
    }
  aiff.is_aifc = head[11] == 'C';
  style.big_endian = aiff.pcm.big_endian = !is_little_endian (file, head);
  if (!aiff.pcm.big_endian)
    sig_reading_note (reading,
                      "All its numbers are in little-endian order, which is not that of AIFF (SoX writes such files); they were "
                      "read so.");
  sig_riff_walk_init (&walk, file, &style, sizeof head);
  if (!walk_chunks (&aiff, &walk, cues, error))
    return FALSE;
  if (aiff.is_decoded ? !open_encoded (&aiff, reading, content, error) : !open_plain (&aiff, reading, content, error))
    return FALSE;
  content->labels = sig_cues_make_labels (cues, file, content->recording, reading);
  return TRUE;
}
