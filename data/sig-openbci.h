/* sig-openbci.h: which columns of an OpenBCI recording are its electrodes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-columns.h"

G_BEGIN_DECLS

/* Recognises OpenBCI GUI files by their comments, and the files of BrainFlow, which have none, by their layout;
 * then the electrodes are the channels and the board gives the rate. `comments` as in SigSniff. */
void sig_openbci_apply (SigColumns *columns, const char *comments, gboolean has_header, SigReading *reading);

G_END_DECLS
