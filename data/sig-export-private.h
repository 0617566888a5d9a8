/* sig-export-private.h: what the formats of labels share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-export.h"

G_BEGIN_DECLS

/* A sentence for `losses`. */
void     sig_export_lose       (GPtrArray *losses, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Tells how far it is; FALSE with an error when writing is to stop. */
gboolean sig_export_go_on      (const SigExport *what, double fraction, GError **error);

/* Sends bytes to the sink, after asking the hooks whether to go on; `fraction` is how much will have been written. */
gboolean sig_export_put        (const SigExport *what, double fraction, const void *bytes, gsize n, GError **error);

/* A time in seconds with as few digits after the point as read back as the same step: six, as Audacity has, or more (transfer
 * full). */
char    *sig_export_dup_time   (gint64 step, double rate_hz) G_GNUC_WARN_UNUSED_RESULT;

/* The name of a class as lists of labels keep it: blanks around it gone, control characters become blanks, "unnamed" for
 * nothing. */
char    *sig_export_dup_listed (const SigLabels *labels, int klass) G_GNUC_WARN_UNUSED_RESULT;

/* The sentences that hold for every format that names the classes of its labels: names that `dup_name` changes, classes without a
 * label. */
void     sig_export_review_names (const SigLabels *labels, char *(*dup_name) (const SigLabels *, int), GPtrArray *losses);

/* What is beyond names: “don’t know”, which is written as `dont_know` says, colours and keys. */
void     sig_export_review_states (const SigLabels *labels, GPtrArray *losses, const char *dont_know);

/* Of formats that count in seconds. */
void     sig_export_review_times (const SigRecording *recording, GPtrArray *losses);

/* Of EDF+ and BDF+. */
void     sig_export_review_edf   (const SigExport *what, GPtrArray *losses);
void     sig_export_review_bdf   (const SigExport *what, GPtrArray *losses);
void     sig_export_review_edf_labels (const SigExport *what, GPtrArray *losses);

extern const SigExportFormat sig_export_audacity, sig_export_bdf, sig_export_edf, sig_export_edf_labels, sig_export_list,
    sig_export_npy, sig_export_steps, sig_export_wav;

G_END_DECLS
