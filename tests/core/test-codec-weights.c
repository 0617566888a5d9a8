/* test-codec-weights.c: trained models as safetensors: there and back to the bit, and what is refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-weights.h"
#include "nn-error.h"
#include "nn-shape.h"
#include "nn-template.h"

#include <string.h>

static void
make_trained (const char *id,
              NnTrained  *trained)
{
  static const char *const names[] = { "rest", "größer \"2\"", NULL };
  NnShape input = nn_shape_2 (40, 3);
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find (id), &input, 2);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);

  *trained = (NnTrained) { .n_channels = 3, .classes = g_strdupv ((char **) names), .filter = g_strdup ("high=1") };
  trained->model = nn_model_new (check, NULL);
  nn_model_init (trained->model, 7);
  trained->means = g_new (double, 3);
  trained->deviations = g_new (double, 3);
  for (int i = 0; i < 3; i++)
    {
      trained->means[i] = 0.1 * i - 1e-9;
      trained->deviations[i] = 1.0 / (i + 3);
    }
}

static void
test_round_trip (gconstpointer id)
{
  g_auto (NnTrained) trained = { 0 };
  g_auto (NnTrained) again = { 0 };
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *bytes_again = NULL;
  g_autofree float *a = NULL;
  g_autofree float *b = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, length_again, n;

  make_trained (id, &trained);
  bytes = nn_codec_trained_to_bytes (&trained, &length);
  g_assert_true (nn_codec_trained_from_bytes (bytes, length, &again, &error));
  g_assert_no_error (error);
  bytes_again = nn_codec_trained_to_bytes (&again, &length_again);
  g_assert_cmpmem (bytes, length, bytes_again, length_again);

  n = nn_model_get_n_params (trained.model);
  a = g_new (float, n);
  b = g_new (float, n);
  nn_model_get_params (trained.model, a);
  nn_model_get_params (again.model, b);
  g_assert_cmpmem (a, 4 * n, b, 4 * n);
  g_assert_cmpmem (trained.means, sizeof (double) * 3, again.means, sizeof (double) * 3);
  g_assert_cmpmem (trained.deviations, sizeof (double) * 3, again.deviations, sizeof (double) * 3);
  g_assert_cmpstr (again.classes[1], ==, "größer \"2\"");
  g_assert_cmpstr (again.filter, ==, "high=1");
  g_assert_cmpint (length % 8, ==, (8 + 4 * n) % 8);
}

/* Puts `with` for the first `what` in the header, which must be as long. */
static void
assert_refused (const char *what,
                const char *with)
{
  g_auto (NnTrained) trained = { 0 };
  g_auto (NnTrained) again = { 0 };
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  char *at;

  make_trained ("R1", &trained);
  bytes = nn_codec_trained_to_bytes (&trained, &length);
  g_assert_cmpuint (strlen (what), ==, strlen (with));
  at = g_strstr_len ((char *) bytes + 8, length - 8, what);
  g_assert_nonnull (at);
  memcpy (at, with, strlen (with));
  g_assert_false (nn_codec_trained_from_bytes (bytes, length, &again, &error));
  g_assert_nonnull (error);
  g_assert_null (again.model);
}

static void
test_refusals (void)
{
  assert_refused ("lamina-1", "lamina-2");
  assert_refused ("\"F32\"", "\"F64\"");
  assert_refused ("conv1d.kernel", "conv1d.kernal");
  assert_refused ("\"means\":\"[", "\"means\":\"{");
  assert_refused ("\"deviations\":\"[0.33333333333333331", "\"deviations\":\"[-0.3333333333333333");
  assert_refused ("\"data_offsets\":[0,", "\"data_offsets\":[4,");
  assert_refused ("\\\"filters\\\": 32", "\\\"filters\\\": 16");
  assert_refused ("\"classes\":\"[", "\"classes\":\"{");
}

/* Each prefix and many damaged copies: read or refused, never a crash. */
static void
test_damaged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_auto (NnTrained) trained = { 0 };
  g_autofree guint8 *bytes = NULL;
  gsize length, n_header;

  make_trained ("R1", &trained);
  bytes = nn_codec_trained_to_bytes (&trained, &length);
  n_header = length - 4 * nn_model_get_n_params (trained.model);
  for (int i = 0; i < 1500; i++)
    {
      g_autofree guint8 *damaged = g_memdup2 (bytes, length);
      g_auto (NnTrained) read = { 0 };
      g_autoptr (GError) error = NULL;
      gsize kept = i % 3 == 0 ? g_rand_int_range (rand, 0, length) : length;

      for (int k = i % 3 == 0 ? 0 : g_rand_int_range (rand, 1, 4); k > 0; k--)
        damaged[g_rand_int_range (rand, 0, n_header)] = g_rand_int_range (rand, 0, 256);
      g_assert_true (nn_codec_trained_from_bytes (damaged, kept, &read, &error) == (error == NULL));
      g_assert_true ((read.model == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  static const char *const ids[] = { "R1", "R2", "R4" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = g_strdup_printf ("/codec-weights/round-trip/%s", ids[i]);

      g_test_add_data_func (path, ids[i], test_round_trip);
    }
  g_test_add_func ("/codec-weights/refusals", test_refusals);
  g_test_add_func ("/codec-weights/damaged", test_damaged);
  return g_test_run ();
}
