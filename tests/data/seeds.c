/* seeds.c: one small correct file of every format: where mutations begin
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "seeds.h"

#include <sndfile.h>
#include <string.h>

#include "fixture-edf.h"
#include "fixture-sound.h"

/* 150 samples as libsndfile writes them. */
static GBytes *
write_channels (int format, int n_channels)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "seed", NULL);
  SF_INFO info = { .samplerate = 250, .channels = n_channels, .format = format };
  SNDFILE *sound = sf_open (path, SFM_WRITE, &info);
  short mixed[150];
  char *content = NULL;
  gsize length = 0;

  for (int i = 0; i < 150; i++)
    mixed[i] = (short) (i * 211 - 15000);
  g_assert_nonnull (sound);
  g_assert_cmpint (sf_writef_short (sound, mixed, 150 / n_channels), ==, 150 / n_channels);
  sf_close (sound);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  fixture_remove (folder);
  return g_bytes_new_take (content, length);
}

/* 3 channels of 50 steps. */
static GBytes *
write_sound (int format)
{
  return write_channels (format, 3);
}

/* A FLAC in two pages of an Ogg. */
static GBytes *
write_ogg_flac (void)
{
  static const guint8 mapping[9] = { 0x7F, 'F', 'L', 'A', 'C', 1, 0, 0, 0 };
  g_autoptr (GBytes) flac = write_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
  g_autoptr (GByteArray) first = g_byte_array_new ();
  GByteArray *ogg = g_byte_array_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (flac, &size);

  g_byte_array_append (first, mapping, sizeof mapping);
  g_byte_array_append (first, bytes, 42);
  fixture_put_page (ogg, 2, 0, 7, 0, first->data, first->len);
  fixture_put_page (ogg, 4, 50, 7, 1, bytes + 42, size - 42);
  return g_byte_array_free_to_bytes (ogg);
}

/* A few frames of silence, one of them of another size, and bytes that are none. */
static GBytes *
write_frames (void)
{
  static const guint8 heads[4][4]
      = { { 0xFF, 0xFB, 0x14, 0xC4 }, { 0xFF, 0xFB, 0x14, 0xC4 }, { 0xFF, 0xFB, 0x24, 0xC4 }, { 0xFF, 0xFB, 0x14, 0xC4 } };
  static const guint sizes[4] = { 96, 96, 120, 96 };
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (heads) * 2; i++)
    {
      guint start;

      if (i == G_N_ELEMENTS (heads))
        fixture_put_text (bytes, "no frame");
      start = bytes->len;
      g_byte_array_set_size (bytes, start + sizes[i % 4]);
      memset (bytes->data + start, 0, sizes[i % 4]);
      memcpy (bytes->data + start, heads[i % 4], 4);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* A WAV with the chunks that real ones have around their samples: a region, a point, their names, and a loop. */
static GBytes *
write_chunks (void)
{
  static const guint8 format[16] = { 1, 0, 2, 0, 0xE8, 3, 0, 0, 0xA0, 0x0F, 0, 0, 4, 0, 16, 0 };
  static const char cue[] = "\2\0\0\0" "\1\0\0\0" "\1\0\0\0" "data" "\0\0\0\0" "\0\0\0\0" "\1\0\0\0"
                            "\2\0\0\0" "\4\0\0\0" "data" "\0\0\0\0" "\0\0\0\0" "\4\0\0\0";
  static const char list[] = "adtl" "labl" "\6\0\0\0" "\1\0\0\0" "a\0"
                             "ltxt" "\24\0\0\0" "\1\0\0\0" "\2\0\0\0" "rgn \0\0\0\0\0\0\0\0"
                             "note" "\6\0\0\0" "\2\0\0\0" "b\0";
  guint8 loops[60] = { [28] = 1, [36] = 2, [44] = 4, [48] = 6 };
  GByteArray *bytes = g_byte_array_new ();

  fixture_put_text (bytes, "RIFF");
  fixture_put (bytes, 306, 4, FALSE);
  fixture_put_text (bytes, "WAVE");
  fixture_put_chunk (bytes, "JUNK", 5, "12345", 5);
  fixture_put_chunk (bytes, "fmt ", 16, format, 16);
  fixture_put_chunk (bytes, "LIST", 12, "INFOICMT\0\0\0\0", 12);
  fixture_put_chunk (bytes, "data", 24, "012345678901234567890123", 24);
  fixture_put_chunk (bytes, "cue ", sizeof cue - 1, cue, sizeof cue - 1);
  fixture_put_chunk (bytes, "LIST", sizeof list - 1, list, sizeof list - 1);
  fixture_put_chunk (bytes, "smpl", 60, loops, 60);
  return g_byte_array_free_to_bytes (bytes);
}

/* An AIFF with a marker behind its samples. */
static GBytes *
write_marks (void)
{
  static const char marks[] = "MARK\0\0\0\14" "\0\1" "\0\1" "\0\0\0\3" "\3abc";
  g_autoptr (GBytes) sound = write_sound (SF_FORMAT_AIFF | SF_FORMAT_PCM_24);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (sound, NULL), (guint) g_bytes_get_size (sound));
  g_byte_array_append (bytes, (const guint8 *) marks, sizeof marks - 1);
  return g_byte_array_free_to_bytes (bytes);
}

