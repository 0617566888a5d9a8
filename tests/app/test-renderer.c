/* test-renderer.c: when GTK is told to draw with cairo, against made-up /dev trees
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-renderer.h"

#include <glib/gstdio.h>

/* Whether OpenGL is software on a machine that has this one device. */
static gboolean
is_software_with (const char *device,
                  const char *always_software)
{
  g_autofree char *root = g_dir_make_tmp ("lamina-renderer-XXXXXX", NULL);
  g_autofree char *dev = g_build_filename (root, "dev", NULL);
  g_autofree char *dri = g_build_filename (root, "dev/dri", NULL);
  g_autofree char *path = g_build_filename (dev, device, NULL);
  gboolean software;

  g_assert_cmpint (g_mkdir_with_parents (dri, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  software = app_renderer_is_software_in (root, always_software);
  g_remove (path);
  g_remove (dri);
  g_remove (dev);
  g_remove (root);
  return software;
}

static void
test_devices (void)
{
  g_assert_true (app_renderer_is_software_in ("/nowhere", NULL));
  g_assert_true (is_software_with ("null", NULL));
  /* A screen without a graphics processor, as a virtual machine has. */
  g_assert_true (is_software_with ("dri/card0", NULL));
  g_assert_false (is_software_with ("dri/renderD128", NULL));
  g_assert_false (is_software_with ("dri/renderD129", NULL));
  g_assert_false (is_software_with ("nvidiactl", NULL));
  g_assert_false (is_software_with ("dxg", NULL));
}

static void
test_told (void)
{
  g_assert_true (is_software_with ("dri/renderD128", "1"));
  g_assert_true (is_software_with ("dri/renderD128", "True"));
  g_assert_false (is_software_with ("dri/renderD128", "0"));
  g_assert_false (is_software_with ("dri/renderD128", ""));
  g_assert_true (is_software_with ("null", "0"));
}

static void
test_choice (void)
{
  g_test_summary ("The user's renderer stays; without one it is cairo just where OpenGL is software.");
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "1", TRUE);
  app_renderer_choose ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "gl");

  g_unsetenv ("GSK_RENDERER");
  app_renderer_choose ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "cairo");

  g_unsetenv ("GSK_RENDERER");
  g_unsetenv ("LIBGL_ALWAYS_SOFTWARE");
  app_renderer_choose ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, app_renderer_is_software_in ("/", NULL) ? "cairo" : NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/renderer/devices", test_devices);
  g_test_add_func ("/renderer/told", test_told);
  g_test_add_func ("/renderer/choice", test_choice);
  return g_test_run ();
}
