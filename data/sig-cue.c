/* sig-cue.c: the markers and regions that audio files carry beside their samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-cue.h"

#include <string.h>

#include "sig-bytes.h"
#include "sig-csv.h"
#include "sig-events.h"

#define MAX_CHUNK_BYTES (64 * 1024 * 1024) /* of a chunk about markers: over a million of them */
#define R64M_BYTES      320
#define R64M_NAME_BYTES 256
#define NOWHERE         G_MAXUINT64
#define CAF_STRING_HEAD 12 /* bytes of an entry of "strg" */

/* A place, and what the other chunks say about the one with its identifier. */
typedef struct
{
  guint32 id;
  guint64 position; /* steps; NOWHERE: the file gives none that could be meant */
  guint64 length;   /* steps; 0: a point, unless another chunk says more */
} Point;

typedef struct
{
  char    *name;   /* (nullable): of labl, or of the ltxt */
  char    *note;   /* (nullable): stands in for a name */
  guint64  length; /* steps; 0: a point */
} About;

struct _SigCues
{
  gboolean    big_endian;
  GArray     *points;      /* of Point, in the order of the file */
  GArray     *wide_points; /* of Point from r64m, which has its own names */
  GHashTable *about;       /* id to About */
  GHashTable *wide_about;
  guint       n_loops;     /* regions whose length is that of a loop */
};

static void
about_free (gpointer data)
{
  About *self = data;

  g_free (self->name);
  g_free (self->note);
  g_free (self);
}

static GHashTable *
about_table_new (void)
{
  return g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, about_free);
}

static About *
get_about (GHashTable *table,
           guint32     id)
{
  About *about = g_hash_table_lookup (table, GUINT_TO_POINTER (id));

  if (about == NULL)
    {
      about = g_new0 (About, 1);
      g_hash_table_insert (table, GUINT_TO_POINTER (id), about);
    }
  return about;
}

SigCues *
sig_cues_new (gboolean big_endian)
{
  SigCues *self = g_new0 (SigCues, 1);

  self->big_endian = big_endian;
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));
  self->wide_points = g_array_new (FALSE, FALSE, sizeof (Point));
  self->about = about_table_new ();
  self->wide_about = about_table_new ();
  return self;
}

void
sig_cues_free (SigCues *self)
{
  g_hash_table_unref (self->wide_about);
  g_hash_table_unref (self->about);
  g_array_unref (self->wide_points);
  g_array_unref (self->points);
  g_free (self);
}

