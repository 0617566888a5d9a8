/* sig-reader-caf.c: opens Core Audio files of uncompressed samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-bytes.h"
#include "sig-cue.h"
#include "sig-pcm.h"
#include "sig-riff.h"

#define DESC_BYTES  32
#define FLAG_FLOAT  1
#define FLAG_LITTLE 2

static gboolean
parse_desc (SigFile            *file,
            const SigRiffChunk *chunk,
            SigPcm             *pcm,
            GError            **error)
{
  guint8 content[DESC_BYTES];
  SigBytes bytes = { .data = content, .size = sizeof content, .big_endian = TRUE };
  guint8 format[4];
  guint32 flags, packet_bytes, packet_steps, channels, bits;

  if (chunk->size != DESC_BYTES || !chunk->inside)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a “desc” chunk of %" G_GUINT64_FORMAT " bytes, expected %d", chunk->size,
                     DESC_BYTES);
      return FALSE;
    }
  if (!sig_file_read (file, chunk->offset, sizeof content, content, error))
    return FALSE;
  if (!sig_bytes_get_f64 (&bytes, &pcm->rate_hz) || !sig_bytes_copy (&bytes, 4, format)
      || !sig_bytes_get_u32 (&bytes, &flags) || !sig_bytes_get_u32 (&bytes, &packet_bytes)
      || !sig_bytes_get_u32 (&bytes, &packet_steps) || !sig_bytes_get_u32 (&bytes, &channels)
      || !sig_bytes_get_u32 (&bytes, &bits))
    return FALSE;
  if (memcmp (format, "lpcm", 4) != 0 || packet_steps != 1)
    {
      g_autofree char *name = g_strndup ((const char *) format, 4);
      g_autofree char *shown = g_strescape (name, NULL);

      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "compressed CAF (format “%s”, %u steps in a packet) is not read; "
                     "convert it to PCM or FLAC",
                     shown, packet_steps);
      return FALSE;
    }
  pcm->is_float = (flags & FLAG_FLOAT) != 0;
  pcm->big_endian = (flags & FLAG_LITTLE) == 0;
  pcm->block_bytes = packet_bytes;
  pcm->n_channels = channels;
  pcm->bits = bits;
  return TRUE;
}

/* Walks the chunks for the samples and the markers. The samples come after a 32-bit count of edits; a size of -1 means "to the
 * end of the file". FALSE with an error where there are no samples. */
static gboolean
walk_chunks (SigFile     *file,
             SigRiffWalk *walk,
             SigPcm      *pcm,
             SigCues     *cues,
             GError     **error)
{
  SigRiffChunk chunk;
  g_autoptr (GError) local = NULL;

  while (sig_riff_walk_next (walk, &chunk, &local))
    {
      if (memcmp (chunk.id, "data", 4) == 0 && chunk.size >= 4 && pcm->data_offset == 0)
        {
          pcm->data_offset = chunk.offset + 4;
          pcm->to_the_end = chunk.size == G_MAXUINT64;
          pcm->data_bytes = chunk.size - 4;
        }
      else if (chunk.inside)
        sig_cues_take (cues, file, &chunk);
      else if (pcm->data_offset == 0)
        {
          sig_file_fail (file, error, SIG_ERROR_FORMAT,
                         "has no samples: its “%s” chunk declares %" G_GUINT64_FORMAT
                         " bytes and reaches past the end of the file",
                         sig_riff_chunk_name (&chunk), chunk.size);
          return FALSE;
        }
    }
  if (pcm->data_offset > 0)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no samples (no “data” chunk)");
  return FALSE;
}

gboolean
sig_reader_caf_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  const SigRiffStyle style = { .id_bytes = 4, .size_bytes = 8, .big_endian = TRUE, .align = 1 };
  SigPcm pcm = { .format_name = "CAF", .signed_bytes = TRUE };
  g_autoptr (SigCues) cues = sig_cues_new (TRUE);
  SigRiffWalk walk;
  SigRiffChunk chunk;

  sig_riff_walk_init (&walk, file, &style, 8);
  if (!sig_riff_walk_next (&walk, &chunk, NULL) || memcmp (chunk.id, "desc", 4) != 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "does not begin with a “desc” chunk, as a CAF file must");
      return FALSE;
    }
  if (!parse_desc (file, &chunk, &pcm, error) || !walk_chunks (file, &walk, &pcm, cues, error)
      || !sig_pcm_open (file, &pcm, reading, content, error))
    return FALSE;
  content->labels = sig_cues_make_labels (cues, file, content->recording, reading);
  return TRUE;
}
