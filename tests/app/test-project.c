/* test-project.c: a project comes back as it was saved, wherever its folder went; damaged ones are refused in words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project.h"

#include "mutate.h"
#include "nn-archive.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static SigLabels *
make_labels (gint64 n_steps)
{
  SigClass classes[] = { { "re\"st, or\nnot", 3, 0, 0 }, { "wälk", 0, 7, 0 }, { "unused", 11, 1, 0 } };
  g_autoptr (SigClassTable) table = sig_class_table_new_full (classes, 3);
  SigSpan spans[] = { { 0, 3, 1 }, { 3, 5, 1 }, { 5, 6, SIG_DONT_KNOW }, { 8, n_steps, 0 } };

  return sig_labels_new_take (n_steps, g_memdup2 (spans, sizeof spans), G_N_ELEMENTS (spans), table);
}

static void
make_view (AppProjectView *view)
{
  const WbLane lanes[] = {
    { .channel = 1, .gain = 0.1 / 3, .offset = -.25, .height = 2.5, .color = -1 },
    { .channel = 0, .gain = 1, .height = 1, .hidden = TRUE, .color = 6 },
    { .channel = 2, .gain = 1, .height = 1, .color = 3 },
  };
  g_autoptr (WbLaneView) plain = wb_lane_view_new_full (lanes, G_N_ELEMENTS (lanes));
  g_autoptr (WbLaneView) scaled = wb_lane_view_with_scale (plain, WB_SCALE_AXIS);
  g_autoptr (WbLaneView) timed = wb_lane_view_with_time (scaled, WB_TIME_CLOCK);
  g_autoptr (WbLaneView) selected = wb_lane_view_with_selected (timed, 2);
  g_autoptr (WbLaneView) seen = wb_lane_view_with_spectrogram (selected, 1);

  *view = (AppProjectView) { wb_lane_view_with_rows (seen, 1, 1), 2.5, 10.1, 5 };
}

/* Everything a project can hold. */
static void
make_project (AppProject *self)
{
  static const SigRole roles[] = { SIG_ROLE_TIME, SIG_ROLE_CHANNEL, SIG_ROLE_LABEL };
  AppImport table = { .kind = APP_IMPORT_TABLE,
                      .table = { .separator = ';', .style = { ',', '.', TRUE }, .has_header = TRUE, .skip_lines = 3,
                                 .rate_hz = 0.1, .n_columns = 3, .roles = roles } };
  g_autofree char *near = path_of ("sub/b\xFF.csv");
  g_autofree char *far = g_strdup ("/elsewhere/%20 c.csv");
  char *one[] = { near, NULL }, *two[] = { far, near, NULL };
  AppSourceStep steps[] = { { .kind = APP_SOURCE_IMPORT, .paths = one, .import = &table },
                            { .kind = APP_SOURCE_ADD, .paths = two, .rule = SIG_SET_COMMON, .again = TRUE },
                            { .kind = APP_SOURCE_CHANNEL, .channel = 5 },
                            { .kind = APP_SOURCE_RATES, .rates = SIG_RATES_LEAVE_OUT } };
  g_autoptr (SigLabels) labels = make_labels (20);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) first = sig_label_set_with_added (empty, "Mine", labels);
  g_autoptr (SigLabelSet) second = sig_label_set_with_added (first, "Theirs", labels);
  NnShape input = nn_shape_2 (400, 16);

  *self = (AppProject) { .n_steps = 20, .settings = nn_settings_default () };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      AppSource *longer = app_source_with_step (self->source, &steps[i]);

      g_clear_pointer (&self->source, app_source_unref);
      self->source = longer;
    }
  self->tracks = sig_label_set_with_active (second, 0);
  self->design = nn_template_build (nn_template_find ("R4"), &input, 2);
  self->settings.epochs = 123;
  self->filter = sig_filter_spec_default ();
  self->filter.high_pass_hz = 0.1 / 3;
  self->trains_filtered = TRUE;
  self->missing = APP_MISSING_LEAVE_OUT;
  self->settings.class_weight[1] = 2.5;
  self->settings.n_class_weights = 3;
  self->settings.learning_rate = 0.1 / 3;
  make_view (&self->view);
}

