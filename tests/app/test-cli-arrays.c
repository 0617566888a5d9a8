/* test-cli-arrays.c: lamina-cli on files of Keras and on NPY arrays, from outside
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-cli.h"

#include "nn.h"
#include "sig-array.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_WINDOWS 40
#define N_SEEN    3  /* windows that Keras gave its output for */
#define STEPS     12
#define CHANNELS  4

/* A file of real Keras into the folder. */
static void
copy_file (const char *name)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autofree char *to = in_folder (name);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, length, NULL));
}

static void
write_array (const char   *name,
             const gint64 *shape,
             guint         rank,
             const float  *values,
             gsize         n)
{
  g_autoptr (GBytes) header = sig_array_make_header (shape, rank);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *path = in_folder (name);

  g_byte_array_append (bytes, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  g_byte_array_append (bytes, (const guint8 *) values, n * sizeof *values);
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
write_text (const char *name,
            const char *text)
{
  g_autofree char *path = in_folder (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static SigArray *
open_array (const char *name)
{
  g_autofree char *path = in_folder (name);
  g_autoptr (GError) error = NULL;
  SigArray *array = sig_array_open (path, &error);

  g_assert_no_error (error);
  return array;
}

/* Random windows whose label is the sign of the first channel. */
static void
write_windows (void)
{
  const gint64 x_shape[] = { N_WINDOWS, STEPS, CHANNELS }, y_shape[] = { N_WINDOWS, STEPS, 1 };
  g_autofree float *x = g_new (float, N_WINDOWS * STEPS * CHANNELS);
  g_autofree float *y = g_new (float, N_WINDOWS * STEPS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < N_WINDOWS * STEPS * CHANNELS; i++)
    x[i] = g_rand_double_range (rand, -1, 1);
  for (int i = 0; i < N_WINDOWS * STEPS; i++)
    y[i] = x[i * CHANNELS] > 0;
  write_array ("X.npy", x_shape, 3, x, N_WINDOWS * STEPS * CHANNELS);
  write_array ("y.npy", y_shape, 3, y, N_WINDOWS * STEPS);
}

/* The windows that Keras saw, and what it made of them. */
static void
test_predict (void)
{
  const gint64 shape[] = { N_SEEN, STEPS, CHANNELS };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "stack.bin", NULL);
  g_autofree char *numbers = NULL;
  g_autoptr (SigArray) output = NULL;
  const float *x, *wanted;

  g_assert_true (g_file_get_contents (path, &numbers, NULL, NULL));
  x = (const float *) numbers;
  wanted = x + N_SEEN * STEPS * CHANNELS;
  write_array ("seen.npy", shape, 3, x, N_SEEN * STEPS * CHANNELS);
  g_assert_cmpint (run_cli ("predict stack.keras seen.npy -o Y.npy", NULL, NULL), ==, 0);
  output = open_array ("Y.npy");
  g_assert_cmpuint (output->rank, ==, 3);
  g_assert_cmpint (output->shape[0], ==, N_SEEN);
  g_assert_cmpint (output->shape[1], ==, STEPS);
  g_assert_cmpint (output->shape[2], ==, 1);
  for (int i = 0; i < N_SEEN * STEPS; i++)
    g_assert_cmpfloat_with_epsilon (output->values[i], wanted[i], 1e-6);

  g_assert_cmpint (run_cli ("predict open-time.keras X.npy -o open.npy", NULL, NULL), ==, 0);
}

/* A loss from a line of the history, by its column. */
static double
get_number (const char *history,
            int         line,
            int         column)
{
  g_auto (GStrv) lines = g_strsplit (history, "\n", -1);
  g_auto (GStrv) fields = g_strsplit (lines[line], ",", -1);

  g_assert_cmpuint (g_strv_length (fields), ==, 6);
  return g_ascii_strtod (fields[column], NULL);
}

/* The weights in the file are where it starts: two epochs, and one more from what they left, are three. SGD without momentum
 * has no state of its own. */
static void
test_train (void)
{
  static const char sgd[] = "--no-shuffle --batch 8 --optimizer sgd --learning-rate 0.05";
  g_autofree char *three = g_strconcat ("train plain.keras X.npy y.npy --epochs 3 --threads 1 --history three.csv ", sgd, NULL);
  g_autofree char *two = g_strconcat ("train plain.keras X.npy y.npy --epochs 2 --threads 2 --save two.keras ", sgd, NULL);
  g_autofree char *history = NULL;
  g_autofree char *rest = NULL;

  g_assert_cmpint (run_cli ("export plain.json plain.keras", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli (three, NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli (two, NULL, NULL), ==, 0);
  /* What it was compiled with is in the file. */
  g_assert_cmpint (run_cli ("train two.keras X.npy y.npy --no-shuffle --batch 8 --epochs 1 --history rest.csv", NULL, NULL),
                   ==, 0);
  history = read_file ("three.csv", NULL);
  rest = read_file ("rest.csv", NULL);
  g_assert_true (g_str_has_prefix (history, "epoch,loss,accuracy,val_loss,val_accuracy,learning_rate\n1,"));
  g_assert_cmpuint (count_lines (history), ==, 4);
  g_assert_true (isnan (get_number (history, 1, 3)));
  g_assert_cmpfloat (get_number (history, 3, 1), <, get_number (history, 1, 1));
  g_assert_cmpfloat (get_number (history, 3, 1), ==, get_number (rest, 1, 1));
}

/* Adam's moments go into the file and come out of it: the losses are those of one long training. */
static void
test_goes_on (void)
{
  static const char first[] = "train plain.keras X.npy y.npy --no-shuffle --batch 8 --save adam.keras --optimizer adam "
                              "--schedule step --boundaries 3,12 --values 0.05,0.02,0.01 --epochs ";
  g_autofree char *three = g_strconcat (first, "3 --history adam3.csv", NULL);
  g_autofree char *two = g_strconcat (first, "2", NULL);
  g_autofree char *history = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run_cli ("export plain.json plain.keras", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli (three, NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli (two, NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("train adam.keras X.npy y.npy --no-shuffle --batch 8 --epochs 1 --history adam1.csv", NULL, &err),
                   ==, 0);
  assert_says (err, "As the file was compiled: optimizer Adam, learning rate 0.001, schedule step, loss binary_crossentropy.");
  assert_says (err, "The optimizer goes on from its state in the file, after 10 steps.");
  history = read_file ("adam3.csv", NULL);
  rest = read_file ("adam1.csv", NULL);
  g_assert_cmpfloat (get_number (history, 3, 1), ==, get_number (rest, 1, 1));
  g_clear_pointer (&err, g_free);
  g_assert_cmpint (run_cli ("train adam.keras X.npy y.npy --epochs 1 --optimizer sgd", NULL, &err), ==, 0);
  assert_says (err, "The file holds the state of another optimizer; this one begins anew.");
}

/* Windows of other ranks than steps × channels. */
static void
test_ranks (void)
{
  const gint64 image[] = { N_SEEN, STEPS, 2, 2 }, vector[] = { N_SEEN, STEPS * CHANNELS }, labels[] = { N_SEEN, STEPS, 1 };
  static const struct { const char *model, *x; } cases[] = { { "image", "image.npy" }, { "vector", "vector.npy" } };
  const float zeros[N_SEEN * STEPS] = { 0 };
  g_autofree char *summary = NULL;

  write_array ("labels.npy", labels, 3, zeros, N_SEEN * STEPS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat (cases[i].model, ".bin", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
      g_autofree char *line = g_strdup_printf ("predict %s.keras %s -o Y.npy", cases[i].model, cases[i].x);
      g_autofree char *numbers = NULL;
      g_autoptr (SigArray) output = NULL;
      const float *x;

      g_assert_true (g_file_get_contents (path, &numbers, NULL, NULL));
      x = (const float *) numbers;
      write_array (cases[i].x, i == 0 ? image : vector, i == 0 ? 4 : 2, x, N_SEEN * STEPS * CHANNELS);
      g_assert_cmpint (run_cli (line, NULL, NULL), ==, 0);
      output = open_array ("Y.npy");
      for (gint64 k = 0; k < output->n_items; k++)
        g_assert_cmpfloat_with_epsilon (output->values[k], x[N_SEEN * STEPS * CHANNELS + k], 1e-6);
    }
  g_assert_cmpint (run_cli ("train image.keras image.npy labels.npy --epochs 1", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("summary image.keras", &summary, NULL), ==, 0);
  assert_says (summary, "Total params: 108 ");
  assert_says (summary, "Non-trainable params: 51 ");
  assert_fails ("predict image.keras vector.npy -o Y.npy", 3, "The windows of X are 48, the model takes 12 × 2 × 2.");
}

static void
test_held_back (void)
{
  g_autofree char *history = NULL;

  g_assert_cmpint (run_cli ("train stack.keras X.npy y.npy --epochs 2 --validation-split 0.25 --history h.csv", NULL, NULL),
                   ==, 0);
  history = read_file ("h.csv", NULL);
  g_assert_true (isfinite (get_number (history, 2, 3)));
  g_assert_true (isfinite (get_number (history, 2, 4)));
  g_assert_cmpint (run_cli ("train stack.keras X.npy y.npy --epochs 1 --loss mse --optimizer RMSprop", NULL, NULL), ==, 0);
  assert_fails ("train stack.keras X.npy y.npy --validation-split 1", 2, "--validation-split is 0 or more and less than 1");
  assert_fails ("train stack.keras X.npy y.npy --validation-split 0.999", 2, "of the 40 windows in X leaves none to train on");
  assert_fails ("train stack.keras X.npy y.npy --sample-weight X.npy", 3, "one weight for each of 40 windows is needed");
  assert_fails ("train R1 demo --sample-weight X.npy", 2, "goes with X.npy and y.npy");
  g_assert_cmpint (run_cli ("train stack.keras X.npy y.npy --sample-weight y.npy --epochs 1", NULL, NULL), ==, 0);
  assert_fails ("train stack.keras X.npy y.npy --boundaries 1,2", 2, "with --schedule step only");
  assert_fails ("train stack.keras X.npy y.npy --schedule step --boundaries 1,2 --values 1", 2, "--values one more");
}

/* A class in the last four windows alone: D13 names it, and the option that shows it to training. */
static void
test_unseen (void)
{
  const gint64 shape[] = { N_WINDOWS };
  float labels[N_WINDOWS];
  g_autofree char *told = NULL;
  g_autofree char *said = NULL;
  g_autofree char *mended = NULL;

  for (int i = 0; i < N_WINDOWS; i++)
    labels[i] = i >= N_WINDOWS - 10;
  write_array ("late.npy", shape, 1, labels, N_WINDOWS);
  g_assert_cmpint (run_cli ("check R1 X.npy late.npy --validation-split 0.25", &told, NULL), ==, 1); /* a label a step it gives */
  assert_says (told, "Class 1 occurs in the held-back windows only (10 labels)");
  assert_says (told, "  Repair: Hold back the ends of 2 blocks of windows instead of 1 (train --validation-blocks 2).");
  g_assert_cmpint (run_cli ("check R1 X.npy late.npy --validation-split 0.25 --validation-blocks 2", &mended, NULL), ==, 1);
  g_assert_null (strstr (mended, "Class 1"));
  g_assert_cmpint (run_cli ("train window.json X.npy late.npy --validation-split 0.25 --epochs 1", NULL, &said), ==, 0);
  assert_says (said, "Class 1 occurs in the held-back windows only (10 labels)");
  assert_fails ("train stack.keras X.npy y.npy --validation-blocks 0", 2, "--validation-blocks is 1 or more, not 0.");
}

/* D2: a network that gives every second step is held against the labels of those, where that is asked for. */
static void
test_fitted (void)
{
  g_autofree char *told = NULL;
  g_autofree char *good = NULL;

  g_assert_cmpint (run_cli ("check pooled.json X.npy y.npy", &told, NULL), ==, 1);
  assert_says (told, "  Repair: Thin the labels by 2: one for each of the 6 steps that come out, in the middle of what it sees "
                     "(train --fit-labels).");
  g_assert_cmpint (run_cli ("check pooled.json X.npy y.npy --fit-labels", &good, NULL), ==, 0);
  assert_fails ("train pooled.json X.npy y.npy --epochs 1", 3, "does not fit 40 windows whose output is 6 × 1");
  g_assert_cmpint (run_cli ("train pooled.json X.npy y.npy --epochs 1 --fit-labels --sample-weight y.npy", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("train stack.keras X.npy y.npy --epochs 1 --fit-labels", NULL, NULL), ==, 0); /* all steps */
}

/* D15: why training ended, with the options that would have helped; each does, and so does a normalisation in front. */
static void
test_diverged (void)
{
  static const char *const helps[] = { "linear.json --learning-rate 0.01", "linear.json --learning-rate 0.1 --global-clipnorm 1",
                                       "normalised.json --learning-rate 0.1" };
  const gint64 shape[] = { N_WINDOWS, STEPS, CHANNELS };
  g_autoptr (SigArray) x = open_array ("X.npy");
  g_autofree char *said = NULL;

  for (gint64 i = 0; i < x->n_items; i++)
    x->values[i] *= 10;
  write_array ("loud.npy", shape, 3, x->values, (gsize) x->n_items);
  g_assert_cmpint (run_cli ("train linear.json loud.npy y.npy --loss mse --optimizer SGD --epochs 60 --batch 4 "
                            "--learning-rate 0.1 --save out.keras", NULL, &said), ==, 5);
  assert_says (said, "Error: Training ran out of bounds. In epoch ");
  assert_says (said, "  Repair: Take shorter steps: learning rate 0.01 instead of 0.1 (train --learning-rate 0.01).");
  assert_says (said, "global clip norm 1 instead of 0 (train --global-clipnorm 1).");
  assert_says (said, "  Repair: Normalise what comes in: BatchNormalization before block 1 (Dense).");
  g_assert_cmpint (run_cli ("summary out.keras", NULL, NULL), ==, 0); /* the last good weights */
  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    {
      g_auto (GStrv) words = g_strsplit (helps[i], " ", 2);
      g_autofree char *line = g_strdup_printf ("train %s loud.npy y.npy --loss mse --optimizer SGD --epochs 60 --batch 4 %s",
                                               words[0], words[1]);

      g_assert_cmpint (run_cli (line, NULL, NULL), ==, 0);
    }
}

static void
test_misfits (void)
{
  assert_fails ("predict stack.keras X.npy", 2, "it takes X.npy and -o Y.npy");
  assert_fails ("predict stack.keras nowhere.wav -o Y.npy", 2, "it takes X.npy and -o Y.npy");
  assert_fails ("predict stack.keras nowhere.npy -o Y.npy", 3, "nowhere.npy");
  assert_fails ("predict R1 X.npy -o none/Y.npy", 4, "none/Y.npy");
  assert_fails ("export open-time.keras out.keras", 3, "--length");
  assert_fails ("train across.keras X.npy X.npy", 3, "has the shape (40, 12, 4), which with this loss");
  assert_fails ("train stack.keras y.npy y.npy", 3, "The windows of X are 12 × 1");
  assert_fails ("train stack.keras X.npy y.npy --save out.safetensors", 2, "“out.safetensors” does not end so");
  assert_fails ("train stack.keras X.npy y.npy --loss sparse_categorical_crossentropy", 3, "use binary cross-entropy");
}

/* --- check and summary ------------------------------------------------------------------ */

static void
test_check (void)
{
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  g_autofree char *err = NULL;
  g_autofree char *summary = NULL;

  g_assert_cmpint (run_cli ("check stack.keras", &good, NULL), ==, 0);
  g_assert_cmpstr (good, ==, "Nothing is wrong.\n");
  g_assert_cmpint (run_cli ("check broken.json", &bad, NULL), ==, 1);
  assert_says (bad, "Error: ");
  assert_says (bad, "  Repair: ");
  g_assert_cmpint (run_cli ("summary broken.json", &summary, &err), ==, 1);
  assert_says (summary, "conv1d (Conv1D)");
  assert_says (err, "cannot be run");
  g_assert_cmpint (run_cli ("summary stack.keras", NULL, NULL), ==, 0);
  assert_fails ("check nowhere.keras", 3, "nowhere.keras");
  assert_fails ("predict broken.json X.npy -o Y.npy", 1, "The model cannot be run. Block 1 (Conv1D): ");
  assert_fails ("export broken.json broken.keras", 1, "The model cannot be run. Block 1 (Conv1D): ");
}

/* One label for each window is what train takes of such a y: it is not one for each step. */
static void
test_check_windows (void)
{
  const gint64 shape[] = { N_WINDOWS };
  g_autofree float *labels = g_new (float, N_WINDOWS);
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;

  for (int i = 0; i < N_WINDOWS; i++)
    labels[i] = i % 2;
  write_array ("each.npy", shape, 1, labels, N_WINDOWS);
  g_assert_cmpint (run_cli ("check R0 X.npy each.npy", &good, NULL), ==, 0);
  g_assert_null (strstr (good, "Error: "));
  g_assert_cmpint (run_cli ("check R1 X.npy each.npy", &bad, NULL), ==, 1);
  assert_says (bad, "Each window has a single label, but the network gives 12 (12 × 1).");
  assert_says (bad, "  Repair: Give one answer per window: ");
  g_assert_cmpint (run_cli ("check R1 X.npy y.npy", NULL, NULL), ==, 0);
  assert_fails ("check R1 X.npy y.npy --length 6", 2, "no option can name others");
}

static void
test_export (void)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_first, n_second;

  g_assert_cmpint (run_cli ("export R1 r1.keras --seed 7", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("export r1.keras again.keras", NULL, NULL), ==, 0);
  first = read_file ("r1.keras", &n_first);
  second = read_file ("again.keras", &n_second);
  g_assert_cmpmem (first, n_first, second, n_second);
  assert_fails ("export R1 r1.h5", 2, "must end in .keras");
  assert_fails ("export R1 nowhere/r1.keras", 4, "nowhere/r1.keras");
  assert_fails ("export r1.keras r1.keras", 4, "it is a file that is read");
  assert_fails ("export open-time.keras closed.keras", 3, "leaves the steps of a window open");
  g_assert_cmpint (run_cli ("export open-time.keras closed.keras --length 20", NULL, NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  set_up_folder ();
  copy_file ("stack.keras");
  copy_file ("across.keras");
  copy_file ("open-time.keras");
  copy_file ("image.keras");
  copy_file ("vector.keras");
  write_windows ();
  write_text ("plain.json",
              "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\": \"Conv1D\", \"filters\": 3 },"
              "{ \"kind\": \"LSTM\", \"units\": 4, \"return_sequences\": true }, { \"kind\": \"Dense\", \"units\": 1 } ] }");
  write_text ("broken.json", "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\": \"Conv1D\","
              "\"kernel_size\": 50, \"padding\": \"valid\" } ] }");

  write_text ("linear.json", "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\": \"Dense\","
              "\"units\": 1, \"activation\": \"linear\" } ] }");
  write_text ("normalised.json", "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\":"
              "\"BatchNormalization\" }, { \"kind\": \"Dense\", \"units\": 1, \"activation\": \"linear\" } ] }");
  write_text ("pooled.json", "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\": \"AveragePooling1D\","
              "\"pool_size\": 2 }, { \"kind\": \"Dense\", \"units\": 1, \"activation\": \"sigmoid\" } ] }");
  write_text ("window.json", "{ \"lamina_design\": 1, \"input_shape\": [12, 4], \"blocks\": [ { \"kind\": \"Flatten\" },"
              "{ \"kind\": \"Dense\", \"units\": 1, \"activation\": \"sigmoid\" } ] }");

  g_test_add_func ("/cli-arrays/predict", test_predict);
  g_test_add_func ("/cli-arrays/train", test_train);
  g_test_add_func ("/cli-arrays/goes-on", test_goes_on);
  g_test_add_func ("/cli-arrays/ranks", test_ranks);
  g_test_add_func ("/cli-arrays/held-back", test_held_back);
  g_test_add_func ("/cli-arrays/unseen", test_unseen);
  g_test_add_func ("/cli-arrays/fitted", test_fitted);
  g_test_add_func ("/cli-arrays/diverged", test_diverged);
  g_test_add_func ("/cli-arrays/misfits", test_misfits);
  g_test_add_func ("/cli-arrays/check", test_check);
  g_test_add_func ("/cli-arrays/check-windows", test_check_windows);
  g_test_add_func ("/cli-arrays/export", test_export);
  failed = g_test_run ();
  tear_down_folder ();
  return failed;
}
