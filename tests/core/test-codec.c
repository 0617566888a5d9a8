/* test-codec.c: designs as JSON: there and back, and what is refused in which words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec.h"
#include "nn-error.h"
#include "nn-shape.h"
#include "random-design.h"

#include <string.h>

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 500; i++)
    {
      g_autoptr (NnDesign) plain = random_design (rand, 12, FALSE);
      g_autoptr (NnDesign) design = nn_design_with_name (plain, i % 2 ? "größer \"\\\n" : "");
      g_autofree char *text = nn_codec_design_to_json (design);
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDesign) again = nn_codec_design_from_json (text, -1, &error);
      g_autofree char *text_again = NULL;

      g_assert_no_error (error);
      g_assert_true (nn_design_equal (design, again));
      g_assert_cmpstr (nn_design_get_name (again), ==, nn_design_get_name (design));
      text_again = nn_codec_design_to_json (again);
      g_assert_cmpstr (text_again, ==, text);
      g_assert_true (g_str_has_suffix (text, "}\n"));
    }
}

static void
test_fallbacks (void)
{
  const char *text = "{ \"lamina_design\": 1, \"input_shape\": [400, 16], \"blocks\": [\n"
                     "  { \"kind\": \"Conv1D\", \"kernel_size\": 5 },\n"
                     "  { \"kind\": \"MaxPool1D\" },\n"
                     "  { \"kind\": \"TimeDistributed\", \"layer\": { \"kind\": \"Dense\", \"units\": 3 } } ] }";
  g_autoptr (GError) error = NULL;
  g_autoptr (NnDesign) design = nn_codec_design_from_json (text, -1, &error);
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr (NnDesign) expected = append_kind (append_kind (nn_design_new (&input), "Conv1D"), "MaxPooling1D");
  const NnBlock *wrapper;

  g_assert_no_error (error);
  expected = change_whole (g_steal_pointer (&expected), 0, "kernel_size", 5);
  g_assert_true (nn_block_equal (nn_design_get_block (design, 0), nn_design_get_block (expected, 0)));
  g_assert_true (nn_block_equal (nn_design_get_block (design, 1), nn_design_get_block (expected, 1)));
  wrapper = nn_design_get_block (design, 2);
  g_assert_cmpint (nn_block_get_whole (nn_block_get_inner (wrapper), "units"), ==, 3);
  g_assert_cmpstr (nn_design_get_name (design), ==, "");
}

typedef struct
{
  const char *text;
  NnError     code;
  const char *says; /* a part of the message */
} Refusal;

#define START "{ \"lamina_design\": 1, \"input_shape\": [400, 16], \"blocks\": ["