static void
assert_equal (const AppProject *a, const AppProject *b)
{
  g_assert_cmpuint (app_source_get_n (a->source), ==, app_source_get_n (b->source));
  for (guint i = 0; i < app_source_get_n (a->source); i++)
    {
      const AppSourceStep *x = app_source_get (a->source, i), *y = app_source_get (b->source, i);

      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_cmpint (x->rule, ==, y->rule);
      g_assert_cmpint (x->again, ==, y->again);
      g_assert_cmpuint (x->channel, ==, y->channel);
      g_assert_cmpint (x->rates, ==, y->rates);
      g_assert_true ((x->paths == NULL) == (y->paths == NULL));
      g_assert_true (x->paths == NULL || g_strv_equal ((const char *const *) x->paths, (const char *const *) y->paths));
      g_assert_true ((x->import == NULL) == (y->import == NULL));
      if (x->import == NULL)
        continue;
      g_assert_cmpint (x->import->table.separator, ==, y->import->table.separator);
      g_assert_cmpmem (&x->import->table.style, sizeof (SigTableStyle), &y->import->table.style, sizeof (SigTableStyle));
      g_assert_cmpint (x->import->table.skip_lines, ==, y->import->table.skip_lines);
      g_assert_cmpfloat (x->import->table.rate_hz, ==, y->import->table.rate_hz);
      g_assert_cmpmem (x->import->roles, x->import->table.n_columns * sizeof (SigRole), y->import->roles,
                       y->import->table.n_columns * sizeof (SigRole));
    }
  g_assert_cmpint (a->n_steps, ==, b->n_steps);
  g_assert_true (sig_label_set_equal (a->tracks, b->tracks));
  g_assert_cmpint (sig_label_set_get_active (a->tracks), ==, sig_label_set_get_active (b->tracks));
  g_assert_true (sig_filter_spec_equal (&a->filter, &b->filter));
  g_assert_cmpint (a->trains_filtered, ==, b->trains_filtered);
  g_assert_cmpint (a->missing, ==, b->missing);
  g_assert_cmpint (a->settings.n_class_weights, ==, b->settings.n_class_weights);
  g_assert_cmpfloat (a->settings.class_weight[1], ==, b->settings.class_weight[1]);
  g_assert_true (nn_design_equal (a->design, b->design));
  g_assert_cmpint (a->settings.epochs, ==, b->settings.epochs);
  g_assert_cmpfloat (a->settings.learning_rate, ==, b->settings.learning_rate);
}

static void
assert_same_view (const AppProjectView *a, const AppProjectView *b)
{
  const WbLane *x = wb_lane_view_get_lanes (a->lanes), *y = wb_lane_view_get_lanes (b->lanes);
  guint first, other_first;

  g_assert_cmpuint (wb_lane_view_get_n_channels (a->lanes), ==, wb_lane_view_get_n_channels (b->lanes));
  for (guint i = 0; i < wb_lane_view_get_n_channels (a->lanes); i++)
    {
      g_assert_cmpuint (x[i].channel, ==, y[i].channel);
      g_assert_cmpfloat (x[i].gain, ==, y[i].gain);
      g_assert_cmpfloat (x[i].offset, ==, y[i].offset);
      g_assert_cmpfloat (x[i].height, ==, y[i].height);
      g_assert_cmpint (x[i].hidden, ==, y[i].hidden);
      g_assert_cmpint (x[i].color, ==, y[i].color);
    }
  g_assert_cmpint (wb_lane_view_get_scale (a->lanes), ==, wb_lane_view_get_scale (b->lanes));
  g_assert_cmpint (wb_lane_view_get_time (a->lanes), ==, wb_lane_view_get_time (b->lanes));
  g_assert_cmpint (wb_lane_view_get_selected (a->lanes), ==, wb_lane_view_get_selected (b->lanes));
  g_assert_cmpint (wb_lane_view_get_spectrogram (a->lanes), ==, wb_lane_view_get_spectrogram (b->lanes));
  g_assert_cmpuint (wb_lane_view_get_rows (a->lanes, &first), ==, wb_lane_view_get_rows (b->lanes, &other_first));
  g_assert_cmpuint (first, ==, other_first);
  g_assert_cmpfloat (a->start, ==, b->start);
  g_assert_cmpfloat (a->end, ==, b->end);
  g_assert_cmpuint (a->snaps, ==, b->snaps);
}

