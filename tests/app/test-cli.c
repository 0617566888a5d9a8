/* test-cli.c: lamina-cli from outside: what it prints where, what it leaves, what it exits with
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture-edf.h"
#include "t-cli.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_STEPS 3000

/* Two channels whose difference in the last ten steps is the label, and one of noise. */
static void
write_recording (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new ("a,b,noise,label\n");
  g_autofree char *path = in_folder ("small.csv");

  for (int t = 0; t < N_STEPS; t++)
    {
      int on = t / 37 % 3 == 0;
      double wave = sin (t * 0.9);

      g_string_append_printf (text, "%d.%03d,%d,%d,%s\n", (int) (50 + 20 * wave), (int) (g_rand_double (rand) * 999),
                              (int) (50 + 20 * wave * (on ? -1 : 1)), g_rand_int_range (rand, 0, 100), on ? "up" : "down");
    }
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
}

static void
test_help (void)
{
  static const char *const lines[] = { "--help", "summary --help", "train --help", "predict --help", "demo --help" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *out = NULL;

      g_assert_cmpint (run_cli (lines[i], &out, NULL), ==, 0);
      assert_says (out, "Usage:");
    }
  assert_fails ("", 2, "Usage:");
  assert_fails ("paint", 2, "there is no command “paint”");
  assert_fails ("summary", 2, "an argument is missing");
  assert_fails ("summary R1 demo again", 2, "an argument too many");
  assert_fails ("train R1 demo --colour", 2, "--colour");
  assert_fails ("train R1 demo --epochs 0", 2, "Epochs is 0; it may be 1 to 100000.");
  assert_fails ("train R1 demo --learning-rate 0", 2, "Learning rate is 0; it may be 1e-07 to 10.");
  assert_fails ("train R1 demo --validation-blocks 0", 2, "Validation blocks is 0; it may be 1 to 1000.");
  assert_fails ("train R1 demo --momentum 0.9", 2, "--momentum is of no use with --optimizer Adam.");
  assert_fails ("train R1 demo --clipnorm 1 --clipvalue 1", 2, "only one of them may be above 0");
  assert_fails ("train R1 demo --class-weight 0:1,x", 2, "pairs of class");
  assert_fails ("train R1 demo --class-weight 0:-1", 2, "The weight of class 0 is -1; it may be 0 to 1000000.");
  assert_fails ("train R1 demo --optimizer adamant", 2, "Adam, AdamW, SGD");
  assert_fails ("predict R1 demo --format xml", 2, "csv or audacity");
}

static void
test_summary (void)
{
  static const struct { const char *id, *row, *total; } cases[] = {
    { "R0", "│ lstm (LSTM)                     │ (None, 32)             │         8,320 │", "12,481" },
    { "R1", "│ conv1d (Conv1D)                 │ (None, 400, 32)        │         4,128 │", "12,481" },
    { "R2", "│ dense (Dense)                   │ (None, 400)            │        13,200 │", "25,648" },
    { "R3", "│ dense (Dense)                   │ (None, 98, 1)          │            33 │", "12,481" },
    { "R4", "│ up_sampling1d (UpSampling1D)    │ (None, 400, 32)        │             0 │", "12,481" },
  };
  g_autofree char *out = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strdup_printf ("summary %s", cases[i].id);
      g_autofree char *total = g_strdup_printf ("Total params: %s ", cases[i].total);
      g_autofree char *table = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run_cli (line, &table, &err), ==, 0);
      assert_says (table, cases[i].row);
      assert_says (table, total);
      g_assert_cmpstr (err, ==, "");
    }
  g_assert_cmpint (run_cli ("summary R0 small.csv --length 40", &out, NULL), ==, 0);
  assert_says (out, "(None, 33, 32)");
  assert_says (out, "block 3 (LSTM) gives only its last state");
  assert_says (out, "Repair: ");
}

#define SMALL "train R1 small.csv --length 40 --epochs 3 --batch 8 --learning-rate 0.005 "

