/* fixture.c: small files made in tests: bytes put together, opened, written to a folder of their own
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

void
fixture_put_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

void
fixture_put (GByteArray *bytes, guint64 value, guint n_bytes, gboolean big_endian)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint place = big_endian ? n_bytes - 1 - i : i;
      guint8 byte = place < sizeof value ? (guint8) (value >> 8 * place) : 0; /* numbers may be wider than ours */

      g_byte_array_append (bytes, &byte, 1);
    }
}

void
fixture_put_f32 (GByteArray *bytes, float value)
{
  guint32 word;

  memcpy (&word, &value, sizeof word);
  fixture_put (bytes, word, 4, FALSE);
}

void
fixture_put_f64 (GByteArray *bytes, double value, gboolean big_endian)
{
  guint64 word;

  memcpy (&word, &value, sizeof word);
  fixture_put (bytes, word, 8, big_endian);
}

void
fixture_put_chunk (GByteArray *bytes, const char *id, guint32 size, const void *content, gsize n)
{
  fixture_put_text (bytes, id);
  fixture_put (bytes, size, 4, FALSE);
  g_byte_array_append (bytes, content, (guint) n);
  if (n % 2 != 0)
    fixture_put (bytes, 0, 1, FALSE);
}

GByteArray *
fixture_wav (const FixtureWav *wav)
{
  GByteArray *bytes = g_byte_array_new ();
  guint32 data_size = wav->data_size != 0 ? wav->data_size : wav->n_steps * wav->channels * 2;

  fixture_put_text (bytes, "RIFF");
  fixture_put (bytes, 36 + (guint64) wav->n_steps * wav->channels * 2, 4, FALSE);
  fixture_put_text (bytes, "WAVEfmt ");
  fixture_put (bytes, 16, 4, FALSE);
  fixture_put (bytes, wav->tag, 2, FALSE);
  fixture_put (bytes, wav->channels, 2, FALSE);
  fixture_put (bytes, wav->rate, 4, FALSE);
  fixture_put (bytes, wav->rate * wav->block, 4, FALSE);
  fixture_put (bytes, wav->block, 2, FALSE);
  fixture_put (bytes, wav->bits, 2, FALSE);
  fixture_put_text (bytes, "data");
  fixture_put (bytes, data_size, 4, FALSE);
  for (guint32 t = 0; t < wav->n_steps; t++)
    for (guint c = 0; c < wav->channels; c++)
      fixture_put (bytes, 100 * t + c, 2, FALSE);
  return bytes;
}

GByteArray *
fixture_npy (const char *dictionary, gsize n_data)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "\x93NUMPY\x01\x00", 8);
  fixture_put (bytes, strlen (dictionary) + 1, 2, FALSE);
  fixture_put_text (bytes, dictionary);
  fixture_put_text (bytes, "\n");
  for (gsize i = 0; i < n_data; i++)
    fixture_put (bytes, 0, 1, FALSE);
  return bytes;
}

GByteArray *
fixture_zip (const FixtureMember *members, gsize n_members, gboolean deflated)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.zip", NULL);
  zip_t *zip = zip_open (path, ZIP_CREATE, NULL);
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *content = NULL;
  gsize size;

  g_assert_nonnull (zip);
  for (gsize i = 0; i < n_members; i++)
    {
      zip_source_t *source = zip_source_buffer (zip, members[i].content->data, members[i].content->len, 0);
      zip_int64_t index = zip_file_add (zip, members[i].name, source, 0);

      g_assert_cmpint (index, ==, i);
      zip_set_file_compression (zip, (zip_uint64_t) index, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }
  g_assert_cmpint (zip_close (zip), ==, 0);
  for (gsize i = 0; i < n_members; i++)
    g_byte_array_unref (members[i].content);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_byte_array_append (bytes, (const guint8 *) content, (guint) size);
  fixture_remove (folder);
  return bytes;
}

FixtureResult
fixture_open (const char *name, GByteArray *bytes)
{
  FixtureResult result = { 0 };
  g_autoptr (GBytes) content = g_byte_array_free_to_bytes (bytes);
  g_autoptr (SigFile) file = sig_file_new_bytes (name, content);
  g_auto (SigReading) reading = { 0 };

  sig_reading_init (&reading, NULL);

  gboolean ok = sig_reader_open_file (file, &reading, &result.content, &result.error);

  g_assert_cmpint (ok, ==, result.error == NULL);
  if (ok)
    g_assert_true (result.content.recording != NULL || result.content.labels != NULL);
  result.notes = sig_reading_dup_notes (&reading);
  if (result.notes == NULL)
    result.notes = g_strdup ("");
  return result;
}

