/* test-application.c: lamina from outside: its options, its picture, its measurements, what it exits with
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

/* Runs lamina with arguments that a shell would split so; what it says on both streams goes to `*said`. */
static int
run (const char *line, char **said)
{
  g_autofree char *command = g_strdup_printf ("%s %s", g_getenv ("LAMINA"), line);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  if (!WIFEXITED (status))
    g_error ("%s\nended by a signal: %s", line, err);
  *said = g_strconcat (out, err, NULL);

  return WEXITSTATUS (status);
}

static void
assert_run (const char *line, int code, const char *part)
{
  g_autofree char *said = NULL;

  g_test_message ("lamina %s", line);
  g_assert_cmpint (run (line, &said), ==, code);
  if (strstr (said, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, said);
}

static void
test_options (void)
{
  assert_run ("--version", 0, "lamina 0.");
  assert_run ("--help", 0, "[RECORDING…] [LABELS…]");
  assert_run ("--scheme mauve", 2, "“mauve” is not one of system, light and dark");
  assert_run ("--size 12", 2, "“12” is not of the form");
  assert_run ("--size 10x10", 2, "320x240");
}

static void
test_start (void)
{
  assert_run ("--exit-after-startup", 0, "");
  assert_run ("--exit-after-startup --scheme dark --design R4", 0, "");
  assert_run ("--exit-after-startup --heartbeat", 0, "heartbeat: max gap ");
}

static void
test_screenshot (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "window.png", NULL);
  g_autofree char *line = g_strdup_printf ("--size 1100x700 --screenshot %s", path);
  g_autofree char *nowhere = g_strdup_printf ("--screenshot %s/none/window.png", folder);
  cairo_surface_t *picture;

  assert_run (line, 0, "");
  picture = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (picture), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (picture), >=, 1000);
  g_assert_cmpint (cairo_image_surface_get_height (picture), >=, 600);
  cairo_surface_destroy (picture);

  assert_run (nowhere, 1, "Could not write the picture");
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_after_train (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lamina-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "unlabelled.csv", NULL);
  g_autofree char *line = g_strdup_printf ("--exit-after-startup --after-train %s", path);
  g_autoptr (GString) text = g_string_new ("a,b\n");

  g_test_summary ("A recording without labels cannot be trained on: that is said, and told by the exit status.");

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (text, "%d.5,%d.25\n", i % 7, i % 5);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  assert_run (line, 1, "training cannot begin: This recording has no labels");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/application/options", test_options);
  if (g_getenv ("DISPLAY") == NULL)
    {
      g_test_message ("no display: the window cannot be opened");
      return g_test_run ();
    }
  g_test_add_func ("/application/start", test_start);
  g_test_add_func ("/application/screenshot", test_screenshot);
  g_test_add_func ("/application/after-train", test_after_train);

  return g_test_run ();
}
