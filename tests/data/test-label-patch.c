/* test-label-patch.c: from one version of a track to the next and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-patch.h"

#include "sig-label-edit.h"

static const char *const NAMES[] = { "a", "b", "c" };

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autoptr (SigLabels) labels = sig_labels_new (200, NULL, 0, NAMES, 3);

  for (int i = 0; i < 2000; i++)
    {
      int start = g_rand_int_range (rand, 0, 200), end = start + g_rand_int_range (rand, 1, 20);
      g_autoptr (SigLabels) next = g_rand_boolean (rand)
                                       ? sig_label_edit_set (labels, start, end, g_rand_int_range (rand, SIG_DONT_KNOW, 3))
                                       : sig_label_edit_split (labels, start);
      g_autoptr (SigLabelPatch) patch = sig_label_patch_new (labels, next);
      g_autoptr (SigLabels) forth = sig_label_patch_apply (patch, labels);
      g_autoptr (SigLabels) back = sig_label_patch_revert (patch, next);

      g_assert_true (sig_labels_equal (forth, next));
      g_assert_true (sig_labels_equal (back, labels));
      sig_labels_unref (labels);
      labels = g_steal_pointer (&next);
    }
}

/* As much as the edit, whatever the track holds. */
static void
test_size (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigLabels) next = NULL;
  g_autoptr (SigLabelPatch) patch = NULL;

  for (int i = 0; i < 10000; i++)
    g_array_append_val (spans, ((SigSpan) { 10 * i, 10 * i + 5, i % 3 }));
  labels = sig_labels_new (100000, (const SigSpan *) (gpointer) spans->data, spans->len, NAMES, 3);
  next = sig_label_edit_set (labels, 50002, 50004, SIG_DONT_KNOW);
  patch = sig_label_patch_new (labels, next);
  g_assert_cmpuint (sig_label_patch_get_size (patch), <=, 4);
}

static void
test_other_classes (void)
{
  g_autoptr (SigLabels) labels = sig_labels_new (10, NULL, 0, NAMES, 3);
  g_autoptr (SigLabels) fewer = sig_label_edit_without_class (labels, 0, SIG_UNLABELLED);

  g_assert_null (sig_label_patch_new (labels, fewer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-patch/random", test_random);
  g_test_add_func ("/label-patch/size", test_size);
  g_test_add_func ("/label-patch/other-classes", test_other_classes);
  return g_test_run ();
}
