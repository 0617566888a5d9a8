/* test-arrange.c: each number is found where the axes say, and comes back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-arrange.h"

#include "nn-shape.h"

#define WINDOWS 6

/* Where number `i` of window `window` is stored: axis 0 first, then the windows; of one axis the windows first. */
static gint64
find_stored (const NnShape *shape, gint64 window, gint64 i)
{
  gint64 size = nn_shape_size (shape), inner = shape->rank > 1 ? size / shape->dim[0] : size;

  return (i / inner * WINDOWS + window) * inner + i % inner;
}

/* Where it belongs: turns, windows of a turn, the axes that stay, those that go behind. */
static gint64
find_arranged (const NnShape *shape, guint last, gint64 turns, gint64 window, gint64 i)
{
  gint64 at[NN_MAX_RANK], run = 1, behind = 0, before, per_turn = WINDOWS / turns, stay = 0, n_stay = 1, first, row;

  for (int axis = shape->rank; axis-- > 0; i /= shape->dim[axis])
    at[axis] = i % shape->dim[axis];
  for (int axis = 0; axis < shape->rank; axis++)
    {
      gboolean goes = (last & 1u << axis) != 0;

      *(goes ? &behind : &stay) = *(goes ? &behind : &stay) * shape->dim[axis] + at[axis];
      *(goes ? &run : &n_stay) *= shape->dim[axis];
    }

  /* Axis 0 stands before the windows, where it stays and there are others. */
  first = shape->rank > 1 && !(last & 1u) ? shape->dim[0] : 1;
  before = stay / (n_stay / first);
  row = (window / per_turn * first + before) * per_turn + window % per_turn;
  return (row * (n_stay / first) + stay % (n_stay / first)) * run + behind;
}

static void
check (const NnShape *shape, guint last, gint64 turns)
{
  const NnKernels *k = nn_k_nth (0);
  gint64 size = nn_shape_size (shape), n = size * WINDOWS;
  NnArrangement arrangement = nn_arrangement_new (shape, last, WINDOWS, turns);
  g_autofree float *stored = g_new (float, n);
  g_autofree float *arranged = g_new (float, n);
  g_autofree float *back = g_new (float, n);
  gboolean moved = FALSE;

  for (gint64 i = 0; i < n; i++)
    stored[i] = (float) i;
  nn_arrange (&arrangement, k, arranged, stored);
  for (gint64 window = 0; window < WINDOWS; window++)
    for (gint64 i = 0; i < size; i++)
      {
        gint64 from = find_stored (shape, window, i), to = find_arranged (shape, last, turns, window, i);

        g_assert_cmpfloat (arranged[to], ==, stored[from]);
        moved |= from != to;
      }
  g_assert_true (!moved || !nn_arrangement_is_plain (&arrangement));
  g_assert_cmpint (nn_arrangement_get_size (&arrangement), ==, nn_arrangement_is_plain (&arrangement) ? 0 : nn_size_fill_up (n));
  nn_arrange_back (&arrangement, k, back, arranged);
  g_assert_cmpmem (back, n * sizeof (float), stored, n * sizeof (float));
}

static void
test_axes (void)
{
  static const NnShape shapes[] = { { 1, { 5 } }, { 2, { 4, 3 } }, { 3, { 4, 3, 2 } }, { 4, { 2, 3, 4, 5 } } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint last = 1; last < 1u << shapes[s].rank; last++)
      for (gint64 turns = 1; turns <= (shapes[s].rank < 4 ? 3 : 1); turns++)
        check (&shapes[s], last, turns);
}

/* What is as wanted is not moved. */
static void
test_plain (void)
{
  const NnShape shape = nn_shape_3 (4, 3, 2), flat = nn_shape_1 (7);
  NnArrangement channels = nn_arrangement_new (&shape, 4, WINDOWS, 1), steps = nn_arrangement_new (&shape, 1, WINDOWS, 1);
  NnArrangement each = nn_arrangement_new (&flat, 1, WINDOWS, 3);

  g_assert_true (nn_arrangement_is_plain (&channels));
  g_assert_true (nn_arrangement_is_plain (&each));
  g_assert_false (nn_arrangement_is_plain (&steps));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrange/axes", test_axes);
  g_test_add_func ("/arrange/plain", test_plain);
  return g_test_run ();
}
