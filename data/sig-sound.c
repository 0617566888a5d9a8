/* sig-sound.c: opens what a decoder gives, at once where the length is known
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-sound.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "sig-blocks.h"
#include "sig-damage.h"

/* Decoded steps a byte of the file may give once the recording no longer fits in memory: a file of
 * silence made to keep us busy is refused, silence between signals is not. */
#define MAX_EXPANSION 2048

#define CHUNK_STEPS 4096
#define GRAIN_STEPS 1024 /* behind damage it is tried again at places that lie about so far apart */

/* How often, in all and in one block: no file keeps us for longer. */
#define MAX_TRIES       1000
#define MAX_BLOCK_TRIES 32

/* One stream in the recording. */
typedef struct
{
  const SigSound *sound; /* until all is opened */
  SigDecoder     *decoder;
  gint64          start, n_steps;
  GArray         *lost;  /* of SigSegment, in its own steps: known not to be there */
} Link;

/* The source of the recording; the mutex makes its decoders usable from several threads. */
typedef struct
{
  Link           *links;
  guint           n_links;
  guint           n_channels;
  double          rate_hz;
  gint64          n_steps;
  gboolean        seeks; /* for every block, so that its samples do not depend on what was read before */
  SigDamage      *damage;
  pthread_mutex_t mutex;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  for (guint i = 0; i < self->n_links; i++)
    {
      g_clear_pointer (&self->links[i].decoder, sig_decoder_free);
      g_clear_pointer (&self->links[i].lost, g_array_unref);
    }
  g_free (self->links);
  g_clear_pointer (&self->damage, sig_damage_unref);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)

/* --- decoding around damage --------------------------------------------------------- */

/* FALSE also when it was tried too often. */
static gboolean
can_decode (const Source *self,
            SigDecoder   *decoder,
            gint64        step,
            guint        *n_tries)
{
  g_autofree float *mixed = g_new (float, self->n_channels);

  if (*n_tries == 0)
    return FALSE;
  --*n_tries;
  return sig_decoder_read (decoder, step, 1, mixed, NULL) == 1;
}

/* Where it can be decoded again behind `from`: sought in strides that double, and then by halves. `end` when it was not found. */
static gint64
find_next (const Source *self,
           SigDecoder   *decoder,
           gint64        from,
           gint64        end,
           guint        *n_tries)
{
  gint64 bad = from, good = from + GRAIN_STEPS;

  while (good < end && *n_tries > 0 && !can_decode (self, decoder, good, n_tries))
    {
      bad = good;
      good = from + 2 * (good - from);
    }
  if (*n_tries == 0 || good >= end)
    return end;
  while (good - bad > GRAIN_STEPS)
    {
      gint64 middle = bad + (good - bad) / 2;

      if (can_decode (self, decoder, middle, n_tries))
        good = middle;
      else
        bad = middle;
    }
  return good;
}

/* The first known loss that ends behind `step`; NULL. */
static const SigSegment *
find_lost (const Link *link,
           gint64      step)
{
  for (guint i = 0; i < link->lost->len; i++)
    if (g_array_index (link->lost, SigSegment, i).end > step)
      return &g_array_index (link->lost, SigSegment, i);
  return NULL;
}

/* Puts samples that lie step by step where they belong, channel by channel; NULL: missing ones. */
static void
spread (const float *mixed,
        gint64       n,
        gsize        n_channels,
        float       *out,
        gsize        stride)
{
  for (gint64 t = 0; t < n; t++)
    for (gsize c = 0; c < n_channels; c++)
      out[c * stride + (gsize) t] = mixed != NULL ? mixed[(gsize) t * n_channels + c] : NAN;
}

