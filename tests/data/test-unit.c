/* test-unit.c: units in brackets are parted from names, and remarks in brackets are not
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-unit.h"

static void
test_split (void)
{
  static const char *const rows[][3] = {
    { "EMG left [mV]", "EMG left", "mV" }, { "Acc x (m/s^2)", "Acc x", "m/s^2" }, { "T(°C)", "T", "°C" },
    { "Roll | Phi (degrees)", "Roll | Phi", "degrees" }, { "GHI (W/m^2)", "GHI", "W/m^2" }, { "Power (dBm)", "Power", "dBm" },
    { "EMG (left)", "EMG (left)", NULL },  { "[mV]", "[mV]", NULL },              { "a [1] [µV]", "a [1]", "µV" },
    { "mV", "mV", NULL },                  { "", "", NULL },                      { "a]", "a]", NULL },
    { "a [mV", "a [mV", NULL },            { "a [ s ]", "a", "s" },               { "a [mv]", "a [mv]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup (rows[i][0]);
      g_autofree char *unit = sig_unit_split (name);

      g_assert_cmpstr (name, ==, rows[i][1]);
      g_assert_cmpstr (unit, ==, rows[i][2]);
    }
}

static void
test_known (void)
{
  g_assert_true (sig_unit_is_known ("mV"));
  g_assert_true (sig_unit_is_known ("'mV'"));
  g_assert_true (sig_unit_is_known ("(s)"));
  g_assert_true (sig_unit_is_known ("hh:mm:ss.mmm"));
  g_assert_false (sig_unit_is_known (""));
  g_assert_false (sig_unit_is_known ("walk"));
  g_assert_false (sig_unit_is_known ("1"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit/split", test_split);
  g_test_add_func ("/unit/known", test_known);
  return g_test_run ();
}
