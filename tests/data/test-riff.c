/* test-riff.c: the walk over chunks ends, whatever the sizes say
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "sig-riff.h"

/* The chunks as text, "name:size" and "!" where one reaches past the end; the error at the end. */
static char *
walk (const GByteArray *bytes, const SigRiffStyle *style, gint64 first)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes->data, bytes->len);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.wav", content);
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  SigRiffWalk self;
  SigRiffChunk chunk;

  sig_riff_walk_init (&self, file, style, first);
  while (sig_riff_walk_next (&self, &chunk, &error))
    if (out->len < 200)
      g_string_append_printf (out, "%s:%" G_GUINT64_FORMAT "%s ", sig_riff_chunk_name (&chunk), chunk.size,
                              chunk.inside ? "" : "!");
  if (error != NULL)
    g_string_append (out, error->message);
  return g_string_free (out, FALSE);
}

static const SigRiffStyle riff = { .id_bytes = 4, .size_bytes = 4, .align = 2 };

static void
test_padding (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  fixture_put_chunk (bytes, "abcd", 3, "123", 3);
  fixture_put_chunk (bytes, "e\n\xFFh", 0, "", 0);
  fixture_put_chunk (bytes, "last", 2, "12", 2);
  fixture_put_text (bytes, "tail");

  g_autofree char *chunks = walk (bytes, &riff, 0);

  g_assert_cmpstr (chunks, ==, "abcd:3 e??h:0 last:2 ");
}

/* Row 41: sizes whose sum with the offset does not fit. */
static void
test_sizes (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) wide = g_byte_array_new ();
  const SigRiffStyle caf = { .id_bytes = 4, .size_bytes = 8, .big_endian = TRUE, .align = 1 };
  const SigRiffStyle w64 = { .id_bytes = 16, .size_bytes = 8, .size_has_head = TRUE, .align = 8 };

  fixture_put_chunk (bytes, "abcd", 0xFFFFFFF8, "1234", 4);

  g_autofree char *narrow_chunks = walk (bytes, &riff, 0);

  g_assert_cmpstr (narrow_chunks, ==, "abcd:4294967288! ");

  fixture_put_text (wide, "abcd");
  fixture_put (wide, G_MAXUINT64 - 3, 8, TRUE);
  fixture_put_text (wide, "content");

  g_autofree char *wide_chunks = walk (wide, &caf, 0);

  g_assert_cmpstr (wide_chunks, ==, "abcd:18446744073709551612! ");

  g_autoptr (GByteArray) short_size = g_byte_array_new ();

  fixture_put_text (short_size, "fmt 0123456789ab");
  fixture_put (short_size, 23, 8, FALSE);
  fixture_put_text (short_size, "more bytes than a head has");

  g_autofree char *refused = walk (short_size, &w64, 0);

  g_assert_cmpstr (refused, ==, "a.wav: chunk “fmt ” says it takes 23 bytes, at least 24 are needed");
}

/* Row 40: a flood of small chunks. */
static void
test_flood (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (int i = 0; i < 10000; i++)
    fixture_put_chunk (bytes, "abcd", 0, "", 0);

  g_autofree char *chunks = walk (bytes, &riff, 0);

  g_assert_true (g_str_has_suffix (chunks, "a.wav: has more than 4096 chunks"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/riff/padding", test_padding);
  g_test_add_func ("/riff/sizes", test_sizes);
  g_test_add_func ("/riff/flood", test_flood);
  return g_test_run ();
}