/* Decodes steps [start, end) of one stream, with NaN where it cannot. */
static gboolean
fill_link (Source  *self,
           Link    *link,
           gint64   start,
           gint64   end,
           float   *out,
           gsize    stride,
           GError **error)
{
  g_autofree float *mixed = g_new (float, CHUNK_STEPS * (gsize) self->n_channels);
  guint n_tries = MAX_BLOCK_TRIES;

  if (self->seeks)
    sig_decoder_forget_place (link->decoder);
  for (gint64 at = start, next; at < end; at = next)
    {
      const SigSegment *lost = find_lost (link, at);
      gint64 until = lost != NULL ? CLAMP (lost->start, at, end) : end;
      gint64 got = until > at ? sig_decoder_read (link->decoder, at, MIN (CHUNK_STEPS, until - at), mixed, error) : 0;

      if (got < 0)
        return FALSE;
      next = got > 0 ? at + got : until > at ? find_next (self, link->decoder, at, until, &n_tries) : MIN (lost->end, end);
      spread (got > 0 ? mixed : NULL, next - at, self->n_channels, out + (at - start), stride);
      if (got == 0)
        sig_damage_add (self->damage, link->start + at, link->start + next);
    }
  return TRUE;
}

static gboolean
fill (gpointer source,
      gint64   start,
      gint64   n,
      float   *out,
      gsize    stride,
      GError **error)
{
  Source *self = source;
  gboolean ok = TRUE;

  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_links && ok; i++)
    {
      Link *link = &self->links[i];
      gint64 from = MAX (start, link->start), to = MIN (start + n, link->start + link->n_steps);

      if (from < to)
        ok = fill_link (self, link, from - link->start, to - link->start, out + (from - start), stride, error);
    }
  pthread_mutex_unlock (&self->mutex);
  return ok;
}

/* --- how long it is ----------------------------------------------------------------- */

/* So many steps before the end of the stream, which may have fewer: what a damaged file says is as large as can be. */
static gint64
before_end (const Link *link,
            double      n_steps)
{
  return n_steps >= (double) link->n_steps ? 0 : link->n_steps - (gint64) MAX (n_steps, 0.0);
}

/* What is known to be lost, in the stream's own steps: its end has to be known. */
static void
take_lost (const Source *self,
           Link         *link)
{
  g_array_set_size (link->lost, 0);
  for (gsize i = 0; i < link->sound->n_lost; i++)
    {
      const SigSoundLoss *loss = &link->sound->lost[i];
      SigSegment span = { before_end (link, ceil (loss->start_s * self->rate_hz)),
                          before_end (link, floor (loss->end_s * self->rate_hz)) };

      if (span.start < span.end)
        g_array_append_val (link->lost, span);
    }
}

/* Whether the last of its steps can be decoded: those behind what is known to be lost. */
static gboolean
has_end (const Source *self,
         const Link   *link)
{
  gint64 lost = link->lost->len > 0 ? g_array_index (link->lost, SigSegment, link->lost->len - 1).end : 0;
  gint64 n = MIN (CHUNK_STEPS, link->n_steps - lost);
  g_autofree float *mixed = g_new (float, (gsize) n * self->n_channels);

  return sig_decoder_get_info (link->decoder)->is_seekable
         && sig_decoder_read (link->decoder, link->n_steps - n, n, mixed, NULL) == n;
}

/* As many as the recording may have: those that fit in memory, or that so many bytes can hold. */
static gint64
most_steps (const Source *self,
            const Link   *link)
{
  return MAX (SIG_BLOCKS_IN_MEMORY / (gint64) sizeof (float) / self->n_channels,
              sig_decoder_get_size (link->decoder) * MAX_EXPANSION);
}

