/* sig-reading.c: one opening of a file: the caller's hooks and the notes that gather
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-reading.h"

#include "sig-origin.h"

#include <string.h>

#include "sig-missing.h"

void
sig_reading_init (SigReading         *self,
                  const SigReadHooks *hooks)
{
  self->hooks = hooks;
  self->notes = g_ptr_array_new_with_free_func (g_free);
}

void
sig_reading_clear (SigReading *self)
{
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->damage, sig_damage_unref);
}

gboolean
sig_reading_advance (SigReading    *self,
                     const SigFile *file,
                     double         fraction,
                     GError       **error)
{
  if (self->hooks == NULL)
    return TRUE;
  if (self->hooks->should_stop != NULL && self->hooks->should_stop (self->hooks->user_data))
    {
      sig_file_fail (file, error, SIG_ERROR_CANCELLED, "opening was stopped");
      return FALSE;
    }
  if (self->hooks->progress != NULL)
    self->hooks->progress (self->hooks->user_data, CLAMP (fraction, 0.0, 1.0));
  return TRUE;
}

void
sig_reading_note (SigReading *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

void
sig_reading_note_missing (SigReading         *self,
                          const SigRecording *recording)
{
  SigMissing missing = { 0 };
  g_autofree char *text = NULL;

  if (sig_missing_count (recording, &missing, NULL))
    text = sig_missing_describe (&missing, recording);
  if (text != NULL)
    sig_reading_note (self, "%s.", text);
}

void
sig_reading_take_damage (SigReading         *self,
                         SigDamage          *damage,
                         const SigRecording *recording)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->damage, sig_damage_unref);
  if (sig_recording_peek_channel (recording, 0) == NULL)
    {
      self->damage = damage;
      return;
    }
  text = sig_damage_describe (damage);
  if (text != NULL)
    sig_reading_note (self, "%s", text);
  sig_damage_unref (damage);
}

char *
sig_reading_dup_notes (const SigReading *self)
{
  if (self->notes->len == 0)
    return NULL;

  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < self->notes->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (self->notes, i));
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

char *
sig_dup_count (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  GString *out = g_string_new (NULL);
  gsize first = digits[0] == '-' ? 1 : 0, len = strlen (digits);

  for (gsize i = 0; i < len; i++)
    {
      if (i > first && (len - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

void
sig_reading_attach (const SigReading *self,
                    const SigFile    *file,
                    SigContent       *content)
{
  if (content->recording == NULL)
    return;

  g_autofree const char **notes = g_new0 (const char *, self->notes->len + 1);
  g_autoptr (SigRecording) bare = g_steal_pointer (&content->recording);
  g_autoptr (SigOrigin) origin = sig_origin_new (file, self->damage);
  g_autoptr (SigRecording) placed = sig_recording_with_origin (bare, origin);

  for (guint i = 0; i < self->notes->len; i++)
    notes[i] = g_ptr_array_index (self->notes, i);
  content->recording = sig_recording_with_notes (placed, notes);
}
