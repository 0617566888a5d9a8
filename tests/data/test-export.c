/* test-export.c: labels written in every format: what is lost is told before, what came back is proved after
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "spans.h"

static gboolean
take_bytes (gpointer user_data, const void *bytes, gsize n, GError **error)
{
  g_byte_array_append (user_data, bytes, (guint) n);
  return TRUE;
}

static GByteArray *
write_bytes (const SigExportFormat *format, const SigRecording *recording, const SigLabels *labels)
{
  GByteArray *bytes = g_byte_array_new ();
  const SigExport what = { recording, labels, NULL, take_bytes, bytes };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_export_write (format, &what, &error));
  g_assert_no_error (error);
  return bytes;
}

static SigExportProof
prove (const SigExportFormat *format, const SigRecording *recording, const SigLabels *labels, const GByteArray *bytes)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *name = g_strconcat ("out", format->extension, NULL);
  g_autofree char *path = fixture_write (folder, name, bytes->data, bytes->len);
  const SigExport what = { .recording = recording, .labels = labels };
  g_autoptr (GError) error = NULL;
  SigExportProof proof = { 0 };

  g_assert_true (sig_export_prove (format, path, &what, &proof, &error));
  g_assert_no_error (error);
  fixture_remove (folder);
  return proof;
}

static char *
join_losses (const SigExportFormat *format, const SigRecording *recording, const SigLabels *labels)
{
  g_auto (GStrv) losses = sig_export_dup_losses (format, recording, labels);

  return g_strjoinv (" ", losses);
}

static SigLabels *
make_labels (void)
{
  static const SigSpan spans[] = { { 0, 10, 1 }, { 10, 25, 0 }, { 30, 31, 2 } };
  static const char *const names[] = { "rest", "=grasp, \"hard\"", "1" };

  return sig_labels_new (40, spans, 3, names, 3);
}

/* The text formats, letter for letter. */
static void
test_letters (void)
{
  static const struct
  {
    const char *id;
    const char *text;
  } rows[] = {
    { "audacity", "0.000000\t0.030030\t=grasp, \"hard\"\n0.030030\t0.075075\trest\n0.090090\t0.093093\t1\n" },
    { "csv", "onset,duration,label,sample,n_samples\n0.000000,0.030030,\"'=grasp, \"\"hard\"\"\",0,10\n"
             "0.030030,0.045045,rest,10,15\n0.090090,0.003003,1,30,1\n" },
  };
  g_autoptr (SigRecording) recording = spans_recording (40, 333.0);
  g_autoptr (SigLabels) labels = make_labels ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) bytes = write_bytes (sig_export_find_format (rows[i].id), recording, labels);
      g_autofree char *text = g_strndup ((const char *) bytes->data, bytes->len);

      g_test_message ("%s", text);
      g_assert_cmpstr (text, ==, rows[i].text);
    }

  g_autoptr (GByteArray) steps = write_bytes (sig_export_find_format ("csv-steps"), recording, labels);

  g_assert_nonnull (g_strstr_len ((const char *) steps->data, steps->len, "step,label\n0,\"'=grasp, \"\"hard\"\"\"\n"));
  g_assert_nonnull (g_strstr_len ((const char *) steps->data, steps->len, "\n24,rest\n25,\n26,\n"));
}

/* Every format: what it says that it loses, and that all else comes back. */
static void
test_losses (void)
{
  static const struct
  {
    const char *id;
    const char *words; /* parts of the losses, between "|"; NULL: there are none */
  } rows[] = {
    { "audacity", NULL },
    { "csv", "1 name that a spreadsheet would take for a formula gets an apostrophe" },
    { "csv-steps", "1 name that a spreadsheet" },
    { "npy", "Names of classes are lost: 0 is “rest”, 1 is “=grasp, \"hard\"”, 2 is “1”.|Steps without a label are −1" },
    { "wav", "Names of channels are lost" },
  };
  g_autoptr (SigRecording) recording = spans_recording (40, 250.0);
  g_autoptr (SigLabels) labels = make_labels ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SigExportFormat *format = sig_export_find_format (rows[i].id);
      g_autofree char *losses = join_losses (format, recording, labels);
      g_autoptr (GByteArray) bytes = write_bytes (format, recording, labels);
      SigExportProof proof = prove (format, recording, labels, bytes);
      g_autofree char *text = sig_export_proof_to_text (&proof);
      g_auto (GStrv) words = g_strsplit (rows[i].words != NULL ? rows[i].words : "", "|", -1);

      g_test_message ("%s: %s %s", rows[i].id, losses, text);
      for (gsize k = 0; words[k] != NULL; k++)
        g_assert_nonnull (strstr (losses, words[k]));
      if (rows[i].words == NULL)
        g_assert_cmpstr (losses, ==, "");
      g_assert_true (sig_export_proof_is_whole (&proof));
      g_assert_true (g_str_has_prefix (text, "Read again: 3 of 3 labels are identical"));
    }
}

