/* test-cue.c: markers and regions in WAV, RF64, W64, AIFF and CAF, in the layouts that programs write
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "seeds.h"
#include "spans.h"

/* --- putting chunks together --------------------------------------------------------- */

static void
put_cue (GByteArray *bytes, const guint32 (*points)[3], guint n, gboolean big)
{
  fixture_put_text (bytes, "cue ");
  fixture_put (bytes, 4 + 24 * n, 4, big);
  fixture_put (bytes, n, 4, big);
  for (guint i = 0; i < n; i++)
    {
      fixture_put (bytes, points[i][0], 4, big);
      fixture_put (bytes, points[i][1], 4, big);
      fixture_put_text (bytes, "data");
      fixture_put (bytes, 0, 8, big);
      fixture_put (bytes, points[i][2], 4, big);
    }
}

static void
put_text_chunk (GByteArray *bytes, const char *id, guint32 point, const char *text)
{
  gsize size = 4 + strlen (text) + 1;

  fixture_put_text (bytes, id);
  fixture_put (bytes, size, 4, FALSE);
  fixture_put (bytes, point, 4, FALSE);
  fixture_put_text (bytes, text);
  fixture_put (bytes, 0, 1 + size % 2, FALSE);
}

static void
put_ltxt (GByteArray *bytes, guint32 point, guint32 length, const char *text)
{
  gsize size = 20 + strlen (text);

  fixture_put_text (bytes, "ltxt");
  fixture_put (bytes, size, 4, FALSE);
  fixture_put (bytes, point, 4, FALSE);
  fixture_put (bytes, length, 4, FALSE);
  fixture_put_text (bytes, "rgn ");
  fixture_put (bytes, 0, 8, FALSE);
  fixture_put_text (bytes, text);
  fixture_put (bytes, 0, size % 2, FALSE);
}

/* A LIST of what `list` holds. */
static void
put_list (GByteArray *bytes, GByteArray *list)
{
  fixture_put_text (bytes, "LIST");
  fixture_put (bytes, list->len + 4, 4, FALSE);
  fixture_put_text (bytes, "adtl");
  g_byte_array_append (bytes, list->data, list->len);
}

static GByteArray *
make_wav (void)
{
  FixtureWav wav = FIXTURE_WAV;

  wav.n_steps = 100;
  return fixture_wav (&wav);
}

static void
assert_labels_of (const char *name, GByteArray *bytes, const char *spans, const char *notes)
{
  g_auto (FixtureResult) result = fixture_open (name, bytes);

  g_assert_no_error (result.error);

  g_autofree char *text = spans_to_text (result.content.labels);

  g_test_message ("%s (%s)", text, result.notes);
  g_assert_cmpstr (text, ==, spans);
  g_assert_nonnull (strstr (result.notes, notes));
}

static void
assert_labels (GByteArray *bytes, const char *spans, const char *notes)
{
  assert_labels_of ("a.wav", bytes, spans, notes);
}

/* --- tests --------------------------------------------------------------------------- */

/* Names first, lengths first, or by turns; the list before the points, or after. */
static void
test_orders (void)
{
  static const guint32 points[3][3] = { { 7, 10, 10 }, { 2, 50, 50 }, { 9, 90, 90 } };

  for (guint order = 0; order < 6; order++)
    {
      GByteArray *bytes = make_wav ();
      g_autoptr (GByteArray) list = g_byte_array_new ();

      for (guint part = 0; part < 2; part++)
        for (guint i = 0; i < 2; i++)
          {
            gboolean length = order % 3 == 2 ? i == 1 : (part == 0) == (order % 3 == 0);
            guint which = order % 3 == 2 ? part : i;

            if (length)
              put_ltxt (list, points[which][0], 20, "");
            else
              put_text_chunk (list, "labl", points[which][0], which == 0 ? "Ω one" : "two");
          }
      put_text_chunk (list, "note", 9, "a note");
      if (order < 3)
        put_list (bytes, list);
      put_cue (bytes, points, 3, FALSE);
      if (order >= 3)
        put_list (bytes, list);
      assert_labels (bytes, "10-30:Ω one 50-70:two 90-91:a note", "1 label is a point without a length; it became one step");
    }
}