static void
test_train (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *history = NULL;
  gsize n_a, n_b, n;

  g_assert_cmpint (run_cli (SMALL "--threads 1 --save a.safetensors --history h.csv --picture-dir pictures", &out, &err), ==, 0);
  assert_says (err, "Epoch 3/3 - loss: ");
  assert_says (err, " - val_accuracy: ");
  assert_says (out, "epochs: 3\n");
  assert_says (out, "best epoch: ");
  assert_says (out, "held-back steps labelled right: ");
  assert_says (out, "majority share: ");
  history = read_file ("h.csv", &n);
  g_assert_true (g_str_has_prefix (history, "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds\n1,"));
  g_assert_cmpuint (count_lines (history), ==, 4);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *picture = read_file (i ? "pictures/overlay.png" : "pictures/loss.png", &n);

      g_assert_cmpuint (n, >, 10000);
      g_assert_cmpmem (picture + 1, 3, "PNG", 3);
    }

  /* The bits do not depend on the threads. */
  g_assert_cmpint (run_cli (SMALL "--threads 2 --save b.safetensors", NULL, NULL), ==, 0);
  a = read_file ("a.safetensors", &n_a);
  b = read_file ("b.safetensors", &n_b);
  g_assert_cmpmem (a, n_a, b, n_b);
}

/* Steps whose class in a prediction is that of the recording. */
static double
share_right (const char *prediction)
{
  g_auto (GStrv) predicted = g_strsplit (prediction, "\n", -1);
  g_autofree char *text = read_file ("small.csv", NULL);
  g_auto (GStrv) truth = g_strsplit (text, "\n", -1);
  guint n_right = 0;

  for (int t = 1; t <= N_STEPS; t++)
    {
      g_auto (GStrv) fields = g_strsplit (predicted[t], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, 5);
      n_right += g_str_has_suffix (truth[t], fields[2]);
    }
  return (double) n_right / N_STEPS;
}