static void
test_names (void)
{
  static const SigSpan spans[] = { { 0, 2, 0 }, { 2, 4, 1 }, { 4, 6, 2 }, { 6, 8, 3 }, { 8, 10, 5 } };
  static const char *const names[] = { " a\tb ", "", "c", "c ", "nobody", "NA" };
  g_autoptr (SigRecording) recording = spans_recording (10, 0.0);
  g_autoptr (SigLabels) labels = sig_labels_new (10, spans, 5, names, 6);
  g_autofree char *audacity = join_losses (sig_export_find_format ("audacity"), recording, labels);
  g_autofree char *steps = join_losses (sig_export_find_format ("csv-steps"), recording, labels);

  g_assert_nonnull (strstr (audacity, "Names of classes are changed: “ a\tb ” becomes “a b”, “” becomes “unnamed”, "
                                      "“c ” becomes “c”."));
  g_assert_nonnull (strstr (audacity, "Classes with one name become one: “c”."));
  g_assert_nonnull (strstr (audacity, "Classes without a label are lost: “nobody”."));
  g_assert_nonnull (strstr (audacity, "no sample rate: a second in the file is a step"));
  g_assert_nonnull (strstr (steps, "“NA” becomes “NA_”"));
}

/* Rates at which six decimals do not tell the step; labels everywhere; hostile names. All formats must bring all back. */
static void
test_random (void)
{
  static const char *const words[] = { "rest", "=1+1", "-5", "@x",   "+",   "a,b;c", "\"q\"", "Ω µ", "7",
                                       "1.0",  "'tis", "'=x", "\\", "x y", "0",     "nan",   "#no", "%", "Don’t know" };
  static const double rates[] = { 1.0, 250.0, 1000.0 / 3.0, 44100.0, 1e6 / 7.0, 0.0, 192000.0, 8e6 + 1.0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int round = 0; round < 120; round++)
    {
      gint64 n_steps = g_rand_int_range (rand, 3, 3000);
      g_autofree gint32 *classes = g_new (gint32, n_steps);
      const char *names[5];
      int first = g_rand_int_range (rand, 0, G_N_ELEMENTS (words)), n_names = g_rand_int_range (rand, 1, 6);

      for (int k = 0; k < n_names; k++)
        names[k] = words[(first + 3 * k) % G_N_ELEMENTS (words)];
      for (gint64 t = 0; t < n_steps; t++)
        classes[t] = t > 0 && g_rand_int_range (rand, 0, 20) > 0 ? classes[t - 1]
                                                                  : g_rand_int_range (rand, SIG_DONT_KNOW, n_names);

      /* Nothing but −1 and 1 would be two classes. */
      classes[0] = 0;

      g_autoptr (SigRecording) recording = spans_recording (n_steps, rates[round % G_N_ELEMENTS (rates)]);
      g_autoptr (SigLabels) labels = sig_labels_new_from_steps (classes, n_steps, names, n_names);

      for (guint i = 0; sig_export_get_format (i) != NULL; i++)
        {
          const SigExportFormat *format = sig_export_get_format (i);
          g_autoptr (GByteArray) bytes = write_bytes (format, recording, labels);
          SigExportProof proof = prove (format, recording, labels, bytes);
          g_autofree char *text = sig_export_proof_to_text (&proof);

          if (!sig_export_proof_is_whole (&proof))
            g_test_message ("round %d, %s: %s", round, format->id, text);
          g_assert_true (sig_export_proof_is_whole (&proof));
        }
    }
}

/* The third state, borders within a class, and what was chosen for classes. */
static void
test_states (void)
{
  const SigSpan spans[] = { { 0, 5, 0 }, { 5, 8, 0 }, { 8, 12, SIG_DONT_KNOW } };
  const SigClass chosen[] = { { "a", 5, 7, 0 } };
  g_autoptr (SigClassTable) classes = sig_class_table_new_full (chosen, 1);
  g_autoptr (SigRecording) recording = spans_recording (20, 250.0);
  g_autoptr (SigLabels) labels = sig_labels_new_take (20, g_memdup2 (spans, sizeof spans), 3, classes);

  for (guint i = 0; sig_export_get_format (i) != NULL; i++)
    {
      const SigExportFormat *format = sig_export_get_format (i);
      g_autofree char *losses = join_losses (format, recording, labels);
      g_autoptr (GByteArray) bytes = write_bytes (format, recording, labels);
      SigExportProof proof = prove (format, recording, labels, bytes);

      g_test_message ("%s: %s", format->id, losses);
      g_assert_nonnull (strstr (losses, "Steps marked “don’t know” are written as"));
      g_assert_true ((strstr (losses, "One label of a class touches the next one of it") != NULL) == format->joins);
      g_assert_nonnull (strstr (losses, "colours and keys chosen for the classes are lost"));
      g_assert_true (sig_export_proof_is_whole (&proof));
      g_assert_cmpint (proof.n_spans, ==, 3);
      g_assert_cmpint (proof.n_same, ==, format->joins ? 1 : 3);
      g_assert_cmpint (proof.n_joined, ==, format->joins ? 2 : 0);
    }
}

