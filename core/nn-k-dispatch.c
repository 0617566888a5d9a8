/* nn-k-dispatch.c: which table of kernels this processor runs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-k.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TABLES 4

static NnKernels tables[MAX_TABLES];
static unsigned n_tables;

/* Begins a table from the plain twins. */
static NnKernels *
begin_table (const char *name)
{
  NnKernels *table = &tables[n_tables++];

  nn_k_fill_ref (table);
  table->name = name;
  return table;
}

/* The hooks of the files that are compiled for each instruction set. */
#define DECLARE(isa) \
  void nn_k_fill_bend_##isa (NnKernels *table); \
  void nn_k_fill_depthwise_##isa (NnKernels *table); \
  void nn_k_fill_gemm_##isa (NnKernels *table); \
  void nn_k_fill_gru_##isa (NnKernels *table); \
  void nn_k_fill_loss_##isa (NnKernels *table); \
  void nn_k_fill_lstm_##isa (NnKernels *table); \
  void nn_k_fill_norm_##isa (NnKernels *table); \
  void nn_k_fill_optim_##isa (NnKernels *table); \
  void nn_k_fill_point_##isa (NnKernels *table); \
  void nn_k_fill_pool_##isa (NnKernels *table); \
  void nn_k_fill_tile_##isa (NnKernels *table);
#define ADD(isa) \
  do \
    { \
      NnKernels *table = begin_table (#isa); \
      nn_k_fill_bend_##isa (table); \
      nn_k_fill_depthwise_##isa (table); \
      nn_k_fill_gemm_##isa (table); \
      nn_k_fill_gru_##isa (table); \
      nn_k_fill_loss_##isa (table); \
      nn_k_fill_lstm_##isa (table); \
      nn_k_fill_norm_##isa (table); \
      nn_k_fill_optim_##isa (table); \
      nn_k_fill_point_##isa (table); \
      nn_k_fill_pool_##isa (table); \
      nn_k_fill_tile_##isa (table); \
    } \
  while (0)

#ifdef NN_K_HAVE_BASE
DECLARE (base)
#endif
#ifdef NN_K_HAVE_V3
DECLARE (v3)
#endif
#ifdef NN_K_HAVE_V4
DECLARE (v4)
#endif

static void
fill_tables (void)
{
  begin_table ("ref");
#ifdef NN_K_HAVE_BASE
  ADD (base);
#endif
#ifdef NN_K_HAVE_V3
  if (__builtin_cpu_supports ("x86-64-v3"))
    ADD (v3);
#endif
#ifdef NN_K_HAVE_V4
  if (__builtin_cpu_supports ("x86-64-v4"))
    ADD (v4);
#endif
}

static unsigned
count_tables (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, fill_tables);
  return n_tables;
}

const NnKernels *
nn_k_nth (unsigned i)
{
  return i < count_tables () ? &tables[i] : NULL;
}

const NnKernels *
nn_k_find (const char *name)
{
  for (unsigned i = 0; i < count_tables (); i++)
    if (strcmp (tables[i].name, name) == 0)
      return &tables[i];
  return NULL;
}

const NnKernels *
nn_k_get (void)
{
  const char *name = getenv ("LAMINA_KERNELS");
  const NnKernels *forced = name != NULL ? nn_k_find (name) : NULL;

  return forced != NULL ? forced : nn_k_nth (count_tables () - 1);
}

const char *
nn_k_get_name (void)
{
  return nn_k_get ()->name;
}
