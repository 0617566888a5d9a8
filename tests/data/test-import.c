/* test-import.c: files that are read as somebody says: tables by their roles, raw numbers by their layout
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-import.h"

#include <math.h>
#include <string.h>

#include "fixture.h"

#define COMMA { .separator = ',', .style = { .decimal = '.' } }

/* What an import gave: "2x3@10 a,b | 0,1", or the error behind the name. */
static char *
import_text (const char *text, const SigTableFormat *format, char **notes)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", text, strlen (text));
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!sig_import_open_table (path, format, NULL, &content, &error))
    g_string_append (out, error->message + strlen ("a.csv: "));
  else
    {
      const SigRecording *recording = content.recording;

      g_string_append_printf (out, "%ux%" G_GINT64_FORMAT "@%g", sig_recording_get_n_channels (recording),
                              sig_recording_get_n_steps (recording),
                              sig_recording_has_rate (recording) ? sig_recording_get_rate_hz (recording) : 0.0);
      for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
        {
          float value;

          g_assert_true (sig_recording_read (recording, c, 0, 1, &value, NULL));
          g_string_append_printf (out, " %s=%g", sig_recording_get_channel_name (recording, c), value);
        }
      for (int k = 0; content.labels != NULL && k < sig_labels_get_n_classes (content.labels); k++)
        g_string_append_printf (out, "%s%s", k > 0 ? "," : " | ", sig_labels_get_name (content.labels, k));
      if (notes != NULL)
        *notes = g_strjoinv (" ", (char **) sig_recording_get_notes (recording));
    }
  fixture_remove (folder);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_import (const char *text, const SigTableFormat *format, const char *expected)
{
  g_autofree char *found = import_text (text, format, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_styles (void)
{
  SigTableFormat format = COMMA;

  assert_import ("1.5,2\n3,4\n", &format, "2x2@0 Ch 1=1.5 Ch 2=2");
  format.has_header = TRUE;
  assert_import ("1.5,2\n3,4\n", &format, "2x1@0 1.5=3 2=4");
  format.skip_lines = 1;
  assert_import ("Device 7\r\na,b\r\n3,4\r\n", &format, "2x1@0 a=3 b=4");
  assert_import ("Device 7\ra,b\r3,4\r", &format, "2x1@0 a=3 b=4");
  assert_import ("\xEF\xBB\xBF" "Device 7\na,b\n3,4\n", &format, "2x1@0 a=3 b=4");
  format.skip_lines = 2;
  assert_import ("Device 7\n\na,b\n3,4\n", &format, "2x1@0 a=3 b=4");
  format.skip_lines = 9;
  assert_import ("a,b\n3,4\n", &format, "has 2 lines, and the first 9 are to be skipped");
  format = (SigTableFormat) COMMA;
  format.rate_hz = 250.0;
  assert_import ("1.5,2\n3,4\n", &format, "2x2@250 Ch 1=1.5 Ch 2=2");
  format.rate_hz = 1e9;
  assert_import ("1.5,2\n3,4\n", &format, "the rate is to be 1e+09 Hz (allowed 0.001 Hz - 100 MHz)");
}

/* Row 72 of the catalogue: what is ambiguous is read in the way that somebody chose. */
static void
test_decimal (void)
{
  const char *text = "a;b\n1,234;2,500\n3,456;7,125\n";
  SigTableFormat format = { .separator = ';', .style = { .decimal = ',' }, .has_header = TRUE };

  assert_import (text, &format, "2x2@0 a=1.234 b=2.5");
  format.style = (SigTableStyle) { .decimal = '.', .grouping = ',' };
  assert_import (text, &format, "2x2@0 a=1234 b=2500");
  format.style.grouping = '\0';
  assert_import (text, &format, "line 2, column 1 (a): “1,234” is not a number");
}

static void
test_roles (void)
{
  static const SigRole first_is_label[] = { SIG_ROLE_LABEL, SIG_ROLE_CHANNEL, SIG_ROLE_OTHER };
  static const SigRole time_and_two[] = { SIG_ROLE_TIME, SIG_ROLE_CHANNEL, SIG_ROLE_CHANNEL };
  static const SigRole two_labels[] = { SIG_ROLE_LABEL, SIG_ROLE_CHANNEL, SIG_ROLE_LABEL };
  const char *text = "0.0,5,7\n0.5,5,8\n1.0,6,9\n";
  SigTableFormat format = COMMA;

  format.n_columns = 3;
  format.roles = first_is_label;
  assert_import ("2,5,x y\n1,6,z\n", &format, "1x2@0 Ch 1=5 | 1,2");
  format.roles = time_and_two;
  assert_import (text, &format, "2x3@2 Ch 1=5 Ch 2=7");
  assert_import ("10:00:00,5,7\n10:00:01,5,8\n", &format, "2x2@1 Ch 1=5 Ch 2=7");
  format.roles = two_labels;
  assert_import (text, &format, "columns 1 and 3 are both to be labels; one can be");
  format.n_columns = 2;
  assert_import (text, &format, "has 3 columns, 2 were described");
}

/* Row 74: by choice, rows of another length are left out and counted. */
static void
test_ragged (void)
{
  SigTableFormat format = COMMA;
  g_autofree char *notes = NULL;
  g_autofree char *found = NULL;

  assert_import ("1.5,2\n3\n3,4\n5,6,7\n", &format, "line 2 has 1 fields, expected 2");
  format.style.skip_ragged = TRUE;
  found = import_text ("1.5,2\n3\n3,4\n5,6,7\n", &format, &notes);
  g_assert_cmpstr (found, ==, "2x2@0 Ch 1=1.5 Ch 2=2");
  g_assert_nonnull (strstr (notes, "2 rows do not have 2 fields and were left out, the first at line 2."));
}

/* --- raw numbers ------------------------------------------------------------------- */

static GByteArray *
sines (guint n_channels, guint n_steps, gsize header)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < header; i++)
    fixture_put (bytes, 'h', 1, FALSE);
  for (guint t = 0; t < n_steps; t++)
    for (guint c = 0; c < n_channels; c++)
      fixture_put_f32 (bytes, (float) (c + 1) * sinf (0.01f * (float) t * (float) (c + 1)));
  return bytes;
}

