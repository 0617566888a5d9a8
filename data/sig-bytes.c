/* sig-bytes.c: a bounds-checked cursor over bytes that came from a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-bytes.h"

#include <string.h>

gsize
sig_bytes_left (const SigBytes *self)
{
  return self->at < self->size ? self->size - self->at : 0;
}

gboolean
sig_bytes_skip (SigBytes *self,
                gsize     n)
{
  if (n > sig_bytes_left (self))
    return FALSE;
  self->at += n;
  return TRUE;
}

/* Reads `n` <= 8 bytes as one whole number in the cursor's byte order. */
static gboolean
get_whole (SigBytes *self,
           gsize     n,
           guint64  *out)
{
  if (n > sig_bytes_left (self))
    return FALSE;

  const guint8 *p = self->data + self->at;
  guint64 v = 0;

  for (gsize i = 0; i < n; i++)
    v = v << 8 | p[self->big_endian ? i : n - 1 - i];
  self->at += n;
  *out = v;
  return TRUE;
}

gboolean
sig_bytes_get_u8 (SigBytes *self,
                  guint8   *out)
{
  guint64 v;

  if (!get_whole (self, 1, &v))
    return FALSE;
  *out = (guint8) v;
  return TRUE;
}

gboolean
sig_bytes_get_u16 (SigBytes *self,
                   guint16  *out)
{
  guint64 v;

  if (!get_whole (self, 2, &v))
    return FALSE;
  *out = (guint16) v;
  return TRUE;
}

gboolean
sig_bytes_get_u32 (SigBytes *self,
                   guint32  *out)
{
  guint64 v;

  if (!get_whole (self, 4, &v))
    return FALSE;
  *out = (guint32) v;
  return TRUE;
}

gboolean
sig_bytes_get_u64 (SigBytes *self,
                   guint64  *out)
{
  return get_whole (self, 8, out);
}

gboolean
sig_bytes_get_f64 (SigBytes *self,
                   double   *out)
{
  guint64 v;

  if (!get_whole (self, 8, &v))
    return FALSE;
  memcpy (out, &v, sizeof *out);
  return TRUE;
}

gboolean
sig_bytes_copy (SigBytes *self,
                gsize     n,
                guint8   *out)
{
  if (n > sig_bytes_left (self))
    return FALSE;
  memcpy (out, self->data + self->at, n);
  self->at += n;
  return TRUE;
}

gboolean
sig_bytes_match (SigBytes   *self,
                 const char *text)
{
  gsize n = strlen (text);

  if (n > sig_bytes_left (self) || memcmp (self->data + self->at, text, n) != 0)
    return FALSE;
  self->at += n;
  return TRUE;
}
