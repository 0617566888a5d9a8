/* sig-edf.h: the header of EDF, EDF+, BDF and BDF+ files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Files of 256 bytes, 256 more for each signal, and then records of the same length: all samples of the first signal in
 * that time, of the second … as whole numbers of 2 (EDF) or 3 bytes (BDF), little endian. After Kemp et al. 1992
 * and Kemp and Olivan 2003, edfplus.info/specs. */
typedef struct
{
  char    *name;
  char    *unit;
  gint64   n_samples;      /* in a record */
  gint64   offset;         /* of the first of them, bytes from the start of the record */
  double   scale, bias;    /* the physical value is (stored + bias) · scale */
  gboolean is_annotations; /* holds text instead of samples */
} SigEdfSignal;

typedef struct
{
  guint         width;            /* bytes of a sample: 2 or 3 */
  gboolean      is_discontinuous; /* EDF+D: records need not follow each other in time */
  gint64        header_bytes;
  gint64        record_bytes;
  gint64        n_records;        /* whole ones, all there */
  double        record_s;         /* 0 only where all signals are annotations */
  gint64        start_us;         /* as sig_recording_get_start_us() */
  guint         n_signals;
  SigEdfSignal *signals;
} SigEdf;

/* TRUE when the file begins as EDF and BDF files do, and not like a text. */
gboolean sig_edf_is_edf   (const SigFile *file);

/* Reads the header and holds it against the file's size; repairs go to the notes. What cannot be repaired is refused by the
 * name and the place of the field. */
gboolean sig_edf_read     (SigEdf *self, const SigFile *file, SigReading *reading, GError **error);
void     sig_edf_clear    (SigEdf *self);

/* Signals that hold samples. */
guint    sig_edf_get_n_channels (const SigEdf *self);

/* "EDF" or "BDF". */
const char *sig_edf_get_format (const SigEdf *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigEdf, sig_edf_clear)

G_END_DECLS
