/* wb-scene-refs.h: a scene whose models are held
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"

G_BEGIN_DECLS

/* Replaces what `self` holds by refs to what is in `scene` (nullable: nothing). Returns whether anything changed. */
gboolean wb_scene_hold (WbScene *self, const WbScene *scene);

G_END_DECLS
