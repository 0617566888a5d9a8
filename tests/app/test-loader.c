/* test-loader.c: what is opened comes home, what fails says why, and what is overtaken is dropped
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-loader.h"

#include "app-design-file.h"
#include "t-app.h"

#include <glib/gstdio.h>
#include <string.h>

/* A loader and what came of it. */
typedef struct
{
  AppLoader    *loader;
  int           n_opened, n_failed;
  SigRecording *recording;
  SigLabels    *labels;
  SigLabelSet  *tracks;
  NnDesign     *design;
  gboolean      is_again;
  char         *message;
} Bench;

static void
bench_forget (Bench *bench)
{
  g_clear_pointer (&bench->recording, sig_recording_unref);
  g_clear_pointer (&bench->labels, sig_labels_unref);
  g_clear_pointer (&bench->tracks, sig_label_set_unref);
  g_clear_pointer (&bench->design, nn_design_unref);
  g_clear_pointer (&bench->message, g_free);
}

static void
opened_cb (Bench *bench, const AppOpened *opened)
{
  bench_forget (bench);
  bench->n_opened++;
  bench->is_again = opened->is_again;
  if (opened->recording != NULL)
    {
      g_assert_true (sig_pyramid_get_recording (opened->pyramid) == opened->recording);
      bench->recording = sig_recording_ref (opened->recording);
    }
  if (opened->labels != NULL)
    bench->labels = sig_labels_ref (opened->labels);
  if (opened->project.tracks != NULL)
    bench->tracks = sig_label_set_ref (opened->project.tracks);
  if (opened->design != NULL)
    bench->design = nn_design_ref (opened->design);
}

static void
failed_cb (Bench *bench, const GError *error)
{
  bench_forget (bench);
  bench->n_failed++;
  bench->message = g_strdup (error->message);
}

static void
bench_init (Bench *bench)
{
  *bench = (Bench) { .loader = app_loader_new () };
  g_signal_connect_swapped (bench->loader, "opened", G_CALLBACK (opened_cb), bench);
  g_signal_connect_swapped (bench->loader, "failed", G_CALLBACK (failed_cb), bench);
}

static void
bench_clear (Bench *bench)
{
  g_assert_finalize_object (bench->loader);
  t_drain ();
  bench_forget (bench);
}

static void
settle (Bench *bench)
{
  t_wait_until (!app_loader_is_busy (bench->loader), (void) 0);
}

/* Of a channel step: the last of four. */
static void
take_step (Bench *bench, AppSourceKind kind, char *path, const SigRecording *current)
{
  AppSourceStep step = { .kind = kind, .paths = (char *[]) { path, NULL }, .channel = 3 };
  SigContent content = { (SigRecording *) current, NULL };

  app_loader_take_step (bench->loader, &step, NULL, &content);
}

static void
test_demo (void)
{
  Bench bench;

  bench_init (&bench);
  take_step (&bench, APP_SOURCE_DEMO, NULL, NULL);
  g_assert_true (app_loader_is_active (bench.loader));
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_cmpint (sig_recording_get_n_channels (bench.recording), ==, 16);
  g_assert_cmpint (sig_labels_get_n_steps (bench.labels), ==, sig_recording_get_n_steps (bench.recording));
  bench_clear (&bench);
}

/* 200 steps of two channels and a class, as text. */
static char *
write_csv (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  GString *text = g_string_new ("a,b,class\n");

  for (int i = 0; i < 200; i++)
    g_string_append_printf (text, "%d,%d,%s\n", i % 7, i % 5, i / 40 % 2 == 0 ? "low" : "high");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  g_string_free (text, TRUE);

  return path;
}

