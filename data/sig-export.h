/* sig-export.h: writes labels in the formats of other programs, tells before what a format cannot hold, and proves it after
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reader.h"

G_BEGIN_DECLS

/* Takes the next bytes of a file; FALSE with an error when they cannot be written. */
typedef gboolean (*SigSinkFunc) (gpointer user_data, const void *bytes, gsize n, GError **error);

/* What goes where: borrowed, a plain value. */
typedef struct
{
  const SigRecording *recording;
  const SigLabels    *labels;    /* of the recording */
  const SigReadHooks *hooks;     /* (nullable) */
  SigSinkFunc         sink;
  gpointer            sink_data;
} SigExport;

/* A format; static data. A new one is a row of the table in sig-export.c. */
typedef struct
{
  const char *id;          /* on a command line: "audacity" */
  const char *name;        /* for people: "Audacity label track" */
  const char *extension;   /* with its dot: ".txt" */
  const char *summary;     /* one sentence: who reads it */
  gboolean    has_samples; /* the recording goes with the labels */
  gboolean    joins;       /* labels of one class that touch come back as one */
  guint       levels;      /* samples are rounded to so many between the least and the greatest of a channel; 0: they are kept */

  /* Adds a sentence to `losses` for all that this recording and these labels lose in the format; the sink is not there yet. */
  void     (*review)   (const SigExport *what, GPtrArray *losses);
  gboolean (*write)    (const SigExport *what, GError **error);

  /* The name with which a class comes back (transfer full). */
  char    *(*dup_name) (const SigLabels *labels, int klass);
} SigExportFormat;

const SigExportFormat *sig_export_get_format   (guint index); /* (nullable): NULL after the last */
const SigExportFormat *sig_export_find_format  (const char *id); /* (nullable) */

/* The format for a file of that name, by its extension (nullable); of those that share one the first. */
const SigExportFormat *sig_export_guess_format (const char *path);

/* What the format cannot hold, in sentences (transfer full, g_strfreev); empty: nothing. */
char                 **sig_export_dup_losses   (const SigExportFormat *format, const SigRecording *recording,
                                                const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* Writes it all to the sink, front to back. Blocking; memory does not grow with the recording. */
gboolean               sig_export_write        (const SigExportFormat *format, const SigExport *what, GError **error);

/* What reading a written file again gave, held against the labels step by step. */
typedef struct
{
  gint64 n_spans, n_same;  /* labels, and those that came back as they are */
  gint64 n_joined;         /* of which every step came back, but not the borders to labels of the same class */
  gboolean may_join;       /* that was told before */
  gint64 n_other_steps;    /* that came back as another class, or with or without one */
  gint64 first_other;      /* step; -1: none */
  gboolean is_rounded;     /* samples are compared but for the rounding of the format */
  gint64 n_samples;        /* that were compared, of formats that have them */
  gint64 n_other_samples;  /* those that are not the same bit by bit, or not within the rounding */
} SigExportProof;

/* Reads the file at `path` as everybody would. An error when it cannot be read at all. */
gboolean               sig_export_prove        (const SigExportFormat *format, const char *path, const SigExport *what,
                                                SigExportProof *proof, GError **error);

gboolean               sig_export_proof_is_whole (const SigExportProof *self);

/* "Read again: 42 of 42 labels are identical.", with the samples where there are any (transfer full). */
char                  *sig_export_proof_to_text  (const SigExportProof *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
