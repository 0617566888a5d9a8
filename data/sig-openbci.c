/* sig-openbci.c: which columns of an OpenBCI recording are its electrodes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-openbci.h"

#include <string.h>

#include "sig-sniff.h"

/* BrainFlow's files have no header: 0 is the packet number, then come the electrodes, three axes of acceleration,
 * auxiliary pins, the Unix time and a marker; people append a label. */
static const struct
{
  const char *board;
  guint       n_columns; /* without a label */
  guint       n_electrodes;
  guint       time_column;
  double      rate_hz;
} layouts[] = {
  { "Cyton with Daisy", 32, 16, 30, 125.0 },
  { "Cyton", 24, 8, 22, 250.0 },
};

static void
take_electrodes (SigColumns *self,
                 guint       first,
                 guint       n)
{
  self->names = g_new0 (char *, self->table->n_columns);
  self->unit = "µV";
  for (guint i = 0; i < self->table->n_columns; i++)
    if (i >= first && i < first + n)
      {
        self->roles[i] = SIG_ROLE_CHANNEL;
        self->names[i] = g_strdup_printf ("EXG %u", i - first + 1);
      }
    else if (self->roles[i] == SIG_ROLE_CHANNEL)
      self->roles[i] = SIG_ROLE_OTHER;
}

static gboolean
fits_layout (const SigTable *table,
             gsize           k)
{
  if (table->n_columns != layouts[k].n_columns && table->n_columns != layouts[k].n_columns + 1)
    return FALSE;

  const SigTableColumn *packet = &table->columns[0], *time = &table->columns[layouts[k].time_column];

  return packet->kind == SIG_CELL_NUMBER && packet->whole && packet->n > 0 && packet->min >= 0.0
         && packet->max <= 255.0 && time->kind == SIG_CELL_NUMBER && time->n > 0 && time->min >= 1e9
         && time->max <= 4e9;
}

/* The number of channels that the comments state, 0 when they do not. */
static guint
stated_channels (const char *comments)
{
  static const char key[] = "Number of channels";
  const char *found = strstr (comments, key);

  if (found == NULL)
    return 0;
  found += strlen (key);
  found += strspn (found, " =:");
  return (guint) MIN (g_ascii_strtoull (found, NULL, 10), SIG_MAX_CHANNELS);
}

void
sig_openbci_apply (SigColumns *self,
                   const char *comments,
                   gboolean    has_header,
                   SigReading *reading)
{
  const SigTable *table = self->table;

  if (strstr (comments, "OpenBCI") != NULL)
    {
      guint n = stated_channels (comments);

      if (n >= 1 && n < table->n_columns)
        {
          take_electrodes (self, 1, n);
          self->rate_hz = sig_sniff_find_rate (comments);
          sig_reading_note (reading, "OpenBCI recording: its %u electrodes were read.", n);
        }
      return;
    }
  for (gsize k = 0; !has_header && k < G_N_ELEMENTS (layouts); k++)
    if (fits_layout (table, k))
      {
        take_electrodes (self, 1, layouts[k].n_electrodes);
        self->rate_hz = layouts[k].rate_hz;
        sig_reading_note (reading,
                          "The columns are those of an OpenBCI %s: its %u electrodes were read, at the board's %g Hz.",
                          layouts[k].board, layouts[k].n_electrodes, layouts[k].rate_hz);
        return;
      }
}
