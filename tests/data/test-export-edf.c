/* test-export-edf.c: recordings and labels as EDF+ and BDF+: the header, the ranges, the records, and all of it read again
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "sig-edf-plan.h"
#include "sig-export.h"
#include "spans.h"

static gboolean
take_bytes (gpointer user_data, const void *bytes, gsize n, GError **error)
{
  g_byte_array_append (user_data, bytes, (guint) n);
  return TRUE;
}

static GByteArray *
write_bytes (const char *id, const SigRecording *recording, const SigLabels *labels)
{
  GByteArray *bytes = g_byte_array_new ();
  const SigExport what = { recording, labels, NULL, take_bytes, bytes };
  g_autoptr (GError) error = NULL;

  sig_export_write (sig_export_find_format (id), &what, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Writes and reads again. */
static FixtureResult
round_trip (const char *id, const SigRecording *recording, const SigLabels *labels)
{
  FixtureResult result = fixture_open ("a", write_bytes (id, recording, labels));

  g_assert_no_error (result.error);
  return result;
}

static char *
join_losses (const char *id, const SigRecording *recording, const SigLabels *labels)
{
  g_auto (GStrv) losses = sig_export_dup_losses (sig_export_find_format (id), recording, labels);

  return g_strjoinv (" ", losses);
}

static SigLabels *
no_labels (gint64 n_steps)
{
  return sig_labels_new (n_steps, NULL, 0, NULL, 0);
}

/* A wave in each channel, of very different sizes. */
static SigRecording *
make_waves (gint64 n_steps, double rate_hz, guint n_channels)
{
  float *samples = g_new (float, n_steps * n_channels);

  for (guint c = 0; c < n_channels; c++)
    for (gint64 t = 0; t < n_steps; t++)
      samples[c * n_steps + t] = (float) (pow (10, (int) c - 4) * (sin (0.1 * (double) t) + 0.3 * c));
  return sig_recording_new_take_samples ("waves", n_channels, n_steps, rate_hz, NULL, NULL, samples);
}

static void
assert_near (const SigRecording *meant, const SigRecording *there, double levels)
{
  g_assert_cmpuint (sig_recording_get_n_channels (meant), ==, sig_recording_get_n_channels (there));
  for (guint c = 0; c < sig_recording_get_n_channels (meant); c++)
    {
      const float *a = sig_recording_peek_channel (meant, c), *b = sig_recording_peek_channel (there, c);
      float min = INFINITY, max = -INFINITY;

      for (gint64 t = 0; t < sig_recording_get_n_steps (meant); t++)
        {
          min = fminf (min, a[t]);
          max = fmaxf (max, a[t]);
        }
      for (gint64 t = 0; t < sig_recording_get_n_steps (meant); t++)
        if (isnan (a[t]))
          g_assert_true (isnan (b[t]));
        else
          g_assert_cmpfloat_with_epsilon (a[t], b[t],
                                          0.55 * (max - min) / levels + 2e-7 * fmaxf (fabsf (min), fabsf (max)) + 1e-30);
    }
}

static void
test_header (void)
{
  const char *const names[] = { "EEG Fpz-Cz of the left side", "EDF Annotations", "Größe" };
  const char *const units[] = { "µV", "metres per second", NULL };
  const SigSpan spans[] = { { 0, 5, 0 }, { 5, 6, 1 } };
  g_autoptr (SigRecording) plain
      = sig_recording_new_take_samples ("h", 3, 20, 10, names, units, g_new0 (float, 60));
  g_autoptr (SigRecording) recording = sig_recording_with_start (plain, G_GINT64_CONSTANT (609437580250000));
  g_autoptr (SigLabels) labels = sig_labels_new (20, spans, 2, (const char *const[]) { "wach", "Schlaf" }, 2);
  g_autofree char *losses = join_losses ("edf", recording, labels);
  g_autoptr (GByteArray) bytes = write_bytes ("edf", recording, labels);
  g_auto (FixtureResult) result = round_trip ("edf", recording, labels);

  g_assert_nonnull (strstr (losses, "“EEG Fpz-Cz of the left side” becomes “EEG Fpz-Cz of th”"));
  g_assert_nonnull (strstr (losses, "“µV” becomes “uV”"));
  g_assert_nonnull (strstr (losses, "“EDF Annotations” becomes “EDF Annotations.”"));
  g_assert_cmpmem (bytes->data, 8, "0       ", 8);
  g_assert_cmpmem (bytes->data + 88, 28, "Startdate 24-APR-1989 X X X ", 28);
  g_assert_cmpmem (bytes->data + 168, 24, "24.04.8916.13.001280    ", 24);
  g_assert_cmpmem (bytes->data + 192, 6, "EDF+C ", 6);
  g_assert_cmpmem (bytes->data + 236, 20, "1       2       4   ", 20);

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpint (sig_recording_get_start_us (result.content.recording), ==, G_GINT64_CONSTANT (609437580250000));
  g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 3);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 20);

  g_autofree char *text = spans_to_text (result.content.labels);

  g_assert_cmpstr (text, ==, "0-5:wach 5-6:Schlaf");
}

