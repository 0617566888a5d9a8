/* test-tal.c: time-stamped annotation lists, read and written
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "sig-tal.h"

/* "0.5+2=wake" for each text told, "0.5=wake" without a duration. */
static void
write_down (gpointer user_data, double onset_s, double duration_s, const char *text)
{
  GString *told = user_data;

  g_string_append_printf (told, "%g", onset_s);
  if (!isnan (duration_s))
    g_string_append_printf (told, "+%g", duration_s);
  g_string_append_printf (told, "=%s;", text);
}

/* "~" stands for a NUL. */
static SigTal
parse (const char *list, GString *told)
{
  g_autofree char *bytes = g_strdelimit (g_strdup (list), "~", '\0');
  SigTal tal;

  sig_tal_parse ((const guint8 *) bytes, strlen (list), &tal, write_down, told);
  return tal;
}

static void
test_parse (void)
{
  const struct
  {
    const char *list;
    const char *told;
    guint       n_bad;
    double      first_s; /* NaN: none */
  } rows[] = {
    { "", "", 0, NAN },
    { "~~~~", "", 0, NAN },
    { "+0\x14\x14~", "", 0, 0 },
    { "+567.25\x14\x14~+570\x15" "2.5\x14wake\x14~~~", "570+2.5=wake;", 0, 567.25 },
    { "-0.5\x14\x14~", "", 0, -0.5 },
    { "+1\x14" "a\x14" "b\x14~", "1=a;1=b;", 0, NAN },
    { "+1\x14\x14" "a\x14~", "1=a;", 0, 1 },
    { "+1\x14~", "", 0, 1 },
    { "+1\x15\x14" "a\x14~", "1=a;", 0, NAN },
    { "+1\x14 S\xC3\xA9 \x14~", "1=Sé;", 0, NAN },
    { "+1\x14S\xE9\x14~", "1=Sé;", 0, NAN },
    { "+1\x14" "a\nb\x14~", "1=a b;", 0, NAN },
    { "5\x14" "a\x14~", "5=a;", 0, NAN },
    /* Row 61. */
    { "+1\x14" "a\x14", "", 1, NAN },
    { "+1\x14" "a~", "", 1, NAN },
    { "+1\x14" "a", "", 1, NAN },
    { "+1~", "", 1, NAN },
    { "\x14" "a\x14~", "", 1, NAN },
    { "abc\x14" "a\x14~+2\x14" "b\x14~", "2=b;", 1, NAN },
    { "+1e5\x14" "a\x14~", "", 1, NAN },
    { "+nan\x14" "a\x14~", "", 1, NAN },
    { "++1\x14" "a\x14~", "", 1, NAN },
    { "+1.2.3\x14" "a\x14~", "", 1, NAN },
    { "+1\x15-2\x14" "a\x14~", "", 1, NAN },
    { "+1\x15nan\x14" "a\x14~", "", 1, NAN },
    { "+1\x15x\x14" "a\x14~", "", 1, NAN },
    { "+1\x15" "2\x15" "3\x14" "a\x14~", "", 1, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) told = g_string_new (NULL);
      SigTal tal = parse (rows[i].list, told);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (told->str, ==, rows[i].told);
      g_assert_cmpuint (tal.n_bad, ==, rows[i].n_bad);
      g_assert_cmpint (tal.has_first, ==, !isnan (rows[i].first_s));
      if (tal.has_first)
        g_assert_cmpfloat (tal.first_s, ==, rows[i].first_s);
    }
}

/* What is written reads the same. */
static void
test_append (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) told = g_string_new (NULL);
  SigTal tal;

  sig_tal_append (bytes, 12, NAN, 6, NULL);
  g_assert_cmpmem (bytes->data, bytes->len, "+12\x14\x14", 6);
  sig_tal_append (bytes, 0.1250004, 100, 6, "wa\x14ke");
  sig_tal_append (bytes, -3, 0, 2, "é");
  sig_tal_append (bytes, 1.0 / 3, NAN, 4, "x");
  sig_tal_parse (bytes->data, bytes->len, &tal, write_down, told);
  g_assert_cmpstr (told->str, ==, "0.125+100=wa ke;-3+0=é;0.3333=x;");
  g_assert_cmpuint (tal.n_bad, ==, 0);
  g_assert_cmpfloat (tal.first_s, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tal/parse", test_parse);
  g_test_add_func ("/tal/append", test_append);
  return g_test_run ();
}