/* Text up to its first NUL as UTF-8, from Latin-1 where it is not; NULL for none (transfer full). */
static char *
dup_text (const guint8 *text,
          gsize         size)
{
  SigField field = { .text = (char *) text, .len = strnlen ((const char *) text, size) };
  g_autofree char *stripped = g_strstrip (sig_field_dup (&field));

  return *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

/* What the cursor has left, up to `size` bytes. */
static char *
dup_rest (const SigBytes *bytes,
          gsize           size)
{
  return dup_text (bytes->data + bytes->at, MIN (size, sig_bytes_left (bytes)));
}

/* The places of "cue ": most programs write the step twice, some only the second or only the first time. */
static void
take_cue (SigCues  *self,
          SigBytes *bytes)
{
  guint32 n_points, id, order, chunk, start, block, offset;

  if (!sig_bytes_get_u32 (bytes, &n_points))
    return;
  for (guint32 i = 0; i < n_points; i++)
    {
      if (!sig_bytes_get_u32 (bytes, &id) || !sig_bytes_get_u32 (bytes, &order) || !sig_bytes_get_u32 (bytes, &chunk)
          || !sig_bytes_get_u32 (bytes, &start) || !sig_bytes_get_u32 (bytes, &block)
          || !sig_bytes_get_u32 (bytes, &offset))
        return;

      Point point = { .id = id, .position = offset != 0 ? offset : order };

      g_array_append_val (self->points, point);
    }
}

static void
take_ltxt (About    *about,
           SigBytes *bytes)
{
  guint32 length;

  if (!sig_bytes_get_u32 (bytes, &length))
    return;
  if (about->length == 0)
    about->length = length;

  /* Purpose, country, language, dialect and code page. */
  if (about->name == NULL && sig_bytes_skip (bytes, 12))
    about->name = dup_rest (bytes, G_MAXSIZE);
}

/* The sub-chunks of LIST/adtl, each of which begins with the identifier of a cue point. */
static void
take_adtl (SigCues  *self,
           SigBytes *bytes)
{
  guint8 id[4];
  guint32 size, point;

  if (!sig_bytes_match (bytes, "adtl"))
    return;
  while (sig_bytes_copy (bytes, 4, id) && sig_bytes_get_u32 (bytes, &size))
    {
      gsize inside = MIN (size, sig_bytes_left (bytes));
      SigBytes part = { .data = bytes->data + bytes->at, .size = inside, .big_endian = self->big_endian };

      sig_bytes_skip (bytes, MIN ((gsize) size + (size & 1), sig_bytes_left (bytes)));
      if (!sig_bytes_get_u32 (&part, &point))
        continue;

      About *about = get_about (self->about, point);

      if (memcmp (id, "labl", 4) == 0)
        {
          char *name = dup_rest (&part, G_MAXSIZE);

          if (name != NULL)
            {
              g_free (about->name);
              about->name = name;
            }
        }
      else if (memcmp (id, "note", 4) == 0 && about->note == NULL)
        about->note = dup_rest (&part, G_MAXSIZE);
      else if (memcmp (id, "ltxt", 4) == 0)
        take_ltxt (about, &part);
    }
}

/* The loops of a sampler, each with the identifier of a cue point. Reaper's end is the first step after the region. */
static void
take_smpl (SigCues  *self,
           SigBytes *bytes)
{
  guint32 n_loops, extra, id, type, start, end;

  if (!sig_bytes_skip (bytes, 28) || !sig_bytes_get_u32 (bytes, &n_loops) || !sig_bytes_get_u32 (bytes, &extra))
    return;
  for (guint32 i = 0; i < n_loops; i++)
    {
      if (!sig_bytes_get_u32 (bytes, &id) || !sig_bytes_get_u32 (bytes, &type) || !sig_bytes_get_u32 (bytes, &start)
          || !sig_bytes_get_u32 (bytes, &end) || !sig_bytes_skip (bytes, 8))
        return;

      About *about = get_about (self->about, id);

      if (about->length == 0 && end > start)
        {
          about->length = end - start;
          self->n_loops++;
        }
    }
}

/* Entries of one size with positions of 64 bits and names of their own; only those whose flag says so are valid. */
static void
take_r64m (SigCues  *self,
           SigBytes *bytes)
{
  while (sig_bytes_left (bytes) >= R64M_BYTES)
    {
      SigBytes entry = { .data = bytes->data + bytes->at, .size = R64M_BYTES };
      guint32 flags;
      guint64 position;

      if (!sig_bytes_get_u32 (&entry, &flags) || !sig_bytes_get_u64 (&entry, &position) || !sig_bytes_skip (&entry, 16)
          || !sig_bytes_skip (bytes, R64M_BYTES))
        return;
      if ((flags & 1) == 0)
        continue;

      Point point = { .id = self->wide_points->len, .position = position };

      g_array_append_val (self->wide_points, point);
      get_about (self->wide_about, point.id)->name = dup_rest (&entry, R64M_NAME_BYTES);
    }
}

/* AIFF: identifier, place, and a name with its length before it, padded to an even size. */
static void
take_mark (SigCues  *self,
           SigBytes *bytes)
{
  guint16 n_points, id;
  guint32 position;
  guint8 size;

  if (!sig_bytes_get_u16 (bytes, &n_points))
    return;
  for (guint16 i = 0; i < n_points; i++)
    {
      if (!sig_bytes_get_u16 (bytes, &id) || !sig_bytes_get_u32 (bytes, &position) || !sig_bytes_get_u8 (bytes, &size))
        return;

      Point point = { .id = id, .position = position };
      About *about = get_about (self->about, id);

      g_array_append_val (self->points, point);
      g_free (about->name);
      about->name = dup_rest (bytes, size);
      if (!sig_bytes_skip (bytes, (gsize) size + 1 - (size & 1)))
        return;
    }
}

/* AIFF's comments: a time, the marker that it is about (0: none), and a text padded to an even size. */
static void
take_comt (SigCues  *self,
           SigBytes *bytes)
{
  guint16 n_comments, marker, size;
  guint32 time;

  if (!sig_bytes_get_u16 (bytes, &n_comments))
    return;
  for (guint16 i = 0; i < n_comments; i++)
    {
      if (!sig_bytes_get_u32 (bytes, &time) || !sig_bytes_get_u16 (bytes, &marker) || !sig_bytes_get_u16 (bytes, &size))
        return;
      if (marker != 0)
        {
          About *about = get_about (self->about, marker);

          g_free (about->note);
          about->note = dup_rest (bytes, size);
        }
      if (!sig_bytes_skip (bytes, (gsize) size + (size & 1)))
        return;
    }
}

/* A marker of CAF: its type, the frame, its identifier, and then the time in SMPTE and the channel. FALSE at the end. */
static gboolean
get_caf_marker (SigBytes *bytes,
                guint8    type[4],
                Point    *point)
{
  double position;

  if (!sig_bytes_copy (bytes, 4, type) || !sig_bytes_get_f64 (bytes, &position) || !sig_bytes_get_u32 (bytes, &point->id)
      || !sig_bytes_skip (bytes, 12))
    return FALSE;
  point->position = position >= 0 && position < 9e18 ? (guint64) (position + 0.5) : NOWHERE;
  point->length = 0;
  return TRUE;
}

/* CAF: the kind of SMPTE time, then the markers. */
static void
take_caf_mark (SigCues  *self,
               SigBytes *bytes)
{
  guint32 smpte, n_points;
  guint8 type[4];
  Point point;

  if (!sig_bytes_get_u32 (bytes, &smpte) || !sig_bytes_get_u32 (bytes, &n_points))
    return;
  for (guint32 i = 0; i < n_points && get_caf_marker (bytes, type, &point); i++)
    g_array_append_val (self->points, point);
}

/* CAF: regions, each with markers for its start, its end, and others that say nothing about its place. */
static void
take_regn (SigCues  *self,
           SigBytes *bytes)
{
  guint32 smpte, n_regions, id, flags, n_markers;

  if (!sig_bytes_get_u32 (bytes, &smpte) || !sig_bytes_get_u32 (bytes, &n_regions))
    return;
  for (guint32 i = 0; i < n_regions; i++)
    {
      Point region = { 0 };
      gboolean has_start = FALSE;
      guint64 end = 0;

      if (!sig_bytes_get_u32 (bytes, &id) || !sig_bytes_get_u32 (bytes, &flags) || !sig_bytes_get_u32 (bytes, &n_markers))
        return;
      for (guint32 m = 0; m < n_markers; m++)
        {
          guint8 type[4];
          Point point;

          if (!get_caf_marker (bytes, type, &point))
            return;
          if (memcmp (type, "rbeg", 4) == 0)
            {
              region.position = point.position;
              has_start = TRUE;
            }
          else if (memcmp (type, "rend", 4) == 0)
            end = point.position;
        }
      region.id = id;
      region.length = end > region.position ? end - region.position : 0;
      if (has_start)
        g_array_append_val (self->points, region);
    }
}

/* CAF: the identifiers of texts and where each begins, then the texts. */
static void
take_strg (SigCues  *self,
           SigBytes *bytes)
{
  guint32 n_strings, id;
  guint64 offset;
  gsize texts;

  if (!sig_bytes_get_u32 (bytes, &n_strings) || n_strings > sig_bytes_left (bytes) / CAF_STRING_HEAD)
    return;
  texts = bytes->at + (gsize) n_strings * CAF_STRING_HEAD;
  for (guint32 i = 0; i < n_strings; i++)
    {
      About *about;

      if (!sig_bytes_get_u32 (bytes, &id) || !sig_bytes_get_u64 (bytes, &offset))
        return;
      if (offset >= bytes->size - texts)
        continue;
      about = get_about (self->about, id);
      g_free (about->name);
      about->name = dup_text (bytes->data + texts + offset, bytes->size - texts - (gsize) offset);
    }
}

void
sig_cues_take (SigCues            *self,
               const SigFile      *file,
               const SigRiffChunk *chunk)
{
  static const struct
  {
    char id[5];
    void (*take) (SigCues *self, SigBytes *bytes);
  } kinds[] = {
    { "cue ", take_cue }, { "LIST", take_adtl }, { "smpl", take_smpl }, { "r64m", take_r64m }, { "MARK", take_mark },
    { "COMT", take_comt }, { "mark", take_caf_mark }, { "regn", take_regn }, { "strg", take_strg },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (memcmp (chunk->id, kinds[i].id, 4) == 0)
      {
        gsize size = MIN (chunk->size, (guint64) (sig_file_get_size (file) - chunk->offset));
        g_autofree guint8 *content = size <= MAX_CHUNK_BYTES ? g_try_malloc (MAX (size, 1)) : NULL;
        SigBytes bytes = { .data = content, .size = size, .big_endian = self->big_endian };

        if (content != NULL && sig_file_read (file, chunk->offset, size, content, NULL))
          kinds[i].take (self, &bytes);
        return;
      }
}

static gboolean
add_points (SigEvents    *events,
            const GArray *points,
            GHashTable   *about_table,
            GError      **error)
{
  for (guint i = 0; i < points->len; i++)
    {
      const Point *point = &g_array_index (points, Point, i);
      const About *about = g_hash_table_lookup (about_table, GUINT_TO_POINTER (point->id));
      const char *name = about == NULL ? NULL : about->name != NULL ? about->name : about->note;
      guint64 length = point->length > 0 || about == NULL ? point->length : about->length;
      double start = (double) point->position;

      if (point->position == NOWHERE)
        sig_events_reject (events, (gint64) i + 1, "has a place that is no number");
      else if (!sig_events_add (events, (gint64) i + 1, start, start + (double) length, name, error))
        return FALSE;
    }
  return TRUE;
}

SigLabels *
sig_cues_make_labels (const SigCues      *self,
                      const SigFile      *file,
                      const SigRecording *recording,
                      SigReading         *reading)
{
  gboolean narrow = self->points->len > 0;
  const GArray *points = narrow ? self->points : self->wide_points;
  g_autoptr (SigEvents) events = sig_events_new (file, recording, reading, "marker");
  g_autoptr (GError) error = NULL;
  SigLabels *labels = NULL;

  if (points->len == 0)
    return NULL;
  if (add_points (events, points, narrow ? self->about : self->wide_about, &error))
    labels = sig_events_finish (events, &error);
  if (labels == NULL)
    sig_reading_note (reading, "The markers in the file were not read as labels: %s.",
                      error->message + strlen (sig_file_get_name (file)) + 2);
  else if (narrow && self->n_loops > 0)
    sig_reading_note (reading, "The lengths of %u region%s come from loops; the end of a loop was taken as the first step "
                      "after it.", self->n_loops, self->n_loops == 1 ? "" : "s");
  return labels;
}
