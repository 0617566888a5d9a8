/* sig-rates.h: what becomes of channels that were recorded at a lower rate than the others
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Readers bring all channels to the highest rate and hold each sample of a slower one until its next (SigPace). */
typedef enum
{
  SIG_RATES_HOLD,      /* left like that: no value but those that were measured */
  SIG_RATES_LINEAR,    /* a straight line from sample to sample, inside each segment; the last one is held */
  SIG_RATES_LEAVE_OUT, /* slower channels are no channels */
} SigRatesRule;

/* "hold", "linear", "leave-out". */
const char   *sig_rates_get_name (SigRatesRule rule);
gboolean      sig_rates_parse    (const char *name, SigRatesRule *rule);

/* Whether any channel is held. */
gboolean      sig_rates_is_mixed (const SigRecording *recording);

/* What the rule makes of the slower channels, named with their rates: one sentence or two (transfer full); NULL where no channel
 * is slower. */
char         *sig_rates_dup_note (const SigRecording *recording, SigRatesRule rule);

/* A recording whose slower channels are as the rule says, and whose notes say so instead of that they are held. Without slower
 * channels, or to hold them, the same. SIG_ERROR_MISMATCH where no channel would be left. */
SigRecording *sig_rates_apply    (const SigRecording *recording, SigRatesRule rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
