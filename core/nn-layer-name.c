/* nn-layer-name.c: Keras' names for the layers of a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-name.h"

/* Keras' rule, keras/src/utils/naming.py: a capital begins a word where a small letter follows it, or stands before it. */
char *
nn_layer_snake_case (const char *class_name)
{
  GString *name = g_string_new (NULL);

  for (const char *at = class_name; *at != '\0'; at++)
    {
      if (at > class_name && g_ascii_isupper (*at) && (g_ascii_islower (at[1]) || g_ascii_islower (at[-1])))
        g_string_append_c (name, '_');
      g_string_append_c (name, g_ascii_tolower (*at));
    }
  return g_string_free (name, FALSE);
}

char *
nn_layer_name (const NnDesign *design,
               guint           position)
{
  const NnKind *kind = nn_block_get_kind (nn_design_get_block (design, position));
  g_autofree char *name = nn_layer_snake_case (kind->name);
  guint n_before = 0;

  for (guint i = 0; i < position; i++)
    n_before += nn_block_get_kind (nn_design_get_block (design, i)) == kind;
  return n_before > 0 ? g_strdup_printf ("%s_%u", name, n_before) : g_steal_pointer (&name);
}