/* When nobody knows the day it stays unknown; years of every century come back. */
static void
test_starts (void)
{
  const gint64 starts[] = { SIG_START_UNKNOWN, 0, -1, G_GINT64_CONSTANT (4102444800123456), G_GINT64_CONSTANT (-2208988800000000),
                            G_GINT64_CONSTANT (473385600000000) };
  g_autoptr (SigRecording) plain = make_waves (20, 10, 1);
  g_autoptr (SigLabels) labels = no_labels (20);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (SigRecording) recording = sig_recording_with_start (plain, starts[i]);
      g_auto (FixtureResult) result = round_trip ("bdf", recording, labels);

      g_assert_cmpint (sig_recording_get_start_us (result.content.recording), ==, starts[i]);
    }
}

/* Each channel has its own range, whatever its size. */
static void
test_ranges (void)
{
  g_autoptr (SigRecording) recording = make_waves (1000, 100, 12);
  g_autoptr (SigLabels) labels = no_labels (1000);
  g_auto (FixtureResult) bdf = round_trip ("bdf", recording, labels);
  g_auto (FixtureResult) edf = round_trip ("edf", recording, labels);
  g_autofree char *losses = join_losses ("edf", recording, labels);

  assert_near (recording, bdf.content.recording, 16777215);
  assert_near (recording, edf.content.recording, 65535);
  g_assert_nonnull (strstr (losses, "rounded to 16 bits of each channel's range: by at most 153 in “Ch 12”"));
}

/* Whole numbers that fit are kept bit by bit; missing samples are told. */
static void
test_whole (void)
{
  float *samples = g_new (float, 2000);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigLabels) labels = no_labels (1000);
  g_autofree char *whole = NULL;
  g_autofree char *holes = NULL;

  for (int i = 0; i < 1000; i++)
    {
      samples[i] = (float) (i * 65 - 32768);
      samples[1000 + i] = 7;
    }
  recording = sig_recording_new_take_samples ("w", 2, 1000, 100, NULL, NULL, samples);
  whole = join_losses ("edf", recording, labels);
  g_assert_cmpstr (whole, ==, "");

  g_auto (FixtureResult) result = round_trip ("edf", recording, labels);

  for (guint c = 0; c < 2; c++)
    g_assert_cmpmem (sig_recording_peek_channel (result.content.recording, c), 4000, samples + 1000 * c, 4000);

  samples[5] = NAN;
  samples[1005] = INFINITY;
  holes = join_losses ("edf", recording, labels);
  g_assert_nonnull (strstr (holes, "2 missing samples are written as 0"));

  g_auto (FixtureResult) filled = round_trip ("edf", recording, labels);

  g_assert_cmpfloat (fixture_sample (&filled, 0, 5), ==, 0);
  g_assert_cmpfloat (fixture_sample (&filled, 1, 5), ==, 0);
}

