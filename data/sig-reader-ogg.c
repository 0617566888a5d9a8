/* sig-reader-ogg.c: opens the sound in Ogg files: Vorbis, Opus and FLAC
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-ogg.h"
#include "sig-sound.h"

#define OGG_FLAC_BYTES    9    /* before a FLAC's own beginning */
#define OPUS_SETTLE_STEPS 3840 /* 80 ms, by RFC 7845 */

#define READ_CODECS "Vorbis, Opus and FLAC in Ogg are read; convert it to FLAC or WAV"

static gboolean
is_read (const SigOggStream *stream)
{
  return stream->codec == SIG_OGG_VORBIS || stream->codec == SIG_OGG_OPUS || stream->codec == SIG_OGG_FLAC;
}

/* The first stream that is read; NULL. */
static const SigOggStream *
find_first (const GPtrArray *streams)
{
  for (guint i = 0; i < streams->len; i++)
    if (is_read (g_ptr_array_index (streams, i)))
      return g_ptr_array_index (streams, i);
  return NULL;
}

static void
refuse (const SigFile   *file,
        const GPtrArray *streams,
        GError         **error)
{
  gboolean speex = FALSE, video = FALSE;

  for (guint i = 0; i < streams->len; i++)
    {
      const SigOggStream *stream = g_ptr_array_index (streams, i);

      speex = speex || stream->codec == SIG_OGG_SPEEX;
      video = video || stream->codec == SIG_OGG_VIDEO;
    }
  if (streams->len == 0)
    sig_file_fail (file, error, SIG_ERROR_FORMAT, "cannot be decoded as Ogg: none of its pages is whole");
  else
    sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is an Ogg file of %s. " READ_CODECS,
                   speex ? "Speex" : video ? "video without a sound that is read" : "an encoding that is not known here");
}

/* The first stream of each link that is like the first of all (transfer container). */
static GPtrArray *
find_chain (const GPtrArray    *streams,
            const SigOggStream *first)
{
  GPtrArray *chain = g_ptr_array_new ();
  const SigOggStream *last = NULL;

  for (guint i = 0; i < streams->len; i++)
    {
      SigOggStream *stream = g_ptr_array_index (streams, i);
      gboolean alike = stream->codec == first->codec && stream->n_channels == first->n_channels
                       && stream->rate_hz == first->rate_hz;

      if (alike && (last == NULL || (stream->link != last->link && stream->codec != SIG_OGG_FLAC)))
        {
          g_ptr_array_add (chain, stream);
          last = stream;
        }
    }
  return chain;
}

static void
note_streams (guint               n_streams,
              guint               n_chain,
              const SigOggStream *last,
              SigReading         *reading)
{
  if (n_chain > 1)
    sig_reading_note (reading, "It holds %u streams one behind the other; they were read with a break between any two.", n_chain);
  if (n_streams > n_chain)
    sig_reading_note (reading, "It holds %u more stream%s (video, text, or sound of another kind), which %s not read.",
                      n_streams - n_chain, n_streams - n_chain > 1 ? "s" : "", n_streams - n_chain > 1 ? "were" : "was");
  if (!last->ends)
    sig_reading_note (reading, "Its last page is missing or damaged: it was cut off, and what followed is not there.");
}

static SigFile *
make_file (SigFile      *file,
           const GArray *spans)
{
  return sig_file_new_spans (file, sig_file_get_name (file), (const SigFileSpan *) (const void *) spans->data, spans->len);
}

/* What the pages say is lost, in seconds before the end (transfer full). Behind a loss an Opus decoder needs some steps to
 * settle, which libsndfile would have it take from before. */
static SigSoundLoss *
make_losses (const SigOggStream *stream)
{
  gint64 n_settle = stream->codec == SIG_OGG_OPUS ? OPUS_SETTLE_STEPS : 0;
  SigSoundLoss *losses = g_new (SigSoundLoss, stream->losses->len + 1);

  for (guint i = 0; i < stream->losses->len; i++)
    {
      const SigOggLoss *loss = &g_array_index (stream->losses, SigOggLoss, i);

      losses[i] = (SigSoundLoss) { (double) (stream->granule - loss->start) / stream->rate_hz,
                                   (double) (stream->granule - loss->end - n_settle) / stream->rate_hz };
    }
  return losses;
}

/* A FLAC lies in the pages as it would in a file of its own, behind a few bytes. */
static gboolean
open_flac (SigFile            *file,
           const SigOggStream *stream,
           SigReading         *reading,
           SigContent         *content,
           GError            **error)
{
  g_autoptr (SigFile) bodies = make_file (file, stream->bodies);
  gint64 skip = MIN (OGG_FLAC_BYTES, sig_file_get_size (bodies));
  g_autoptr (SigFile) flac = sig_file_new_part (bodies, sig_file_get_name (file), skip, sig_file_get_size (bodies) - skip);

  g_autofree SigSoundLoss *losses = make_losses (stream);

  return sig_reader_flac_open_inner (flac, stream->ends ? (guint64) stream->granule : 0, losses, stream->losses->len, reading,
                                     content, error);
}

static gboolean
open_chain (SigFile         *file,
            const GPtrArray *chain,
            SigReading      *reading,
            SigContent      *content,
            GError         **error)
{
  g_autofree SigSound *sounds = g_new0 (SigSound, chain->len);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) sig_file_unref);
  g_autoptr (GPtrArray) losses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < chain->len; i++)
    {
      const SigOggStream *stream = g_ptr_array_index (chain, i);
      SigFile *part = make_file (file, stream->pages);
      SigSoundLoss *lost = make_losses (stream);

      g_ptr_array_add (files, part);
      g_ptr_array_add (losses, lost);
      sounds[i] = (SigSound) { .file = part,
                               .view = { .format_name = "Ogg", .size = sig_file_get_size (part) },
                               .n_channels = stream->n_channels,
                               .lost = lost,
                               .n_lost = stream->losses->len };
    }
  return sig_sound_open (sounds, chain->len, reading, content, error);
}

gboolean
sig_reader_ogg_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  g_autoptr (GPtrArray) streams = sig_ogg_walk (file);
  const SigOggStream *first = find_first (streams);
  g_autoptr (GPtrArray) chain = NULL;

  if (first == NULL)
    {
      refuse (file, streams, error);
      return FALSE;
    }
  chain = find_chain (streams, first);
  if (first->codec == SIG_OGG_FLAC ? !open_flac (file, first, reading, content, error)
                                   : !open_chain (file, chain, reading, content, error))
    return FALSE;
  note_streams (streams->len, chain->len, g_ptr_array_index (chain, chain->len - 1), reading);
  return TRUE;
}
