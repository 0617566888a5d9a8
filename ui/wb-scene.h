/* wb-scene.h: all that a picture of a recording shows, as borrowed values
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-pyramid.h"
#include "sig-spectrum.h"
#include "sig-split.h"
#include "sig-track.h"
#include "wb-lane-view.h"

G_BEGIN_DECLS

/* A plain struct of (nullable) borrowed models; what is NULL is not drawn. */
typedef struct
{
  SigPyramid       *pyramid;   /* the traces */
  const SigLabels  *truth;
  const SigTrack   *prediction;
  const SigSplit   *split;
  const WbLaneView *view;      /* how the traces are shown; NULL: all of them, each fills its lane */
  const SigSpectrum *spectrum; /* of one of the channels */
} WbScene;

G_END_DECLS
