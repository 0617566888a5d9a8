/* bench-train.c: how long an epoch takes, as a share of what this processor can multiply and add at most
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * bench-train [TEMPLATE [EPOCHS]]: R1 and 5 if not said; LAMINA_KERNELS chooses the kernels. 476 windows of 400 steps and 16
 * channels, mini-batches of 32. Besides the clock's time there is the processor's: it holds on a machine that does other things.
 */
#include "nn.h"

#include "nn-k.h"
#include "nn-rng.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_WINDOWS  476
#define N_STEPS    400
#define N_CHANNELS 16
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

/* Twelve sums that do not wait for each other, of `lanes` floats each; returns the floating-point operations done. */
#define DEFINE_PEAK(name, attribute, lanes)                                                                           \
  typedef float name##_vec __attribute__ ((vector_size ((lanes) * 4)));                                               \
  attribute static double                                                                                             \
  name (float *result)                                                                                                \
  {                                                                                                                   \
    name##_vec sum[12], a = 0.999f - (name##_vec) { 0 }, b = 0.001f - (name##_vec) { 0 };                             \
                                                                                                                      \
    for (int i = 0; i < 12; i++)                                                                                      \
      sum[i] = (float) i - (name##_vec) { 0 };                                                                        \
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

/* --- the epoch -------------------------------------------------------------------------- */

typedef struct
{
  float  *x;
  gint32 *y;
} Data;

static gboolean
fill (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  const Data *data = user_data;

  memcpy (x, data->x + i * N_STEPS * N_CHANNELS, N_STEPS * N_CHANNELS * sizeof *x);
  if (y != NULL)
    memcpy (y, data->y + i * N_STEPS, N_STEPS * sizeof *y);
  return TRUE;
}

typedef struct
{
  int    n;
  double wall[MAX_EPOCHS], cpu[MAX_EPOCHS], last_wall, last_cpu;
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
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

/* Forward once, and twice that back; but nobody asks for the slope by the windows. */
static double
count_flop (const NnCheck *check)
{
  gint64 first = nn_check_get_block (check, 0)->n_macs;

  return 2.0 * (double) (3 * nn_check_get_n_macs (check) - first) * N_WINDOWS;
}

static void
run (const NnCheck *check, const NnBatchSource *source, guint threads, int epochs, double peak)
{
  g_autoptr (NnPool) pool = nn_pool_new (threads);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnModel) model = nn_model_new (check, &error);
  NnSettings settings = nn_settings_default ();
  Times times = { .last_wall = get_time (CLOCK_MONOTONIC), .last_cpu = get_time (CLOCK_PROCESS_CPUTIME_ID) };
  NnTrainHooks hooks = { .on_epoch = on_epoch, .user_data = &times };
  NnTrainResult result;
  double flop = count_flop (check) * 1e-9, cpu;

  g_assert_no_error (error);
  nn_model_init (model, 1);
  settings.epochs = epochs;
  nn_train (model, source, NULL, &settings, pool, &hooks, &result, &error);
  g_assert_no_error (error);
  qsort (times.wall, times.n, sizeof *times.wall, compare);
  qsort (times.cpu, times.n, sizeof *times.cpu, compare);
  cpu = times.cpu[times.n / 2];
  g_print ("%u thread%s: epoch %.4f s best, %.4f s median, processor %.4f s median; %.1f GFLOP/s best, "
           "%.1f by the processor's time: %.0f %% of the peak\n", threads, threads == 1 ? " " : "s",
           times.wall[0], times.wall[times.n / 2], cpu, flop / times.wall[0], flop / cpu, 100.0 * flop / cpu / peak);
  nn_train_result_clear (&result);
}

int
main (int argc, char **argv)
{
  const NnTemplate *template = nn_template_find (argc > 1 ? argv[1] : "R1");
  int epochs = argc > 2 ? CLAMP (atoi (argv[2]), 1, MAX_EPOCHS) : 5;
  NnShape input = nn_shape_2 (N_STEPS, N_CHANNELS);
  NnContract labels = { N_STEPS, 2 };
  Data data = { g_new (float, N_WINDOWS * N_STEPS * N_CHANNELS), g_new (gint32, N_WINDOWS * N_STEPS) };
  NnBatchSource source = { N_WINDOWS, N_STEPS, N_CHANNELS, 2, fill, &data };
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (NnCheck) check = NULL;
  double peak;
  NnRng rng;

  if (template == NULL)
    {
      g_printerr ("There is no template %s.\n", argv[1]);
      return 1;
    }
  nn_rng_init (&rng, 1, NN_RNG_INIT, 0);
  for (gsize i = 0; i < N_WINDOWS * N_STEPS * N_CHANNELS; i++)
    data.x[i] = (float) nn_rng_normal (&rng);
  for (gsize i = 0; i < N_WINDOWS * N_STEPS; i++)
    data.y[i] = data.x[i * N_CHANNELS] > 0.0f;
  design = nn_template_build (template, &input, 2);
  check = nn_check_new (design, &labels);

  peak = measure_peak ();
  g_print ("%s, %.2f GFLOP an epoch; kernels %s, peak %.1f GFLOP/s of one processor; plan %.1f MB\n", template->id,
           count_flop (check) * 1e-9, nn_k_get_name (), peak, (double) nn_check_get_plan_bytes (check, 32) * 1e-6);
  for (guint threads = 1; threads <= MIN (2, g_get_num_processors ()); threads++)
    run (check, &source, threads, epochs, peak);
  g_free (data.x);
  g_free (data.y);
  return 0;
}