/* An array of nothing but −1 and 1 is one of two classes; that is told before, and found out after. */
static void
test_signs (void)
{
  static const SigSpan spans[] = { { 3, 5, 1 } };
  static const char *const names[] = { "a", "b" };
  g_autoptr (SigRecording) recording = spans_recording (10, 250.0);
  g_autoptr (SigLabels) labels = sig_labels_new (10, spans, 1, names, 2);
  const SigExportFormat *format = sig_export_find_format ("npy");
  g_autofree char *losses = join_losses (format, recording, labels);
  g_autoptr (GByteArray) bytes = write_bytes (format, recording, labels);
  SigExportProof proof = prove (format, recording, labels, bytes);

  g_assert_nonnull (strstr (losses, "that is read as two classes"));
  g_assert_cmpint (proof.n_other_steps, ==, 8);
}

/* A proof that cannot fail proves nothing: labels of another track are found out. */
static void
test_other (void)
{
  static const SigSpan spans[] = { { 0, 10, 1 }, { 10, 24, 0 }, { 30, 31, 2 } };
  static const char *const names[] = { "rest", "=grasp, \"hard\"", "one" };
  g_autoptr (SigRecording) recording = spans_recording (40, 250.0);
  g_autoptr (SigLabels) labels = make_labels (), other = sig_labels_new (40, spans, 3, names, 3);
  const SigExportFormat *format = sig_export_find_format ("csv");
  g_autoptr (GByteArray) bytes = write_bytes (format, recording, other);
  SigExportProof proof = prove (format, recording, labels, bytes);
  g_autofree char *text = sig_export_proof_to_text (&proof);

  g_assert_cmpstr (text, ==, "Read again: 1 of 3 labels are identical; 2 steps have another label, the first is step 24.");
  g_assert_false (sig_export_proof_is_whole (&proof));
}

/* The samples go with a WAV, bit for bit, NaN and all. */
static void
test_samples (void)
{
  enum { CHANNELS = 5, STEPS = 30000 };
  g_autofree float *samples = g_new (float, CHANNELS * STEPS);
  g_autoptr (SigLabels) labels = NULL;
  const SigExportFormat *format = sig_export_find_format ("wav");

  for (int i = 0; i < CHANNELS * STEPS; i++)
    samples[i] = i % 1000 == 0 ? NAN : (float) sin (i) * 1e5f;

  g_autoptr (SigRecording) recording
      = sig_recording_new_take_samples ("r", CHANNELS, STEPS, 250.0, NULL, NULL, g_steal_pointer (&samples));

  labels = sig_labels_new (STEPS, &(SigSpan) { 5, 7, 0 }, 1, (const char *const[]) { "a" }, 1);

  g_autoptr (GByteArray) bytes = write_bytes (format, recording, labels);
  SigExportProof proof = prove (format, recording, labels, bytes);

  g_assert_true (sig_export_proof_is_whole (&proof));
  bytes->data[bytes->len - 1] ^= 1;
  proof = prove (format, recording, labels, bytes);
  g_assert_cmpint (proof.n_other_samples, ==, 1);
}

static void
test_formats (void)
{
  g_assert_cmpstr (sig_export_guess_format ("/a/B.TXT")->id, ==, "audacity");
  g_assert_cmpstr (sig_export_guess_format ("b.csv")->id, ==, "csv");
  g_assert_cmpstr (sig_export_guess_format ("b.wav")->id, ==, "wav");
  g_assert_null (sig_export_guess_format ("b.doc"));
  g_assert_null (sig_export_find_format ("doc"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/letters", test_letters);
  g_test_add_func ("/export/losses", test_losses);
  g_test_add_func ("/export/names", test_names);
  g_test_add_func ("/export/random", test_random);
  g_test_add_func ("/export/states", test_states);
  g_test_add_func ("/export/signs", test_signs);
  g_test_add_func ("/export/other", test_other);
  g_test_add_func ("/export/samples", test_samples);
  g_test_add_func ("/export/formats", test_formats);
  return g_test_run ();
}
