/* wb-card-face.h: what a card of the stack says about the input, a block or the labels; no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-shape.h"

G_BEGIN_DECLS

typedef enum
{
  WB_TONE_PLAIN,
  WB_TONE_OK,
  WB_TONE_NOTE,
  WB_TONE_WARNING,
  WB_TONE_ERROR,
} WbTone;

/* The texts of one card. Members may be "" but not NULL. Free with wb_card_face_free(). */
typedef struct
{
  char    *icon;       /* icon name */
  char    *title;      /* "Conv1D" */
  char    *detail;     /* "32, kernel 8, same, relu" */
  char    *shape;      /* "400 × 32" */
  char    *cost;       /* "4,128 parameters" */
  char    *remark;     /* what is wrong or worth knowing, in a few words */
  char    *more;       /* the same in sentences, for a tooltip */
  char    *spoken;     /* all of it, for a screen reader */
  WbTone   tone;       /* of the remark */
  gboolean assumed;    /* the shape is a guess */
  gboolean keeps_time; /* the output's first axis still is time */
} WbCardFace;

WbCardFace *wb_card_face_new_input  (const NnCheck *check) G_GNUC_WARN_UNUSED_RESULT;
WbCardFace *wb_card_face_new_block  (const NnCheck *check, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* Whether and how the design meets the labels. `labels` (nullable): none are there yet. */
WbCardFace *wb_card_face_new_labels (const NnCheck *check, const NnContract *labels) G_GNUC_WARN_UNUSED_RESULT;

void        wb_card_face_free       (WbCardFace *self);

/* Static: the icon (nullable) and CSS class (nullable) of a tone. */
const char *wb_tone_icon            (WbTone tone);
const char *wb_tone_class           (WbTone tone);
WbTone      wb_tone_of_severity     (NnSeverity severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCardFace, wb_card_face_free)

G_END_DECLS
