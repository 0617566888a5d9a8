/* fixture-edf.h: small EDF and BDF files made in tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "fixture.h"

G_BEGIN_DECLS

#define FIXTURE_EDF_MAX 8

/* The fields of a signal as they are written; NULL stands for "-100" to "100" and "-1000" to "1000". */
typedef struct
{
  const char *label, *unit, *physical_min, *physical_max, *digital_min, *digital_max;
  guint       n;      /* samples in a record */
  const char *n_text; /* (nullable): what the header says instead */
} FixtureEdfSignal;

/* What a small file says; NULL: what is right. */
typedef struct
{
  gboolean           bdf;
  const char        *kind, *recording, *date, *time, *header_bytes, *n_records, *record_s, *n_signals;
  guint              n_there; /* records */
  const char *const *lists;   /* (nullable): the text of all annotation signals in each record; "~" stands for a NUL */
  FixtureEdfSignal   signals[FIXTURE_EDF_MAX];
} FixtureEdf;

/* Sample i of record r of signal s is stored as 100 s + r n + i. Signals whose label ends in "Annotations" hold text. */
GByteArray *fixture_edf (const FixtureEdf *edf);

G_END_DECLS
