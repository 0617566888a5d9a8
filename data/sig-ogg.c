/* sig-ogg.c: walks the pages of an Ogg file, and finds its streams and what is lost of them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-ogg.h"

#include <pthread.h>
#include <string.h>

#include "sig-bytes.h"

#define HEAD_BYTES 27 /* of a page, before its table of segments */
#define CRC_AT     22
#define FLAC_RATE_AT (9 + 4 + 4 + 10) /* behind the words on the mapping, a mark, a block's head and sizes */
#define MAX_PAGE   (HEAD_BYTES + 255 + 255 * 255)

/* Flags of a page. */
#define IS_FIRST 2
#define IS_LAST  4

#define NO_GRANULE -1 /* no packet ends on the page */

#define MAX_STREAMS 1000
#define MAX_BROKEN  10000 /* marks of pages that are none: no file keeps us for longer */

typedef struct
{
  const SigFile *file;
  GPtrArray     *streams; /* of SigOggStream */
  guint          link;
  gboolean       in_link; /* a page has come that begins no stream: the next that does begins a link */
  guint8         bytes[MAX_PAGE];
} Walk;

/* A page in `bytes`. */
typedef struct
{
  gint64  at;
  gsize   n_head, n_body;
  guint8  flags;
  gint64  granule;
  guint32 serial, number;
} Page;

/* Tables of CRC-32 with polynomial 0x04C11DB7, highest bit first: [k][b] is byte b followed by k zeros. */
static guint32 crc_tables[8][256];

static void
make_crc_tables (void)
{
  for (guint b = 0; b < 256; b++)
    {
      guint32 crc = (guint32) b << 24;

      for (guint bit = 0; bit < 8; bit++)
        crc = crc << 1 ^ ((crc & 0x80000000u) != 0 ? 0x04C11DB7u : 0);
      crc_tables[0][b] = crc;
    }
  for (guint k = 1; k < 8; k++)
    for (guint b = 0; b < 256; b++)
      crc_tables[k][b] = crc_tables[k - 1][b] << 8 ^ crc_tables[0][crc_tables[k - 1][b] >> 24];
}

/* Eight bytes at a time: a file is read as fast as the disk gives it. */
static guint32
find_crc (const guint8 *bytes,
          gsize         n)
{
  guint32 crc = 0;

  for (; n >= 8; bytes += 8, n -= 8)
    crc = crc_tables[7][bytes[0] ^ crc >> 24] ^ crc_tables[6][bytes[1] ^ (crc >> 16 & 0xFF)]
          ^ crc_tables[5][bytes[2] ^ (crc >> 8 & 0xFF)] ^ crc_tables[4][bytes[3] ^ (crc & 0xFF)] ^ crc_tables[3][bytes[4]]
          ^ crc_tables[2][bytes[5]] ^ crc_tables[1][bytes[6]] ^ crc_tables[0][bytes[7]];
  for (; n > 0; bytes++, n--)
    crc = crc << 8 ^ crc_tables[0][crc >> 24 ^ *bytes];
  return crc;
}

static void
stream_free (gpointer data)
{
  SigOggStream *self = data;

  g_array_unref (self->pages);
  g_array_unref (self->bodies);
  g_array_unref (self->losses);
  g_free (self);
}

/* Whether a whole page that is as it was written stands there. */
static gboolean
read_page (Walk   *self,
           gint64  at,
           Page   *page)
{
  gint64 left = sig_file_get_size (self->file) - at;
  SigBytes head = { .data = self->bytes + 5, .size = HEAD_BYTES - 5 };
  guint64 granule;
  guint32 crc;

  *page = (Page) { .at = at };
  if (left < HEAD_BYTES || !sig_file_read (self->file, at, HEAD_BYTES, self->bytes, NULL)
      || memcmp (self->bytes, "OggS", 5) != 0)
    return FALSE;
  page->n_head = HEAD_BYTES + self->bytes[26];
  if (left < (gint64) page->n_head
      || !sig_file_read (self->file, at + HEAD_BYTES, self->bytes[26], self->bytes + HEAD_BYTES, NULL))
    return FALSE;
  for (gsize i = HEAD_BYTES; i < page->n_head; i++)
    page->n_body += self->bytes[i];
  if (left < (gint64) (page->n_head + page->n_body)
      || !sig_file_read (self->file, at + (gint64) page->n_head, page->n_body, self->bytes + page->n_head, NULL)
      || !sig_bytes_get_u8 (&head, &page->flags) || !sig_bytes_get_u64 (&head, &granule)
      || !sig_bytes_get_u32 (&head, &page->serial) || !sig_bytes_get_u32 (&head, &page->number)
      || !sig_bytes_get_u32 (&head, &crc))
    return FALSE;
  page->granule = (gint64) granule;
  memset (self->bytes + CRC_AT, 0, sizeof crc);
  return find_crc (self->bytes, page->n_head + page->n_body) == crc;
}

/* Where the next page may begin. */
static gint64
find_mark (Walk   *self,
           gint64  at)
{
  gint64 size = sig_file_get_size (self->file);

  while (at + HEAD_BYTES <= size)
    {
      gsize n = (gsize) MIN ((gint64) sizeof self->bytes, size - at);
      const guint8 *mark;

      if (!sig_file_read (self->file, at, n, self->bytes, NULL))
        break;
      mark = memmem (self->bytes, n, "OggS", 5);
      if (mark != NULL)
        return at + (mark - self->bytes);
      at += (gint64) n - 4;
    }
  return size;
}

