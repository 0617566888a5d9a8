/* test-reader-edf.c: samples, times and annotations of EDF and BDF files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fixture-edf.h"
#include "spans.h"

#define ANNOTATIONS { .label = "EDF Annotations", .n = 40 }

static void
assert_spans (const SigLabels *labels, const char *expected)
{
  g_autofree char *text = spans_to_text (labels);

  g_assert_cmpstr (text, ==, expected);
}

/* Row 59: the fastest signal gives the rate, the others are held, whatever the ratio. */
static void
test_rates (void)
{
  const FixtureEdf edf = { .n_there = 3,
                           .record_s = "2",
                           .signals = { { .label = "fast", .n = 12 }, { .label = "slow", .n = 1 }, { .label = "odd", .n = 5 } } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));
  const SigRecording *recording = result.content.recording;

  fixture_assert_loaded (&result, "several rates|at the highest, 6 Hz|slow (0.5 Hz), odd (2.5 Hz)");
  g_assert_cmpfloat (sig_recording_get_rate_hz (recording), ==, 6);
  g_assert_cmpint (sig_recording_get_n_steps (recording), ==, 36);
  for (int t = 0; t < 36; t++)
    {
      g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, t), t / 10.0f, 1e-5);
      g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 1, t), (100 + t / 12) / 10.0f, 1e-5);
      g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 2, t), (200 + t / 12 * 5 + t % 12 * 5 / 12) / 10.0f, 1e-5);
    }
}

static void
test_annotations (void)
{
  static const char *const lists[] = {
    "+0\x14\x14~+0\x15" "1.5\x14Sleep stage W\x14~",
    "+1\x14\x14~+1.5\x15" "1\x14Sleep stage 1\x14~",
    "+2\x14\x14~+2.25\x14spike@@Fp1\x14~+3\x15" "9\x14Sleep stage W",
    "+3\x14\x14~+2.75\x15" "0.5\x14Sleep stage 2\x14~",
  };
  const FixtureEdf edf = { .kind = "EDF+C", .n_there = 4, .lists = lists, .signals = { { .label = "a", .n = 4 }, ANNOTATIONS } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));

  /* The third record's last list has no end. */
  fixture_assert_loaded (&result, "1 annotations have no readable time or no end|1 annotations are of one channel only (the "
                                  "first: Fp1)|1 label is a point");
  g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 1);
  assert_spans (result.content.labels, "0-6:Sleep stage W 6-9:Sleep stage 1 9-10:spike 11-13:Sleep stage 2");
}

/* The first record need not begin with the second of the header's clock. */
static void
test_subsecond (void)
{
  static const char *const lists[] = { "+0.25\x14\x14~", "+1.25\x14\x14~+1.5\x15" "0.5\x14" "a\x14~" };
  const FixtureEdf edf = { .kind = "EDF+C", .n_there = 2, .lists = lists, .signals = { { .label = "a", .n = 4 }, ANNOTATIONS } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpint (sig_recording_get_start_us (result.content.recording), ==, G_GINT64_CONSTANT (609437580250000));
  assert_spans (result.content.labels, "5-7:a");
}

/* Row 60: gaps are steps that nobody recorded, and break the recording into segments. */
static void
test_gaps (void)
{
  static const char *const lists[] = {
    "+0\x14\x14~",
    "+1\x14\x14~+1.5\x15" "3\x14" "a\x14~",
    "+4\x14\x14~",
    "+5.0003\x14\x14~",
    "+7.5\x14\x14~+7.5\x15" "0.5\x14" "b\x14~",
  };
  const FixtureEdf edf = { .kind = "EDF+D", .n_there = 5, .lists = lists, .signals = { { .label = "a", .n = 4 }, ANNOTATIONS } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));
  const SigRecording *recording = result.content.recording;
  const SigSegment expected[] = { { 0, 8 }, { 16, 24 }, { 30, 34 } };
  const gint64 first[] = { 0, 8, 16 };
  gsize n = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n);

  fixture_assert_loaded (&result, "in 3 segments");
  g_assert_cmpmem (segments, n * sizeof *segments, expected, sizeof expected);
  for (gint64 t = 0, s = 0; t < 34; t++)
    {
      s += t >= expected[s].end;
      if (t < expected[s].start)
        g_assert_true (isnan (fixture_sample (&result, 0, t)));
      else
        g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, t), (float) (first[s] + t - expected[s].start) / 10, 1e-5);
    }
  assert_spans (result.content.labels, "6-18:a 30-32:b");
}