static void
test_texts (void)
{
  static const guint32 points[3][3] = { { 1, 0, 10 }, { 2, 20, 0 }, { 3, 30, 30 } };
  g_autofree char *name = g_strnfill (1000, 'n');
  GByteArray *bytes = make_wav ();
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autofree char *expected = g_strdup_printf ("10-15:%s 20-25:caf\xC3\xA9 30-40:unnamed", name);

  put_text_chunk (list, "labl", 1, name);
  put_text_chunk (list, "labl", 2, "caf\xE9");
  put_text_chunk (list, "labl", 3, "");
  put_text_chunk (list, "labl", 44, "of no point");
  put_ltxt (list, 1, 5, "");
  put_ltxt (list, 2, 5, "text of the length");
  put_ltxt (list, 3, 10, "");
  put_cue (bytes, points, 3, FALSE);
  put_list (bytes, list);
  assert_labels (bytes, expected, "");
}

/* Reaper's regions are loops; their text is empty. */
static void
test_loops (void)
{
  static const guint32 points[1][3] = { { 1, 20, 20 } };
  GByteArray *bytes = make_wav ();
  GByteArray *loops = g_byte_array_new ();

  fixture_put (loops, 0, 14, FALSE);
  fixture_put (loops, 0, 14, FALSE);
  fixture_put (loops, 1, 4, FALSE);
  fixture_put (loops, 0, 4, FALSE);
  for (guint i = 0; i < 6; i++)
    fixture_put (loops, (const guint[]) { 1, 0, 20, 45, 0, 0 }[i], 4, FALSE);
  put_cue (bytes, points, 1, FALSE);
  fixture_put_chunk (bytes, "smpl", loops->len, loops->data, loops->len);
  g_byte_array_unref (loops);
  assert_labels (bytes, "20-45:unnamed", "the end of a loop was taken as the first step after it");
}

/* Damage costs the labels, with a note, and never the recording. */
static void
test_damage (void)
{
  static const guint32 outside[1][3] = { { 1, 5000, 5000 } };
  GByteArray *bytes = make_wav (), *cut = make_wav (), *lying = make_wav ();
  g_autoptr (GByteArray) list = g_byte_array_new ();

  put_cue (bytes, outside, 1, FALSE);
  assert_labels (bytes, "none", "markers in the file were not read as labels: no label lies inside the recording");

  /* A million points declared in a chunk that is two points long and cut short. */
  fixture_put_text (cut, "cue ");
  fixture_put (cut, 52, 4, FALSE);
  fixture_put (cut, 1000000, 4, FALSE);
  for (guint i = 0; i < 11; i++)
    fixture_put (cut, 30, 4, FALSE);
  assert_labels (cut, "30-31:unnamed", "1 label is a point");

  /* Sub-chunks whose sizes run past the list. */
  put_cue (lying, (const guint32[1][3]) { { 1, 5, 5 } }, 1, FALSE);
  fixture_put_text (list, "labl");
  fixture_put (list, 0xFFFFFFF0, 4, FALSE);
  fixture_put (list, 1, 4, FALSE);
  fixture_put_text (list, "abc");
  put_list (lying, list);
  assert_labels (lying, "5-6:abc", "");
}

/* Two chunks of EBU markers, one of them invalid, in a file without cue points. */
static void
test_wide (void)
{
  GByteArray *bytes = make_wav ();

  for (guint i = 0; i < 3; i++)
    {
      GByteArray *entry = g_byte_array_new ();

      fixture_put (entry, i != 1, 4, FALSE);
      fixture_put (entry, 10 + i, 8, FALSE);
      fixture_put (entry, 0, 8, FALSE);
      fixture_put (entry, 0, 8, FALSE);
      fixture_put_text (entry, i == 0 ? "one" : "two");
      g_byte_array_set_size (entry, 320);
      memset (entry->data + 31, 0, 320 - 31);
      fixture_put_chunk (bytes, "r64m", entry->len, entry->data, entry->len);
      g_byte_array_unref (entry);
    }
  assert_labels (bytes, "10-11:one 12-13:two", "2 labels are points");
}

