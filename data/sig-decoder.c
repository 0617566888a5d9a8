/* sig-decoder.c: decodes through libsndfile, which sees a file only through our own reads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-decoder.h"

#include <sndfile.h>
#include <string.h>

#define PLACE_UNKNOWN -1

struct _SigDecoder
{
  SigFile       *file;
  GBytes        *head;      /* (nullable) */
  gint64         head_size;
  gint64         offset;    /* of the bytes behind the head */
  gint64         size;      /* of all that libsndfile sees */
  gint64         at;
  SNDFILE       *sndfile;   /* (nullable): NULL after a failure */
  SigDecoderInfo info;
  gint64         place;     /* the step that comes next; PLACE_UNKNOWN */
  GError        *failure;   /* (nullable): of reading the file */
};

static sf_count_t
length_cb (void *user_data)
{
  const SigDecoder *self = user_data;

  return self->size;
}

static sf_count_t
seek_cb (sf_count_t offset,
         int        whence,
         void      *user_data)
{
  SigDecoder *self = user_data;
  gint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : self->size;

  if (offset < -base || offset > self->size - base)
    return -1;
  self->at = base + offset;
  return self->at;
}

/* Reads across the seam between the head and the file. */
static sf_count_t
read_cb (void      *out,
         sf_count_t n,
         void      *user_data)
{
  SigDecoder *self = user_data;
  gint64 take = CLAMP (n, 0, self->size - self->at);
  gint64 from_head = CLAMP (self->head_size - self->at, 0, take);

  if (from_head > 0)
    memcpy (out, (const guint8 *) g_bytes_get_data (self->head, NULL) + self->at, (gsize) from_head);
  if (take > from_head
      && !sig_file_read (self->file, self->offset + self->at + from_head - self->head_size, (gsize) (take - from_head),
                         (guint8 *) out + from_head, self->failure == NULL ? &self->failure : NULL))
    return 0;
  self->at += take;
  return take;
}

static sf_count_t
write_cb (const void *bytes,
          sf_count_t  n,
          void       *user_data)
{
  return 0;
}

static sf_count_t
tell_cb (void *user_data)
{
  const SigDecoder *self = user_data;

  return self->at;
}

/* (nullable): what samples were compressed with, where that lost something. */
static const char *
find_loss (int format)
{
  static const struct
  {
    int         subtype;
    const char *name;
  } lossy[] = {
    { SF_FORMAT_ULAW, "µ-law" },         { SF_FORMAT_ALAW, "A-law" },
    { SF_FORMAT_IMA_ADPCM, "IMA ADPCM" }, { SF_FORMAT_MS_ADPCM, "MS ADPCM" },
    { SF_FORMAT_VOX_ADPCM, "VOX ADPCM" }, { SF_FORMAT_NMS_ADPCM_16, "NMS ADPCM" },
    { SF_FORMAT_NMS_ADPCM_24, "NMS ADPCM" }, { SF_FORMAT_NMS_ADPCM_32, "NMS ADPCM" },
    { SF_FORMAT_G721_32, "G.721" },       { SF_FORMAT_G723_24, "G.723" },
    { SF_FORMAT_G723_40, "G.723" },       { SF_FORMAT_GSM610, "GSM 6.10" },
    { SF_FORMAT_VORBIS, "Vorbis" },       { SF_FORMAT_OPUS, "Opus" },
    { SF_FORMAT_MPEG_LAYER_I, "MPEG" },   { SF_FORMAT_MPEG_LAYER_II, "MPEG" },
    { SF_FORMAT_MPEG_LAYER_III, "MP3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lossy); i++)
    if ((format & SF_FORMAT_SUBMASK) == lossy[i].subtype)
      return lossy[i].name;
  return NULL;
}

static gboolean
start (SigDecoder *self,
       SF_INFO    *found)
{
  static SF_VIRTUAL_IO io = { length_cb, seek_cb, read_cb, write_cb, tell_cb };

  self->at = 0;
  self->place = 0;
  *found = (SF_INFO) { 0 };
  self->sndfile = sf_open_virtual (&io, SFM_READ, found, self);
  return self->sndfile != NULL;
}

SigDecoder *
sig_decoder_new (SigFile              *file,
                 const SigDecoderView *view,
                 GError              **error)
{
  g_autoptr (SigDecoder) self = g_new0 (SigDecoder, 1);
  SF_INFO found;

  self->file = sig_file_ref (file);
  self->head = view->head != NULL ? g_bytes_ref (view->head) : NULL;
  self->head_size = view->head != NULL ? (gint64) g_bytes_get_size (view->head) : 0;
  self->offset = view->offset;
  self->size = self->head_size + view->size;
  if (!start (self, &found))
    {
      if (self->failure != NULL)
        g_propagate_error (error, g_steal_pointer (&self->failure));
      else
        sig_file_fail (file, error, SIG_ERROR_FORMAT,
                       "cannot be decoded as %s: its header is damaged, or its encoding is not known; convert it to FLAC or "
                       "WAV", view->format_name);
      return NULL;
    }
  self->info = (SigDecoderInfo) { found.channels, found.samplerate, found.frames, found.seekable != 0, find_loss (found.format) };
  if (found.frames < 0 || found.frames == SF_COUNT_MAX)
    self->info.n_steps = 0;
  return g_steal_pointer (&self);
}

void
sig_decoder_free (SigDecoder *self)
{
  if (self->sndfile != NULL)
    sf_close (self->sndfile);
  sig_file_unref (self->file);
  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

const SigDecoderInfo *
sig_decoder_get_info (const SigDecoder *self)
{
  return &self->info;
}

gint64
sig_decoder_get_size (const SigDecoder *self)
{
  return self->size;
}

void
sig_decoder_forget_place (SigDecoder *self)
{
  self->place = PLACE_UNKNOWN;
}

/* Goes to a step, with a new decoder where the one before failed, and at the beginning: some Vorbis files give other samples
 * there after seeking than to those who just read them. FALSE when it cannot. */
static gboolean
go_to (SigDecoder *self,
       gint64      step)
{
  SF_INFO found;

  if (step == 0 && self->place != 0)
    g_clear_pointer (&self->sndfile, sf_close);
  if (self->sndfile == NULL && (!start (self, &found) || found.channels != self->info.n_channels))
    return FALSE;
  return self->place == step || sf_seek (self->sndfile, step, SEEK_SET) == step;
}

gint64
sig_decoder_read (SigDecoder *self,
                  gint64      start_step,
                  gint64      n,
                  float      *mixed,
                  GError    **error)
{
  gint64 got = go_to (self, start_step) ? sf_readf_float (self->sndfile, mixed, n) : 0;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      got = -1;
    }
  self->place = start_step + got;
  if (got < n)
    g_clear_pointer (&self->sndfile, sf_close);
  return got;
}