static char *
import_raw (const GByteArray *bytes, const SigRawFormat *format)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.raw", bytes->data, bytes->len);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!sig_import_open_raw (path, format, NULL, &content, &error))
    g_string_append (out, error->message + strlen ("a.raw: "));
  else
    {
      guint last = sig_recording_get_n_channels (content.recording) - 1;
      float value;

      g_assert_true (sig_recording_read (content.recording, last, 1, 1, &value, NULL));
      g_string_append_printf (out, "%ux%" G_GINT64_FORMAT "@%g %g", last + 1, sig_recording_get_n_steps (content.recording),
                              sig_recording_get_rate_hz (content.recording), value);
      for (guint i = 0; sig_recording_get_notes (content.recording)[i] != NULL; i++)
        g_string_append_printf (out, " %s", sig_recording_get_notes (content.recording)[i]);
    }
  fixture_remove (folder);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_raw (const GByteArray *bytes, const SigRawFormat *format, const char *expected)
{
  g_autofree char *found = import_raw (bytes, format);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_raw (void)
{
  g_autoptr (GByteArray) bytes = sines (3, 5, 7);
  SigRawFormat format = { .kind = SIG_SCALAR_F32, .header_bytes = 7, .n_channels = 3, .rate_hz = 100.0 };

  assert_raw (bytes, &format, "3x5@100 0.0899865");
  format.planar = TRUE;
  assert_raw (bytes, &format, "3x5@100 0.269636");
  format = (SigRawFormat) { .kind = SIG_SCALAR_F32, .header_bytes = 7, .n_channels = 2 };
  assert_raw (bytes, &format, "2x7@1 0.00999983 The last 4 bytes are no whole step and were left out.");
  format.n_channels = 0;
  assert_raw (bytes, &format, "is to have 0 channels (allowed 1 - 1024)");
  format.n_channels = 100;
  assert_raw (bytes, &format, "holds 60 bytes behind its header, one step of 100 channels takes 400");
  format = (SigRawFormat) { .kind = SIG_SCALAR_F32, .header_bytes = 67, .n_channels = 1 };
  assert_raw (bytes, &format, "its header is to have 67 bytes (allowed 0 - 66)");
  format = (SigRawFormat) { .kind = SIG_SCALAR_F32, .header_bytes = -1, .n_channels = 1 };
  assert_raw (bytes, &format, "its header is to have -1 bytes (allowed 0 - 66)");
}

static void
test_guess_raw (void)
{
  g_autoptr (GByteArray) bytes = sines (8, 600, 0);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.raw", bytes->data, bytes->len);
  SigRawFormat format = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_import_guess_raw (path, &format, &error));
  g_assert_cmpint (format.kind, ==, SIG_SCALAR_F32);
  g_assert_cmpuint (format.n_channels, ==, 8);
  fixture_remove (folder);
  g_assert_false (sig_import_guess_raw (path, &format, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/styles", test_styles);
  g_test_add_func ("/import/decimal", test_decimal);
  g_test_add_func ("/import/roles", test_roles);
  g_test_add_func ("/import/ragged", test_ragged);
  g_test_add_func ("/import/raw", test_raw);
  g_test_add_func ("/import/guess-raw", test_guess_raw);
  return g_test_run ();
}