static void
test_aiff (void)
{
  GByteArray *bytes = g_byte_array_new (), *marks = g_byte_array_new ();

  fixture_put (marks, 2, 2, TRUE);
  fixture_put (marks, 1, 2, TRUE);
  fixture_put (marks, 3, 4, TRUE);
  fixture_put_text (marks, "\3abc");
  fixture_put (marks, 2, 2, TRUE);
  fixture_put (marks, 6, 4, TRUE);
  fixture_put (marks, 0, 2, TRUE);

  fixture_put_text (bytes, "FORM");
  fixture_put (bytes, 4 + 26 + 8 + 16 + 20 + marks->len + 26, 4, TRUE);
  fixture_put_text (bytes, "AIFFMARK");
  fixture_put (bytes, marks->len, 4, TRUE);
  g_byte_array_append (bytes, marks->data, marks->len);
  fixture_put_text (bytes, "COMM");
  fixture_put (bytes, 18, 4, TRUE);
  fixture_put (bytes, 1, 2, TRUE);
  fixture_put (bytes, 10, 4, TRUE);
  fixture_put (bytes, 16, 2, TRUE);
  g_byte_array_append (bytes, (const guint8 *) "\x40\x08\xFA\0\0\0\0\0\0\0", 10); /* 1000 Hz */
  fixture_put_text (bytes, "SSND");
  fixture_put (bytes, 28, 4, TRUE);
  for (guint i = 0; i < 28; i++)
    fixture_put (bytes, 0, 1, TRUE);
  g_byte_array_unref (marks);

  /* A comment on the second marker, which has no name, and one on none. */
  fixture_put_text (bytes, "COMT");
  fixture_put (bytes, 32, 4, TRUE);
  fixture_put (bytes, 2, 2, TRUE);
  fixture_put (bytes, 0, 4, TRUE);
  fixture_put (bytes, 0, 2, TRUE);
  fixture_put (bytes, 5, 2, TRUE);
  fixture_put_text (bytes, "nobod");
  fixture_put (bytes, 0, 1 + 4, TRUE);
  fixture_put (bytes, 2, 2, TRUE);
  fixture_put (bytes, 8, 2, TRUE);
  fixture_put_text (bytes, "a remark");
  assert_labels_of ("a.aiff", bytes, "3-4:abc 6-7:a remark", "2 labels are points");
}

/* 16 bits, one channel, 1000 Hz. */
static void
put_caf_head (GByteArray *bytes)
{
  fixture_put_text (bytes, "caff");
  fixture_put (bytes, 0x00010000, 4, TRUE);
  fixture_put_text (bytes, "desc");
  fixture_put (bytes, 32, 8, TRUE);
  fixture_put_f64 (bytes, 1000, TRUE);
  fixture_put_text (bytes, "lpcm");
  for (guint i = 0; i < 5; i++)
    fixture_put (bytes, (const guint[]) { 0, 2, 1, 1, 16 }[i], 4, TRUE);
}

static void
put_caf_marker (GByteArray *bytes, const char *type, double position, guint32 id)
{
  fixture_put_text (bytes, type);
  fixture_put_f64 (bytes, position, TRUE);
  fixture_put (bytes, id, 4, TRUE);
  fixture_put (bytes, 0, 8, TRUE);
  fixture_put (bytes, 0, 4, TRUE);
}

static void
put_caf_chunk (GByteArray *bytes, const char *id, GByteArray *content)
{
  fixture_put_text (bytes, id);
  fixture_put (bytes, content->len, 8, TRUE);
  g_byte_array_append (bytes, content->data, content->len);
  g_byte_array_unref (content);
}

/* A marker of another type than "generic", one that is nowhere, a region with a marker in it, one without an end, one without a
 * start, and texts of which one is nobody's; before or behind the samples. */
static void
test_caf (void)
{
  for (guint behind = 0; behind < 2; behind++)
    {
      GByteArray *bytes = g_byte_array_new (), *marks = g_byte_array_new (), *regions = g_byte_array_new (),
                 *texts = g_byte_array_new (), *samples = g_byte_array_new ();

      fixture_put (marks, 0, 4, TRUE);
      fixture_put (marks, 2, 4, TRUE);
      put_caf_marker (marks, "tbeg", 3, 1);
      put_caf_marker (marks, "rsyc", (double) NAN, 1);

      fixture_put (regions, 0, 4, TRUE);
      fixture_put (regions, 3, 4, TRUE);
      for (guint r = 0; r < 3; r++)
        {
          fixture_put (regions, 2 + r, 4, TRUE);
          fixture_put (regions, 1, 4, TRUE);
          fixture_put (regions, r == 0 ? 3 : 1, 4, TRUE);
          if (r < 2)
            put_caf_marker (regions, "rbeg", 10 + 20 * r, 70);
          if (r == 0)
            put_caf_marker (regions, "rsyc", 12, 71);
          if (r != 1)
            put_caf_marker (regions, "rend", 25, 72);
        }

      fixture_put (texts, 3, 4, TRUE);
      fixture_put (texts, 2, 4, TRUE);
      fixture_put (texts, 4, 8, TRUE);
      fixture_put (texts, 1, 4, TRUE);
      fixture_put (texts, 0, 8, TRUE);
      fixture_put (texts, 3, 4, TRUE);
      fixture_put (texts, 5000, 8, TRUE);
      g_byte_array_append (texts, (const guint8 *) "one\0zwei \xC3\xB6", 12);

      fixture_put (samples, 0, 4, TRUE);
      for (guint t = 0; t < 50; t++)
        fixture_put (samples, t, 2, TRUE);

      put_caf_head (bytes);
      if (behind)
        put_caf_chunk (bytes, "data", samples);
      put_caf_chunk (bytes, "regn", regions);
      put_caf_chunk (bytes, "mark", marks);
      put_caf_chunk (bytes, "strg", texts);
      if (!behind)
        put_caf_chunk (bytes, "data", samples);
      assert_labels_of ("a.caf", bytes, "3-4:one 10-25:zwei \xC3\xB6 30-31:unnamed", "marker 4 has a place that is no number");
    }
}

