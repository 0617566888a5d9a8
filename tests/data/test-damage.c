/* test-damage.c: spans that could not be decoded, found in any order and more than once
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-damage.h"

static void
assert_says (SigDamage *damage, const char *expected)
{
  g_autofree char *text = sig_damage_describe (damage);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_spans (void)
{
  g_autoptr (SigDamage) damage = sig_damage_new (2000000, 1000);

  assert_says (damage, NULL);
  sig_damage_add (damage, 5000, 6000);
  assert_says (damage, "1,000 of 2,000,000 steps could not be decoded: the file is damaged at 5.000 s.");
  sig_damage_add (damage, 5000, 6000);
  sig_damage_add (damage, 5500, 7000);
  assert_says (damage, "2,000 of 2,000,000 steps could not be decoded: the file is damaged at 5.000 s.");
  sig_damage_add (damage, 1000, 2000);
  sig_damage_add (damage, 9000, 9500);
  assert_says (damage, "3,500 of 2,000,000 steps could not be decoded: the file is damaged, first at 1.000 s.");
  sig_damage_add (damage, 2000, 5000); /* touches on both sides */
  sig_damage_add (damage, 500, 10000);
  assert_says (damage, "9,500 of 2,000,000 steps could not be decoded: the file is damaged at 0.500 s.");
}

static void
test_no_rate (void)
{
  g_autoptr (SigDamage) damage = sig_damage_new (20, 0);

  sig_damage_add (damage, 3, 4);
  assert_says (damage, "1 of 20 steps could not be decoded: the file is damaged at step 3.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/damage/spans", test_spans);
  g_test_add_func ("/damage/no-rate", test_no_rate);
  return g_test_run ();
}
