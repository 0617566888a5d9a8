/* app-unseen.h: classes that the held-back part has and the training part has not, and what would let them be learnt
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-cut.h"
#include "nn-problem.h"

G_BEGIN_DECLS

/* Rule D13 (transfer full): a problem for each class that windows of `length` steps held back have and those to train on have
 * not. The repairs are the nearest number of blocks of time, up to a hundred, with which training sees that class and all
 * others, and to make the class one with another that training sees, those that are its neighbours in time first, as long as
 * two classes are left. Empty where training sees them all, or where no part can be held back at all. Takes some milliseconds
 * where there is much to try: not for the main thread. */
GArray *app_unseen_diagnose (const SigRecording *recording, const SigLabels *labels, gint64 length, const NnSettings *settings,
                             const AppCut *cut) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
