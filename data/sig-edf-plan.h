/* sig-edf-plan.h: how a recording and its labels are laid out as EDF+ or BDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-recording.h"

G_BEGIN_DECLS

#define SIG_EDF_LABEL_CHARS 16
#define SIG_EDF_FIELD_CHARS 8

/* The fields of a channel, as they are written, and the scale that a reader makes of them. */
typedef struct
{
  char   label[SIG_EDF_LABEL_CHARS + 1], unit[SIG_EDF_FIELD_CHARS + 1];
  char   physical_min[SIG_EDF_FIELD_CHARS + 1], physical_max[SIG_EDF_FIELD_CHARS + 1];
  gint32 digital_min, digital_max;
  double scale, bias;  /* a sample is (stored + bias) · scale */
  gint64 n_missing;    /* samples that are not finite, outside the gaps */
} SigEdfPlanChannel;

typedef struct
{
  guint              width;            /* bytes of a sample: 2 or 3 */
  gint64             record_steps;
  char               record_s[SIG_EDF_FIELD_CHARS + 1];
  double             rate_hz;          /* as a reader finds it */
  gboolean           is_rate_exact;
  gboolean           is_discontinuous; /* there are gaps */
  gint64             n_records;
  gint64             n_filled;         /* steps after the end that fill the last record */
  double             first_s;          /* of step 0, from the whole second of the header */
  gsize              annotation_bytes; /* in a record */
  guint              n_channels;
  SigEdfPlanChannel *channels;
} SigEdfPlan;

/* Chooses the records, so that each holds a whole number of steps of one segment and lasts as long as eight characters say
 * exactly, wherever that can be. Without `has_samples` records last no time and hold annotations only. Names and units are set,
 * ranges come with sig_edf_plan_measure(). */
void     sig_edf_plan_init     (SigEdfPlan *self, const SigRecording *recording, const SigLabels *labels, guint width,
                                gboolean has_samples);
void     sig_edf_plan_clear    (SigEdfPlan *self);

/* Told how far a work is; FALSE with an error when it is to stop. */
typedef gboolean (*SigEdfGoOn) (gpointer user_data, double fraction, GError **error);

/* Reads every sample for the ranges of the channels. Whole numbers that fit are kept as they are. `go_on` (nullable). */
gboolean sig_edf_plan_measure  (SigEdfPlan *self, const SigRecording *recording, SigEdfGoOn go_on, gpointer user_data,
                                GError **error);

/* The number that stands for a sample; one that is not finite is written as 0, or what is nearest to it. */
gint32   sig_edf_plan_encode   (const SigEdfPlanChannel *channel, float sample);

/* Labels as annotation lists, one after the other. Mutable, on the stack; borrows. */
typedef struct
{
  const SigLabels *labels;
  double           rate_hz, first_s;
  gsize            next; /* span */
} SigEdfPacker;

/* Appends as many whole lists as find room in `room` bytes. */
void     sig_edf_packer_append (SigEdfPacker *self, GByteArray *bytes, gsize room);

/* The list that a record begins with. */
void     sig_edf_append_onset  (GByteArray *bytes, double onset_s);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigEdfPlan, sig_edf_plan_clear)

G_END_DECLS
