/* t-keras.c: .keras archives for the tests of exchange
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-keras.h"

#include "nn-shape.h"

#include "nn-archive.h"

#include <string.h>

GBytes *
t_keras_load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

GBytes *
t_keras_member (GBytes     *archive,
                const char *name)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (archive, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArchive) opened = nn_archive_open (bytes, length, &error);
  GBytes *member;

  g_assert_no_error (error);
  member = nn_archive_read (opened, name, 1 << 24, &error);
  g_assert_no_error (error);
  return member;
}

GBytes *
t_keras_archive (GBytes *config,
                 GBytes *weights)
{
  NnArchiveItem items[2];
  GBytes *const members[] = { config, weights };
  static const char *const names[] = { "config.json", "model.weights.h5" };
  g_autoptr (GError) error = NULL;
  guint n = 0;
  guint8 *bytes;
  gsize length = 0;

  for (guint i = 0; i < 2; i++)
    if (members[i] != NULL)
      {
        items[n] = (NnArchiveItem) { .name = names[i] };
        items[n].bytes = g_bytes_get_data (members[i], &items[n].length);
        n++;
      }
  bytes = nn_archive_write (items, n, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

GBytes *
t_keras_edit (GBytes     *config,
              const char *old,
              const char *new)
{
  gsize length;
  const char *text = g_bytes_get_data (config, &length);
  const char *at = g_strstr_len (text, length, old);
  g_autoptr (GString) edited = g_string_new_len (text, length);

  if (at == NULL)
    g_error ("“%s” is not in the config", old);
  g_string_erase (edited, at - text, strlen (old));
  g_string_insert (edited, at - text, new);
  return g_bytes_new (edited->str, edited->len);
}

gboolean
t_keras_read (GBytes  *archive,
              gint64   n_steps,
              NnKeras *keras,
              GError **error)
{
  const NnShape windows = nn_shape_1 (n_steps);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (archive, &length);
  g_autoptr (GError) failed = NULL;
  gboolean read = nn_keras_from_bytes (bytes != NULL ? bytes : (const guint8 *) "", length, n_steps > 0 ? &windows : NULL, keras,
                                       &failed);

  g_assert_cmpint (read, ==, failed == NULL);
  if (!read)
    {
      g_assert_cmpuint (strlen (failed->message), >, 10);
      g_assert_true (g_utf8_validate (failed->message, -1, NULL));
    }
  else
    g_assert_nonnull (keras->design);
  if (!read)
    g_propagate_error (error, g_steal_pointer (&failed));
  return read;
}
