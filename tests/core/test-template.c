/* test-template.c: the reference designs have the shapes and counts of design.md, and adapt
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check.h"
#include "nn-template.h"
#include "nn-shape.h"

typedef struct
{
  const char *id;
  const char *shapes;
  const char *params;
  gint64      total;
  gboolean    trainable;
} Reference;

static const Reference references[] = {
  { "R0", "393 × 32, 98 × 32, 32, 1", "4128, 0, 8320, 33", 12481, FALSE },
  { "R1", "400 × 32, 400 × 32, 400 × 1", "4128, 8320, 33", 12481, TRUE },
  { "R2", "393 × 32, 98 × 32, 32, 400", "4128, 0, 8320, 13200", 25648, TRUE },
  { "R3", "393 × 32, 98 × 32, 98 × 32, 98 × 1", "4128, 0, 8320, 33", 12481, FALSE },
  { "R4", "400 × 32, 100 × 32, 100 × 32, 400 × 32, 400 × 1", "4128, 0, 8320, 0, 33", 12481, TRUE },
  { "R5", "400 × 16 × 1, 400 × 13 × 8, 400 × 104, 400 × 32, 400 × 1", "0, 40, 0, 17536, 33", 17609, TRUE },
  { "R6", "400 × 16 × 1, 400 × 13 × 8, 400 × 32, 400 × 1", "0, 40, 5248, 33", 5321, TRUE },
};

static void
test_reference (gconstpointer data)
{
  const Reference *reference = data;
  NnShape input = nn_shape_2 (400, 16);
  NnContract labels = { 400, 2 };
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find (reference->id), &input, 2);
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  g_autoptr (GString) shapes = g_string_new (NULL);
  g_autoptr (GString) params = g_string_new (NULL);

  g_assert_cmpstr (nn_design_get_name (design), ==, reference->id);
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      const NnBlockReport *report = nn_check_get_block (check, i);
      g_autofree char *shape = nn_shape_to_text (&report->output);

      g_string_append_printf (shapes, "%s%s", i > 0 ? ", " : "", shape);
      g_string_append_printf (params, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", report->n_params);
    }
  g_assert_cmpstr (shapes->str, ==, reference->shapes);
  g_assert_cmpstr (params->str, ==, reference->params);
  g_assert_cmpint (nn_check_get_n_params (check), ==, reference->total);
  g_assert_true (nn_check_is_runnable (check));
  g_assert_cmpint (nn_check_is_trainable (check), ==, reference->trainable);
}

/* Whatever the windows and the classes, what fits the labels at 400 steps fits them. */
static void
test_adapts (void)
{
  static const int classes[] = { 2, 4, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    for (guint k = 0; k < G_N_ELEMENTS (classes); k++)
      for (gint64 n_steps = 1; n_steps <= 130; n_steps += 3)
        {
          NnShape input = nn_shape_2 (n_steps, 24);
          NnContract labels = { n_steps, classes[k] };
          g_autoptr (NnDesign) design = nn_template_build (nn_template_find (references[i].id), &input, classes[k]);
          g_autoptr (NnCheck) check = nn_check_new (design, &labels);

          g_assert_true (nn_check_is_runnable (check));
          if (references[i].trainable)
            g_assert_true (nn_check_is_trainable (check));
        }
  g_assert_null (nn_template_find ("R9"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *path = g_strdup_printf ("/template/%s", references[i].id);

      g_test_add_data_func (path, &references[i], test_reference);
    }
  g_test_add_func ("/template/adapts", test_adapts);
  return g_test_run ();
}