static void
test_round_trip (void)
{
  g_auto (AppProject) project = { 0 }, back = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autofree char *bytes = NULL;
  g_autofree char *again = NULL;
  gsize n, n_again;
  g_autoptr (GError) error = NULL;

  make_project (&project);
  g_assert_true (app_project_save (&project, path, &error));
  g_assert_no_error (error);
  g_assert_true (app_project_is (path));
  g_assert_true (app_project_load (path, &back, &error));
  g_assert_no_error (error);
  assert_equal (&project, &back);
  assert_same_view (&project.view, &back.view);

  /* The same project gives the same bytes. */
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_true (app_project_save (&back, path, &error));
  g_assert_true (g_file_get_contents (path, &again, &n_again, NULL));
  g_assert_cmpmem (bytes, n, again, n_again);
  g_unlink (path);
}

/* A folder that moved with its recordings in it is found as it is; a recording that changed is told of. */
static void
test_moved (void)
{
  g_auto (AppProject) project = { 0 }, back = { 0 };
  g_autofree char *old = path_of ("old");
  g_autofree char *new = path_of ("new");
  g_autofree char *recording = path_of ("old/x.csv");
  g_autofree char *moved = path_of ("new/x.csv");
  g_autofree char *path = path_of ("old/a.lamina");
  g_autofree char *moved_path = path_of ("new/a.lamina");
  char *paths[] = { recording, NULL };
  AppSourceStep step = { .kind = APP_SOURCE_OPEN, .paths = paths };
  g_autoptr (GError) error = NULL;

  make_project (&project);
  app_source_unref (project.source);
  project.source = app_source_with_step (NULL, &step);
  g_mkdir (old, 0700);
  g_assert_true (g_file_set_contents (recording, "1,2\n", -1, NULL));
  g_assert_true (app_project_save (&project, path, &error));
  g_assert_cmpint (g_rename (old, new), ==, 0);
  g_assert_true (app_project_load (moved_path, &back, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (app_source_get (back.source, 0)->paths[0], ==, moved);
  g_assert_null (back.notes);

  app_project_clear (&back);
  g_assert_true (g_file_set_contents (moved, "1,2\n3,4\n", -1, NULL));
  g_assert_true (app_project_load (moved_path, &back, &error));
  g_assert_cmpstr (back.notes, ==, "“x.csv” had 4 bytes when the project was saved, and has 8 now.");
  g_unlink (moved);
  g_unlink (moved_path);
  g_rmdir (new);
}

/* What was saved before views were kept. */
static void
test_without_view (void)
{
  g_auto (AppProject) project = { 0 }, back = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autoptr (GError) error = NULL;

  make_project (&project);
  app_project_view_clear (&project.view);
  g_assert_true (app_project_save (&project, path, &error));
  g_assert_true (app_project_load (path, &back, &error));
  g_assert_no_error (error);
  g_assert_null (back.view.lanes);
  assert_equal (&project, &back);
  g_unlink (path);
}

static void
test_bare (void)
{
  g_auto (AppProject) project = { 0 }, back = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autoptr (GError) error = NULL;

  make_project (&project);
  g_clear_pointer (&project.source, app_source_unref);
  g_assert_true (app_project_save (&project, path, &error));
  g_assert_true (app_project_load (path, &back, &error));
  g_assert_null (back.source);
  g_assert_null (back.tracks);
  g_assert_true (nn_design_equal (back.design, project.design));
  g_unlink (path);
}

/* --- what is wrong ------------------------------------------------------------------------- */

/* A project with one part of its text replaced. */
static void
assert_refused (const char *member, const char *old, const char *new, const char *words)
{
  g_auto (AppProject) project = { 0 }, back = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autofree char *bytes = NULL;
  g_autofree guint8 *changed = NULL;
  g_autoptr (NnArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const names[] = { "mimetype", "project.json", "labels/1.csv", "labels/2.csv" };
  NnArchiveItem items[G_N_ELEMENTS (names)];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean found = FALSE;
  gsize n;

  make_project (&project);
  g_assert_true (app_project_save (&project, path, &error));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  archive = nn_archive_open ((const guint8 *) bytes, n, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) content = nn_archive_read (archive, names[i], 1 << 20, &error);
      g_autofree char *text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));

      if (strcmp (names[i], member) == 0)
        {
          g_auto (GStrv) parts = g_strsplit (text, old, 2);

          found = parts[0] != NULL && parts[1] != NULL;
          g_free (text);
          text = g_strjoinv (new, parts);
        }
      items[i] = (NnArchiveItem) { names[i], text, strlen (text) };
      g_ptr_array_add (texts, g_steal_pointer (&text));
    }
  if (!found)
    g_error ("“%s” is not in %s", old, member);
  changed = nn_archive_write (items, G_N_ELEMENTS (names), &n, &error);
  g_assert_true (g_file_set_contents (path, (const char *) changed, (gssize) n, NULL));
  g_assert_false (app_project_load (path, &back, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL || !g_str_has_prefix (error->message, "a.lamina: "))
    g_error ("“%s” is not in: %s", words, error->message);
  g_assert_null (back.design);
  g_assert_null (back.source);
  g_unlink (path);
}

static void
test_refused (void)
{
  assert_refused ("project.json", "\"lamina_project\": 1", "\"lamina_project\": 2", "was saved by a newer Lamina");
  assert_refused ("project.json", "\"lamina_project\": 1", "\"lamina_project\": \"x\"", "must be a whole number");
  assert_refused ("project.json", "\"steps\": 20", "\"steps\": 0", "“steps” is 0 (allowed 1 - ");
  assert_refused ("project.json", "\"steps\": 20", "\"steps\": 19", "labels/1.csv: steps 8 - 20 of class 0");
  assert_refused ("project.json", "\"step\": \"import\"", "\"step\": \"add\"", "begins with the step “add”");
  assert_refused ("project.json", "\"step\": \"import\"", "\"step\": \"run\"", "“step” is “run”");
  assert_refused ("project.json", "\"label\"\n", "\"lable\"\n", "“roles” is “lable”");
  assert_refused ("project.json", "\"active\": 0", "\"active\": 2", "“active” is 2 (allowed 0 - 1)");
  assert_refused ("project.json", "\"key\": 7", "\"key\": 1", "two classes have the key 1");
  assert_refused ("project.json", "\"color\": 11", "\"color\": 48", "“color” is 48 (allowed 0 - 47)");
  assert_refused ("project.json", "labels/1.csv", "labels/9.csv", "labels/9.csv");
  assert_refused ("project.json", "\"training\": true", "\"training\": 1", "“training” must be true or false");
  assert_refused ("project.json", "\"is\": \"", "\"is\": \"sing=3 ", "its filter: ");
  assert_refused ("project.json", "\"kind\": \"LSTM\"", "\"kind\": \"LTSM\"", "its design: ");
  assert_refused ("project.json", "\"epochs\": 123", "\"epochs\": -3", "its training: ");
  assert_refused ("project.json", "\"channel\": 5", "\"channel\": 5, \"channel\": 6", "project.json, line ");
  assert_refused ("labels/1.csv", "start,end", "begin,end", "does not begin with");
  assert_refused ("labels/1.csv", "3,5,1", "2,5,1", "row 3 of labels/1.csv: steps 2 - 5 of class 1");
  assert_refused ("labels/1.csv", "3,5,1", "3,5,3", "there are 3 classes");
  assert_refused ("labels/1.csv", "3,5,1", "3,5,-1", "of class -1");
  assert_refused ("labels/1.csv", "3,5,1", "3,x,1", "row 3 of labels/1.csv is not start, end, class and label");
}

static void
test_refused_views (void)
{
  assert_refused ("project.json", "\"height\": 2.5", "\"height\": 0", "“height” is 0 (allowed 0.2 - 20)");
  assert_refused ("project.json", "\"offset\": -0.25", "\"offset\": -1e9", "“offset” is -1e+09 (allowed -1e+06 - 1e+06)");
  assert_refused ("project.json", "\"gain\": 1.0", "\"gain\": \"much\"", "“gain” must be a number");
  assert_refused ("project.json", "\"color\": 6\n", "\"color\": 600\n", "“color” is 600");
  assert_refused ("project.json", "\"channel\": 0", "\"channel\": 1", "“lanes” has channel 1 twice");
  assert_refused ("project.json", "\"channel\": 0", "\"channel\": 3", "“channel” is 3 (allowed 0 - 2)");
  assert_refused ("project.json", "\"lanes\": [", "\"lanes\": [], \"x\": [", "“lanes” must be a list of 1 - ");
  assert_refused ("project.json", "\"scale\": \"axis\"", "\"scale\": \"axes\"", "“scale” is “axes”, which is not known");
  assert_refused ("project.json", "\"time\": \"clock\"", "\"time\": 3", "“time” is “”, which is not known");
  assert_refused ("project.json", "\"rows\": 1", "\"rows\": -1", "“rows” is -1 (allowed 0 - 3)");
  assert_refused ("project.json", "\"selected\": 2", "\"selected\": 3", "“selected” is 3 (allowed -1 - 2)");
  assert_refused ("project.json", "\"from\": 2.5", "\"from\": 12.5", "which is not after “from” (12.5)");
  assert_refused ("project.json", "\"from\": 2.5", "\"from\": -1", "“from” is -1 (allowed 0 - 28)");
  assert_refused ("project.json", "\"zero\"", "\"one\"", "“snap” is “one”, which is not known");
  assert_refused ("project.json", "\"butterfly\": false", "\"butterfly\": 0", "“butterfly” must be true or false");
}

static void
test_not_a_project (void)
{
  g_auto (AppProject) back = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "PK\x03\x04 and no more", -1, NULL));
  g_assert_false (app_project_is (path));
  g_assert_false (app_project_load (path, &back, &error));
  g_assert_cmpstr (error->message, ==, "a.lamina: is not a project");
  g_unlink (path);
  g_clear_error (&error);
  g_assert_false (app_project_load (path, &back, &error));
  g_assert_cmpstr (error->message, ==, "a.lamina: is not a project");
}

