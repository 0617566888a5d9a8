/* test-design.c: edits of designs return new ones and keep ids apart
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-design.h"
#include "nn-error.h"
#include "nn-shape.h"

static NnDesign *
append (NnDesign   *design, /* consumed */
        const char *kind,
        NnBlockId  *id)
{
  g_autoptr (NnBlock) block = nn_block_new (nn_kind_find (kind));
  NnDesign *longer = nn_design_with_block (design, nn_design_get_n_blocks (design), block, id, NULL);

  nn_design_unref (design);
  return longer;
}

static NnDesign *
new_design (void)
{
  NnShape input = nn_shape_2 (400, 16);

  return append (append (append (nn_design_new (&input), "Conv1D", NULL), "LSTM", NULL), "Dense", NULL);
}

static const char *
kind_at (const NnDesign *design,
         guint           position)
{
  return nn_block_get_kind (nn_design_get_block (design, position))->name;
}

static void
test_edits (void)
{
  g_autoptr (NnDesign) design = new_design ();
  g_autoptr (NnDesign) without = nn_design_without_block (design, 1);
  g_autoptr (NnBlock) lstm = nn_block_with_whole (nn_design_get_block (design, 1), "return_sequences", 1);
  g_autoptr (NnDesign) replaced = nn_design_with_replaced (design, 1, lstm);
  g_autoptr (NnDesign) named = nn_design_with_name (design, "mine");
  NnShape other = nn_shape_2 (100, 4);
  g_autoptr (NnDesign) resized = nn_design_with_input (design, &other);

  g_assert_cmpuint (nn_design_get_n_blocks (without), ==, 2);
  g_assert_cmpstr (kind_at (without, 1), ==, "Dense");
  g_assert_cmpuint (nn_design_get_n_blocks (design), ==, 3);
  g_assert_cmpuint (nn_block_get_id (nn_design_get_block (replaced, 1)), ==, nn_block_get_id (nn_design_get_block (design, 1)));
  g_assert_cmpint (nn_block_get_whole (nn_design_get_block (design, 1), "return_sequences"), ==, 0);
  g_assert_cmpint (nn_block_get_whole (nn_design_get_block (replaced, 1), "return_sequences"), ==, 1);
  g_assert_true (nn_design_get_block (replaced, 0) == nn_design_get_block (design, 0));
  g_assert_false (nn_design_equal (design, replaced));
  g_assert_true (nn_design_equal (design, named));
  g_assert_cmpstr (nn_design_get_name (named), ==, "mine");
  g_assert_cmpstr (nn_design_get_name (design), ==, "");
  g_assert_true (nn_shape_equal (nn_design_get_input (resized), &other));
}

static void
test_ids (void)
{
  NnBlockId first, second;
  NnDesign *design = append (new_design (), "Dropout", &first);
  g_autoptr (NnDesign) shorter = nn_design_without_block (design, 3);
  g_autoptr (NnDesign) again = append (g_steal_pointer (&shorter), "Dropout", &second);
  g_autoptr (NnBlock) fresh = nn_block_new (nn_kind_find ("Flatten"));

  g_assert_cmpuint (first, !=, second);
  g_assert_cmpint (nn_design_find_block (again, first), ==, -1);
  g_assert_cmpint (nn_design_find_block (again, second), ==, 3);
  g_assert_cmpuint (nn_block_get_id (fresh), ==, 0);
  nn_design_unref (design);
}

/* Moving is checked against a plain array, for every source and every gap. */
static void
test_moves (void)
{
  g_autoptr (NnDesign) design = append (new_design (), "Flatten", NULL);
  guint n = nn_design_get_n_blocks (design);

  for (guint from = 0; from < n; from++)
    for (guint gap = 0; gap <= n; gap++)
      {
        g_autoptr (NnDesign) moved = nn_design_with_moved (design, from, gap);
        g_autoptr (GPtrArray) expected = g_ptr_array_new ();
        const NnBlock *block = nn_design_get_block (design, from);

        for (guint i = 0; i < n; i++)
          if (i != from)
            g_ptr_array_add (expected, (gpointer) nn_design_get_block (design, i));
        g_ptr_array_insert (expected, gap > from ? gap - 1 : gap, (gpointer) block);
        for (guint i = 0; i < n; i++)
          g_assert_true (nn_design_get_block (moved, i) == g_ptr_array_index (expected, i));
      }
}

static void
test_limit (void)
{
  g_autoptr (NnDesign) design = new_design ();
  g_autoptr (NnBlock) block = nn_block_new (nn_kind_find ("Dropout"));
  g_autoptr (GError) error = NULL;

  while (nn_design_get_n_blocks (design) < NN_MAX_BLOCKS)
    design = append (design, "Dropout", NULL);
  g_assert_null (nn_design_with_block (design, 0, block, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_RANGE);
}

static void
test_texts (void)
{
  g_autoptr (NnBlock) conv = nn_block_new (nn_kind_find ("Conv1D"));
  g_autoptr (NnBlock) strided = nn_block_with_whole (conv, "strides", 2);
  g_autoptr (NnBlock) bare = nn_block_with_whole (strided, "use_bias", 0);
  g_autoptr (NnBlock) lstm = nn_block_new (nn_kind_find ("LSTM"));
  g_autoptr (NnBlock) sequence = nn_block_with_whole (lstm, "return_sequences", 1);
  g_autoptr (NnBlock) wrapped = nn_block_new (nn_kind_find ("TimeDistributed"));
  g_autofree char *a = nn_block_to_text (conv);
  g_autofree char *b = nn_block_to_text (bare);
  g_autofree char *c = nn_block_to_text (lstm);
  g_autofree char *d = nn_block_to_text (sequence);
  g_autofree char *e = nn_block_to_text (wrapped);

  g_assert_cmpstr (a, ==, "Conv1D 32, kernel 8, same, relu");
  g_assert_cmpstr (b, ==, "Conv1D 32, kernel 8, stride 2, same, relu, no bias");
  g_assert_cmpstr (c, ==, "LSTM 32");
  g_assert_cmpstr (d, ==, "LSTM 32, return sequences");
  g_assert_cmpstr (e, ==, "TimeDistributed (Dense 1, sigmoid)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/design/edits", test_edits);
  g_test_add_func ("/design/ids", test_ids);
  g_test_add_func ("/design/moves", test_moves);
  g_test_add_func ("/design/limit", test_limit);
  g_test_add_func ("/design/texts", test_texts);
  return g_test_run ();
}
