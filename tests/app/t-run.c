/* t-run.c: a design for runs of tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-run.h"

NnDesign *
t_run_make_design (gint64 n_steps,
                   gint64 n_channels,
                   int    n_outputs)
{
  NnShape input = nn_shape_2 (n_steps, n_channels);
  NnDesign *design = nn_template_build (nn_template_find ("R1"), &input, n_outputs > 1 ? n_outputs : 2);

  for (guint i = 0; i < 2; i++)
    {
      const NnBlock *block = nn_design_get_block (design, i);
      g_autoptr (NnBlock) small = nn_block_with_whole (block, i == 0 ? "filters" : "units", 8);
      NnDesign *smaller = nn_design_with_replaced (design, i, small);

      nn_design_unref (design);
      design = smaller;
    }
  return design;
}
