/* catalogue.h: rows of the catalogue of bad inputs that take more than bytes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int    row;
  void (*test) (void);
} CatalogueTest;

/* Ends with row 0. */
extern const CatalogueTest catalogue_tests[];

G_END_DECLS