/* The layout of W64's own markers is not known: a note says that they are there. */
static void
test_w64 (void)
{
  static const guint8 guid[16] = { 0x56, 0x62, 0xF7, 0xAB, 0x2D, 0x39, 0xD2, 0x11, 0x86, 0xC7, 0, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A };
  GByteArray *bytes = g_byte_array_new ();
  gsize n_seeds;
  Seed *seeds = seeds_new (&n_seeds);

  for (gsize i = 0; i < n_seeds; i++)
    if (g_str_equal (seeds[i].name, "guids.w64"))
      g_byte_array_append (bytes, g_bytes_get_data (seeds[i].bytes, NULL), (guint) g_bytes_get_size (seeds[i].bytes));
  seeds_free (seeds, n_seeds);
  fixture_put (bytes, 0, (8 - bytes->len % 8) % 8, FALSE);
  g_byte_array_append (bytes, guid, sizeof guid);
  fixture_put (bytes, 32, 8, FALSE);
  fixture_put (bytes, 1, 8, FALSE);
  assert_labels_of ("a.w64", bytes, "none", "Its markers were not read");
}

/* The markers of real files, as Reaper, Audacity and AFsp wrote them. */
static void
test_shared (void)
{
  static const struct
  {
    const char *name;
    const char *spans; /* what the text begins with */
    int         n_spans;
  } rows[] = {
    { "16bit-16kHz-2markers-mono.wav", "24000-24001:wave1 72000-72001:wave2", 2 },
    { "16bit-16kHz-markers-mono.wav", "32000-32001:wavefile", 1 },
    { "16bit-8kHz-1c-reaper-region.wav", "8000-12000:unnamed", 1 },
    { "16bit-8kHz-1c-reaper-utf8cue.wav", "4000-4001:Ω", 1 },
    { "16bit-9khz-1c-1region-reaper.wav", "4000-8000:unnamed", 1 },
    { "Audacity-16bit-17-MARKERS.wav", "13230-13231:1 20021-20022:2 29723-29724:3 ", 17 },
    { "M1F1-int12WE-AFsp-2-MARKERS-LIST.wav", "22050-22051:marker 1 text 76293-76294:marker 2 text more text", 2 },
    { "test-cue-reaper.wav", "8000-8001:test cue reaper", 1 },
  };
  g_autofree char *shared = fixture_shared ();

  if (shared == NULL)
    {
      g_test_skip ("the shared recordings are not here; LAMINA_SHARED says where they are");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (shared, "labels_in_wav", rows[i].name, NULL);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      gsize n_spans;

      g_assert_true (sig_reader_open (path, NULL, &content, &error));
      g_assert_no_error (error);

      g_autofree char *text = spans_to_text (content.labels);

      g_test_message ("%s: %s", rows[i].name, text);
      g_assert_true (g_str_has_prefix (text, rows[i].spans));
      sig_labels_get_spans (content.labels, &n_spans);
      g_assert_cmpint (n_spans, ==, rows[i].n_spans);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cue/orders", test_orders);
  g_test_add_func ("/cue/texts", test_texts);
  g_test_add_func ("/cue/loops", test_loops);
  g_test_add_func ("/cue/damage", test_damage);
  g_test_add_func ("/cue/wide", test_wide);
  g_test_add_func ("/cue/aiff", test_aiff);
  g_test_add_func ("/cue/caf", test_caf);
  g_test_add_func ("/cue/w64", test_w64);
  g_test_add_func ("/cue/shared", test_shared);
  return g_test_run ();
}
