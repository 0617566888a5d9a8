/* test-reader-shared.c: real recordings, where they are at hand: each loads as expected or is refused in words, in time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"

/* How long opening any one of these files may take. */
#define LIMIT_S (1.0 * fixture_slowness ())

/* What the named recordings hold. */
static const struct
{
  const char *path;
  guint       n_channels;
  gint64      n_steps;
  double      rate_hz; /* 0: none */
  gint64      page;
  int         n_classes; /* 0: no labels */
} expected[] = {
  { "eeg_eye_state/eeg-eye-state.csv", 14, 14980, 0, 0, 2 },
  { "eeg_eye_state/EEG Eye State.arff", 14, 14980, 0, 0, 2 },
  { "eeg_eye_state/X.npy", 14, 58400, 0, 400, 2 },
  { "eeg_eye_state/eeg_eye_state.npz", 14, 14800, 0, 400, 2 },
  { "openbci16_hand/data_training_samir3.csv", 16, 7500, 125, 0, 2 },
  { "openbci16_hand/data_training_samir2.csv", 16, 3750, 125, 0, 2 },
  { "openbci16_hand/data_training_marcel1.csv", 16, 7125, 125, 0, 2 },
  { "openbci16_hand/data_test2.csv", 16, 2250, 125, 0, 2 },
  { "openbci16_hand/X.npy", 16, 69600, 0, 400, 2 },
  { "openbci_gui/OpenBCI_GUI-v6-blinks-jawClench-alpha.txt", 8, 22490, 250, 0, 0 },
  { "openbci_gui/OpenBCI-sampleData-1-blinks-jawClench-alpha.txt", 8, 22490, 250, 0, 0 },
  { "robot_wall/sensor_readings_24.data", 24, 5456, 0, 0, 4 },
  { "edf_pyedflib/test_generator.bdf", 5, 30000, 1000, 0, 0 },
  { "edf_pyedflib/test_generator.edf", 11, 120000, 200, 0, 2 },
  { "edf_pyedflib/test_subsecond.edf", 1, 89344, 128, 0, 3 },
  { "edf_pyedflib/test_utf8.edf", 1, 89344, 128, 0, 4 },
  { "sleep_edf/short_psg.bdf", 7, 30000, 100, 0, 0 },
  { "sleep_edf/short_psg.edf", 7, 30000, 100, 0, 0 },
  { "sleep_edf/SC4001E0-PSG.wav", 7, 79500, 1, 0, 7 },
  { "audio/3oa_example_16ch_derived.wav", 16, 106769, 48000, 0, 0 },
  { "audio/sh_hrir_order_3_16ch.wav", 16, 256, 48000, 0, 0 },
  { "audio/wavinfo Test Project - Audio - 3OA.wav", 16, 48000, 48000, 0, 0 },
  { "audio/wavinfo Test Project - Audio - Atmos 7.1.4.wav", 12, 48000, 48000, 0, 0 },
  { "audio/sample_4ch.wav", 4, 128337, 16000, 0, 0 },
  { "audio/43 - 8 channels (7.1).flac", 8, 438530, 44100, 0, 0 },
  { "audacity_labels/spinetail.wav", 1, 861799, 44100, 0, 2 },
  { "labels_in_wav/M1F1-int12WE-AFsp-2-MARKERS-LIST.wav", 2, 173605, 44100, 0, 2 },
  { "odd_wav/scipy/test-44100Hz-2ch-32bit-float-be.wav", 2, 441, 44100, 0, 0 },
  { "odd_wav/scipy/test-8000Hz-le-3ch-5S-24bit-rf64.wav", 3, 5, 8000, 0, 0 },
  { "odd_wav/libbw64/rect_24bit_rf64.wav", 2, 22050, 44100, 0, 0 },
  { "odd_npy/ndarray-npy/example_f64_big_endian_fortran.npy", 4, 6, 0, 3, 0 },
};

/* What must be refused, and with which words. */
static const struct
{
  const char *path;
  const char *words;
} refused[] = {
  { "hostile-wav/list-hang-1.wav", "RF64 file without its ds64 chunk" },
  { "hostile-wav/list-hang-2.wav", "has no samples (no “data” chunk)" },
  { "hostile-wav/list-hang-3.wav", "has no samples" },
  { "hostile-wav/list-hang-4.wav", "has no samples" },
  { "odd_npy/numpy/py3-objarr.npy", "contains Python objects" },
  { "odd_npy/numpy/py2-np0-objarr.npy", "contains Python objects" },
  { "odd_npy/ndarray-npy/example_c64_little_endian_standard.npy", "complex numbers" },
  { "odd_wav/libbw64/rect_24bit_nods64.wav", "without its ds64 chunk" },
  { "odd_wav/libbw64/rect_24bit_nowave.wav", "not WAV" },
  { "odd_wav/scipy/test-8000Hz-le-3ch-5S-24bit-inconsistent.wav", "block size is 4, expected 9" },
  { "odd_npy/numpy/py3-objarr.npz", "py3-objarr.npz: x.npy: contains Python objects" },
  { "sleep_edf/SC4001EC-Hypnogram.edf", "holds annotations only" },
};