/* A channel that says the same all the time comes back as that, whatever its size: each is another constant. */
static void
test_constant (void)
{
  const float exact[] = { 0.02345678f, 1.2345678e-4f, -1.2345678e-4f, 9.9999994e-10f, 1e-30f, 0.1f, 123456792, 1.2345678e12f };
  const guint n_random = 500, n = G_N_ELEMENTS (exact) + n_random;
  float *samples = g_new (float, 4 * n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigLabels) labels = no_labels (4);

  for (guint c = 0; c < n; c++)
    {
      double size = g_rand_double_range (rand, -10, 10) * pow (10, g_rand_int_range (rand, -38, 37));

      for (int t = 0; t < 4; t++)
        samples[4 * c + t] = c < G_N_ELEMENTS (exact) ? exact[c] : (float) size;
    }
  recording = sig_recording_new_take_samples ("c", n, 4, 1, NULL, NULL, samples);

  g_auto (FixtureResult) edf = round_trip ("edf", recording, labels);
  g_auto (FixtureResult) bdf = round_trip ("bdf", recording, labels);

  for (guint c = 0; c < n; c++)
    for (gint64 t = 0; t < 4; t++)
      {
        g_assert_cmpfloat_with_epsilon (fixture_sample (&edf, c, t), samples[4 * c], 2e-7 * fabs (samples[4 * c]));
        g_assert_cmpfloat (fixture_sample (&bdf, c, t), ==, samples[4 * c]);
        if (c < G_N_ELEMENTS (exact))
          g_assert_cmpfloat (fixture_sample (&edf, c, t), ==, samples[4 * c]);
      }
}

