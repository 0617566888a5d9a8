/* bench-train.c: how fast a design trains and predicts, and as a share of what this processor can multiply and add at most
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench-train DESIGN.json|TEMPLATE THREADS EPOCHS WINDOWS prints one line of JSON; LAMINA_KERNELS chooses the kernels. The
 * windows are noise, a label says whether the first channel is above 0, mini-batches are of 32. Besides the clock's time there
 * is the processor's: it holds on a machine that does other things. The first epoch is not counted.
 */
#include "nn.h"

#include "nn-k.h"
#include "nn-rng.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH      32
#define MAX_EPOCHS 100

static double
get_time (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* --- the peak --------------------------------------------------------------------------- */

#define ROUNDS 4000000

/* Twelve sums that do not wait for each other, of `lanes` floats each; returns the floating-point operations done. They begin at
 * what the compiler cannot know: of one that begins at 1 it would see that it stays there, and leave it out. */
#define DEFINE_PEAK(name, attribute, lanes)                                                                           \
  typedef float name##_vec __attribute__ ((vector_size ((lanes) * 4)));                                               \
  attribute static double                                                                                             \
  name (float *result)                                                                                                \
  {                                                                                                                   \
    name##_vec sum[12], a = 0.999f - (name##_vec) { 0 }, b = 0.001f - (name##_vec) { 0 };                             \
                                                                                                                      \
    for (int i = 0; i < 12; i++)                                                                                      \
      sum[i] = *result + (float) i - (name##_vec) { 0 };                                                              \
    for (int round = 0; round < ROUNDS; round++)                                                                      \
      _Pragma ("GCC unroll 12") for (int i = 0; i < 12; i++)                                                          \
        sum[i] = sum[i] * a + b;                                                                                      \
    for (int i = 0; i < 12; i++)                                                                                      \
      *result += sum[i][0];                                                                                           \
    return 2.0 * 12.0 * (lanes) * ROUNDS;                                                                             \
  }

#if defined (__x86_64__)
#define FUSED(isa) __attribute__ ((noinline, target ("arch=" isa), optimize ("fp-contract=fast")))
DEFINE_PEAK (peak_v3, FUSED ("x86-64-v3"), 8)
DEFINE_PEAK (peak_v4, FUSED ("x86-64-v4"), 16)
#endif
DEFINE_PEAK (peak_base, __attribute__ ((noinline)), 4)

static double
run_peak (float *result)
{
#if defined (__x86_64__)
  if (strcmp (nn_k_get_name (), "v4") == 0)
    return peak_v4 (result);
  if (strcmp (nn_k_get_name (), "v3") == 0)
    return peak_v3 (result);
#endif
  return peak_base (result);
}

/* GFLOP/s of one processor, the best of a few. */
static double
measure_peak (void)
{
  float result = 0.0f;
  double best = 0.0;

  for (int i = 0; i < 8; i++)
    {
      double begun = get_time (CLOCK_THREAD_CPUTIME_ID), flop = run_peak (&result);

      best = MAX (best, flop / (get_time (CLOCK_THREAD_CPUTIME_ID) - begun) * 1e-9);
    }
  g_assert_true (result != 0.0f);
  return best;
}

/* --- windows ---------------------------------------------------------------------------- */

typedef struct
{
  NnBatchSource source;
  float        *x;
  gint32       *y;
} Data;

static gboolean
fill (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  const Data *data = user_data;
  gint64 n_steps = data->source.n_steps, n_numbers = n_steps * data->source.n_channels;

  memcpy (x, data->x + i * n_numbers, n_numbers * sizeof *x);
  if (y != NULL)
    memcpy (y, data->y + i * n_steps, n_steps * sizeof *y);
  return TRUE;
}

static void
data_init (Data *self, const NnShape *input, gint64 n_windows)
{
  gint64 n_labels = n_windows * input->dim[0], n_numbers = n_labels * input->dim[1];
  NnRng rng;

  self->source = (NnBatchSource) {
    .n_windows = n_windows, .n_steps = input->dim[0], .n_channels = input->dim[1], .n_classes = 2, .fill = fill,
    .user_data = self,
  };
  self->x = g_new (float, n_numbers);
  self->y = g_new (gint32, n_labels);
  nn_rng_init (&rng, 1, NN_RNG_INIT, 0);
  for (gint64 i = 0; i < n_numbers; i++)
    self->x[i] = (float) nn_rng_normal (&rng);
  for (gint64 i = 0; i < n_labels; i++)
    self->y[i] = self->x[i * input->dim[1]] > 0.0f;
}

/* --- training --------------------------------------------------------------------------- */

typedef struct
{
  int    n;
  double wall[MAX_EPOCHS + 1], cpu[MAX_EPOCHS + 1], last_wall, last_cpu, loss;
} Times;

static void
on_epoch (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  Times *times = user_data;
  double wall = get_time (CLOCK_MONOTONIC), cpu = get_time (CLOCK_PROCESS_CPUTIME_ID);

  times->wall[times->n] = wall - times->last_wall;
  times->cpu[times->n++] = cpu - times->last_cpu;
  times->last_wall = wall;
  times->last_cpu = cpu;
  times->loss = epoch->train.loss;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static double
find_median (double *times, int n)
{
  qsort (times, n, sizeof *times, compare);
  return times[n / 2];
}

/* Forward once, and twice that back; but nobody asks for the slope by the windows. */
static double
count_flop (const NnCheck *check, gint64 n_windows)
{
  gint64 first = nn_check_get_block (check, 0)->n_macs;

  return 2.0 * (double) (3 * nn_check_get_n_macs (check) - first) * (double) n_windows;
}

static void
train (NnModel *model, const Data *data, NnPool *pool, int epochs, Times *times)
{
  NnSettings settings = nn_settings_default ();
  NnTrainHooks hooks = { .on_epoch = on_epoch, .user_data = times };
  g_autoptr (GError) error = NULL;
  NnTrainResult result;

  settings.epochs = epochs + 1;
  settings.batch_size = BATCH;
  times->last_wall = get_time (CLOCK_MONOTONIC);
  times->last_cpu = get_time (CLOCK_PROCESS_CPUTIME_ID);
  nn_train (model, &data->source, NULL, &settings, pool, &hooks, &result, &error);
  g_assert_no_error (error);
  nn_train_result_clear (&result);
}

/* --- prediction ------------------------------------------------------------------------- */

/* Windows a second, `batch` at a time; the median of five tries. */
static double
measure_prediction (const NnModel *model, const Data *data, NnPool *pool, gint64 batch)
{
  g_autofree float *output = NULL;
  double rates[5];
  gint64 n_steps;
  int n_outputs;

  nn_predict_shape (model, &n_steps, &n_outputs);
  output = g_new (float, batch * n_steps * n_outputs);
  for (int i = 0; i < 5; i++)
    {
      double begun = get_time (CLOCK_MONOTONIC);
      gint64 done = 0;

      for (; get_time (CLOCK_MONOTONIC) - begun < 0.1; done += batch)
        nn_predict (model, &data->source, done % (data->source.n_windows - batch + 1), batch, pool, NULL, NULL, output, NULL);
      rates[i] = (double) done / (get_time (CLOCK_MONOTONIC) - begun);
    }
  return find_median (rates, 5);
}

/* --- the program ------------------------------------------------------------------------ */

static NnDesign *
read_design (const char *name, GError **error)
{
  const NnTemplate *template = nn_template_find (name);
  NnShape input = nn_shape_2 (400, 16);
  g_autofree char *text = NULL;

  if (template != NULL)
    return nn_template_build (template, &input, 2);
  if (!g_file_get_contents (name, &text, NULL, error))
    return NULL;
  return nn_codec_design_from_json (text, -1, error);
}

/* Of this program: getrusage() would tell that of whoever started it, if that was greater. */
static double
get_peak_rss_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024.0;
}

static void
run (const NnCheck *check, NnModel *model, guint threads, int epochs, gint64 n_windows)
{
  g_autoptr (NnPool) pool = nn_pool_new (threads);
  double flop = count_flop (check, n_windows) * 1e-9, peak = measure_peak (), before_mb, wall, cpu;
  Times times = { 0 };
  Data data;

  data_init (&data, nn_design_get_input (nn_check_get_design (check)), n_windows);
  before_mb = get_peak_rss_mb ();
  train (model, &data, pool, epochs, &times);
  wall = find_median (times.wall + 1, times.n - 1);
  cpu = find_median (times.cpu + 1, times.n - 1);
  g_print ("{\"program\": \"Lamina\", \"kernels\": \"%s\", \"threads\": %u, \"epoch_s\": %.6f, \"epoch_cpu_s\": %.6f, "
           "\"gflop\": %.3f, \"peak_gflops\": %.2f, \"share\": %.4f, \"params\": %" G_GINT64_FORMAT ", \"loss\": %.6f, "
           "\"training_mb\": %.1f, \"infer_1\": %.1f, \"infer_32\": %.1f}\n",
           nn_k_get_name (), threads, wall, cpu, flop, peak, flop / cpu / peak, nn_check_get_n_params (check), times.loss,
           get_peak_rss_mb () - before_mb, measure_prediction (model, &data, pool, 1),
           measure_prediction (model, &data, pool, BATCH));
  g_free (data.x);
  g_free (data.y);
}

int
main (int argc, char **argv)
{
  guint threads = argc > 2 ? (guint) CLAMP (atoi (argv[2]), 1, 64) : 1;
  int epochs = argc > 3 ? CLAMP (atoi (argv[3]), 1, MAX_EPOCHS) : 5;
  gint64 n_windows = argc > 4 ? CLAMP (atoi (argv[4]), BATCH, 1000000) : 476;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = read_design (argc > 1 ? argv[1] : "R1", &error);
  g_autoptr (NnCheck) check = NULL;
  g_autoptr (NnModel) model = NULL;

  if (design != NULL)
    {
      NnContract labels = { nn_design_get_input (design)->dim[0], 2 };

      check = nn_check_new (design, &labels);
      model = nn_model_new (check, &error);
    }
  if (model == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  nn_model_init (model, 1);
  run (check, model, threads, epochs, n_windows);
  return 0;
}