static void
test_files (void)
{
  Bench bench;
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *csv = write_csv (folder, "both.csv");
  g_autofree char *missing = g_build_filename (folder, "missing.csv", NULL);

  bench_init (&bench);
  take_step (&bench, APP_SOURCE_OPEN, csv, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_cmpint (sig_recording_get_n_channels (bench.recording), ==, 2);
  g_assert_cmpint (sig_labels_get_n_classes (bench.labels), ==, 2);

  take_step (&bench, APP_SOURCE_OPEN, missing, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_failed, ==, 1);
  g_assert_nonnull (strstr (bench.message, "missing.csv"));

  /* Labels that are not there: nothing is opened. */
  app_loader_take_step (bench.loader,
                        &(AppSourceStep) { .kind = APP_SOURCE_SET, .paths = (char *[]) { csv, missing, NULL } }, NULL, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_cmpint (bench.n_failed, ==, 2);

  g_unlink (csv);
  g_rmdir (folder);
  bench_clear (&bench);
}

/* Read again, a recording brings no labels: those that are marked are newer. Another length is refused. */
static void
test_again (void)
{
  Bench bench;
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *csv = write_csv (folder, "both.csv");
  AppSourceStep first = { .kind = APP_SOURCE_OPEN, .paths = (char *[]) { csv, NULL } };
  g_autoptr (AppSource) opened = app_source_with_step (NULL, &first);
  g_autoptr (AppSource) source = app_source_with_step (opened, &(AppSourceStep) { .kind = APP_SOURCE_RATES,
                                                                                  .rates = SIG_RATES_LINEAR });
  g_autoptr (SigPyramid) four = t_four (200), longer = t_four (201);
  SigContent current = { (SigRecording *) sig_pyramid_get_recording (four), NULL };

  bench_init (&bench);
  app_loader_open_again (bench.loader, source, &current);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_true (bench.is_again);
  g_assert_cmpint (sig_recording_get_n_steps (bench.recording), ==, 200);
  g_assert_null (bench.labels);

  current.recording = (SigRecording *) sig_pyramid_get_recording (longer);
  app_loader_open_again (bench.loader, source, &current);
  settle (&bench);
  g_assert_cmpint (bench.n_failed, ==, 1);
  g_assert_nonnull (strstr (bench.message, "has 200 steps now, and had 201"));

  g_unlink (csv);
  g_rmdir (folder);
  bench_clear (&bench);
}

static void
test_channel (void)
{
  Bench bench;
  g_autoptr (SigPyramid) four = t_four (1000);

  bench_init (&bench);
  take_step (&bench, APP_SOURCE_CHANNEL, NULL, sig_pyramid_get_recording (four));
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_cmpint (sig_recording_get_n_channels (bench.recording), ==, 3);
  g_assert_cmpint (sig_labels_get_n_classes (bench.labels), ==, 2);
  bench_clear (&bench);
}

static void
test_design (void)
{
  Bench bench;
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "design.json", NULL);
  g_autofree char *csv = write_csv (folder, "not-a-design.csv");
  g_autoptr (NnDesign) design = t_design (50, 16);
  g_autoptr (GError) error = NULL;

  g_assert_true (app_design_file_save (path, design, &error));
  g_assert_no_error (error);

  bench_init (&bench);
  app_loader_open_design (bench.loader, path);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_true (nn_design_equal (bench.design, design));

  app_loader_open_design (bench.loader, csv);
  settle (&bench);
  g_assert_cmpint (bench.n_failed, ==, 1);
  g_assert_nonnull (strstr (bench.message, "not-a-design.csv"));

  g_unlink (path);
  g_unlink (csv);
  g_rmdir (folder);
  bench_clear (&bench);
}

/* A project brings back recording, tracks, design and settings; one whose recording has changed brings nothing. */
static void
test_project (void)
{
  Bench bench;
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *csv = write_csv (folder, "both.csv");
  g_autofree char *path = g_build_filename (folder, "a.lamina", NULL);
  AppSourceStep step = { .kind = APP_SOURCE_OPEN, .paths = (char *[]) { csv, NULL } };
  NnShape input = nn_shape_2 (50, 2);
  SigSpan span = { 10, 190, 0 };
  const char *names[] = { "mine" };
  g_autoptr (SigLabels) labels = sig_labels_new (200, &span, 1, names, 1);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_auto (AppProject) project = { .n_steps = 200, .settings = nn_settings_default (), .filter = sig_filter_spec_default () };

  project.source = app_source_with_step (NULL, &step);
  project.tracks = sig_label_set_with_added (empty, "Mine", labels);
  project.design = nn_template_build (nn_template_find ("R1"), &input, 2);
  g_assert_true (app_project_save (&project, path, NULL));

  bench_init (&bench);
  take_step (&bench, APP_SOURCE_OPEN, path, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_true (sig_label_set_equal (bench.tracks, project.tracks));
  g_assert_cmpint (sig_recording_get_n_channels (bench.recording), ==, 2);

  g_assert_true (g_file_set_contents (csv, "a,b\n1,2\n3,4\n", -1, NULL));
  take_step (&bench, APP_SOURCE_OPEN, path, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_failed, ==, 1);
  g_assert_nonnull (strstr (bench.message, "has 2 steps now, and had 200"));

  g_unlink (csv);
  take_step (&bench, APP_SOURCE_OPEN, path, NULL);
  settle (&bench);
  g_assert_cmpint (bench.n_failed, ==, 2);
  g_assert_nonnull (strstr (bench.message, "“both.csv” is not in"));
  g_assert_cmpstr (app_loader_get_gone (bench.loader), ==, csv);

  /* Somebody finds it elsewhere. */
  {
    g_autofree char *found = write_csv (folder, "found.csv");
    const char *moved[] = { csv, found, NULL };

    app_loader_open_moved (bench.loader, path, moved);
    settle (&bench);
    g_assert_null (app_loader_get_gone (bench.loader));
    g_assert_cmpint (bench.n_opened, ==, 2);
    g_assert_true (sig_label_set_equal (bench.tracks, project.tracks));
    g_unlink (found);
  }
  g_unlink (path);
  g_rmdir (folder);
  bench_clear (&bench);
}

static void
test_overtaken (void)
{
  Bench bench;
  g_autoptr (SigPyramid) four = t_four (1000);

  bench_init (&bench);
  take_step (&bench, APP_SOURCE_DEMO, NULL, NULL);
  take_step (&bench, APP_SOURCE_CHANNEL, NULL, sig_pyramid_get_recording (four));
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
  g_assert_cmpint (sig_recording_get_n_channels (bench.recording), ==, 3);

  take_step (&bench, APP_SOURCE_DEMO, NULL, NULL);
  app_loader_forget (bench.loader);
  settle (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);

  take_step (&bench, APP_SOURCE_DEMO, NULL, NULL);
  bench_clear (&bench);
  g_assert_cmpint (bench.n_opened, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loader/demo", test_demo);
  g_test_add_func ("/loader/files", test_files);
  g_test_add_func ("/loader/again", test_again);
  g_test_add_func ("/loader/channel", test_channel);
  g_test_add_func ("/loader/project", test_project);
  g_test_add_func ("/loader/design", test_design);
  g_test_add_func ("/loader/overtaken", test_overtaken);

  return g_test_run ();
}
