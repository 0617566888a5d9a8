/* sig-error.h: the signal layer's error domain
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIG_ERROR (sig_error_quark ())

/* Every message names the file as g_filename_display_basename() shows it, the field, the
 * value found and the range allowed, and where it helps what to do about it. */
typedef enum
{
  SIG_ERROR_UNREADABLE,  /* not there, no permission, not a regular file, I/O error */
  SIG_ERROR_FORMAT,      /* not a format we read, or damaged */
  SIG_ERROR_UNSUPPORTED, /* understood, but not read (compressed WAV, pickled NPY) */
  SIG_ERROR_MISMATCH,    /* channels, lengths or labels do not fit together */
  SIG_ERROR_TOO_LARGE,   /* declares more than there is, or more than may be taken */
  SIG_ERROR_LABELS,      /* holds labels and no recording; it is read with the recording it belongs to */
  SIG_ERROR_UNDECIDED,   /* does not say how it is to be read: somebody must (sig-import.h) */
  SIG_ERROR_TWICE,       /* is open already: somebody must say whether it is wanted again */
  SIG_ERROR_CANCELLED,   /* the stop hook said so */
} SigError;

GQuark sig_error_quark (void);

G_END_DECLS