/* A CAF with a marker, a region and their names behind its samples. */
static GBytes *
write_regions (void)
{
#define MARKER(type, position, id) type position "\0\0\0" id "\0\0\0\0\0\0\0\0\0\0\0\0"
  static const char mark[] = "mark\0\0\0\0\0\0\0\44" "\0\0\0\0" "\0\0\0\1" MARKER ("\0\0\0\0", "\100\0\0\0\0\0\0\0", "\1");
  static const char regions[] = "regn\0\0\0\0\0\0\0\114" "\0\0\0\0" "\0\0\0\1" "\0\0\0\2" "\0\0\0\1" "\0\0\0\2"
                                MARKER ("rbeg", "\100\20\0\0\0\0\0\0", "\3") MARKER ("rend", "\100\30\0\0\0\0\0\0", "\4");
  static const char strings[] = "strg\0\0\0\0\0\0\0\40" "\0\0\0\2" "\0\0\0\1" "\0\0\0\0\0\0\0\0"
                                "\0\0\0\2" "\0\0\0\0\0\0\0\2" "a\0b";
#undef MARKER
  g_autoptr (GBytes) sound = write_sound (SF_FORMAT_CAF | SF_FORMAT_PCM_24);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (sound, NULL), (guint) g_bytes_get_size (sound));
  g_byte_array_append (bytes, (const guint8 *) mark, sizeof mark - 1);
  g_byte_array_append (bytes, (const guint8 *) regions, sizeof regions - 1);
  g_byte_array_append (bytes, (const guint8 *) strings, sizeof strings);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
write_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
write_array (const char *dictionary, gsize n)
{
  return g_byte_array_free_to_bytes (fixture_npy (dictionary, n));
}

static GBytes *
write_arrays (gboolean deflated)
{
  const FixtureMember members[] = {
    { "X.npy", fixture_npy ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 10, 3), }", 240) },
    { "y.npy", fixture_npy ("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 10), }", 20) },
    { "fs.npy", fixture_npy ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8) },
    { "ch_names.npy", fixture_npy ("{'descr': '<U2', 'fortran_order': False, 'shape': (3,), }", 24) },
  };

  return g_byte_array_free_to_bytes (fixture_zip (members, G_N_ELEMENTS (members), deflated));
}

/* One array for each channel. */
static GBytes *
write_columns (void)
{
  const FixtureMember members[] = {
    { "time.npy", fixture_npy ("{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }", 32) },
    { "a.npy", fixture_npy ("{'descr': '>i2', 'fortran_order': False, 'shape': (4,), }", 8) },
    { "class.npy", fixture_npy ("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }", 4) },
  };

  return g_byte_array_free_to_bytes (fixture_zip (members, G_N_ELEMENTS (members), FALSE));
}

/* EDF+ with interruptions and labels, BDF without either, and labels alone. */
static GBytes *
write_edf (const char *kind, gboolean bdf)
{
  static const char *const lists[]
      = { "+0\x14\x14~+0.1\x15" "0.4\x14" "a\x14~", "+1\x14\x14~+1.2\x14" "b@@x\x14~",
          "+3\x14\x14~+3.5\x15" "1\x14" "c\x14" "a\x14~" };
  const FixtureEdf edf = { .bdf = bdf,
                           .kind = kind,
                           .n_there = 3,
                           .lists = lists,
                           .signals = { { .label = bdf ? "Status" : "EDF Annotations", .n = 20 },
                                        { .label = "x", .n = 10 },
                                        { .label = "y", .unit = "\xB5V", .n = 4 } } };

  return g_byte_array_free_to_bytes (fixture_edf (&edf));
}

static GBytes *
write_annotations (void)
{
  static const char *const lists[] = { "+0\x14\x14~+0.1\x15" "0.4\x14" "a\x14~", "+0.2\x15" "0.1\x14" "b\x14~+7\x14" "c\x14~" };
  const FixtureEdf edf = { .kind = "EDF+C", .record_s = "0", .n_there = 2, .lists = lists,
                           .signals = { { .label = "EDF Annotations", .n = 20 } } };

  return g_byte_array_free_to_bytes (fixture_edf (&edf));
}

