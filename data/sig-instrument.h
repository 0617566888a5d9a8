/* sig-instrument.h: tables that tell in a way of their own what they hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-columns.h"

G_BEGIN_DECLS

/* Empatica's files have no header: their first row is the Unix time of the start, the second the rate. Takes both rows out of the
 * table; FALSE where they are not like that. To be asked before the columns get their roles. */
gboolean sig_instrument_take_empatica (SigTable *table, double *rate_hz, double *start_s);

/* Empatica's list of heart beats: seconds since the start and the interval before each, below the Unix time of the start and
 * "IBI". Fails there: that is no recording with a rate. */
gboolean sig_instrument_check_ibi (const SigFile *text, gint64 offset, GError **error);

/* OpenSignals (BITalino, biosignalsplux) has a line of JSON among its comments: names of the columns, sensors, rate, start. */
void     sig_instrument_apply_opensignals (SigColumns *columns, const char *comments, SigReading *reading);

/* GENEActiv's files name the device above their rows and nothing in them: time, three axes, light, button, temperature. */
void     sig_instrument_apply_geneactiv (SigColumns *columns, const char *comments);

G_END_DECLS
