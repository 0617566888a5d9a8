/* sig-word.c: words that stand for the values of an enumeration
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-word.h"

int
sig_word_find (const char *const *words,
               guint              n,
               const char        *word)
{
  g_return_val_if_fail (word != NULL, -1);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (words[i], word))
      return (int) i;
  return -1;
}