FixtureResult
fixture_open_text (const char *name, const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, text);
  return fixture_open (name, bytes);
}

void
fixture_result_clear (FixtureResult *self)
{
  sig_content_clear (&self->content);
  g_clear_pointer (&self->notes, g_free);
  g_clear_error (&self->error);
}

static void
assert_parts (const char *text, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (expected, "|", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (strstr (text, parts[i]) == NULL)
        g_test_message ("“%s” is not in “%s”", parts[i], text);
      g_assert_nonnull (strstr (text, parts[i]));
    }
}

void
fixture_assert_refused (const FixtureResult *self, const char *name, const char *expected)
{
  g_autofree char *start = g_strconcat (name, ": ", NULL);

  if (self->error == NULL)
    g_test_message ("%s was loaded, expected “%s”", name, expected);
  g_assert_nonnull (self->error);
  g_assert_true (self->error->domain == SIG_ERROR);
  g_assert_true (g_str_has_prefix (self->error->message, start));
  assert_parts (self->error->message, expected);
}

void
fixture_assert_all_refused (const char *name, const FixtureRefusal *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_auto (FixtureResult) result = fixture_open_text (name, rows[i].text);
      g_autofree char *escaped = g_strescape (rows[i].text, NULL);

      g_test_message ("%s", escaped);
      fixture_assert_refused (&result, name, rows[i].expected);
    }
}

void
fixture_assert_loaded (const FixtureResult *self, const char *expected)
{
  g_assert_no_error (self->error);
  if (expected == NULL)
    g_assert_cmpstr (self->notes, ==, "");
  else
    assert_parts (self->notes, expected);
}

char *
fixture_describe (const FixtureResult *result)
{
  GString *out = g_string_new (NULL);
  const SigRecording *recording = result->content.recording;

  if (recording != NULL)
    {
      g_string_append_printf (out, "%ux%" G_GINT64_FORMAT "@", sig_recording_get_n_channels (recording),
                              sig_recording_get_n_steps (recording));
      if (sig_recording_has_rate (recording))
        g_string_append_printf (out, "%g", sig_recording_get_rate_hz (recording));
      else
        g_string_append (out, "-");
      for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
        g_string_append_printf (out, "%c%s", c > 0 ? ',' : ' ', sig_recording_get_channel_name (recording, c));
    }
  for (int k = 0; result->content.labels != NULL && k < sig_labels_get_n_classes (result->content.labels); k++)
    g_string_append_printf (out, "%s%s", k > 0 ? "," : " | ", sig_labels_get_name (result->content.labels, k));
  return g_string_free (out, FALSE);
}

void
fixture_assert_read (const char *text, const char *expected, const char *notes)
{
  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text);
  g_autofree char *found = NULL;

  g_test_message ("%s", text);
  fixture_assert_loaded (&result, notes);
  found = fixture_describe (&result);
  g_assert_cmpstr (found, ==, expected);
}

double
fixture_slowness (void)
{
  const char *slow = g_getenv ("LAMINA_SLOW");

  return slow != NULL ? g_ascii_strtod (slow, NULL) : 1.0;
}

float
fixture_sample (const FixtureResult *self, guint channel, gint64 step)
{
  g_autoptr (GError) error = NULL;
  float value = 0.0f;

  g_assert_nonnull (self->content.recording);
  sig_recording_read (self->content.recording, channel, step, 1, &value, &error);
  g_assert_no_error (error);
  return value;
}

char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("lamina-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

char *
fixture_write (const char *folder, const char *name, const void *data, gsize n)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  /* GLib 2.74 does not shorten a file that is there. */
  g_remove (path);
  g_file_set_contents_full (path, data, (gssize) n, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
  return path;
}

void
fixture_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

char *
fixture_shared (void)
{
  const char *root = g_getenv ("LAMINA_SHARED");
  g_autofree char *path = root != NULL ? g_build_filename (root, "data", NULL) : g_strdup (FIXTURE_SHARED_DATA);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}
