/* nn-layer-name.c: Keras' names for the layers of a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-name.h"

char *
nn_layer_name (const NnDesign *design,
               guint           position)
{
  const NnKind *kind = nn_block_get_kind (nn_design_get_block (design, position));
  GString *name = g_string_new (NULL);
  guint n_before = 0;

  for (const char *at = kind->name; *at != '\0'; at++)
    {
      if (at > kind->name && g_ascii_isupper (*at) && g_ascii_islower (at[-1]))
        g_string_append_c (name, '_');
      g_string_append_c (name, g_ascii_tolower (*at));
    }
  for (guint i = 0; i < position; i++)
    n_before += nn_block_get_kind (nn_design_get_block (design, i)) == kind;
  if (n_before > 0)
    g_string_append_printf (name, "_%u", n_before);
  return g_string_free (name, FALSE);
}