/* Whatever is damaged, the answer is a project or an error. */
static void
test_mutants (void)
{
  g_auto (AppProject) project = { 0 };
  g_autofree char *path = path_of ("a.lamina");
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_loaded = 0;
  gsize n;

  make_project (&project);
  g_assert_true (app_project_save (&project, path, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GByteArray) mutant = g_byte_array_append (g_byte_array_new (), (const guint8 *) bytes, (guint) n);
      g_auto (AppProject) back = { 0 };
      g_autoptr (GError) error = NULL;

      mutate (rand, mutant);
      g_assert_true (g_file_set_contents (path, (const char *) mutant->data, (gssize) mutant->len, NULL));
      if (app_project_load (path, &back, &error))
        n_loaded++;
      else
        g_assert_nonnull (error);
    }
  g_test_message ("%u of 2000 damaged projects were still projects", n_loaded);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lamina-project-XXXXXX", NULL);
  g_test_add_func ("/project/round-trip", test_round_trip);
  g_test_add_func ("/project/moved", test_moved);
  g_test_add_func ("/project/bare", test_bare);
  g_test_add_func ("/project/without-view", test_without_view);
  g_test_add_func ("/project/refused", test_refused);
  g_test_add_func ("/project/refused-views", test_refused_views);
  g_test_add_func ("/project/not-a-project", test_not_a_project);
  g_test_add_func ("/project/mutants", test_mutants);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return result;
}
