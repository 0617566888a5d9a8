/* app-arrays-private.h: what the files of the arrays share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-arrays.h"

G_BEGIN_DECLS

struct _AppArrays
{
  SigArray *x;
  NnShape   input;    /* of one window */
  NnPlaces  places;   /* of the steps whose labels are taken; n 0: all */
  gint64   *order;    /* (nullable): the windows with those that are held back behind all others */

  /* Targets: classes or numbers; neither where there are none. */
  gint64    n_labels; /* of one window */
  gint32   *classes;  /* (nullable): [windows][n_labels] */
  int       n_classes;
  SigArray *values;   /* (nullable): [windows][n_labels][n_values] */
  int       n_values;

  SigArray *weights;  /* (nullable): [windows], or [windows][n_labels] */

  /* What y was found to ask. */
  gint32   *told;     /* (nullable): [windows][n_told] */
  gint64    n_told;
  int       n_told_classes;
};

G_END_DECLS
