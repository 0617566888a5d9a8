/* sig-synth.h: a deterministic recording: the built-in demo, and material for tests and benches
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-recording.h"

G_BEGIN_DECLS

/* The built-in demo: 16 channels at 250 Hz with noise, drift and events; the label (two classes, "rest" and "grasp")
 * depends on a pattern across several channels and some tens of steps, so that no single step tells it.
 * The same `seed` gives the same bits on every machine. */
void sig_synth_demo (gint64 n_steps, guint64 seed, SigRecording **recording, SigLabels **labels);

/* The demo's usual length and seed. */
#define SIG_SYNTH_DEMO_STEPS 48000
#define SIG_SYNTH_DEMO_SEED  2026

G_END_DECLS
