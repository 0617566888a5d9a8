/* test-allocation.c: nothing is allocated while an epoch runs, nor from one epoch to the next
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-pool.h"
#include "nn-train.h"

#include <stdatomic.h>
#include <stdlib.h>

#if defined (__GLIBC__) && !defined (__SANITIZE_ADDRESS__) && !defined (__SANITIZE_THREAD__)
#define CAN_COUNT 1

/* The program's own malloc() is the one that GLib, and all else, finds first. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *memory, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

static atomic_uint n_allocations;

void *
malloc (size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_realloc (memory, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_memalign (alignment, size);
}

static unsigned
count (void)
{
  return atomic_load (&n_allocations);
}
#else
#define CAN_COUNT 0

static unsigned
count (void)
{
  return 0;
}
#endif

typedef struct
{
  unsigned first, last;
  int      n_steps;
} Seen;

static void
on_step (gpointer user_data, const NnTrainStep *step)
{
  Seen *seen = user_data;

  if (seen->n_steps++ == 0)
    seen->first = count ();
  seen->last = count ();
}

static void
on_epoch (gpointer user_data, const NnEpoch *epoch, const NnModel *model)
{
  Seen *seen = user_data;

  seen->last = count ();
}

static gboolean
should_stop (gpointer user_data)
{
  return FALSE;
}

static void
test_epochs (void)
{
  g_autoptr (NnModel) model = t_model_new (24, 5, 3, "Conv1D filters=6 kernel_size=5 padding=same; Dropout; MaxPooling1D; "
                                           "LSTM units=10 return_sequences=yes; UpSampling1D; Reshape target_shape=(24,5,2); "
                                           "TimeDistributed: LSTM units=4; Dense units=3 activation=softmax", 3);
  g_autoptr (TWindows) windows = t_windows_new (77, 24, 5, 3, 6, 4), validation = t_windows_new (13, 24, 5, 3, 6, 5);
  g_autoptr (NnPool) pool = nn_pool_new (2);
  NnSettings settings = nn_settings_default ();
  Seen seen = { 0 };
  NnTrainHooks hooks = { on_step, on_epoch, should_stop, &seen };
  g_autofree void *probe = NULL;
  NnTrainResult result;
  unsigned before;

  if (!CAN_COUNT)
    {
      g_test_skip ("a sanitizer, or another C library, has its own malloc()");
      return;
    }
  before = count ();
  probe = g_malloc (100);
  g_assert_cmpuint (count (), >, before);

  settings.epochs = 4;
  g_assert_true (nn_train (model, &windows->source, &validation->source, &settings, pool, &hooks, &result, NULL));
  g_assert_cmpint (seen.n_steps, ==, 4 * 3);
  g_assert_cmpuint (seen.last, ==, seen.first);
  nn_train_result_clear (&result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/allocation/epochs", test_epochs);
  return g_test_run ();
}
