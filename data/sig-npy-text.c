/* sig-npy-text.c: the words of an NPY header, which is a Python literal of a fixed grammar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-npy-private.h"

#include <string.h>

void
sig_npy_text_skip_space (SigNpyText *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

gboolean
sig_npy_text_take (SigNpyText *self,
                   char        c)
{
  sig_npy_text_skip_space (self);
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

gboolean
sig_npy_text_take_word (SigNpyText *self,
                        const char *word)
{
  gsize n = strlen (word);

  sig_npy_text_skip_space (self);
  if ((gsize) (self->end - self->at) < n || strncmp (self->at, word, n) != 0)
    return FALSE;
  self->at += n;
  return TRUE;
}

gboolean
sig_npy_text_take_string (SigNpyText *self,
                          char        out[SIG_NPY_MAX_STRING + 1])
{
  gsize n = 0;

  sig_npy_text_skip_space (self);
  if (self->at >= self->end || (*self->at != '\'' && *self->at != '"'))
    return FALSE;

  char quote = *self->at++;

  for (; self->at < self->end && *self->at != quote; self->at++)
    {
      if (n >= SIG_NPY_MAX_STRING || *self->at == '\\')
        return FALSE;
      out[n++] = *self->at;
    }
  out[n] = '\0';
  return sig_npy_text_take (self, quote);
}

gboolean
sig_npy_text_take_shape (SigNpyText *self,
                         guint      *rank,
                         gint64      shape[SIG_NPY_MAX_RANK])
{
  if (!sig_npy_text_take (self, '('))
    return FALSE;
  while (!sig_npy_text_take (self, ')'))
    {
      gint64 extent = 0;
      guint n_digits = 0;

      sig_npy_text_skip_space (self);
      for (; self->at < self->end && g_ascii_isdigit (*self->at); self->at++, n_digits++)
        {
          if (extent >= G_MAXINT64 / 10 - 1)
            return FALSE;
          extent = extent * 10 + (*self->at - '0');
        }
      if (n_digits == 0 || *rank >= SIG_NPY_MAX_RANK)
        return FALSE;
      sig_npy_text_take (self, 'L');
      shape[(*rank)++] = extent;
      if (!sig_npy_text_take (self, ','))
        return sig_npy_text_take (self, ')');
    }
  return TRUE;
}


gboolean
sig_npy_text_take_list (SigNpyText *self,
                        SigNpyText *out)
{
  guint depth = 0;
  char quote = '\0';

  if (!sig_npy_text_take (self, '['))
    return FALSE;
  out->at = self->at;
  for (; self->at < self->end; self->at++)
    {
      char c = *self->at;

      if (quote != '\0')
        quote = c == quote ? '\0' : quote;
      else if (c == '\'' || c == '"')
        quote = c;
      else if (c == '[')
        depth++;
      else if (c == ']' && depth-- == 0)
        {
          out->end = self->at++;
          return TRUE;
        }
    }
  return FALSE;
}
