/* sig-damage.h: the steps of a recording that could not be decoded, as reading finds them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Grows as samples are read; every function may be called from any thread. Atomically ref-counted. */
typedef struct _SigDamage SigDamage;

/* `n_steps` and `rate_hz` (0: not known) are those of the recording. */
SigDamage *sig_damage_new      (gint64 n_steps, double rate_hz) G_GNUC_WARN_UNUSED_RESULT;
SigDamage *sig_damage_ref      (SigDamage *self);
void       sig_damage_unref    (SigDamage *self);

/* Steps [start, end), which may have been found before. */
void       sig_damage_add      (SigDamage *self, gint64 start, gint64 end);

/* A sentence on what was found so far: "5,120 of 20,000 steps could not be decoded: …"
 * (transfer full); NULL while nothing was. */
char      *sig_damage_describe (SigDamage *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigDamage, sig_damage_unref)

G_END_DECLS
