/* test-number.c: numbers in text: the same in every locale, and nothing guessed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "sig-number.h"

static SigNumber
parse (const char *text, char decimal, double *value)
{
  return sig_number_parse (text, strlen (text), decimal, value, NULL);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    SigNumber   kind;
    double      value;
  } rows[] = {
    { "1.5", SIG_NUMBER_OK, 1.5 },       { "-0.25", SIG_NUMBER_OK, -0.25 },     { "+3", SIG_NUMBER_OK, 3 },
    { ".5", SIG_NUMBER_OK, 0.5 },        { "5.", SIG_NUMBER_OK, 5 },            { "1e3", SIG_NUMBER_OK, 1000 },
    { "1.25E-2", SIG_NUMBER_OK, 0.0125 }, { "-inf", SIG_NUMBER_OK, -INFINITY }, { "3.4e38", SIG_NUMBER_OK, 3.4e38 },
    { "1e999", SIG_NUMBER_TOO_LARGE, 0 }, { "1e39", SIG_NUMBER_TOO_LARGE, 0 },  { "1e-999", SIG_NUMBER_OK, 0 },
    { "0x10", SIG_NUMBER_TEXT, 0 },      { "1_000", SIG_NUMBER_TEXT, 0 },       { "١٢", SIG_NUMBER_TEXT, 0 },
    { "1 000", SIG_NUMBER_TEXT, 0 },     { "1,5", SIG_NUMBER_TEXT, 0 },         { "1.2.3", SIG_NUMBER_TEXT, 0 },
    { "e5", SIG_NUMBER_TEXT, 0 },        { "1e", SIG_NUMBER_TEXT, 0 },          { "1e+", SIG_NUMBER_TEXT, 0 },
    { "+", SIG_NUMBER_TEXT, 0 },         { ".", SIG_NUMBER_TEXT, 0 },           { "--1", SIG_NUMBER_TEXT, 0 },
    { "", SIG_NUMBER_MISSING, 0 },       { "NaN", SIG_NUMBER_MISSING, 0 },      { "NA", SIG_NUMBER_MISSING, 0 },
    { "#N/A", SIG_NUMBER_MISSING, 0 },   { "<NA>", SIG_NUMBER_MISSING, 0 },     { "#A", SIG_NUMBER_TEXT, 0 },
    { "?", SIG_NUMBER_MISSING, 0 },      { "null", SIG_NUMBER_MISSING, 0 },     { "nano", SIG_NUMBER_TEXT, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double value;
      SigNumber kind = parse (rows[i].text, '.', &value);

      g_test_message ("“%s”", rows[i].text);
      g_assert_cmpint (kind, ==, rows[i].kind);
      if (kind == SIG_NUMBER_OK)
        g_assert_cmpfloat (value, ==, rows[i].value);
      if (kind == SIG_NUMBER_MISSING)
        g_assert_true (isnan (value));
    }
}

static void
test_comma (void)
{
  double value;
  guint decimals = 0;

  g_assert_cmpint (sig_number_parse ("-12,375", 7, ',', &value, &decimals), ==, SIG_NUMBER_OK);
  g_assert_cmpfloat (value, ==, -12.375);
  g_assert_cmpuint (decimals, ==, 3);
  g_assert_cmpint (parse ("1.5", ',', &value), ==, SIG_NUMBER_TEXT);
}

/* The quick way must round as strtod does: random numbers of all lengths and exponents. */
static void
test_rounding (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);

  for (int i = 0; i < 200000; i++)
    {
      char text[64];
      double value, expected;
      int digits = g_rand_int_range (rand, 1, 22), exponent = g_rand_int_range (rand, -30, 20);
      int n = 0, point = g_rand_int_range (rand, 0, digits + 1);

      for (int d = 0; d < digits; d++)
        {
          if (d == point)
            text[n++] = '.';
          text[n++] = (char) ('0' + g_rand_int_range (rand, 0, 10));
        }
      g_snprintf (text + n, sizeof text - (gsize) n, "e%d", exponent);
      expected = g_ascii_strtod (text, NULL);
      if (fabs (expected) > 3e38)
        continue;
      g_assert_cmpint (parse (text, '.', &value), ==, SIG_NUMBER_OK);
      g_assert_cmpfloat (value, ==, expected);
    }
}

static void
test_locale (void)
{
  double value;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  g_assert_cmpint (parse ("1.5", '.', &value), ==, SIG_NUMBER_OK);
  g_assert_cmpfloat (value, ==, 1.5);
  g_assert_cmpint (parse ("1.00000000000000000000000000000015e-3", '.', &value), ==, SIG_NUMBER_OK);
  g_assert_cmpfloat (value, ==, 0.001);
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_long (void)
{
  g_autofree char *zeros = g_strnfill (10000, '0');
  double value;

  g_assert_cmpint (parse (zeros, '.', &value), ==, SIG_NUMBER_TEXT);
  zeros[300] = '\0';
  g_assert_cmpint (parse (zeros, '.', &value), ==, SIG_NUMBER_OK);
  g_assert_cmpint (parse ("1e99999999999999999999", '.', &value), ==, SIG_NUMBER_TOO_LARGE);
}

/* Signs between thousands are dropped where thousands end, and nowhere else. */
static void
test_ungroup (void)
{
  static const struct
  {
    const char *text, *expected;
  } rows[] = {
    { "1,234.5", "1234.5" }, { "-12,345,678", "-12345678" }, { "1,234", "1234" },  { "1234", NULL },   { "1,23", NULL },
    { "1234,567", NULL },    { ",123", NULL },               { "1,234e3", NULL },  { "1,,234", NULL }, { "1.5,234", NULL },
    { "a,234", NULL },       { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char out[SIG_NUMBER_MAX_CHARS];
      gsize n = sig_number_ungroup (rows[i].text, strlen (rows[i].text), ',', '.', out);
      g_autofree char *found = n > 0 ? g_strndup (out, n) : NULL;

      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/kinds", test_kinds);
  g_test_add_func ("/number/comma", test_comma);
  g_test_add_func ("/number/rounding", test_rounding);
  g_test_add_func ("/number/locale", test_locale);
  g_test_add_func ("/number/long", test_long);
  g_test_add_func ("/number/ungroup", test_ungroup);
  return g_test_run ();
}