/* Lengths and rates that hardly go into records: what does not come out even is filled, and told. */
static void
test_records (void)
{
  const struct
  {
    gint64      n_steps;
    double      rate_hz;
    const char *losses; /* (nullable): there are none of these */
  } rows[] = {
    { 79500, 1, NULL },
    { 14980, 128, NULL },
    { 7919, 250, NULL },
    { 1, 256, "The last record is filled with 3 steps" },
    { 100003, 44100, "The last record is filled with" },
    { 106769, 48000, "The last record is filled with" },
    { 9997, 999.7, NULL },
    { 3000, 1.0 / 3.0, NULL },
    { 5000, M_PI, "is written as" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 n = rows[i].n_steps;
      g_autoptr (SigRecording) recording = make_waves (n, rows[i].rate_hz, 1);
      const SigSpan spans[] = { { 0, (n + 1) / 2, 0 }, { (n + 1) / 2, n, 1 } };
      g_autoptr (SigLabels) labels = sig_labels_new (n, spans, n > 1 ? 2 : 1, (const char *const[]) { "a", "b" }, 2);
      g_autofree char *losses = join_losses ("bdf", recording, labels);
      g_auto (FixtureResult) result = round_trip ("bdf", recording, labels);
      gint64 n_read = sig_recording_get_n_steps (result.content.recording);

      g_test_message ("%" G_GINT64_FORMAT " at %g: %s", n, rows[i].rate_hz, losses);
      if (rows[i].losses != NULL)
        g_assert_nonnull (strstr (losses, rows[i].losses));
      else
        {
          g_assert_null (strstr (losses, "filled"));
          g_assert_cmpint (n_read, ==, n);
          g_assert_cmpfloat (sig_recording_get_rate_hz (result.content.recording), ==, rows[i].rate_hz);
        }
      g_assert_cmpint (n_read, >=, n);
      assert_near (recording, result.content.recording, 16777215);
      for (gint64 t = 0; t < n; t++)
        g_assert_cmpint (sig_labels_get (result.content.labels, t), ==, t >= (n + 1) / 2);
    }
}

/* Many labels with long names in few records: none is lost. */
static void
test_many_labels (void)
{
  const char *formats[] = { "edf", "bdf", "edf-labels" };
  g_autoptr (SigRecording) recording = make_waves (20000, 1000, 2);
  g_autofree gint32 *classes = g_new (gint32, 20000);
  g_autofree char *name = g_strnfill (300, 'x');
  g_autoptr (SigLabels) labels = NULL;

  for (int t = 0; t < 20000; t++)
    classes[t] = t % 3 == 2 ? SIG_UNLABELLED : t % 3;
  labels = sig_labels_new_from_steps (classes, 20000, (const char *const[]) { "Ω", name }, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GByteArray) bytes = write_bytes (formats[i], recording, labels);
      g_autofree char *notes = NULL;
      g_autofree char *text = spans_read ("a.edf", bytes->data, bytes->len, recording, &notes);
      g_autofree char *expected = spans_to_text (labels);

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Gaps come back as gaps, labels where they were; borders without a gap are told to be lost. */
static void
test_gaps (void)
{
  const SigSegment segments[] = { { 0, 100 }, { 140, 160 }, { 160, 260 }, { 300, 400 } };
  const SigSegment expected[] = { { 0, 100 }, { 140, 260 }, { 300, 400 } };
  const SigSpan spans[] = { { 90, 150, 0 }, { 301, 302, 1 } };
  g_autoptr (SigRecording) plain = make_waves (400, 100, 2);
  g_autoptr (SigRecording) recording = sig_recording_with_segments (plain, segments, G_N_ELEMENTS (segments));
  g_autoptr (SigLabels) labels = sig_labels_new (400, spans, 2, (const char *const[]) { "a", "b" }, 2);
  g_autofree char *losses = join_losses ("bdf", recording, labels);
  gsize n = 0;

  for (guint c = 0; c < 2; c++)
    for (gint64 t = 0; t < 400; t++)
      if ((t >= 100 && t < 140) || (t >= 260 && t < 300))
        ((float *) sig_recording_peek_channel (plain, c))[t] = NAN;

  g_auto (FixtureResult) result = round_trip ("bdf", recording, labels);
  const SigSegment *found = sig_recording_get_segments (result.content.recording, &n);
  g_autofree char *text = spans_to_text (result.content.labels);

  g_assert_nonnull (strstr (losses, "1 border between segments without a gap is lost"));
  g_assert_cmpmem (found, n * sizeof *found, expected, sizeof expected);
  g_assert_cmpstr (text, ==, "90-150:a 301-302:b");
  assert_near (recording, result.content.recording, 16777215);
}

/* Labels alone begin with the recording, whatever the fraction of its first second. */
static void
test_labels_only (void)
{
  const SigSpan spans[] = { { 3, 10, 0 }, { 12, 13, 1 } };
  g_autoptr (SigRecording) plain = make_waves (40, 333, 1);
  g_autoptr (SigRecording) recording = sig_recording_with_start (plain, G_GINT64_CONSTANT (609437580777000));
  g_autoptr (SigLabels) labels = sig_labels_new (40, spans, 2, (const char *const[]) { "a", "b" }, 2);
  g_autoptr (SigLabels) none = no_labels (40);
  g_autoptr (GByteArray) bytes = write_bytes ("edf-labels", recording, labels);
  g_autoptr (GByteArray) empty = write_bytes ("edf-labels", recording, none);
  g_autofree char *notes = NULL;
  g_autofree char *text = spans_read ("a.edf", bytes->data, bytes->len, recording, &notes);

  g_assert_cmpstr (text, ==, "3-10:a 12-13:b");
  g_assert_cmpmem (bytes->data + 236, 20, "1       0       1   ", 20);
  g_assert_cmpmem (empty->data + 236, 20, "1       0       1   ", 20);
}

static gboolean
say_yes (gpointer user_data)
{
  return TRUE;
}

static gboolean
refuse_bytes (gpointer user_data, const void *bytes, gsize n, GError **error)
{
  g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The disk is full.");
  return FALSE;
}

static void
test_stopped (void)
{
  g_autoptr (SigRecording) recording = make_waves (400, 100, 2);
  g_autoptr (SigLabels) labels = no_labels (400);
  const SigReadHooks hooks = { .should_stop = say_yes };
  SigExport what = { recording, labels, &hooks, take_bytes, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (sig_export_write (sig_export_find_format ("bdf"), &what, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_CANCELLED);
  g_clear_error (&error);
  what.hooks = NULL;
  what.sink = refuse_bytes;
  g_assert_false (sig_export_write (sig_export_find_format ("bdf"), &what, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
}

/* Fractions as they were told. */
static void
note_fraction (gpointer user_data, double fraction)
{
  g_array_append_val ((GArray *) user_data, fraction);
}

/* The samples are read twice, for their ranges and to be written; progress goes on through both, and never back. */
static void
test_progress (void)
{
  g_autoptr (SigRecording) recording = make_waves (400000, 100, 2);
  g_autoptr (SigLabels) labels = no_labels (400000);
  g_autoptr (GArray) fractions = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const SigReadHooks hooks = { .progress = note_fraction, .user_data = fractions };
  const SigExport what = { recording, labels, &hooks, take_bytes, bytes };
  guint n_measuring = 0;

  g_assert_true (sig_export_write (sig_export_find_format ("edf"), &what, NULL));
  for (guint i = 0; i < fractions->len; i++)
    {
      double fraction = g_array_index (fractions, double, i);

      if (i > 0)
        g_assert_cmpfloat (fraction, >=, g_array_index (fractions, double, i - 1));
      n_measuring += fraction > 0.0 && fraction < 0.4;
    }
  g_assert_cmpuint (n_measuring, >=, 3);
  g_assert_cmpfloat (g_array_index (fractions, double, fractions->len - 1), ==, 1.0);
}

/* A proof for a file that lost more than its rounding is no proof. */
static void
test_proof (void)
{
  const SigExportFormat *format = sig_export_find_format ("bdf");
  g_autoptr (SigRecording) recording = make_waves (400, 100, 2);
  g_autoptr (SigLabels) labels = no_labels (400);
  const SigExport what = { .recording = recording, .labels = labels };
  g_autofree char *folder = fixture_folder ();

  for (gboolean damaged = FALSE; damaged <= TRUE; damaged++)
    {
      g_autoptr (GByteArray) bytes = write_bytes ("bdf", recording, labels);
      g_autofree char *path = NULL;
      g_autofree char *text = NULL;
      SigExportProof proof;
      g_autoptr (GError) error = NULL;

      if (damaged)
        bytes->data[256 * 4 + 1] ^= 1;
      path = fixture_write (folder, "a.bdf", bytes->data, bytes->len);
      g_assert_true (sig_export_prove (format, path, &what, &proof, &error));
      g_assert_cmpint (proof.n_other_samples, ==, damaged);
      g_assert_cmpint (sig_export_proof_is_whole (&proof), ==, !damaged);
      text = sig_export_proof_to_text (&proof);
      g_assert_nonnull (strstr (text, damaged ? "1 samples are not the same" : "all samples but for their rounding"));
    }
  fixture_remove (folder);
}

/* Whole numbers have one zero, floats have two: that is rounding. */
static void
test_proof_of_zero (void)
{
  const float samples[] = { -0.0f, -0.0f, 0, -0.0f };
  g_autoptr (SigRecording) recording
      = sig_recording_new_take_samples ("z", 1, 4, 1, NULL, NULL, g_memdup2 (samples, sizeof samples));
  g_autoptr (SigLabels) labels = no_labels (4);
  const SigExport what = { .recording = recording, .labels = labels };
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = write_bytes ("edf", recording, labels);
  g_autofree char *path = fixture_write (folder, "a.edf", bytes->data, bytes->len);
  SigExportProof proof;

  g_assert_true (sig_export_prove (sig_export_find_format ("edf"), path, &what, &proof, NULL));
  g_assert_cmpint (proof.n_other_samples, ==, 0);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export-edf/header", test_header);
  g_test_add_func ("/export-edf/starts", test_starts);
  g_test_add_func ("/export-edf/ranges", test_ranges);
  g_test_add_func ("/export-edf/whole", test_whole);
  g_test_add_func ("/export-edf/constant", test_constant);
  g_test_add_func ("/export-edf/records", test_records);
  g_test_add_func ("/export-edf/many-labels", test_many_labels);
  g_test_add_func ("/export-edf/gaps", test_gaps);
  g_test_add_func ("/export-edf/labels-only", test_labels_only);
  g_test_add_func ("/export-edf/stopped", test_stopped);
  g_test_add_func ("/export-edf/progress", test_progress);
  g_test_add_func ("/export-edf/proof", test_proof);
  g_test_add_func ("/export-edf/proof-of-zero", test_proof_of_zero);
  return g_test_run ();
}
