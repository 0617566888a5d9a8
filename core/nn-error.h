/* nn-error.h: the core's error domain
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_ERROR (nn_error_quark ())

typedef enum
{
  NN_ERROR_SYNTAX,      /* bytes that are not what they should be (design file, weights) */
  NN_ERROR_UNKNOWN,     /* a name outside a closed table (block, argument, template) */
  NN_ERROR_RANGE,       /* a value outside its range */
  NN_ERROR_DESIGN,      /* the design does not check */
  NN_ERROR_TOO_LARGE,   /* the plan needs more memory than may be taken */
  NN_ERROR_DATA,        /* the batch source failed or does not fit the design */
} NnError;

GQuark nn_error_quark (void);

G_END_DECLS
