/* test-npz-columns.c: NPZ archives of one array for each channel
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"

#define N 50

/* N doubles, k · step. */
static GByteArray *
make_vector (double step)
{
  GByteArray *bytes = fixture_npy ("{'descr': '<f8', 'fortran_order': False, 'shape': (50,), }", 0);

  for (int k = 0; k < N; k++)
    fixture_put_f64 (bytes, k * step, FALSE);
  return bytes;
}

static GByteArray *
make_classes (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '|i1', 'fortran_order': False, 'shape': (50,), }", 0);

  for (int k = 0; k < N; k++)
    fixture_put (bytes, (guint64) (k >= 20), 1, FALSE);
  return bytes;
}

static GByteArray *
make_rate (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 0);

  fixture_put_f64 (bytes, 128.0, FALSE);
  return bytes;
}

static void
test_columns (void)
{
  const FixtureMember timed[] = { { "time.npy", make_vector (0.01) }, { "left.npy", make_vector (1.5) },
                                  { "right.npy", make_vector (-2.25) }, { "class.npy", make_classes () } };
  const FixtureMember rated[]
      = { { "EHN.npy", make_vector (1.5) }, { "EHE.npy", make_vector (2.5) }, { "fs.npy", make_rate () } };
  g_auto (FixtureResult) by_time = fixture_open ("a.npz", fixture_zip (timed, G_N_ELEMENTS (timed), TRUE));
  g_auto (FixtureResult) by_rate = fixture_open ("a.npz", fixture_zip (rated, G_N_ELEMENTS (rated), FALSE));
  g_autofree char *timed_described = NULL, *rated_described = NULL;

  fixture_assert_loaded (&by_time, "Not read as channels: time (time)");
  timed_described = fixture_describe (&by_time);
  g_assert_cmpstr (timed_described, ==, "2x50@100 left,right | 0,1");
  g_assert_cmpfloat (fixture_sample (&by_time, 1, 49), ==, -110.25f);
  g_assert_cmpint (sig_labels_get (by_time.content.labels, 20), ==, 1);
  fixture_assert_loaded (&by_rate, NULL);
  rated_described = fixture_describe (&by_rate);
  g_assert_cmpstr (rated_described, ==, "2x50@128 EHN,EHE");
}

/* Axes of a sensor are no recording with its labels; a lone signal with classes is. */
static void
test_axes (void)
{
  const FixtureMember axes[] = { { "time.npy", make_vector (0.01) }, { "x.npy", make_vector (1.5) },
                                 { "y.npy", make_vector (-2.25) }, { "z.npy", make_vector (0.5) } };
  const FixtureMember timed[]
      = { { "time.npy", make_vector (0.01) }, { "EMG.npy", make_vector (1.5) }, { "label.npy", make_classes () } };
  const FixtureMember pair[] = { { "X.npy", make_vector (1.5) }, { "y.npy", make_classes () } };
  g_auto (FixtureResult) three = fixture_open ("a.npz", fixture_zip (axes, G_N_ELEMENTS (axes), FALSE));
  g_auto (FixtureResult) one = fixture_open ("a.npz", fixture_zip (timed, G_N_ELEMENTS (timed), FALSE));
  g_auto (FixtureResult) lone = fixture_open ("a.npz", fixture_zip (pair, G_N_ELEMENTS (pair), FALSE));
  g_autofree char *three_described = NULL, *one_described = NULL, *lone_described = NULL;

  fixture_assert_loaded (&three, "Not read as channels: time (time)");
  three_described = fixture_describe (&three);
  g_assert_cmpstr (three_described, ==, "3x50@100 x,y,z");
  fixture_assert_loaded (&one, "Not read as channels: time (time)");
  one_described = fixture_describe (&one);
  g_assert_cmpstr (one_described, ==, "1x50@100 EMG | 0,1");
  fixture_assert_loaded (&lone, NULL);
  lone_described = fixture_describe (&lone);
  g_assert_cmpstr (lone_described, ==, "1x50@- Ch 1 | 0,1");
}

static void
test_others (void)
{
  GByteArray *short_one = fixture_npy ("{'descr': '<f4', 'fortran_order': False, 'shape': (49,), }", 49 * 4);
  GByteArray *square = fixture_npy ("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 10), }", 200);
  const FixtureMember lengths[] = { { "a.npy", make_vector (1) }, { "b.npy", short_one } };
  const FixtureMember shapes[] = { { "a.npy", make_vector (1) }, { "b.npy", square } };
  g_auto (FixtureResult) by_length = fixture_open ("a.npz", fixture_zip (lengths, 2, FALSE));
  g_auto (FixtureResult) by_shape = fixture_open ("a.npz", fixture_zip (shapes, 2, FALSE));

  fixture_assert_refused (&by_length, "a.npz", "not one of one length for each channel|a.npy, b.npy");
  fixture_assert_refused (&by_shape, "a.npz", "not one of one length for each channel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npz-columns/columns", test_columns);
  g_test_add_func ("/npz-columns/axes", test_axes);
  g_test_add_func ("/npz-columns/others", test_others);
  return g_test_run ();
}
