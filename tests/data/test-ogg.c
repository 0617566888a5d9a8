/* test-ogg.c: streams, links, lost and damaged pages
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-ogg.h"

#include "fixture-sound.h"
#include "fixture.h"

static GPtrArray *
walk (GByteArray *bytes)
{
  g_autoptr (GBytes) content = g_byte_array_free_to_bytes (bytes);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a.ogg", content);

  return sig_ogg_walk (file);
}

#define VORBIS_HEAD "\001vorbis\0\0\0\0\002\x80\xBB\0\0"
#define OPUS_HEAD   "OpusHead\001\004"

static void
test_links (void)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_page (bytes, 2, 0, 7, 0, VORBIS_HEAD, sizeof VORBIS_HEAD - 1);
  fixture_put_page (bytes, 2, 0, 8, 0, "\200theora", 7);
  fixture_put_page (bytes, 0, 500, 7, 1, "abc", 3);
  fixture_put_page (bytes, 0, -1, 8, 1, "defg", 4);
  fixture_put_page (bytes, 4, 900, 7, 2, "hi", 2);
  fixture_put_page (bytes, 2, 0, 7, 0, OPUS_HEAD, sizeof OPUS_HEAD - 1);

  g_autoptr (GPtrArray) streams = walk (bytes);

  g_assert_cmpuint (streams->len, ==, 3);

  const SigOggStream *vorbis = streams->pdata[0], *video = streams->pdata[1], *opus = streams->pdata[2];

  g_assert_cmpint (vorbis->codec, ==, SIG_OGG_VORBIS);
  g_assert_cmpuint (vorbis->n_channels, ==, 2);
  g_assert_cmpuint (vorbis->rate_hz, ==, 48000);
  g_assert_cmpint (vorbis->granule, ==, 900);
  g_assert_true (vorbis->ends);
  g_assert_cmpuint (vorbis->losses->len, ==, 0);
  g_assert_cmpuint (vorbis->pages->len, ==, 3); /* the others lie between */
  g_assert_cmpint (g_array_index (vorbis->bodies, SigFileSpan, 1).size, ==, 3);
  g_assert_cmpint (video->codec, ==, SIG_OGG_VIDEO);
  g_assert_cmpuint (video->link, ==, 0);
  g_assert_false (video->ends);
  g_assert_cmpint (opus->codec, ==, SIG_OGG_OPUS);
  g_assert_cmpuint (opus->n_channels, ==, 4);
  g_assert_cmpuint (opus->link, ==, 1);
}

/* One page is left out, one has a flipped bit, some bytes lie between pages: the steps up to the next granule are lost. */
static void
test_losses (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint damaged;

  fixture_put_page (bytes, 2, 0, 7, 0, VORBIS_HEAD, sizeof VORBIS_HEAD - 1);
  fixture_put_page (bytes, 0, 100, 7, 1, "abc", 3);
  fixture_put_page (bytes, 0, -1, 7, 3, "abc", 3);
  fixture_put_page (bytes, 0, 400, 7, 4, "abc", 3);
  fixture_put_page (bytes, 0, 500, 7, 5, "abc", 3);
  damaged = bytes->len + 28;
  fixture_put_page (bytes, 0, 600, 7, 6, "a long body, longer than eight bytes", 30);
  bytes->data[damaged + 10] ^= 4;
  fixture_put_text (bytes, "OggS and more that is no page");
  fixture_put_page (bytes, 0, 700, 7, 7, "abc", 3);

  g_autoptr (GPtrArray) streams = walk (bytes);
  const SigOggStream *stream = streams->pdata[0];
  const SigOggLoss *losses = (const SigOggLoss *) (const void *) stream->losses->data;

  g_assert_cmpuint (streams->len, ==, 1);
  g_assert_cmpuint (stream->losses->len, ==, 2);
  g_assert_cmpint (losses[0].start, ==, 100);
  g_assert_cmpint (losses[0].end, ==, 400);
  g_assert_cmpint (losses[1].start, ==, 500);
  g_assert_cmpint (losses[1].end, ==, 700);
  g_assert_false (stream->ends);
}

/* Opus goes on a page later. */
static void
test_opus_loss (void)
{
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_page (bytes, 2, 0, 7, 0, OPUS_HEAD, sizeof OPUS_HEAD - 1);
  fixture_put_page (bytes, 0, 100, 7, 1, "abc", 3);
  for (guint i = 3; i < 7; i++)
    fixture_put_page (bytes, 0, 100 * i, 7, i, "abc", 3);

  g_autoptr (GPtrArray) streams = walk (bytes);
  const SigOggStream *stream = streams->pdata[0];

  g_assert_cmpuint (stream->losses->len, ==, 1);
  g_assert_cmpint (g_array_index (stream->losses, SigOggLoss, 0).end, ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ogg/links", test_links);
  g_test_add_func ("/ogg/losses", test_losses);
  g_test_add_func ("/ogg/opus-loss", test_opus_loss);
  return g_test_run ();
}
