/* test-cli-labels.c: lamina-cli labels from outside: what it writes, what it says is lost, what it proves
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-cli.h"

#include <string.h>

static void
write_text (const char *name, const char *text)
{
  g_autofree char *path = in_folder (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Every format; the labels go from one to the next and are the same at the end. */
static void
test_chain (void)
{
  g_autofree char *first = NULL, *last = NULL, *err = NULL;
  gsize length;

  g_assert_cmpint (run_cli ("labels demo -o first.csv", NULL, &err), ==, 0);
  assert_says (err, "“first.csv” was written. Read again: 149 of 149 labels are identical.");
  g_assert_cmpint (run_cli ("labels demo -l first.csv -o a.txt", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("labels demo -l a.txt -o steps.csv --format csv-steps", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("labels demo -l steps.csv -o r.wav", NULL, NULL), ==, 0);
  g_assert_cmpint (run_cli ("labels r.wav -o last.csv", NULL, NULL), ==, 0);
  first = read_file ("first.csv", &length);
  last = read_file ("last.csv", &length);
  g_assert_cmpstr (first, ==, last);
}

static void
test_losses (void)
{
  g_autofree char *err = NULL, *array = NULL;
  gsize length;

  g_assert_cmpint (run_cli ("labels demo -o y.npy", NULL, &err), ==, 0);
  assert_says (err, "Names of classes are lost: 0 is “rest”, 1 is “grasp”.");
  array = read_file ("y.npy", &length);
  g_assert_cmpint (memcmp (array, "\x93NUMPY", 6), ==, 0);
}

static void
test_refused (void)
{
  write_text ("r.csv", "a,b\n1.5,2\n2.5,3\n");
  assert_fails ("labels demo", 2, "--output FILE says where the labels go");
  assert_fails ("labels demo -o a.doc", 2, "is that of no format");
  assert_fails ("labels demo -o a.csv -f doc", 2, "There is no format “doc”");
  assert_fails ("labels r.csv -o a.csv", 3, "has no labels");
  assert_fails ("labels r.csv -o r.csv", 4, "it is a file that is read");
  assert_fails ("labels demo -o nowhere/a.csv", 4, "Could not write");
  assert_fails ("labels absent.wav -o a.csv", 3, "absent.wav");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  set_up_folder ();
  g_test_add_func ("/cli-labels/chain", test_chain);
  g_test_add_func ("/cli-labels/losses", test_losses);
  g_test_add_func ("/cli-labels/refused", test_refused);
  status = g_test_run ();
  tear_down_folder ();
  return status;
}