/* What the first packet of a stream says. */
static void
parse_first (SigOggStream *stream,
             const guint8 *packet,
             gsize         n)
{
  static const struct
  {
    const char *magic;
    gsize       n_magic;
    SigOggCodec codec;
  } known[] = {
    { "\001vorbis", 7, SIG_OGG_VORBIS }, { "OpusHead", 8, SIG_OGG_OPUS },   { "\177FLAC", 5, SIG_OGG_FLAC },
    { "Speex   ", 8, SIG_OGG_SPEEX },    { "\200theora", 7, SIG_OGG_VIDEO }, { "BBCD\0", 5, SIG_OGG_VIDEO },
    { "OVP80", 5, SIG_OGG_VIDEO },       { "\001video", 6, SIG_OGG_VIDEO },  { "fishead\0", 8, SIG_OGG_TEXT },
    { "\200kate\0", 6, SIG_OGG_TEXT },   { "CMML\0\0\0\0", 8, SIG_OGG_TEXT },
  };
  SigBytes bytes = { .data = packet, .size = n };
  guint8 n_channels = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (n >= known[i].n_magic && memcmp (packet, known[i].magic, known[i].n_magic) == 0)
      stream->codec = known[i].codec;
  if (stream->codec == SIG_OGG_FLAC && sig_bytes_skip (&bytes, FLAC_RATE_AT))
    {
      bytes.big_endian = TRUE;
      if (sig_bytes_get_u32 (&bytes, &stream->rate_hz))
        n_channels = (guint8) ((stream->rate_hz >> 9 & 7) + 1);
      stream->rate_hz >>= 12;
    }
  else if (stream->codec == SIG_OGG_VORBIS && sig_bytes_skip (&bytes, 11) && sig_bytes_get_u8 (&bytes, &n_channels))
    sig_bytes_get_u32 (&bytes, &stream->rate_hz);
  else if (stream->codec == SIG_OGG_OPUS && sig_bytes_skip (&bytes, 9) && sig_bytes_get_u8 (&bytes, &n_channels))
    stream->rate_hz = 48000;
  stream->n_channels = n_channels;
}

/* The stream of a page: a new one where it begins one; NULL for a page of none. */
static SigOggStream *
find_stream (Walk       *self,
             const Page *page)
{
  SigOggStream *stream;

  if ((page->flags & IS_FIRST) == 0)
    {
      self->in_link = TRUE;
      for (guint i = self->streams->len; i > 0; i--)
        {
          stream = g_ptr_array_index (self->streams, i - 1);
          if (stream->serial == page->serial)
            return stream;
        }
      return NULL;
    }
  self->link += self->in_link;
  self->in_link = FALSE;
  if (self->streams->len == MAX_STREAMS)
    return NULL;
  stream = g_new0 (SigOggStream, 1);
  stream->serial = page->serial;
  stream->link = self->link;
  stream->next_page = page->number;
  stream->pages = g_array_new (FALSE, FALSE, sizeof (SigFileSpan));
  stream->bodies = g_array_new (FALSE, FALSE, sizeof (SigFileSpan));
  stream->losses = g_array_new (FALSE, FALSE, sizeof (SigOggLoss));
  parse_first (stream, self->bytes + page->n_head, page->n_body);
  g_ptr_array_add (self->streams, stream);
  return stream;
}

/* Appends a span, or makes the last one longer where it goes on from it. */
static void
put_span (GArray *spans,
          gint64  offset,
          gsize   size)
{
  SigFileSpan span = { offset, (gint64) size };
  SigFileSpan *last = spans->len > 0 ? &g_array_index (spans, SigFileSpan, spans->len - 1) : NULL;

  if (last != NULL && last->offset + last->size == offset)
    last->size += span.size;
  else if (size > 0)
    g_array_append_val (spans, span);
}

/* Behind a page that is missing, steps are lost up to the end of the first page that says where it is: there decoding begins.
 * That of Opus begins a little before what is asked for, which must be on a page behind that one. */
static void
take_page (SigOggStream *stream,
           const Page   *page)
{
  SigOggLoss *last = stream->losses->len > 0 ? &g_array_index (stream->losses, SigOggLoss, stream->losses->len - 1) : NULL;

  if (page->number != stream->next_page && (last == NULL || last->n_pages > 0))
    {
      SigOggLoss loss = { stream->granule, stream->granule, 0 };

      g_array_append_val (stream->losses, loss);
      last = &g_array_index (stream->losses, SigOggLoss, stream->losses->len - 1);
    }
  stream->next_page = page->number + 1;
  stream->ends = stream->ends || (page->flags & IS_LAST) != 0;
  put_span (stream->pages, page->at, page->n_head + page->n_body);
  put_span (stream->bodies, page->at + (gint64) page->n_head, page->n_body);
  if (page->granule < 0)
    return;
  if (last != NULL && last->n_pages < (stream->codec == SIG_OGG_OPUS ? 2 : 1))
    {
      last->end = MAX (page->granule, last->start);
      last->n_pages++;
    }
  stream->granule = page->granule;
}

GPtrArray *
sig_ogg_walk (const SigFile *file)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  g_autofree Walk *walk = g_new0 (Walk, 1);
  gint64 at = 0, size = sig_file_get_size (file);
  guint n_broken = 0;
  Page page;

  pthread_once (&once, make_crc_tables);
  walk->file = file;
  walk->streams = g_ptr_array_new_with_free_func (stream_free);
  while (at < size && n_broken < MAX_BROKEN)
    if (read_page (walk, at, &page))
      {
        SigOggStream *stream = find_stream (walk, &page);

        if (stream != NULL)
          take_page (stream, &page);
        at += (gint64) (page.n_head + page.n_body);
      }
    else
      {
        at = find_mark (walk, at + 1);
        n_broken++;
      }
  return walk->streams;
}
