/* sig-reader-au.c: opens AU files, the sounds of Sun and NeXT
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-bytes.h"
#include "sig-pcm.h"

#define HEAD_BYTES   24
#define UNKNOWN_SIZE G_MAXUINT32 /* "to the end of the file" */

/* The encodings by their numbers; those of no bits are decoded by libsndfile. */
static const struct
{
  guint32  code;
  guint    bits;
  gboolean is_float;
} encodings[] = {
  { 1, 0, FALSE },  { 2, 8, FALSE }, { 3, 16, FALSE }, { 4, 24, FALSE }, { 5, 32, FALSE }, { 6, 32, TRUE },
  { 7, 64, TRUE },  { 23, 0, FALSE }, { 25, 0, FALSE }, { 26, 0, FALSE }, { 27, 0, FALSE },
};

static gboolean
set_encoding (SigFile *file,
              guint32  code,
              SigPcm  *pcm,
              GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i].code == code)
      {
        pcm->bits = encodings[i].bits;
        pcm->is_float = encodings[i].is_float;
        pcm->block_bytes = pcm->bits / 8 * pcm->n_channels;
        return TRUE;
      }
  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "AU of the encoding %u is not read; convert it to PCM or FLAC", code);
  return FALSE;
}

/* Has libsndfile decode the samples behind a header of the same numbers and no comment. */
static gboolean
open_encoded (SigFile      *file,
              const SigPcm *pcm,
              const guint8  head[HEAD_BYTES],
              SigReading   *reading,
              SigContent   *content,
              GError      **error)
{
  guint8 shown[HEAD_BYTES];
  g_autoptr (GBytes) bytes = NULL;

  memcpy (shown, head, sizeof shown);
  memset (shown + 4, 0, 4);
  shown[pcm->big_endian ? 7 : 4] = HEAD_BYTES;
  memset (shown + 8, 0xFF, 4);
  bytes = g_bytes_new (shown, sizeof shown);
  return sig_pcm_decode (file, pcm, bytes, 0, 0, reading, content, error);
}

gboolean
sig_reader_au_open (SigFile    *file,
                    SigReading *reading,
                    SigContent *content,
                    GError    **error)
{
  guint8 head[HEAD_BYTES] = { 0 };
  SigBytes bytes = { .data = head, .size = sig_file_peek (file, sizeof head, head) };
  SigPcm pcm = { .format_name = "AU", .signed_bytes = TRUE };
  guint32 magic, offset, size, code, rate, channels;

  bytes.big_endian = pcm.big_endian = head[0] == '.'; /* "dns." is the other order, as DEC wrote it */
  if (!sig_bytes_get_u32 (&bytes, &magic) || !sig_bytes_get_u32 (&bytes, &offset) || !sig_bytes_get_u32 (&bytes, &size)
      || !sig_bytes_get_u32 (&bytes, &code) || !sig_bytes_get_u32 (&bytes, &rate) || !sig_bytes_get_u32 (&bytes, &channels))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GSIZE_FORMAT " bytes, need %d)", bytes.size,
                     HEAD_BYTES);
      return FALSE;
    }
  if (offset < HEAD_BYTES || offset > sig_file_get_size (file))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "says that its samples start at byte %u (allowed %d to %" G_GINT64_FORMAT
                     ", the size of the file)", offset, HEAD_BYTES, sig_file_get_size (file));
      return FALSE;
    }
  pcm.rate_hz = rate;
  pcm.n_channels = channels;
  pcm.data_offset = offset;
  pcm.data_bytes = size;
  pcm.to_the_end = size == UNKNOWN_SIZE;
  if (!set_encoding (file, code, &pcm, error))
    return FALSE;
  return pcm.bits > 0 ? sig_pcm_open (file, &pcm, reading, content, error)
                      : open_encoded (file, &pcm, head, reading, content, error);
}