/* Gaps of years are not shown, and records out of order follow each other; labels keep to the samples. */
static void
test_far_gaps (void)
{
  static const char *const years[] = {
    "+0\x14\x14~+0.5\x15" "0.5\x14" "a\x14~",
    "+99999999\x14\x14~+99999999.5\x15" "0.25\x14" "b\x14~+500\x15" "1\x14" "lost\x14~",
  };
  static const char *const back[] = {
    "+5\x14\x14~+5.5\x15" "0.5\x14" "a\x14~",
    "+1\x14\x14~+1\x15" "0.5\x14" "b\x14~",
  };
  FixtureEdf edf = { .kind = "EDF+D", .n_there = 2, .lists = years, .signals = { { .label = "a", .n = 4 }, ANNOTATIONS } };
  g_auto (FixtureResult) far = fixture_open ("a.edf", fixture_edf (&edf));
  gsize n = 0;

  fixture_assert_loaded (&far, "in 2 segments|many times longer than what was recorded");
  g_assert_cmpint (sig_recording_get_n_steps (far.content.recording), ==, 8);
  sig_recording_get_segments (far.content.recording, &n);
  g_assert_cmpuint (n, ==, 2);
  assert_spans (far.content.labels, "2-4:a 4-5:lost 6-7:b");

  edf.lists = back;

  g_auto (FixtureResult) early = fixture_open ("a.edf", fixture_edf (&edf));

  fixture_assert_loaded (&early, "in 2 segments|1 segments begin before the one before has ended");
  g_assert_cmpint (sig_recording_get_n_steps (early.content.recording), ==, 8);
  assert_spans (early.content.labels, "2-4:a 4-6:b");
}

static void
test_without_onsets (void)
{
  static const char *const lists[] = { "+0\x14\x14~", "", "+9\x14\x14~" };
  const FixtureEdf edf = { .kind = "EDF+D", .n_there = 3, .lists = lists, .signals = { { .label = "a", .n = 4 }, ANNOTATIONS } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));

  fixture_assert_loaded (&result, "1 data records do not say when they began|in 2 segments");
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 40);
}

/* Row 54: a file of annotations is no recording, but labels one. */
static void
test_annotations_only (void)
{
  static const char *const lists[] = { "+0\x14\x14~+1\x15" "2\x14W\x14~+3\x15" "2\x14R\x14~" };
  FixtureEdf edf = { .kind = "EDF+C", .record_s = "0", .n_there = 1, .lists = lists, .signals = { ANNOTATIONS } };
  g_auto (FixtureResult) alone = fixture_open ("a.edf", fixture_edf (&edf));
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("r", 1, 60, 10, NULL, NULL, g_new0 (float, 60));
  const gint64 start_us = G_GINT64_CONSTANT (609437580000000);
  const struct
  {
    gint64      start_us;
    const char *spans;
    const char *notes; /* (nullable) */
  } rows[] = {
    { SIG_START_UNKNOWN, "10-30:W 30-50:R", NULL },
    { start_us, "10-30:W 30-50:R", NULL },
    { start_us + 500000, "5-25:W 25-45:R", "begins 0.5 s before the recording" },
    { start_us - 2000000, "30-50:W 50-60:R", "begins 2 s after the recording" },
    { 0, "10-30:W 30-50:R", "of another time than the recording" },
  };

  fixture_assert_refused (&alone, "a.edf", "holds annotations only; open its recording first");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SigRecording) recording = sig_recording_with_start (plain, rows[i].start_us);
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (fixture_edf (&edf));
      g_autoptr (SigFile) file = sig_file_new_bytes ("a.edf", bytes);
      g_auto (SigReading) reading = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *notes = NULL;

      sig_reading_init (&reading, NULL);

      g_autoptr (SigLabels) labels = sig_reader_labels_open_file (file, recording, &reading, &error);

      g_assert_no_error (error);
      assert_spans (labels, rows[i].spans);
      notes = sig_reading_dup_notes (&reading);
      if (rows[i].notes == NULL)
        g_assert_null (notes);
      else
        g_assert_nonnull (strstr (notes, rows[i].notes));
    }
}

