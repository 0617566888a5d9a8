/* test-zip.c: members of archives, and archives made to do harm
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>
#include <zip.h>

#include "fixture.h"
#include "sig-zip.h"

static GByteArray *
make_text (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, text);
  return bytes;
}

/* An archive of one member that a password locks. */
static GByteArray *
make_locked (void)
{
  zip_source_t *archive = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip;
  zip_stat_t stat;
  GByteArray *bytes = g_byte_array_new ();

  zip_source_keep (archive);
  zip = zip_open_from_source (archive, ZIP_TRUNCATE, NULL);
  g_assert_cmpint (zip_file_add (zip, "one", zip_source_buffer (zip, "hello", 5, 0), 0), ==, 0);
  g_assert_cmpint (zip_file_set_encryption (zip, 0, ZIP_EM_TRAD_PKWARE, "secret"), ==, 0);
  g_assert_cmpint (zip_close (zip), ==, 0);

  g_assert_cmpint (zip_source_stat (archive, &stat), ==, 0);
  g_byte_array_set_size (bytes, (guint) stat.size);
  g_assert_cmpint (zip_source_open (archive), ==, 0);
  g_assert_cmpint (zip_source_read (archive, bytes->data, stat.size), ==, (gint64) stat.size);
  zip_source_close (archive);
  zip_source_free (archive);
  return bytes;
}

/* Opens the archive and its first member; consumes the bytes. The error, or NULL (transfer full). */
static GError *
try_first (GByteArray *bytes, SigFile **member)
{
  g_autoptr (GBytes) content = g_byte_array_free_to_bytes (bytes);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.npz", content);
  GError *error = NULL;
  g_autoptr (SigZip) zip = sig_zip_open (file, &error);

  if (zip != NULL)
    *member = sig_zip_open_member (zip, 0, &error);
  g_assert_cmpint (*member == NULL, ==, error != NULL);
  return error;
}

static void
assert_refused (GByteArray *bytes, const char *words)
{
  SigFile *member = NULL;
  g_autoptr (GError) error = try_first (bytes, &member);
  FixtureResult result = { .error = error };

  fixture_assert_refused (&result, "a.npz", words);
}

static void
test_members (void)
{
  for (int deflated = 0; deflated < 2; deflated++)
    {
      const FixtureMember members[] = { { "one", make_text ("hello hello hello") }, { "two", make_text ("!") } };
      SigFile *member = NULL;
      g_autoptr (GError) error = try_first (fixture_zip (members, 2, deflated), &member);
      char text[17];

      g_assert_no_error (error);
      g_assert_cmpint (sig_file_get_size (member), ==, 17);
      g_assert_cmpstr (sig_file_get_name (member), ==, "a.npz: one");
      g_assert_true (sig_file_read (member, 6, 11, text, &error));
      g_assert_cmpmem (text, 11, "hello hello", 11);
      g_assert_false (sig_file_read (member, 6, 12, text, NULL));
      sig_file_unref (member);
    }
}

/* The bytes of the central directory entry of the only member, from its signature on. */
static guint8 *
find_entry (GByteArray *bytes, const char *signature)
{
  for (guint i = 0; i + 4 < bytes->len; i++)
    if (memcmp (bytes->data + i, signature, 4) == 0)
      return bytes->data + i;
  g_assert_not_reached ();
}

static void
test_refused (void)
{
  const FixtureMember plain[] = { { "one", make_text ("hello hello hello hello hello") } };
  const FixtureMember empty[] = { { "one", g_byte_array_new () } };
  const FixtureMember pair[] = { { "one", make_text ("hello") }, { "two", make_text ("hello") } };
  GByteArray *bomb = fixture_zip (plain, 1, TRUE);
  GByteArray *twice = fixture_zip (pair, 2, FALSE);

  assert_refused (make_text ("PK\3\4 and nothing more"), "is a damaged zip archive");
  assert_refused (fixture_zip (empty, 1, FALSE), "“one” is empty");

  /* 29 bytes that say they become 3 GiB. */
  memcpy (find_entry (bomb, "PK\1\2") + 24, "\0\0\0\xC0", 4);
  memcpy (find_entry (bomb, "PK\3\4") + 22, "\0\0\0\xC0", 4);
  assert_refused (bomb, "would grow from");

  assert_refused (make_locked (), "is encrypted");

  /* Two members of one name: in both directories. */
  for (guint i = 0; i + 3 < twice->len; i++)
    if (memcmp (twice->data + i, "two", 3) == 0)
      memcpy (twice->data + i, "one", 3);
  assert_refused (twice, "names a member twice");
}

/* A flipped byte in what is deflated is found out by the checksum. */
static void
test_flipped (void)
{
  const FixtureMember members[] = { { "one", make_text ("some words that are never like those before them, 0123456789") } };
  GByteArray *bytes = fixture_zip (members, 1, TRUE);

  bytes->data[40] ^= 0x10;
  assert_refused (bytes, "“one” is damaged");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zip/members", test_members);
  g_test_add_func ("/zip/refused", test_refused);
  g_test_add_func ("/zip/flipped", test_flipped);
  return g_test_run ();
}
