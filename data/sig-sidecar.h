/* sig-sidecar.h: labels in a file beside a recording, with the same base name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Reads the labels beside a recording that has none of its own: an Audacity track or a list (a.txt, a.csv, a.tsv; of a_eeg.edf
 * also a_events.tsv, as BIDS has it), annotations (a.edf; of SC4001E0-PSG.edf SC4001EC-Hypnogram.edf, as Sleep-EDF has it), or
 * one class per step (a.npy). What was read or left is told in notes; nothing is an error. */
void sig_sidecar_open (const char *path, SigContent *content, SigReading *reading);

G_END_DECLS