/* A file without any annotation labels nothing. */
static void
test_no_annotations (void)
{
  const FixtureEdf edf = { .n_there = 1, .signals = { { .label = "a", .n = 4 } } };
  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("r", 1, 60, 10, NULL, NULL, g_new0 (float, 60));
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (fixture_edf (&edf));
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.edf", bytes);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;

  sig_reading_init (&reading, NULL);
  g_assert_null (sig_reader_labels_open_file (file, recording, &reading, &error));
  g_assert_nonnull (strstr (error->message, "has no annotations"));
}

/* --- files on disk -------------------------------------------------------------- */

/* A file of `n_records` records, of which only some hold more than zeros: sample i of signal s in record r is
 * r % 1000 + 2 i + s. */
static char *
make_sparse (const char *folder, const FixtureEdf *edf, gint64 n_records, const gint64 *written, gsize n_written)
{
  g_autoptr (GByteArray) head = fixture_edf (edf);
  char *path = fixture_write (folder, "big.edf", head->data, head->len);
  int fd = open (path, O_WRONLY);
  gint64 record_bytes = 0;

  for (guint s = 0; edf->signals[s].label != NULL; s++)
    record_bytes += 2 * edf->signals[s].n;
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, (off_t) (head->len + n_records * record_bytes)), ==, 0);
  for (gsize k = 0; k < n_written; k++)
    {
      g_autoptr (GByteArray) record = g_byte_array_new ();

      for (guint s = 0; edf->signals[s].label != NULL; s++)
        for (guint i = 0; i < edf->signals[s].n; i++)
          fixture_put (record, (guint64) (written[k] % 1000 + 2 * i + s), 2, FALSE);
      g_assert_cmpint (pwrite (fd, record->data, record->len, (off_t) (head->len + written[k] * record_bytes)), ==, record->len);
    }
  close (fd);
  return path;
}

/* Ten gigabytes open at once and give samples from anywhere; short records, and records longer than what is read at once. */
static void
test_big (gconstpointer data)
{
  gboolean is_long = GPOINTER_TO_INT (data);
  guint n = is_long ? 200000 : 250;
  const FixtureEdf edf = { .n_records = "-1",
                           .record_s = is_long ? "800" : "1",
                           .signals = { { .label = "a", .physical_min = "-1000", .physical_max = "1000", .n = n },
                                        { .label = "b", .physical_min = "-1000", .physical_max = "1000", .n = n / 2 },
                                        { .label = "c", .physical_min = "-1000", .physical_max = "1000", .n = n } } };
  gint64 record_bytes = 2 * (2 * n + n / 2), n_records = 10 * G_GINT64_CONSTANT (1000000000) / record_bytes;
  const gint64 written[] = { 0, n_records / 3, n_records / 3 + 1, n_records - 1 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = make_sparse (folder, &edf, n_records, written, G_N_ELEMENTS (written));
  gint64 before = g_get_monotonic_time ();
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 2000000);
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, n_records * n);
  for (gsize k = 0; k < G_N_ELEMENTS (written); k++)
    for (guint c = 0; c < 3; c++)
      {
        gint64 from = written[k] * n + n / 7, n_read = n / 2;
        g_autofree float *out = g_new (float, n_read);

        g_assert_true (sig_recording_read (content.recording, c, from, n_read, out, &error));
        for (gint64 t = 0; t < n_read; t++)
          {
            gint64 i = c == 1 ? (n / 7 + t) / 2 : n / 7 + t;
            gint16 stored = (gint16) (written[k] % 1000 + 2 * i + c);

            g_assert_cmpfloat_with_epsilon (out[t], stored, 1e-3);
          }
      }
  fixture_remove (folder);
}

