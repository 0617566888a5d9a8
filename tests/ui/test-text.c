/* test-text.c: numbers, counts, costs and contracts in words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-text.h"

#include "t-ui.h"

#include <locale.h>
#include <math.h>

#define ASSERT_TEXT(call, text)                 \
  G_STMT_START {                                \
    g_autofree char *is = (call);               \
    g_assert_cmpstr (is, ==, (text));           \
  } G_STMT_END

static void
test_counts (void)
{
  ASSERT_TEXT (wb_text_count (0), "0");
  ASSERT_TEXT (wb_text_count (999), "999");
  ASSERT_TEXT (wb_text_count (1000), "1,000");
  ASSERT_TEXT (wb_text_count (12481), "12,481");
  ASSERT_TEXT (wb_text_count (1234567), "1,234,567");
  ASSERT_TEXT (wb_text_count (-123), "-123");
  ASSERT_TEXT (wb_text_count (-1234), "-1,234");
  ASSERT_TEXT (wb_text_count (G_MAXINT64), "9,223,372,036,854,775,807");
}

static void
test_values (void)
{
  ASSERT_TEXT (wb_text_value (0, 4), "0");
  ASSERT_TEXT (wb_text_value (-0.25, 4), "-0.25");
  ASSERT_TEXT (wb_text_value (1 / 3., 4), "0.3333");
  ASSERT_TEXT (wb_text_value (0.0001, 1), "0.0001");
  ASSERT_TEXT (wb_text_value (99.996, 4), "100");
  ASSERT_TEXT (wb_text_value (100, 4), "100");
  ASSERT_TEXT (wb_text_value (10000, 4), "10,000");
  ASSERT_TEXT (wb_text_value (-1234567.4, 4), "-1,234,567");
  ASSERT_TEXT (wb_text_value (12345.67, 7), "12345.67");
  ASSERT_TEXT (wb_text_value (2e-5, 4), "2e-5");
  ASSERT_TEXT (wb_text_value (-9.9996e-7, 4), "-1e-6");
  ASSERT_TEXT (wb_text_value (3.4567e38, 3), "3.46e38");
  ASSERT_TEXT (wb_text_value (1e9, 1), "1e9");
  ASSERT_TEXT (wb_text_value (G_MINDOUBLE, 2), "2.2e-308");
  ASSERT_TEXT (wb_text_value (NAN, 4), "no value");
  ASSERT_TEXT (wb_text_value (-INFINITY, 4), "no value");
}

static void
test_costs (void)
{
  ASSERT_TEXT (wb_text_params (0), "no parameters");
  ASSERT_TEXT (wb_text_params (1), "1 parameter");
  ASSERT_TEXT (wb_text_params (4128), "4,128 parameters");
  ASSERT_TEXT (wb_text_rough (640), "640");
  ASSERT_TEXT (wb_text_rough (999999), "999,999");
  ASSERT_TEXT (wb_text_rough (5100000), "5.1 million");
  ASSERT_TEXT (wb_text_rough (99949999), "99.9 million");
  ASSERT_TEXT (wb_text_rough (123400000), "123 million");
  ASSERT_TEXT (wb_text_rough (2400000000), "2.4 billion");
}

static void
test_contracts (void)
{
  NnContract one = { .n_steps = 1, .n_classes = 5 };
  NnContract single = { .n_steps = 400, .n_classes = 1 };
  NnContract none = { .n_steps = 400, .n_classes = 0 };

  ASSERT_TEXT (wb_text_contract (&t_labels), "Labels: 400 × 1, 2 classes");
  ASSERT_TEXT (wb_text_contract (&one), "Labels: 1 × 1, 5 classes");
  ASSERT_TEXT (wb_text_contract (&single), "Labels: 400 × 1, 1 class");
  ASSERT_TEXT (wb_text_contract (&none), "Labels: none yet");
  ASSERT_TEXT (wb_text_contract (NULL), "Labels: none yet");
}

static void
test_outcome (void)
{
  g_autoptr(NnCheck) check = t_check ("R2");

  ASSERT_TEXT (wb_text_outcome (check), "400, 25,648 parameters");
}

static void
test_blocks (void)
{
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr(NnDesign) design = nn_design_new (&input);
  static const char *const kinds[] = { "Conv1D", "Flatten", "Add" };
  g_autofree char *whole = NULL;
  g_autofree char *args = NULL;
  g_autofree char *again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(NnBlock) block = nn_block_new (nn_kind_find (kinds[i]));
      g_autoptr(NnBlock) joined = i == 2 ? nn_block_with_whole (block, "with", 1) : NULL;
      NnDesign *longer = nn_design_with_block (design, i, i == 2 ? joined : block, NULL, NULL);

      nn_design_unref (design);
      design = longer;
    }
  whole = nn_block_to_text (nn_design_get_block (design, 0));
  args = wb_text_block_args (design, 0);
  again = g_strdup_printf ("Conv1D %s", args);
  g_assert_cmpstr (again, ==, whole);
  ASSERT_TEXT (wb_text_block_args (design, 1), "");
  ASSERT_TEXT (wb_text_block_args (design, 2), "with block 1 (Conv1D)");
  ASSERT_TEXT (wb_text_kind_icon (nn_kind_find ("MaxPooling1D")), "lamina-maxpooling1d-symbolic");
  ASSERT_TEXT (wb_text_kind_name (nn_kind_find ("GlobalMaxPooling1D")), "Global\u200bMax\u200bPooling1D");
  ASSERT_TEXT (wb_text_kind_name (nn_kind_find ("LSTM")), "LSTM");
}

static void
test_gravest (void)
{
  g_autoptr(NnCheck) broken = t_check ("R0");
  g_autoptr(NnCheck) sound = t_check ("R1");
  const NnProblem *problem = wb_text_gravest (broken, t_id (broken, 2), NN_SEVERITY_NOTE);

  g_assert_nonnull (problem);
  g_assert_cmpint (problem->severity, ==, NN_SEVERITY_ERROR);
  g_assert_cmpstr (wb_text_severity_word (problem->severity), ==, "Error");
  for (guint i = 0; i < 3; i++)
    g_assert_null (wb_text_gravest (sound, t_id (sound, i), NN_SEVERITY_WARNING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  g_test_add_func ("/text/counts", test_counts);
  g_test_add_func ("/text/values", test_values);
  g_test_add_func ("/text/costs", test_costs);
  g_test_add_func ("/text/contracts", test_contracts);
  g_test_add_func ("/text/outcome", test_outcome);
  g_test_add_func ("/text/blocks", test_blocks);
  g_test_add_func ("/text/gravest", test_gravest);
  return g_test_run ();
}