static void
test_refusals (void)
{
  static const Refusal refusals[] = {
    { "", NN_ERROR_SYNTAX, "Line 1" },
    { "[]", NN_ERROR_SYNTAX, "not a Lamina design" },
    { "{}", NN_ERROR_SYNTAX, "\"lamina_design\" is missing" },
    { "{ \"lamina_design\": 2, \"input_shape\": [4, 4], \"blocks\": [] }", NN_ERROR_RANGE, "format 2" },
    { "{ \"lamina_design\": 1, \"input_shape\": [], \"blocks\": [] }", NN_ERROR_SYNTAX, "input_shape" },
    { "{ \"lamina_design\": 1, \"input_shape\": [4, 4, 4, 4, 4], \"blocks\": [] }", NN_ERROR_SYNTAX, "1 to 4 extents" },
    { "{ \"lamina_design\": 1, \"input_shape\": [4, 4.5], \"blocks\": [] }", NN_ERROR_SYNTAX, "whole numbers" },
    { "{ \"lamina_design\": 1, \"input_shape\": [0, 4], \"blocks\": [] }", NN_ERROR_RANGE, "input_shape has 0" },
    { "{ \"lamina_design\": 1, \"lamina_design\": 1 }", NN_ERROR_SYNTAX, "duplicate" },
    { START "], \"colour\": 1 }", NN_ERROR_UNKNOWN, "“colour”" },
    { START "\n 7 ] }", NN_ERROR_SYNTAX, "block 1: a block is an object" },
    { START "\n { \"kind\": \"Conv1D\" },\n { \"kind\": \"Conv9D\" } ] }", NN_ERROR_UNKNOWN,
      "Line 3, block 2: there is no kind of block named “Conv9D”" },
    { START "{ \"kind\": \"Dense\", \"filters\": 3 } ] }", NN_ERROR_UNKNOWN, "Dense has no argument named “filters”" },
    { START "{ \"kind\": \"Dense\", \"units\": 0 } ] }", NN_ERROR_RANGE, "units: Units is 0; it may be 1 to 65536." },
    { START "{ \"kind\": \"Dense\", \"units\": 2.5 } ] }", NN_ERROR_SYNTAX, "units must be a whole number" },
    { START "{ \"kind\": \"Dense\", \"units\": null } ] }", NN_ERROR_SYNTAX, "units must be a whole number" },
    { START "{ \"kind\": \"Dense\", \"activation\": \"maxout\" } ] }", NN_ERROR_UNKNOWN, "it may be linear, relu, tanh" },
    { START "{ \"kind\": \"Dense\", \"use_bias\": 1 } ] }", NN_ERROR_SYNTAX, "use_bias must be true or false" },
    { START "{ \"kind\": \"Conv2D\", \"kernel_size\": [1, 2, 3] } ] }", NN_ERROR_RANGE, "has 3 numbers; it takes 2" },
    { START "{ \"kind\": \"Reshape\", \"target_shape\": [1, 2, 3, 4, 5] } ] }", NN_ERROR_SYNTAX, "one to four whole numbers" },
    { START "{ \"kind\": \"TimeDistributed\", \"layer\": { \"kind\": \"Add\" } } ] }", NN_ERROR_UNKNOWN,
      "TimeDistributed cannot hold Add" },
    { START "{ \"kind\": \"Bidirectional\", \"layer\": { \"kind\": \"Dense\" } } ] }", NN_ERROR_UNKNOWN,
      "Bidirectional cannot hold Dense; it may hold LSTM, GRU, SimpleRNN." },
    { START "{ \"kind\": \"Dropout\", \"rate\": 1e999 } ] }", NN_ERROR_SYNTAX, "Line 1" },
    { START "{ \"kind\": \"Add\", \"with\": 0 } ] }", NN_ERROR_SYNTAX, "with must be a list of at most 4 blocks" },
    { START "{ \"kind\": \"Add\", \"with\": [0, 0, 0, 0, 0] } ] }", NN_ERROR_SYNTAX, "with must be a list of at most 4 blocks" },
    { START "{ \"kind\": \"Add\", \"with\": [\"Dense\"] } ] }", NN_ERROR_SYNTAX, "with must name blocks by their number" },
    { START "{ \"kind\": \"Add\", \"with\": [1] } ] }", NN_ERROR_RANGE, "with names the block itself" },
    { START "{ \"kind\": \"Add\", \"with\": [-1] } ] }", NN_ERROR_RANGE, "with names block -1; there are 0 (the input) to 1" },
    { START "{ \"kind\": \"Add\", \"with\": [2] } ] }", NN_ERROR_RANGE, "with names block 2; there are 0 (the input) to 1" },
    { START "{ \"kind\": \"Add\", \"with\": [9223372036854775807] } ] }", NN_ERROR_RANGE, "with names block" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDesign) design = nn_codec_design_from_json (refusals[i].text, -1, &error);

      g_assert_null (design);
      g_assert_error (error, NN_ERROR, (int) refusals[i].code);
      if (strstr (error->message, refusals[i].says) == NULL)
        g_error ("“%s” is not in “%s”", refusals[i].says, error->message);
    }
}

static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *large = g_strnfill ((1 << 20) + 1, ' ');
  g_autoptr (GString) many = g_string_new (START);
  g_autoptr (GError) error = NULL;

  g_assert_null (nn_codec_design_from_json (deep, -1, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (nn_codec_design_from_json (large, -1, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
  g_clear_error (&error);
  for (int i = 0; i <= NN_MAX_BLOCKS; i++)
    g_string_append_printf (many, "%s{ \"kind\": \"Flatten\" }", i > 0 ? "," : "");
  g_string_append (many, "] }");
  g_assert_null (nn_codec_design_from_json (many->str, many->len, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_SYNTAX);
}

/* Any byte may be wrong, and any end missing: it is read or refused, and what is read can be written. */
static void
test_damaged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (NnDesign) design = random_design (rand, 6, FALSE);
  g_autofree char *text = nn_codec_design_to_json (design);
  gsize length = strlen (text);

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *damaged = g_memdup2 (text, length);
      gsize kept = g_rand_int_range (rand, 0, 4) == 0 ? g_rand_int_range (rand, 0, length) : length;
      g_autoptr (GError) error = NULL;
      g_autoptr (NnDesign) read = NULL;

      for (int k = g_rand_int_range (rand, 0, 4); k > 0; k--)
        damaged[g_rand_int_range (rand, 0, length)] = g_rand_int_range (rand, 0, 256);
      read = nn_codec_design_from_json (damaged, kept, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/round-trip", test_round_trip);
  g_test_add_func ("/codec/fallbacks", test_fallbacks);
  g_test_add_func ("/codec/refusals", test_refusals);
  g_test_add_func ("/codec/limits", test_limits);
  g_test_add_func ("/codec/damaged", test_damaged);
  return g_test_run ();
}