/* Row 16: a file that shrinks while it is open gives an error, and what is left can still be read. */
static void
test_shrunk (void)
{
  const FixtureEdf edf = { .n_records = "-1", .signals = { { .label = "a", .n = 1000 } } };
  const gint64 written[] = { 3 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = make_sparse (folder, &edf, 40000, written, 1);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  float value = 0;

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_null (sig_recording_peek_channel (content.recording, 0));
  g_assert_cmpint (truncate (path, 512 + 20000 * 2000), ==, 0);
  g_assert_false (sig_recording_read (content.recording, 0, 39999000, 1, &value, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_true (sig_recording_read (content.recording, 0, 3005, 1, &value, &error));
  g_assert_cmpfloat_with_epsilon (value, 1.3, 1e-6);
  fixture_remove (folder);
}

/* One file many times, and more files than EDFlib would open. */
static void
test_many (void)
{
  const FixtureEdf edf = { .n_there = 2, .signals = { { .label = "a", .n = 4 } } };
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = fixture_edf (&edf);
  g_autofree char *path = fixture_write (folder, "one.edf", bytes->data, bytes->len);
  SigContent contents[100] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;

      sig_reader_open (path, NULL, &contents[i], &error);
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      float value = 0;

      g_assert_true (sig_recording_read (contents[i].recording, 0, 7, 1, &value, NULL));
      g_assert_cmpfloat_with_epsilon (value, 0.7, 1e-6);
      sig_content_clear (&contents[i]);
    }
  fixture_remove (folder);
}

/* --- real ones ------------------------------------------------------------------ */

static char *
find_sleep (const char *name)
{
  g_autofree char *shared = fixture_shared ();

  if (shared == NULL)
    {
      g_test_skip ("the shared recordings are not here; LAMINA_SHARED says where they are");
      return NULL;
    }
  return g_build_filename (shared, "sleep_edf", name, NULL);
}

/* The table's class of each step: W, 1, 2, 3+4, R and the rest as numbers. */
static int
number_of_stage (const char *name)
{
  static const char *const stages[] = { "Sleep stage W", "Sleep stage 1", "Sleep stage 2", "Sleep stage 3", "Sleep stage R" };

  if (strcmp (name, "Sleep stage 4") == 0)
    return 3;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (strcmp (name, stages[i]) == 0)
      return (int) i;
  return -1;
}

/* The hypnogram of a night gives the stage of each second as somebody else's table has it. */
static void
test_hypnogram (gconstpointer name)
{
  g_autofree char *wav = find_sleep ("SC4001E0-PSG.wav");
  g_autofree char *hypnogram = find_sleep (name);
  g_autofree char *table = find_sleep ("SC4001E0_labels_per_sample.csv");
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n_spans = 0;

  if (wav == NULL)
    return;
  g_assert_true (sig_reader_open (wav, NULL, &content, &error));

  g_autoptr (SigLabels) labels = sig_reader_open_labels (hypnogram, content.recording, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (table, &text, NULL, &error));

  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  guint first = g_ascii_isdigit (lines[0][0]) || lines[0][0] == '-' ? 0 : 1;

  sig_labels_get_spans (labels, &n_spans);
  g_test_message ("%" G_GSIZE_FORMAT " spans", n_spans);
  g_assert_cmpint (sig_labels_get_n_steps (labels), ==, 79500);
  g_assert_cmpuint (g_strv_length (lines) - first, ==, 79500);
  for (gint64 t = 0; t < 79500; t++)
    {
      int klass = sig_labels_get (labels, t);
      const char *expected = strrchr (lines[first + t], ',');

      expected = expected != NULL ? expected + 1 : lines[first + t];
      g_assert_cmpint (klass == SIG_UNLABELLED ? -1 : number_of_stage (sig_labels_get_name (labels, klass)), ==, atoi (expected));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-edf/rates", test_rates);
  g_test_add_func ("/reader-edf/annotations", test_annotations);
  g_test_add_func ("/reader-edf/subsecond", test_subsecond);
  g_test_add_func ("/reader-edf/gaps", test_gaps);
  g_test_add_func ("/reader-edf/far-gaps", test_far_gaps);
  g_test_add_func ("/reader-edf/without-onsets", test_without_onsets);
  g_test_add_func ("/reader-edf/annotations-only", test_annotations_only);
  g_test_add_func ("/reader-edf/no-annotations", test_no_annotations);
  g_test_add_data_func ("/reader-edf/big/short-records", GINT_TO_POINTER (FALSE), test_big);
  g_test_add_data_func ("/reader-edf/big/long-records", GINT_TO_POINTER (TRUE), test_big);
  g_test_add_func ("/reader-edf/shrunk", test_shrunk);
  g_test_add_func ("/reader-edf/many", test_many);
  g_test_add_data_func ("/reader-edf/hypnogram/edf", "SC4001EC-Hypnogram.edf", test_hypnogram);
  g_test_add_data_func ("/reader-edf/hypnogram/bdf", "SC4001EC-Hypnogram.bdf", test_hypnogram);
  return g_test_run ();
}