Seed *
seeds_new (gsize *n_seeds)
{
  const Seed seeds[] = {
    { "chunks.wav", write_chunks () },
    { "law.wav", write_sound (SF_FORMAT_WAV | SF_FORMAT_ULAW) },
    { "blocks.wav", write_channels (SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, 2) },
    { "float.wav", write_sound (SF_FORMAT_WAVEX | SF_FORMAT_FLOAT) },
    { "sizes.rf64", write_sound (SF_FORMAT_RF64 | SF_FORMAT_PCM_24) },
    { "guids.w64", write_sound (SF_FORMAT_W64 | SF_FORMAT_PCM_16) },
    { "core.caf", write_sound (SF_FORMAT_CAF | SF_FORMAT_PCM_16) },
    { "lossless.caf", write_channels (SF_FORMAT_CAF | SF_FORMAT_ALAC_16, 2) },
    { "regions.caf", write_regions () },
    { "apple.aiff", write_sound (SF_FORMAT_AIFF | SF_FORMAT_PCM_16) },
    { "marks.aiff", write_marks () },
    { "law.aifc", write_sound (SF_FORMAT_AIFF | SF_FORMAT_ALAW) },
    { "sun.au", write_sound (SF_FORMAT_AU | SF_FORMAT_PCM_24) },
    { "law.au", write_sound (SF_FORMAT_AU | SF_FORMAT_ULAW) },
    { "vorbis.ogg", write_channels (SF_FORMAT_OGG | SF_FORMAT_VORBIS, 2) },
    { "lossless.oga", write_ogg_flac () },
    { "frames.mp3", write_frames () },
    { "voice.voc", write_channels (SF_FORMAT_VOC | SF_FORMAT_PCM_16, 2) },
    { "speech.sph", write_sound (SF_FORMAT_NIST | SF_FORMAT_PCM_16) },
    { "music.sf", write_sound (SF_FORMAT_IRCAM | SF_FORMAT_FLOAT) },
    { "ensoniq.paf", write_sound (SF_FORMAT_PAF | SF_FORMAT_PCM_24) },
    { "small.flac", write_sound (SF_FORMAT_FLAC | SF_FORMAT_PCM_16) },
    { "continuous.edf", write_edf ("EDF+C", FALSE) },
    { "interrupted.edf", write_edf ("EDF+D", FALSE) },
    { "labels.edf", write_annotations () },
    { "status.bdf", write_edf ("", TRUE) },
    { "float.npy", write_array ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 10, 3), }", 240) },
    { "fortran.npy", write_array ("{'descr': '>i2', 'fortran_order': True, 'shape': (10, 3), }", 60) },
    { "records.npy", write_array ("{'descr': [('time', '<f8'), ('x', '>i2', (2,)), ('class', '|S2')], "
                                  "'fortran_order': False, 'shape': (5,), }", 70) },
    { "stored.npz", write_arrays (FALSE) },
    { "columns.npz", write_columns () },
    { "deflated.npz", write_arrays (TRUE) },
    { "table.csv",
      write_text ("time,a,\"b \"\"c\"\"\",class\n0.00,1.5,-2e3,x\n0.01,nan,2.5,y\n0.02,7,3,\"x\"\n0.03,4,1,y\n") },
    { "comma.csv", write_text ("a;b;y\r\n1,5;2,25;0\r\n\r\n3,5;4;1\r\n") },
    { "preamble.txt", write_text ("Device 7\nRate: 5 Hz\nx y\na b\n1 1.5 2\n2 3 4\n3 5 6\n4 7 8\n") },
    { "paces.csv", write_text ("X[s],a[V],X[s],b[g]\n0.00,1,0.0,5\n0.01,2,0.03,6\n0.02,3,,\n0.03,4,,\n") },
    { "names.csv", write_text ("# time,a\n0.0,1.5\n0.1,2\n0.2,3\n5.0,#N/A\n5.1,2\n") },
    { "blanks.txt", write_text ("%Sample Rate = 250 Hz\n1.5 2.5 3.5\n4 5 6.5\n") },
    { "classes.arff",
      write_text ("@relation r\n@attribute 'a b' numeric\n@attribute c {x,'y z'}\n@data\n1.5,x\n2,'y z'\n?,?\n") },
    { "sparse.arff", write_text ("@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute c {x,'y z'}\n@data\n"
                                 "{0 1.5, 2 'y z'}\n{1 2}\n{}\n") },
    { "track.txt", write_text ("0.5\t1.5\twalk\n\\\t100\t200\n1\t2\trest\n0.1\t0.1\t\n") },
    { "list.csv",
      write_text ("onset,duration,label,sample,n_samples\n0.1,0.2,a,1,2\n0.3,0.1,'=b,3,1\n1970-01-01 00:00:00.4,,c,,\n") },
    { "ends.tsv", write_text ("start_sample\tend_sample\tchannel\tname\n0\t1\t-1\tx\n2\t3\t4\ty\n") },
    { "steps.txt", write_text ("0\n0\n1\n1\n0\n") },
  };

  *n_seeds = G_N_ELEMENTS (seeds);
  return g_memdup2 (seeds, sizeof seeds);
}

void
seeds_free (Seed *seeds, gsize n_seeds)
{
  for (gsize i = 0; i < n_seeds; i++)
    g_bytes_unref (seeds[i].bytes);
  g_free (seeds);
}
