/* app-memory.h: how much memory may be taken now
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that can be had without swapping or being killed: the least of MemAvailable, what RLIMIT_AS leaves and what each
 * memory control group around this process leaves (both versions). G_MAXINT64 where nothing is known. */
gint64 app_memory_get_free    (void);

/* The same without RLIMIT_AS, with /proc and /sys looked for under `root`: for tests. */
gint64 app_memory_get_free_in (const char *root);

G_END_DECLS
