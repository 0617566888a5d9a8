/* sig-edf-times.h: when the records of an EDF or BDF file were made, and what is annotated in them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-edf.h"

G_BEGIN_DECLS

/* Records that follow each other in time, and where they are put: a segment of the recording. */
typedef struct
{
  gint64 first, n;    /* records */
  gint64 start;       /* the step of the first sample */
  double onset_s;     /* from the start that the header names */
} SigEdfRun;

/* A text with its time; seconds as in the file. */
typedef struct
{
  double      onset_s;
  double      duration_s; /* NaN: a point in time */
  const char *text;       /* owned by the times */
} SigEdfAnnotation;

typedef struct
{
  gint64        record_steps; /* of the fastest signal; 0 without any */
  gint64        n_steps;      /* with the gaps */
  GArray       *runs;         /* of SigEdfRun, by start */
  GArray       *annotations;  /* of SigEdfAnnotation, in the file's order */
  GArray       *by_onset;     /* indices into `runs`, by onset_s */
  GStringChunk *texts;
} SigEdfTimes;

/* Reads all annotation signals; without any the records follow each other. Gaps of EDF+D become steps between the runs, unless
 * they would be many times the recording itself, and records that begin before the one before has ended follow it at once:
 * notes say so, and what was no annotation. */
gboolean sig_edf_times_read    (SigEdfTimes *self, const SigEdf *edf, const SigFile *file, SigReading *reading, GError **error);
void     sig_edf_times_clear   (SigEdfTimes *self);

/* The step, not rounded, at which a time of the file is; what lies in a gap that was left out is at its end. */
double   sig_edf_times_to_step (const SigEdfTimes *self, const SigEdf *edf, double seconds);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigEdfTimes, sig_edf_times_clear)

G_END_DECLS
