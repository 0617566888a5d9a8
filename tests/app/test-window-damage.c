/* test-window-damage.c: what only the reading of all samples finds damaged is told once it was read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>

#include "t-app.h"
#include "t-window.h"

#define N_CHANNELS 8
#define N_STEPS    2200000 /* too many to be kept in memory */
#define N_CHUNK    10000

/* A FLAC with a flipped bit in its middle. */
static void
write_damaged (const char *path)
{
  SF_INFO info = { .samplerate = 1000, .channels = N_CHANNELS, .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16 };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  g_autofree short *mixed = g_new (short, N_CHUNK * N_CHANNELS);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_nonnull (sound);
  for (int i = 0; i < N_CHUNK * N_CHANNELS; i++)
    mixed[i] = (short) (i % 999);
  for (int t = 0; t < N_STEPS; t += N_CHUNK)
    g_assert_cmpint (sf_writef_short (sound, mixed, N_CHUNK), ==, N_CHUNK);
  sf_close (sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static void
test_damage (void)
{
  AppWindow *window = t_window_new_empty ();
  g_autofree char *folder = g_dir_make_tmp ("lamina-damage-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.flac", NULL);

  write_damaged (path);
  gtk_window_present (GTK_WINDOW (window));
  app_window_open (window, (const char *const[]){ path, NULL });
  t_wait_until (app_window_get_banner (window) != NULL, (void) 0);
  g_assert_true (g_str_has_prefix (app_window_get_banner (window), "long.flac: "));
  g_assert_nonnull (strstr (app_window_get_banner (window), " of 2,200,000 steps could not be decoded: the file is damaged at "));
  t_window_close (window);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;
  g_test_add_func ("/window/damage", test_damage);
  return t_window_run ();
}
