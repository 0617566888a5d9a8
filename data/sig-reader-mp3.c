/* sig-reader-mp3.c: opens MP3 files: walks their frames, has them decoded
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-sound.h"

/* What follows an MP3's frame: sync, version and rate are the same in all frames. */
#define FRAME_HEAD_BYTES 4

#define MAX_TAG_BYTES 65536 /* behind the frames: words about them */
#define MAX_TRIES 1000000   /* at places that look like a frame's beginning: no file keeps us for longer */

/* The frames, as walked from head to head. */
typedef struct
{
  GArray  *spans;     /* of SigFileSpan: runs of frames; damage lies between them */
  guint    n_frames;
  gint64   n_damaged; /* bytes */
  gint64   n_behind;  /* bytes after the last frame */
  guint    n_tries;
  guint8   head[FRAME_HEAD_BYTES]; /* of the first */
  gboolean is_counted; /* the first says how many there are */
} Frames;

/* Bytes of a frame with this head; 0 when it is none: sync, layer III, and a bit rate and a rate that exist. */
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

/* Bytes of the frame that begins there; 0: none does. */
static gsize
frame_at (const SigFile *file,
          gint64         at,
          guint8         head[FRAME_HEAD_BYTES])
{
  return at + FRAME_HEAD_BYTES <= sig_file_get_size (file) && sig_file_read (file, at, FRAME_HEAD_BYTES, head, NULL)
             ? frame_bytes (head) : 0;
}

/* Whether two frames of one kind begin there, which numbers or words hardly look like. */
static gboolean
has_two_frames (const SigFile *file,
                gint64         at)
{
  guint8 first[FRAME_HEAD_BYTES], second[FRAME_HEAD_BYTES];
  gsize n = frame_at (file, at, first);

  return n > 0 && frame_at (file, at + (gint64) n, second) > 0 && second[1] == first[1] && (second[2] & 12) == (first[2] & 12);
}

gboolean
sig_reader_mp3_fits (const SigFile *file)
{
  return has_two_frames (file, 0);
}

/* Bytes of a tag before the frames; 0: there is none. */
static gint64
id3_bytes (const SigFile *file)
{
  guint8 tag[10];

  if (sig_file_peek (file, sizeof tag, tag) < sizeof tag || memcmp (tag, "ID3", 3) != 0)
    return 0;
  return 10 + ((gint64) (tag[6] & 127) << 21 | (tag[7] & 127) << 14 | (tag[8] & 127) << 7 | (tag[9] & 127));
}

/* Where frames like those before go on behind damage; the file's size where none do. */
static gint64
find_frames (const SigFile *file,
             Frames        *frames,
             gint64         at)
{
  gint64 size = sig_file_get_size (file);
  guint8 bytes[4096];

  while (at + FRAME_HEAD_BYTES <= size)
    {
      gsize n = (gsize) MIN ((gint64) sizeof bytes, size - at);

      if (!sig_file_read (file, at, n, bytes, NULL))
        break;
      for (gsize i = 0; i + 1 < n; i++)
        if (bytes[i] == 0xFF && bytes[i + 1] == frames->head[1] && frames->n_tries++ < MAX_TRIES
            && has_two_frames (file, at + (gint64) i))
          return at + (gint64) i;
      at += (gint64) n - 1;
    }
  return size;
}

/* Whether the first frame says how many there are. */
static gboolean
has_count (const SigFile *file,
           gint64         start)
{
  guint8 bytes[64];

  if (start + (gint64) sizeof bytes > sig_file_get_size (file) || !sig_file_read (file, start, sizeof bytes, bytes, NULL))
    return FALSE;
  for (gsize i = 0; i + 4 <= sizeof bytes; i++)
    if (memcmp (bytes + i, "Xing", 4) == 0 || memcmp (bytes + i, "Info", 4) == 0 || memcmp (bytes + i, "VBRI", 4) == 0)
      return TRUE;
  return FALSE;
}

static void
walk_frames (const SigFile *file,
             Frames        *frames)
{
  gint64 size = sig_file_get_size (file), at = id3_bytes (file), next;

  frames->is_counted = has_count (file, at);
  do
    {
      SigFileSpan run = { at, 0 };
      guint8 head[FRAME_HEAD_BYTES];

      for (gsize n; (n = frame_at (file, at, head)) > 0; at += (gint64) n)
        if (frames->n_frames++ == 0)
          memcpy (frames->head, head, sizeof head);
      run.size = MIN (at, size) - run.offset;
      if (run.size > 0)
        g_array_append_val (frames->spans, run);
      next = frames->n_frames > 0 && at < size ? find_frames (file, frames, at) : size;
      *(next < size ? &frames->n_damaged : &frames->n_behind) += MAX (next - at, 0);
      at = next;
    }
  while (at < size);
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

static void
note_damage (const SigFile *file,
             const Frames  *frames,
             SigReading    *reading)
{
  if (frames->n_damaged > 0)
    {
      g_autofree char *bytes = sig_dup_count (frames->n_damaged);

      sig_reading_note (reading, "%s bytes at %u place%s are damaged: what they held is lost, and what follows comes earlier by "
                        "as much.", bytes, frames->spans->len - 1, frames->spans->len > 2 ? "s" : "");
    }
  if (frames->n_frames > 1 && frames->n_behind > MAX_TAG_BYTES)
    sig_reading_note (reading, "Its frames end at byte %" G_GINT64_FORMAT ": the %" G_GINT64_FORMAT
                      " bytes behind are damaged or something else, and may be missing.",
                      sig_file_get_size (file) - frames->n_behind, frames->n_behind);
}

gboolean
sig_reader_mp3_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigFileSpan));
  g_autoptr (GBytes) count = NULL;
  g_autoptr (SigFile) whole_frames = NULL;
  Frames frames = { .spans = spans };
  SigSound sound = { .file = file, .view = { .format_name = "MP3", .size = sig_file_get_size (file) } };

  walk_frames (file, &frames);
  if (frames.n_frames > 1 && (!frames.is_counted || frames.n_damaged > 0))
    {
      count = !frames.is_counted ? make_count (&frames) : NULL;
      whole_frames = sig_file_new_spans (file, sig_file_get_name (file), (SigFileSpan *) (void *) spans->data, spans->len);
      sound.file = whole_frames;
      sound.view.size = sig_file_get_size (whole_frames);
      sound.view.head = count;
    }
  note_damage (file, &frames, reading);
  return sig_sound_open (&sound, 1, reading, content, error);
}