static void
test_predict (void)
{
  g_autofree char *csv = NULL;
  g_autofree char *again = NULL;
  g_autofree char *runs = NULL;
  g_autofree char *written = NULL;
  g_autofree char *back = NULL;

  g_assert_cmpint (run_cli (SMALL "--epochs 5 --save good.safetensors", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("predict good.safetensors small.csv", &csv, NULL), ==, 0);
  g_assert_true (g_str_has_prefix (csv, "step,time_s,class,p_down,p_up\n0,0,"));
  g_assert_cmpuint (count_lines (csv), ==, N_STEPS + 1);
  g_assert_cmpfloat (share_right (csv), >, 0.75);

  /* The design may be named as well, and must then be the weights' own. */
  g_assert_cmpint (run_cli ("predict R1 small.csv --weights good.safetensors", &again, NULL), ==, 0);
  g_assert_cmpstr (again, ==, csv);
  assert_fails ("predict R4 small.csv --weights good.safetensors", 3, "another design");

  /* Runs of labels are labels: read back, they give the prediction's own steps. */
  g_assert_cmpint (run_cli ("predict good.safetensors small.csv --format audacity -o runs.txt", &runs, NULL), ==, 0);
  g_assert_cmpstr (runs, ==, "");
  written = read_file ("runs.txt", NULL);
  g_assert_cmpuint (count_lines (written), >, 20);
  g_assert_cmpint (run_cli ("summary R1 small.csv --labels runs.txt --length 40", &back, NULL), ==, 0);
  g_assert_null (strstr (back, "Error"));
}

/* The weights know what was filtered, and predict does the same unasked. */
static void
test_filter (void)
{
  g_autofree char *unasked = NULL;
  g_autofree char *asked = NULL;

  g_assert_cmpint (run_cli (SMALL "--epochs 2 --remove-mean --save mean.safetensors", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli (SMALL "--epochs 2 --save plain.safetensors", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("predict mean.safetensors small.csv", &unasked, NULL), ==, 0);
  g_assert_cmpint (run_cli ("predict mean.safetensors small.csv --remove-mean", &asked, NULL), ==, 0);
  g_assert_cmpstr (unasked, ==, asked);
  assert_fails ("predict plain.safetensors small.csv --remove-mean", 3, "trained with no filter");
  assert_fails (SMALL "--high-pass 1", 3, "does not say how many steps a second has");
  assert_fails ("train R1 demo --low-pass 200", 3, "low-pass frequency is 200 Hz");
}

/* A channel of half the rate: held, on lines, or none; predictions see what the training saw. */
static void
test_rates (void)
{
  const FixtureEdf edf = { .n_there = 400, .signals = { { .label = "fast", .n = 4 }, { .label = "slow", .n = 2 } } };
  g_autoptr (GByteArray) bytes = fixture_edf (&edf);
  g_autofree char *path = fixture_write (folder, "mixed.edf", bytes->data, bytes->len);
  g_autofree char *held = NULL, *lines = NULL, *fast = NULL, *says_held = NULL, *says_lines = NULL, *says_fast = NULL;

  g_assert_cmpint (run_cli ("summary R1 mixed.edf", &held, &says_held), ==, 0);
  assert_says (says_held, "the samples of slower ones are held: slow (2 Hz)");
  assert_says (held, " 544 "); /* 8 × 2 × 32 + 32 */
  g_assert_cmpint (run_cli ("summary R1 mixed.edf --rates linear", &lines, &says_lines), ==, 0);
  assert_says (says_lines, "slower ones follow straight lines between their samples: slow (2 Hz)");
  g_assert_cmpstr (lines, ==, held);
  g_assert_cmpint (run_cli ("summary R1 mixed.edf --rates leave-out", &fast, &says_fast), ==, 0);
  assert_says (says_fast, "Those slower than 4 Hz were left out: slow (2 Hz)");
  assert_says (fast, " 288 ");
  assert_fails ("summary R1 mixed.edf --rates cubic", 2, "--rates is hold, linear or leave-out, not “cubic”.");
  assert_fails ("predict a.safetensors mixed.edf --rates leave-out", 3, "takes 3 channels, “mixed.edf” has 1");
}

static void
test_failures (void)
{
  g_autofree char *weights = read_file ("a.safetensors", NULL);
  g_autofree char *cut = in_folder ("cut.safetensors");
  g_autofree char *steers = in_folder ("steers.json");

  g_assert_true (g_file_set_contents (cut, weights, 200, NULL));
  g_assert_true (g_file_set_contents (steers, "{ \"lamina_design\": 1, \"\\u001b[2J\": 0 }", -1, NULL));
  assert_fails ("summary nowhere.json", 3, "nowhere.json");
  assert_fails ("summary R9", 3, "“R9”, nor a template of that name");
  assert_fails ("summary steers.json", 3, "named “?[2J”");
  assert_fails ("predict R1 demo", 3, "with --weights");
  assert_fails ("summary small.csv", 3, "small.csv");
  assert_fails ("train R1 nowhere.wav", 3, "nowhere.wav");
  assert_fails ("train R0 small.csv --length 40", 1, "Repair: ");
  assert_fails ("train R1 small.csv --label-channel 9", 3, "channels 1 to 3");
  assert_fails ("predict cut.safetensors small.csv", 3, "cut.safetensors");
  assert_fails ("predict a.safetensors demo", 3, "takes 3 channels");
  assert_fails ("predict a.safetensors small.csv -o nowhere/labels.csv", 4, "nowhere/labels.csv");
}

/* A result that nobody gets is told. */
static void
test_full (void)
{
  g_autofree char *command = g_strdup_printf ("%s summary R1 > /dev/full", g_getenv ("LAMINA_CLI"));
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autofree char *err = NULL;
  int status;

  g_assert_true (g_spawn_sync (folder, (char **) argv, NULL, 0, NULL, NULL, NULL, &err, &status, NULL));
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 4);
  assert_says (err, "Could not write to standard output");
}

/* A file that standard output goes to keeps the result, and gets the history after it. */
static void
test_stdout (void)
{
  g_autofree char *command = g_strdup_printf ("%s " SMALL "--epochs 1 --history /dev/stdout > both.txt", g_getenv ("LAMINA_CLI"));
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autofree char *err = NULL;
  g_autofree char *both = NULL;
  int status;

  g_assert_true (g_spawn_sync (folder, (char **) argv, NULL, 0, NULL, NULL, NULL, &err, &status, NULL));
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  both = read_file ("both.txt", NULL);
  assert_says (both, "best epoch: 1");
  assert_says (both, "\nepoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds\n1,");
}

/* What cannot be written is told before the work, costs no other file, and replaces nothing that is no plain file. */
static void
test_outputs (void)
{
  g_autofree char *link = in_folder ("link.safetensors");
  g_autofree char *pictures = in_folder ("half");
  g_autofree char *overlay = in_folder ("half/overlay.png");
  g_autofree char *weights = NULL;
  g_autofree char *history = NULL;
  gsize length;

  assert_fails (SMALL "--save nowhere/w.safetensors", 4, "nowhere/w.safetensors");
  assert_fails (SMALL "--history nowhere/h.csv", 4, "nowhere/h.csv");
  assert_fails (SMALL "--save twice --history twice", 2, "the same file “twice”");
  assert_fails (SMALL "--save pictures", 4, "it is a folder");
  assert_fails (SMALL "--picture-dir small.csv", 4, "small.csv");
  assert_fails (SMALL "--save small.csv", 4, "it is a file that is read");
  assert_fails ("predict a.safetensors small.csv -o small.csv", 4, "it is a file that is read");
  assert_fails ("predict a.safetensors small.csv -o a.safetensors", 4, "it is a file that is read");

  g_assert_cmpint (symlink ("a.safetensors", link), ==, 0);
  g_assert_cmpint (run_cli (SMALL "--epochs 1 --save link.safetensors", NULL, NULL), ==, 0);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));

  /* A full device costs itself, and a picture that cannot be made costs neither weights nor history. */
  g_assert_cmpint (run_cli (SMALL "--epochs 1 --history /dev/full --save kept.safetensors", NULL, NULL), ==, 4);
  weights = read_file ("kept.safetensors", &length);
  g_assert_cmpuint (length, >, 1000);
  g_assert_false (g_file_test ("/dev/full", G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_mkdir (pictures, 0777), ==, 0);
  g_assert_cmpint (g_mkdir (overlay, 0777), ==, 0);
  g_assert_cmpint (run_cli (SMALL "--epochs 1 --history h2.csv --picture-dir half", NULL, NULL), ==, 4);
  history = read_file ("h2.csv", NULL);
  g_assert_cmpuint (count_lines (history), ==, 2);
}

/* A signal after the first epoch: the run ends at the next batch, and what was learnt is told and kept. */
static void
test_interrupt (gconstpointer data)
{
  int number = GPOINTER_TO_INT (data), err_fd, out_fd, status;
  const char *argv[] = { g_getenv ("LAMINA_CLI"), "train", "R1", "small.csv", "--length", "40", "--epochs", "100000",
                         "--save", "interrupted.safetensors", NULL };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *weights = NULL;
  char line[1000];
  gboolean epoch = FALSE;
  gsize length;
  GPid pid;
  FILE *err, *results;

  g_assert_true (g_spawn_async_with_pipes (folder, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                                           &out_fd, &err_fd, NULL));
  err = fdopen (err_fd, "r");
  results = fdopen (out_fd, "r");
  while (fgets (line, sizeof line, err) != NULL)
    if (!epoch && g_str_has_prefix (line, "Epoch 1/"))
      {
        epoch = TRUE;
        kill (pid, number);
      }
  while (fgets (line, sizeof line, results) != NULL)
    g_string_append (out, line);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 130);
  g_assert_true (epoch);
  assert_says (out->str, "best epoch: ");
  weights = read_file ("interrupted.safetensors", &length);
  g_assert_cmpuint (length, >, 1000);
  fclose (err);
  fclose (results);
}

int
main (int argc, char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  set_up_folder ();
  write_recording ();

  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/summary", test_summary);
  g_test_add_func ("/cli/train", test_train);
  g_test_add_func ("/cli/predict", test_predict);
  g_test_add_func ("/cli/filter", test_filter);
  g_test_add_func ("/cli/rates", test_rates);
  g_test_add_func ("/cli/failures", test_failures);
  g_test_add_func ("/cli/outputs", test_outputs);
  g_test_add_func ("/cli/full", test_full);
  g_test_add_func ("/cli/stdout", test_stdout);
  g_test_add_data_func ("/cli/interrupt", GINT_TO_POINTER (SIGINT), test_interrupt);
  g_test_add_data_func ("/cli/terminate", GINT_TO_POINTER (SIGTERM), test_interrupt);
  failed = g_test_run ();
  tear_down_folder ();
  return failed;
}
