/* fixture-sound.h: small sounds that libsndfile writes for tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIXTURE_SOUND_STEPS 30000

typedef float (*FixtureWave) (int t, int channel);

/* 0.5 sin (0.05 t (channel + 1)). */
float       fixture_tone   (int t, int channel);

/* Noise that ends in silence: its frames grow small. */
float       fixture_fading (int t, int channel);

/* A sound of two channels at 16 kHz, or 48 kHz of Opus, in an SF_FORMAT; NULL where this libsndfile cannot write it. */
GByteArray *fixture_sound  (int format, FixtureWave wave);

/* Appends a page of an Ogg; `body` of at most 65,024 bytes. */
void        fixture_put_page (GByteArray *out, guint8 flags, gint64 granule, guint32 serial, guint32 number, const void *body,
                              gsize n);

G_END_DECLS