static char *
find_shared (void)
{
  char *shared = fixture_shared ();

  if (shared == NULL)
    g_test_skip ("the shared recordings are not here; LAMINA_SHARED says where they are");
  return shared;
}

static void
test_expected (void)
{
  g_autofree char *shared = find_shared ();

  for (gsize i = 0; shared != NULL && i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_build_filename (shared, expected[i].path, NULL);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", expected[i].path);
      sig_reader_open (path, NULL, &content, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sig_recording_get_n_channels (content.recording), ==, expected[i].n_channels);
      g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, expected[i].n_steps);
      g_assert_cmpint (sig_recording_has_rate (content.recording), ==, expected[i].rate_hz > 0);
      g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==,
                         expected[i].rate_hz > 0 ? expected[i].rate_hz : 1.0);
      g_assert_cmpint (sig_recording_get_page (content.recording), ==, expected[i].page);
      g_assert_cmpint (content.labels != NULL, ==, expected[i].n_classes > 0);
      if (content.labels == NULL)
        continue;
      g_assert_cmpint (sig_labels_get_n_classes (content.labels), ==, expected[i].n_classes);
      g_assert_cmpint (sig_labels_get_n_steps (content.labels), ==, expected[i].n_steps);
    }
}

static void
test_refused (void)
{
  g_autofree char *shared = find_shared ();

  for (gsize i = 0; shared != NULL && i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_build_filename (shared, refused[i].path, NULL), *name = g_path_get_basename (refused[i].path);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      FixtureResult result = { 0 };

      sig_reader_open (path, NULL, &content, &error);
      result.error = error;
      fixture_assert_refused (&result, name, refused[i].words);
    }
}

/* Opens everything below a folder; gives the number of files. */
static guint
open_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 before = g_get_monotonic_time ();

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += open_all (path);
          continue;
        }
      n++;
      if (!sig_reader_open (path, NULL, &content, &error))
        {
          g_assert_true (g_str_has_prefix (error->message, name));
          g_assert_cmpuint (strlen (error->message), >, strlen (name) + 10);
          g_assert_null (strstr (error->message, "SF_INFO"));
        }
      g_test_message ("%s: %s", name, error != NULL ? error->message : "read");
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, LIMIT_S);
    }
  return n;
}

static void
test_all (void)
{
  g_autofree char *shared = find_shared ();

  if (shared != NULL)
    g_assert_cmpuint (open_all (shared), >, 100);
}

/* The hypnogram of the night in two forms, onto its recording. */
static void
test_labels (void)
{
  g_autofree char *shared = find_shared ();

  if (shared == NULL)
    return;

  g_autofree char *sound = g_build_filename (shared, "sleep_edf", "SC4001E0-PSG.wav", NULL);
  g_autofree char *track = g_build_filename (shared, "sleep_edf", "SC4001E0_hypnogram_audacity.txt", NULL);
  g_autofree char *steps = g_build_filename (shared, "sleep_edf", "SC4001E0_labels_per_sample.csv", NULL);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (sound, NULL, &content, &error));

  g_autoptr (SigLabels) named = sig_reader_open_labels (track, content.recording, NULL, NULL, &error);

  g_assert_no_error (error);

  g_autoptr (SigLabels) numbered = sig_reader_open_labels (steps, content.recording, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sig_labels_get_n_classes (numbered), ==, 5);
  g_assert_cmpstr (sig_labels_get_name (named, sig_labels_get (named, 0)), ==, "Sleep stage W");
  g_assert_cmpstr (sig_labels_get_name (named, sig_labels_get (named, 30630)), ==, "Sleep stage 1");
  for (gint64 t = 0; t < 79500; t++)
    g_assert_cmpint (sig_labels_get (numbered, t) == 0, ==,
                     strcmp (sig_labels_get_name (named, sig_labels_get (named, t)), "Sleep stage W") == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-shared/expected", test_expected);
  g_test_add_func ("/reader-shared/refused", test_refused);
  g_test_add_func ("/reader-shared/all", test_all);
  g_test_add_func ("/reader-shared/labels", test_labels);
  return g_test_run ();
}
