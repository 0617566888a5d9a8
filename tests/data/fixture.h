/* fixture.h: small files made in tests: bytes put together, opened, written to a folder of their own
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Appends numbers in the byte order asked for, and text without its NUL. */
void        fixture_put_text  (GByteArray *bytes, const char *text);
void        fixture_put       (GByteArray *bytes, guint64 value, guint n_bytes, gboolean big_endian);
void        fixture_put_f32   (GByteArray *bytes, float value);
void        fixture_put_f64   (GByteArray *bytes, double value, gboolean big_endian);

/* A chunk of RIFF: identifier, size as given, content, pad byte. */
void        fixture_put_chunk (GByteArray *bytes, const char *id, guint32 size, const void *content, gsize n);

/* What a small WAV says; fixture_wav() begins with a correct one of n_steps, value of step t and channel c: 100 t + c. */
typedef struct
{
  guint16 tag, channels, block, bits;
  guint32 rate;
  guint32 n_steps;
  guint32 data_size; /* 0: what is right */
} FixtureWav;

#define FIXTURE_WAV { .tag = 1, .channels = 2, .block = 4, .bits = 16, .rate = 1000, .n_steps = 10 }

GByteArray *fixture_wav       (const FixtureWav *wav);

/* An NPY of that header dictionary with zeros as data. */
GByteArray *fixture_npy       (const char *dictionary, gsize n_data);

/* One member of an archive. */
typedef struct
{
  const char *name;
  GByteArray *content; /* consumed by fixture_zip() */
} FixtureMember;

/* A zip of them, stored or deflated. */
GByteArray *fixture_zip       (const FixtureMember *members, gsize n_members, gboolean deflated);

/* What opening gave, with the notes joined. Clear with fixture_result_clear(). */
typedef struct
{
  SigContent content;
  char      *notes; /* never NULL */
  GError    *error;
} FixtureResult;

/* Opens bytes under a name; consumes them. */
FixtureResult fixture_open       (const char *name, GByteArray *bytes);
FixtureResult fixture_open_text  (const char *name, const char *text);
void          fixture_result_clear (FixtureResult *self);

/* Fails unless it was refused with all words of `expected` (parts between "|") in the message, which must begin with the name. */
void          fixture_assert_refused (const FixtureResult *self, const char *name, const char *expected);

/* A text, and the words with which it must be refused. */
typedef struct
{
  const char *text;
  const char *expected;
} FixtureRefusal;

/* Fails unless each text is refused as it says. */
void          fixture_assert_all_refused (const char *name, const FixtureRefusal *rows, gsize n_rows);

/* Fails unless it was loaded, with all parts of `expected` in the notes; NULL: without any note. */
void          fixture_assert_loaded  (const FixtureResult *self, const char *expected);

/* "2x3@10 a,b | 0,1": channels, steps, rate (- for none), names | classes (transfer full). */
char         *fixture_describe       (const FixtureResult *self);

/* Fails unless the text is read so, and with those notes, as fixture_assert_loaded() has them. */
void          fixture_assert_read    (const char *text, const char *expected, const char *notes);

/* How many times longer things may take here, as under a sanitizer: $LAMINA_SLOW, or 1. */
double        fixture_slowness       (void);

/* One sample of the recording. */
float         fixture_sample     (const FixtureResult *self, guint channel, gint64 step);

/* A folder of the test's own, and files in it (transfer full). fixture_remove() deletes it with all it holds. */
char         *fixture_folder     (void);
char         *fixture_write      (const char *folder, const char *name, const void *data, gsize n);
void          fixture_remove     (const char *folder);

/* Where the shared recordings are: $LAMINA_SHARED/data, or ../shared/data beside the sources; NULL when absent
 * (transfer full). */
char         *fixture_shared     (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FixtureResult, fixture_result_clear)

G_END_DECLS
