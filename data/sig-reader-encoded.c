/* sig-reader-encoded.c: opens the sound files that are left to libsndfile as they are: Ogg, MP3, VOC, SPHERE, IRCAM, PAF
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-reader-sndfile.h"

/* What follows an MP3's frame: sync, version and rate are the same in all frames. */
#define FRAME_HEAD_BYTES 4

/* Bytes of an MP3 frame with this head; 0 when it is none: sync, layer III, and a bit rate and a rate that exist. */
static gsize
frame_bytes (const guint8 head[FRAME_HEAD_BYTES])
{
  static const guint kbits_1[16] = { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 };
  static const guint kbits_2[16] = { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 };
  static const guint rates[4] = { 44100, 48000, 32000, 0 };
  guint version = head[1] >> 3 & 3; /* 3: MPEG 1; 2: MPEG 2, half the rates; 0: MPEG 2.5, a quarter */
  guint kbits = version == 3 ? kbits_1[head[2] >> 4] : kbits_2[head[2] >> 4];
  guint rate = rates[head[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);

  if (head[0] != 0xFF || (head[1] & 0xE6) != 0xE2 || version == 1 || kbits == 0 || rate == 0)
    return 0;
  return (version == 3 ? 144000 : 72000) * kbits / rate + (head[2] >> 1 & 1);
}

gboolean
sig_reader_encoded_is_mp3 (const SigFile *file)
{
  guint8 first[FRAME_HEAD_BYTES], second[FRAME_HEAD_BYTES];
  gsize n;

  if (sig_file_peek (file, sizeof first, first) < sizeof first)
    return FALSE;
  n = frame_bytes (first);
  return n > 0 && (gint64) (n + sizeof second) <= sig_file_get_size (file)
         && sig_file_read (file, (gint64) n, sizeof second, second, NULL) && frame_bytes (second) > 0
         && second[1] == first[1];
}

static const char *
format_name (const SigFile *file)
{
  static const struct
  {
    char        magic[5];
    const char *name;
  } known[] = {
    { "OggS", "Ogg" }, { "Crea", "VOC" }, { "NIST", "SPHERE" }, { " paf", "PAF" }, { "fap ", "PAF" }, { "ID3", "MP3" },
  };
  char head[4] = "";

  sig_file_peek (file, sizeof head, head);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (memcmp (head, known[i].magic, strlen (known[i].magic)) == 0)
      return known[i].name;
  return (guint8) head[0] == 0xFF ? "MP3" : "IRCAM";
}

/* --- what libsndfile does not tell -------------------------------------------------- */

#define OGG_PAGE_BYTES 27 /* of a page, before its table of segments */
#define OGG_FIRST      2  /* flags of a page */
#define OGG_LAST       4

/* Goes from page to page: libsndfile decodes the first stream, and says neither that there are more nor that its end is not
 * there. */
static void
note_ogg_streams (const SigFile *file,
                  SigReading    *reading)
{
  guint8 page[OGG_PAGE_BYTES + 255];
  gint64 at = 0, size = sig_file_get_size (file);
  gboolean ends = FALSE;
  guint n_streams = 0;

  while (at + OGG_PAGE_BYTES <= size && sig_file_read (file, at, OGG_PAGE_BYTES, page, NULL) && memcmp (page, "OggS", 4) == 0
         && at + OGG_PAGE_BYTES + page[26] <= size
         && sig_file_read (file, at + OGG_PAGE_BYTES, page[26], page + OGG_PAGE_BYTES, NULL))
    {
      at += OGG_PAGE_BYTES + page[26];
      for (guint i = 0; i < page[26]; i++)
        at += page[OGG_PAGE_BYTES + i];
      n_streams += (page[5] & OGG_FIRST) != 0;
      ends = ends || ((page[5] & OGG_LAST) != 0 && at <= size);
    }
  if (n_streams > 1)
    sig_reading_note (reading, "It holds %u streams; only the first was read. Split it to open the others.", n_streams);
  if (!ends)
    sig_reading_note (reading, "Its last page is missing or damaged: it was cut off, and what followed is not there.");
}

/* The frames of an MP3, as walked from head to head. */
typedef struct
{
  gint64  start; /* behind the tag that may stand before them */
  guint   n_frames;
  gint64  n_behind; /* bytes after the last frame */
  guint8  head[FRAME_HEAD_BYTES]; /* of the first */
  gboolean is_counted; /* the first says how many there are */
} Frames;

/* Bytes of a tag before the frames; 0: there is none. */
static gint64
id3_bytes (const SigFile *file)
{
  guint8 tag[10];

  if (sig_file_peek (file, sizeof tag, tag) < sizeof tag || memcmp (tag, "ID3", 3) != 0)
    return 0;
  return 10 + ((gint64) (tag[6] & 127) << 21 | (tag[7] & 127) << 14 | (tag[8] & 127) << 7 | (tag[9] & 127));
}

static void
walk_frames (const SigFile *file,
             Frames        *frames)
{
  gint64 size = sig_file_get_size (file), at;
  guint8 head[FRAME_HEAD_BYTES], start[64] = { 0 };
  gsize n;

  *frames = (Frames) { .start = id3_bytes (file) };
  for (at = frames->start; at + FRAME_HEAD_BYTES <= size && sig_file_read (file, at, sizeof head, head, NULL)
                           && (n = frame_bytes (head)) > 0; at += (gint64) n)
    if (frames->n_frames++ == 0)
      memcpy (frames->head, head, sizeof head);
  frames->n_behind = MAX (size - at, 0);
  if (frames->n_frames > 0 && frames->start + (gint64) sizeof start <= size
      && sig_file_read (file, frames->start, sizeof start, start, NULL))
    for (gsize i = 0; i + 4 <= sizeof start; i++)
      frames->is_counted = frames->is_counted || memcmp (start + i, "Xing", 4) == 0 || memcmp (start + i, "Info", 4) == 0
                           || memcmp (start + i, "VBRI", 4) == 0;
}

/* A frame that says how many follow. Without one libsndfile takes all frames for as large as the first, and stops too early. */
static GBytes *
make_count (const Frames *frames)
{
  guint8 bytes[1500] = { 0 };
  guint8 head[FRAME_HEAD_BYTES] = { 0xFF, frames->head[1] | 1, 0x90 | (frames->head[2] & 0x0C), frames->head[3] };
  gboolean is_mono = head[3] >> 6 == 3;
  gsize n_side = (head[1] >> 3 & 3) == 3 ? (is_mono ? 17 : 32) : is_mono ? 9 : 17;
  guint8 tag[12] = { 'X', 'i', 'n', 'g', 0, 0, 0, 1 };

  for (guint i = 0; i < 4; i++)
    tag[8 + i] = (guint8) (frames->n_frames >> (24 - 8 * i));
  memcpy (bytes, head, sizeof head);
  memcpy (bytes + sizeof head + n_side, tag, sizeof tag);
  return g_bytes_new (bytes, frame_bytes (head));
}

#define MAX_TAG_BYTES 65536 /* behind the frames: words about them */

static gboolean
open_mp3 (SigFile    *file,
          SigSndfile *sound,
          SigReading *reading,
          SigContent *content,
          GError    **error)
{
  g_autoptr (GBytes) count = NULL;
  Frames frames;

  walk_frames (file, &frames);
  if (frames.n_frames > 1 && !frames.is_counted)
    {
      count = make_count (&frames);
      sound->head = count;
      sound->offset = frames.start;
      sound->size = sig_file_get_size (file) - frames.start;
    }
  if (frames.n_frames > 1 && frames.n_behind > MAX_TAG_BYTES)
    sig_reading_note (reading, "Its frames end at byte %" G_GINT64_FORMAT ": the %" G_GINT64_FORMAT
                      " bytes behind are damaged or something else, and may be missing.",
                      sig_file_get_size (file) - frames.n_behind, frames.n_behind);
  return sig_sndfile_open (file, sound, reading, content, error);
}

gboolean
sig_reader_encoded_open (SigFile    *file,
                         SigReading *reading,
                         SigContent *content,
                         GError    **error)
{
  SigSndfile sound = { .format_name = format_name (file), .size = sig_file_get_size (file) };

  if (g_str_equal (sound.format_name, "MP3"))
    return open_mp3 (file, &sound, reading, content, error);
  if (!sig_sndfile_open (file, &sound, reading, content, error))
    return FALSE;
  if (g_str_equal (sound.format_name, "Ogg"))
    note_ogg_streams (file, reading);
  return TRUE;
}