/* Decodes them all, up to the last that can be decoded. -1 when stopped, or with an error of the file. */
static gint64
count_steps (const Source *self,
             Link         *link,
             gint64        n_expected,
             SigReading   *reading,
             GError      **error)
{
  g_autofree float *mixed = g_new (float, CHUNK_STEPS * (gsize) self->n_channels);
  SigFile *file = link->sound->file;
  gint64 n_steps = 0, end = MIN (n_expected, most_steps (self, link)), got;
  guint n_tries = MAX_TRIES;

  for (;;)
    {
      got = sig_decoder_read (link->decoder, n_steps, CHUNK_STEPS, mixed, error);
      if (got < 0 || !sig_reading_advance (reading, file, n_expected > 0 ? (double) n_steps / (double) n_expected : 0.5, error))
        return -1;
      if (got == 0)
        {
          gint64 next = end > n_steps ? find_next (self, link->decoder, n_steps, end, &n_tries) : end;

          if (next >= end)
            return n_steps;
          got = next - n_steps;
        }
      n_steps += got;
    }
}

/* Whether the last block holds more steps than were recorded. libsndfile itself writes the steps of an IMA ADPCM divided by its
 * channels, which says nothing of the kind. */
static gboolean
has_filling (const SigSound *sound,
             gint64          n_steps,
             guint           n_channels)
{
  guint64 n = (guint64) n_steps;

  return sound->n_declared > 0 && n > sound->n_declared && n - sound->n_declared < sound->n_block
         && n != sound->n_declared * n_channels;
}

static gboolean
check_length (const Source *self,
              const Link   *link,
              GError      **error)
{
  const SigSound *sound = link->sound;

  if (link->n_steps == 0)
    {
      sig_file_fail (sound->file, error, SIG_ERROR_FORMAT,
                     "has no samples that can be decoded (it declares %" G_GUINT64_FORMAT " steps)", sound->n_declared);
      return FALSE;
    }
  if (link->n_steps > most_steps (self, link))
    {
      sig_file_fail (sound->file, error, SIG_ERROR_TOO_LARGE, "expands to more than %d steps a byte; this is no recording",
                     MAX_EXPANSION);
      return FALSE;
    }
  if (link->n_steps > SIG_BLOCKS_IN_MEMORY / (gint64) sizeof (float) / self->n_channels
      && !sig_decoder_get_info (link->decoder)->is_seekable)
    {
      sig_file_fail (sound->file, error, SIG_ERROR_TOO_LARGE,
                     "is of an encoding that can be decoded from its start only, and too long for that; convert it to FLAC or "
                     "WAV");
      return FALSE;
    }
  return TRUE;
}

/* Says how the length that was found stands to the one that was declared. */
static void
note_length (const Source *self,
             const Link   *link,
             gint64        n_expected,
             SigReading   *reading)
{
  if (link->n_steps < n_expected)
    sig_reading_note (reading,
                      "%.3f s of %.3f s are readable: the header declares %" G_GINT64_FORMAT " steps, %" G_GINT64_FORMAT
                      " were decoded.", (double) link->n_steps / self->rate_hz, (double) n_expected / self->rate_hz, n_expected,
                      link->n_steps);
}

static gboolean
find_length (const Source *self,
             Link         *link,
             SigReading   *reading,
             GError      **error)
{
  const SigSound *sound = link->sound;
  gint64 n_found = sig_decoder_get_info (link->decoder)->n_steps;
  gint64 n_expected = n_found > 0 ? n_found : (gint64) MIN (sound->n_declared, G_MAXINT64);

  link->n_steps = n_expected;
  take_lost (self, link);
  if (n_expected == 0 || !has_end (self, link))
    link->n_steps = count_steps (self, link, n_expected, reading, error);
  if (link->n_steps < 0 || !check_length (self, link, error))
    return FALSE;
  note_length (self, link, n_expected, reading);
  if (has_filling (sound, link->n_steps, self->n_channels))
    link->n_steps = (gint64) sound->n_declared;
  return TRUE;
}

/* --- opening ------------------------------------------------------------------------ */

