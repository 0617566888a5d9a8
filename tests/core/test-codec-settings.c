/* test-codec-settings.c: settings go to text and come back as they were; what is wrong is named
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-settings.h"

#include <string.h>

#include "nn-error.h"
#include "nn-rng.h"

/* A value in the member's range. */
static NnValue
draw (const NnArg *arg, guint64 *seed)
{
  NnValue value = arg->fallback;
  guint64 word = *seed = *seed * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  double share = (double) (word >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);

  if (arg->type == NN_ARG_REAL)
    value.real = arg->min + share * (arg->max - arg->min);
  else if (arg->type == NN_ARG_CHOICE)
    value.whole[0] = (gint64) (word >> 33) % (gint64) g_strv_length ((char **) arg->choices);
  else if (arg->type == NN_ARG_BOOL)
    value.whole[0] = (gint64) (word >> 40 & 1);
  return value;
}

static void
test_round_trip (void)
{
  guint64 seed = 1;

  for (guint round = 0; round < 200; round++)
    {
      NnSettings settings = nn_settings_default (), back;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; nn_setting_nth (i) != NULL; i++)
        {
          NnValue value = draw (&nn_setting_nth (i)->arg, &seed);

          nn_setting_set (nn_setting_nth (i), &settings, &value);
        }
      settings.balance_classes = FALSE;
      settings.n_class_weights = (int) (round % 4);
      for (int k = 0; k < settings.n_class_weights; k++)
        settings.class_weight[k] = 1.0 / (k + 3);
      if (!nn_settings_check (&settings, NULL))
        continue;

      g_autofree char *text = nn_codec_settings_to_json (&settings);

      g_assert_true (nn_codec_settings_from_json (text, -1, &back, &error));
      g_assert_no_error (error);
      for (guint i = 0; nn_setting_nth (i) != NULL; i++)
        {
          NnValue a = nn_setting_get (nn_setting_nth (i), &settings), b = nn_setting_get (nn_setting_nth (i), &back);

          g_assert_cmpmem (&a.real, sizeof a.real, &b.real, sizeof b.real);
          g_assert_cmpint (a.whole[0], ==, b.whole[0]);
        }
      g_assert_cmpint (back.n_class_weights, ==, settings.n_class_weights);
      for (int k = 0; k < back.n_class_weights; k++)
        g_assert_cmpfloat (back.class_weight[k], ==, settings.class_weight[k]);

      g_autofree char *again = nn_codec_settings_to_json (&back);

      g_assert_cmpstr (again, ==, text);
    }
}

static void
assert_refused (const char *text, int code, const char *words)
{
  NnSettings settings = nn_settings_default ();
  g_autoptr (GError) error = NULL;

  settings.epochs = 77;
  g_assert_false (nn_codec_settings_from_json (text, -1, &settings, &error));
  g_assert_error (error, NN_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in: %s", words, error->message);
  g_assert_cmpint (settings.epochs, ==, 77);
}

static void
test_refused (void)
{
  g_autofree char *long_text = g_strnfill (70000, ' ');

  assert_refused ("{", NN_ERROR_SYNTAX, "no JSON object");
  assert_refused ("[]", NN_ERROR_SYNTAX, "no JSON object");
  assert_refused ("{\"epochs\": 1, \"epochs\": 2}", NN_ERROR_SYNTAX, "no JSON object");
  assert_refused ("{\"epocs\": 1}", NN_ERROR_UNKNOWN, "There is no setting “epocs”");
  assert_refused ("{\"epochs\": -1}", NN_ERROR_RANGE, "-1");
  assert_refused ("{\"epochs\": \"many\"}", NN_ERROR_SYNTAX, "epochs");
  assert_refused ("{\"optimizer\": \"magic\"}", NN_ERROR_UNKNOWN, "magic");
  assert_refused ("{\"class_weight\": 3}", NN_ERROR_SYNTAX, "class_weight must be a list");
  assert_refused ("{\"class_weight\": [1, null]}", NN_ERROR_SYNTAX, "class_weight[1] must be a number");
  assert_refused ("{\"class_weight\": [-1]}", NN_ERROR_RANGE, "-1");
  assert_refused (long_text, NN_ERROR_TOO_LARGE, "70000 bytes");
}

static void
test_partial (void)
{
  NnSettings settings, expected = nn_settings_default ();
  g_autoptr (GError) error = NULL;

  expected.epochs = 3;
  g_assert_true (nn_codec_settings_from_json ("{ \"epochs\": 3 }", -1, &settings, &error));
  g_assert_cmpint (settings.epochs, ==, 3);
  g_assert_cmpint (settings.batch_size, ==, expected.batch_size);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec-settings/round-trip", test_round_trip);
  g_test_add_func ("/codec-settings/refused", test_refused);
  g_test_add_func ("/codec-settings/partial", test_partial);
  return g_test_run ();
}
