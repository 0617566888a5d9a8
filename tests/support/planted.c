/* planted.c: faults made on purpose, to prove that each sanitizer setup sees them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <glib.h>

#include <pthread.h>

static int shared;

static void *
count (void *data)
{
  for (int i = 0; i < 100000; i++)
    shared++;

  return NULL;
}

/* Two threads count in one variable that no lock guards. */
static void
race (void)
{
  pthread_t threads[2];

  for (int i = 0; i < 2; i++)
    g_assert_cmpint (pthread_create (&threads[i], NULL, count, NULL), ==, 0);
  for (int i = 0; i < 2; i++)
    pthread_join (threads[i], NULL);
}

static void
leak (void)
{
  char *volatile lost = g_malloc (1000);

  lost[0] = 1;
  lost = NULL;
}

static void
overflow (void)
{
  char *bytes = g_malloc (16);
  volatile int end = 16;

  bytes[end] = 1;
  g_free (bytes);
}

static void
undefined (void)
{
  volatile int most = G_MAXINT;

  most = most + 1;
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void      (*plant) (void);
  } faults[] = {
    { "race", race }, { "leak", leak }, { "overflow", overflow }, { "undefined", undefined },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      if (argc == 2 && g_str_equal (argv[1], faults[i].name))
        faults[i].plant ();
    }

  return 0;
}
