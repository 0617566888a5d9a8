/* sig-edf-date.h: when an EDF or BDF recording began
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-edf-text.h"

G_BEGIN_DECLS

/* The start from the fields "dd.mm.yy" (1985 to 2084) and "hh.mm.ss", with the year of EDF+'s "Startdate dd-MMM-yyyy" where
 * that is the same day: microseconds as sig_recording_get_start_us(). SIG_START_UNKNOWN, with a note, when they name no day. */
gint64 sig_edf_read_start (SigEdfText *text, SigReading *reading);

G_END_DECLS