static gboolean
check_info (const SigSound       *sound,
            const SigDecoderInfo *info,
            GError              **error)
{
  if (sound->n_channels > 0 && info->n_channels != (int) sound->n_channels)
    {
      sig_file_fail (sound->file, error, SIG_ERROR_FORMAT,
                     "is damaged: its header declares %u channels, its samples have %d", sound->n_channels, info->n_channels);
      return FALSE;
    }
  if (info->n_channels < 1 || info->n_channels > SIG_MAX_CHANNELS)
    {
      sig_file_fail (sound->file, error, SIG_ERROR_FORMAT, "has %d channels (allowed 1 to %d)", info->n_channels,
                     SIG_MAX_CHANNELS);
      return FALSE;
    }
  if (sound->rate_hz == 0.0 && info->rate_hz < 1)
    {
      sig_file_fail (sound->file, error, SIG_ERROR_FORMAT, "sample rate is %d Hz (at least 1 Hz is needed)", info->rate_hz);
      return FALSE;
    }
  return TRUE;
}

static gboolean
open_link (Source         *self,
           const SigSound *sound,
           SigReading     *reading,
           GError        **error)
{
  Link *link = &self->links[self->n_links];
  const SigDecoderInfo *info;

  link->sound = sound;
  link->start = self->n_steps;
  link->lost = g_array_new (FALSE, FALSE, sizeof (SigSegment));
  link->decoder = sig_decoder_new (sound->file, &sound->view, error);
  self->n_links++;
  if (link->decoder == NULL)
    return FALSE;
  info = sig_decoder_get_info (link->decoder);
  if (!check_info (sound, info, error))
    return FALSE;
  if (self->n_links == 1)
    {
      self->n_channels = (guint) info->n_channels;
      self->rate_hz = sound->rate_hz > 0.0 ? sound->rate_hz : info->rate_hz;
      if (info->loss != NULL)
        sig_reading_note (reading, "It was compressed with loss (%s): its samples are near those that were recorded, not equal "
                          "to them.", info->loss);
    }
  if (!find_length (self, link, reading, error))
    return FALSE;
  take_lost (self, link);
  self->n_steps += link->n_steps;
  return TRUE;
}

/* One for each stream (transfer full); NULL where there is only one. */
static SigSegment *
make_segments (const Source *self)
{
  SigSegment *segments = self->n_links > 1 ? g_new (SigSegment, self->n_links) : NULL;

  for (guint i = 0; segments != NULL && i < self->n_links; i++)
    segments[i] = (SigSegment) { self->links[i].start, self->links[i].start + self->links[i].n_steps };
  return segments;
}

gboolean
sig_sound_open (const SigSound *sounds,
                guint           n_sounds,
                SigReading     *reading,
                SigContent     *content,
                GError        **error)
{
  g_autoptr (Source) source = g_new0 (Source, 1);
  g_autoptr (SigDamage) damage = NULL;
  g_autofree SigSegment *segments = NULL;

  pthread_mutex_init (&source->mutex, NULL);
  source->links = g_new0 (Link, n_sounds);
  for (guint i = 0; i < n_sounds; i++)
    if (!open_link (source, &sounds[i], reading, error))
      return FALSE;

  segments = make_segments (source);
  source->seeks = source->n_steps > SIG_BLOCKS_IN_MEMORY / (gint64) sizeof (float) / source->n_channels;
  source->damage = damage = sig_damage_new (source->n_steps, source->rate_hz);
  sig_damage_ref (damage);
  content->recording = sig_blocks_open (&(SigBlocksSpec){ .n_channels = source->n_channels,
                                                          .n_steps = source->n_steps,
                                                          .rate_hz = source->rate_hz,
                                                          .segments = segments,
                                                          .n_segments = source->n_links,
                                                          .fill = fill,
                                                          .source = source,
                                                          .free_source = source_free },
                                        sounds[0].file, reading, error);
  source = NULL; /* consumed, also on failure */
  if (content->recording != NULL)
    sig_reading_take_damage (reading, g_steal_pointer (&damage), content->recording);
  return content->recording != NULL;
}
