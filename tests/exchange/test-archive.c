/* test-archive.c: archives come back as they went in; bombs, doubles and damage are refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-archive.h"

#include "nn-error.h"

#include <string.h>
#include <zip.h>

#define MEGABYTE (1 << 20)

static GBytes *
write_items (const NnArchiveItem *items,
             guint                n)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  guint8 *bytes = nn_archive_write (items, n, &length, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static NnArchive *
open_bytes (GBytes  *bytes,
            GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return nn_archive_open (data, length, error);
}

static void
assert_refused (GError     *error,
                const char *says)
{
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” is not in “%s”", says, error->message);
}

static void
test_round_trip (void)
{
  const NnArchiveItem items[] = { { "a.txt", "first", 5 }, { "b.bin", "\0\1\2", 3 }, { "empty", "", 0 } };
  g_autoptr (GBytes) bytes = write_items (items, G_N_ELEMENTS (items));
  g_autoptr (GBytes) again = write_items (items, G_N_ELEMENTS (items));
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArchive) archive = open_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GBytes) member = nn_archive_read (archive, items[i].name, MEGABYTE, &error);
      gsize length;
      const void *data = g_bytes_get_data (member, &length);

      g_assert_no_error (error);
      g_assert_cmpmem (data, length, items[i].bytes, items[i].length);
    }
}

/* What a zip program, or an ill-wisher, would make. */
static GBytes *
make_zip (const void *content,
          gsize       length,
          int         method,
          gboolean    encrypted)
{
  zip_source_t *target = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = zip_open_from_source (target, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  zip_int64_t index = zip_file_add (zip, "m", zip_source_buffer (zip, content, length, 0), 0);
  zip_stat_t about;
  char *bytes;

  zip_source_keep (target);
  g_assert_cmpint (index, ==, 0);
  g_assert_cmpint (zip_set_file_compression (zip, 0, method, 0), ==, 0);
  if (encrypted)
    g_assert_cmpint (zip_file_set_encryption (zip, 0, ZIP_EM_TRAD_PKWARE, "secret"), ==, 0);
  g_assert_cmpint (zip_close (zip), ==, 0);
  g_assert_cmpint (zip_source_stat (target, &about), ==, 0);
  bytes = g_malloc (about.size);
  g_assert_cmpint (zip_source_open (target), ==, 0);
  g_assert_cmpint (zip_source_read (target, bytes, about.size), ==, (zip_int64_t) about.size);
  zip_source_free (target);
  return g_bytes_new_take (bytes, about.size);
}

static void
test_deflated (void)
{
  g_autofree char *text = g_strnfill (50000, 'a');
  g_autoptr (GBytes) bytes = make_zip (text, 50000, ZIP_CM_DEFLATE, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnArchive) archive = open_bytes (bytes, &error);
  g_autoptr (GBytes) member = nn_archive_read (archive, "m", MEGABYTE, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (member, NULL), g_bytes_get_size (member), text, 50000);
}

static void
test_refused (void)
{
  g_autofree char *zeros = g_malloc0 (100 * MEGABYTE);
  const struct { GBytes *bytes; const char *says; } cases[] = {
    { make_zip (zeros, 100 * MEGABYTE, ZIP_CM_DEFLATE, FALSE), "would grow from" },
    { make_zip (zeros, 2 * MEGABYTE, ZIP_CM_STORE, FALSE), "would take 2097152 bytes; at most 1048576 are read" },
    { make_zip ("text", 4, ZIP_CM_STORE, TRUE), "is encrypted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NnArchive) archive = open_bytes (cases[i].bytes, &error);

      g_assert_no_error (error);
      g_assert_null (nn_archive_read (archive, "m", i == 0 ? 200 * MEGABYTE : MEGABYTE, &error));
      assert_refused (error, cases[i].says);
      g_bytes_unref (cases[i].bytes);
    }
}

/* The same bytes but for one name, in its header and in the directory. */
static void
test_double (void)
{
  const NnArchiveItem items[] = { { "one", "1", 1 }, { "two", "2", 1 } };
  g_autoptr (GBytes) bytes = write_items (items, G_N_ELEMENTS (items));
  gsize length = g_bytes_get_size (bytes);
  g_autofree char *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  g_autoptr (NnArchive) archive = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i + 3 <= length; i++)
    if (memcmp (copy + i, "two", 3) == 0)
      memcpy (copy + i, "one", 3);
  archive = nn_archive_open ((const guint8 *) copy, length, &error);
  g_assert_null (archive);
  assert_refused (error, "no zip archive");
}

static void
test_damage (void)
{
  const NnArchiveItem items[] = { { "m", "the content", 11 } };
  g_autoptr (GBytes) bytes = write_items (items, 1);
  gsize length = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  g_autoptr (NnArchive) archive = NULL;
  g_autoptr (NnArchive) cut = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cut_error = NULL;

  copy[30 + 1] ^= 1; /* the first byte of the content, behind the header and the name */
  archive = nn_archive_open (copy, length, &error);
  g_assert_no_error (error);
  g_assert_null (nn_archive_read (archive, "m", MEGABYTE, &error));
  assert_refused (error, "“m” is damaged");
  g_clear_error (&error);
  g_assert_null (nn_archive_read (archive, "n", MEGABYTE, &error));
  assert_refused (error, "“n” is missing");
  cut = nn_archive_open (copy, length / 2, &cut_error);
  g_assert_null (cut);
  assert_refused (cut_error, "no zip archive");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive/round-trip", test_round_trip);
  g_test_add_func ("/archive/deflated", test_deflated);
  g_test_add_func ("/archive/refused", test_refused);
  g_test_add_func ("/archive/double", test_double);
  g_test_add_func ("/archive/damage", test_damage);
  return g_test_run ();
}
