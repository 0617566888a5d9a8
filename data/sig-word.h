/* sig-word.h: words that stand for the values of an enumeration
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of the n words it is; -1 for none. Case counts: these are words of files and options. */
int sig_word_find (const char *const *words, guint n, const char *word);

G_END_DECLS
