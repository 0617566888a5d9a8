/* seeds.h: one small correct file of every format: where mutations begin
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* of the file */
  GBytes     *bytes;
} Seed;

/* All seeds (transfer full); free with seeds_free(). */
Seed *seeds_new  (gsize *n_seeds);
void  seeds_free (Seed *seeds, gsize n_seeds);

G_END_DECLS
