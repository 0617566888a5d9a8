/* app-renderer.h: how GTK is to draw where no graphics processor helps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets GSK_RENDERER to cairo where OpenGL would run on the processor: its shaders then take seconds to compile before the first
 * frame, and drawing with cairo is as fast afterwards. What the user has set stays. To be called first thing, before
 * there are threads and before the first window. */
void     app_renderer_choose         (void);

/* Whether OpenGL is drawn by the processor: Mesa was told so (`always_software`, nullable: the value of
 * LIBGL_ALWAYS_SOFTWARE), or `root`, "/" but in tests, has no device that renders: no DRM render node, which every driver
 * with OpenGL of its own has, and none of NVIDIA's or of Windows' subsystem for Linux. */
gboolean app_renderer_is_software_in (const char *root, const char *always_software);

G_END_DECLS
