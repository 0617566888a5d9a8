/* fixture-edf.c: small EDF and BDF files made in tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture-edf.h"

#include <string.h>

/* A text with blanks after it, cut where it is too long. */
static void
put_field (GByteArray *bytes, const char *text, const char *fallback, guint n)
{
  const char *shown = text != NULL ? text : fallback;
  guint used = MIN ((guint) strlen (shown), n);

  g_byte_array_append (bytes, (const guint8 *) shown, used);
  for (guint i = used; i < n; i++)
    fixture_put (bytes, ' ', 1, FALSE);
}

static guint
count_signals (const FixtureEdf *edf)
{
  guint n = 0;

  while (n < FIXTURE_EDF_MAX && edf->signals[n].label != NULL)
    n++;
  return n;
}

static gboolean
is_annotations (const FixtureEdfSignal *signal)
{
  return g_str_has_suffix (signal->label, "Annotations");
}

static void
put_head (GByteArray *bytes, const FixtureEdf *edf)
{
  guint n_signals = count_signals (edf);
  g_autofree char *header_bytes = g_strdup_printf ("%u", 256 * (n_signals + 1));
  g_autofree char *n_records = g_strdup_printf ("%u", edf->n_there), *count = g_strdup_printf ("%u", n_signals);

  put_field (bytes, edf->bdf ? "\xFF" "BIOSEMI" : "0", "", 8);
  put_field (bytes, "X X X X", "", 80);
  put_field (bytes, edf->recording, "Startdate X X X X", 80);
  put_field (bytes, edf->date, "24.04.89", 8);
  put_field (bytes, edf->time, "16.13.00", 8);
  put_field (bytes, edf->header_bytes, header_bytes, 8);
  put_field (bytes, edf->kind, "", 44);
  put_field (bytes, edf->n_records, n_records, 8);
  put_field (bytes, edf->record_s, "1", 8);
  put_field (bytes, edf->n_signals, count, 4);
}

static void
put_signals (GByteArray *bytes, const FixtureEdf *edf)
{
  static const struct
  {
    gsize       member; /* G_MAXSIZE: none of ours */
    const char *fallback;
    guint       n;
  } fields[] = {
    { G_STRUCT_OFFSET (FixtureEdfSignal, label), "", 16 },
    { G_MAXSIZE, "", 80 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, unit), "uV", 8 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, physical_min), "-100", 8 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, physical_max), "100", 8 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, digital_min), "-1000", 8 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, digital_max), "1000", 8 },
    { G_MAXSIZE, "", 80 },
    { G_STRUCT_OFFSET (FixtureEdfSignal, n_text), "", 8 },
    { G_MAXSIZE, "", 32 },
  };

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    for (guint s = 0; s < count_signals (edf); s++)
      {
        const char *text
            = fields[f].member != G_MAXSIZE ? G_STRUCT_MEMBER (const char *, &edf->signals[s], fields[f].member) : NULL;
        g_autofree char *n = g_strdup_printf ("%u", edf->signals[s].n);

        put_field (bytes, text, f == 8 ? n : fields[f].fallback, fields[f].n);
      }
}

static void
put_record (GByteArray *bytes, const FixtureEdf *edf, guint record)
{
  guint width = edf->bdf ? 3 : 2;

  for (guint s = 0; s < count_signals (edf); s++)
    {
      const FixtureEdfSignal *signal = &edf->signals[s];
      const char *list = edf->lists != NULL ? edf->lists[record] : "";
      gsize length = strlen (list);

      for (guint i = 0; !is_annotations (signal) && i < signal->n; i++)
        fixture_put (bytes, (guint64) (100 * s + record * signal->n + i), width, FALSE);
      for (guint i = 0; is_annotations (signal) && i < signal->n * width; i++)
        fixture_put (bytes, i < length && list[i] != '~' ? (guint8) list[i] : 0, 1, FALSE);
    }
}

GByteArray *
fixture_edf (const FixtureEdf *edf)
{
  GByteArray *bytes = g_byte_array_new ();

  put_head (bytes, edf);
  put_signals (bytes, edf);
  for (guint r = 0; r < edf->n_there; r++)
    put_record (bytes, edf, r);
  return bytes;
}
