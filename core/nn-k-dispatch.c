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

static void
fill_tables (void)
{
  nn_k_fill_ref (&tables[n_tables++]);
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
