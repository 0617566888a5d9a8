/* sig-number.h: reads one number as text files write it, whatever the locale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SIG_NUMBER_OK,        /* a decimal number; also inf */
  SIG_NUMBER_MISSING,   /* empty, "nan", "NA", "?" and their like: the value is NaN */
  SIG_NUMBER_TOO_LARGE, /* a number that a 32-bit float cannot hold */
  SIG_NUMBER_TEXT,      /* anything else, and also 0x10, 1_000 and digits of other scripts */
} SigNumber;

/* Reads all of `text`, which has no blanks around it; `decimal` is '.' or ','. `decimals` (nullable):
 * how many digits followed the decimal sign. */
SigNumber sig_number_parse (const char *text, gsize len, char decimal, double *value, guint *decimals);

#define SIG_NUMBER_MAX_CHARS 128

/* Copies a number without the signs that set its thousands apart: "1,234.5" becomes "1234.5" in `out`, whose length is
 * returned; 0 where `grouping` is not in the text, or stands where no thousands end. */
gsize     sig_number_ungroup (const char *text, gsize len, char grouping, char decimal, char out[SIG_NUMBER_MAX_CHARS]);

G_END_DECLS
