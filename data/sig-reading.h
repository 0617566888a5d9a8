/* sig-reading.h: one opening of a file: the caller's hooks and the notes that gather
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-damage.h"
#include "sig-file.h"
#include "sig-reader.h"

G_BEGIN_DECLS

/* Lives on the stack of sig_reader_open() and its like; one thread. Clear with sig_reading_clear(). */
typedef struct
{
  const SigReadHooks *hooks; /* (nullable) */
  GPtrArray          *notes; /* of char *, each a sentence for people */
  const char         *format_name; /* "VOC": what the file's first bytes say; static */
  SigDamage          *damage; /* (nullable): what reading the samples may find later */
} SigReading;

void     sig_reading_init    (SigReading *self, const SigReadHooks *hooks);
void     sig_reading_clear   (SigReading *self);

/* Reports progress; FALSE with SIG_ERROR_CANCELLED when the caller wants to stop. */
gboolean sig_reading_advance (SigReading *self, const SigFile *file, double fraction, GError **error);

void     sig_reading_note    (SigReading *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Puts the notes into the recording that was opened, where there is one. */
void     sig_reading_attach  (const SigReading *self, const SigFile *file, SigContent *content);

/* Damage that decoding finds (transfer full): noted at once where the recording is in memory, told by its origin otherwise. */
void     sig_reading_take_damage (SigReading *self, SigDamage *damage, const SigRecording *recording);

/* Notes how many samples of a recording in memory are missing or not finite, if any. */
void     sig_reading_note_missing (SigReading *self, const SigRecording *recording);

/* All notes joined by line breaks, NULL when there are none (transfer full). */
char    *sig_reading_dup_notes (const SigReading *self) G_GNUC_WARN_UNUSED_RESULT;

/* A whole number with thousands apart, as people read it: "1,000,000" (transfer full). */
char    *sig_dup_count       (gint64 n) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigReading, sig_reading_clear)

/* One reader per format. Each fills `content` (empty when called) from a file whose first bytes it
 * knows; "wav" are RIFF, RIFX, RF64 and BW64. */
gboolean sig_reader_wav_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_w64_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_caf_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_aiff_open  (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_flac_open  (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_au_open    (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_mp3_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_ogg_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_encoded_open (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_edf_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_npy_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_npz_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_csv_open   (SigFile *file, SigReading *reading, SigContent *content, GError **error);
gboolean sig_reader_arff_open  (SigFile *file, SigReading *reading, SigContent *content, GError **error);

/* TRUE when the file begins with two frames of an MP3; one without a tag has no other mark. */
gboolean sig_reader_mp3_fits   (const SigFile *file);

/* Opens by content, without looking for files beside it; the way in for tests that have bytes only. */
gboolean sig_reader_open_file  (SigFile *file, SigReading *reading, SigContent *content, GError **error);

/* Labels of `recording` from a file, by content. */
SigLabels *sig_reader_labels_open_file (SigFile *file, const SigRecording *recording, SigReading *reading,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE when the file is an EDF+ or BDF+ of annotations only. */
gboolean sig_reader_edf_is_labels (SigFile *file);

/* The annotations of an EDF+ or BDF+ file as labels of a recording; where both know when they began, by their clocks. */
SigLabels *sig_reader_edf_open_labels  (SigFile *file, const SigRecording *recording, SigReading *reading,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE when the file begins like an Audacity label track, or like a list of labels with a header that can be nothing else. */
gboolean sig_reader_labels_is_list (SigFile *file);

G_END_DECLS
