/* sig-gaps.c: when a recording that was interrupted keeps its gaps as steps without samples
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-gaps.h"

#define FACTOR  8       /* with its gaps a recording may have so many times its own steps … */
#define SAMPLES 4000000 /* … or this many samples in all channels */

gboolean
sig_gaps_are_kept (double n_own,
                   double n_gaps,
                   guint  n_channels)
{
  return n_own + n_gaps <= MAX (FACTOR * n_own, SAMPLES / (double) n_channels);
}

void
sig_gaps_note (SigReading *reading)
{
  sig_reading_note (reading, "The gaps between the segments are many times longer than what was recorded and are not shown; "
                             "times after the first gap are those of the samples.");
}
