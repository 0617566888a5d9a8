/* app-renderer.c: how GTK is to draw where no graphics processor helps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-renderer.h"

/* The user's word to GTK, and to Mesa. */
#define GTK_VARIABLE  "GSK_RENDERER"
#define MESA_VARIABLE "LIBGL_ALWAYS_SOFTWARE"

static gboolean
has_file (const char *root,
          const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS);
}

static gboolean
has_render_node (const char *root)
{
  g_autofree char *folder = g_build_filename (root, "dev/dri", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/* As Mesa reads it. */
static gboolean
is_true (const char *value)
{
  const char *const words[] = { "1", "true", "y", "yes", NULL };
  g_autofree char *lower = g_ascii_strdown (value, -1);

  return g_strv_contains (words, lower);
}

gboolean
app_renderer_is_software_in (const char *root,
                             const char *always_software)
{
  g_return_val_if_fail (root != NULL, FALSE);

  if (always_software != NULL && is_true (always_software))
    return TRUE;
  return !has_render_node (root) && !has_file (root, "dev/nvidiactl") && !has_file (root, "dev/dxg");
}

void
app_renderer_choose (void)
{
  if (g_getenv (GTK_VARIABLE) == NULL && app_renderer_is_software_in ("/", g_getenv (MESA_VARIABLE)))
    g_setenv (GTK_VARIABLE, "cairo", FALSE);
}
