/* wb-scene-refs.c: a scene whose models are held
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-scene-refs.h"

#include <string.h>

gboolean
wb_scene_hold (WbScene       *self,
               const WbScene *scene)
{
  WbScene old = *self, held = scene != NULL ? *scene : (WbScene) { NULL };

  if (old.pyramid == held.pyramid && old.truth == held.truth && old.prediction == held.prediction
      && old.split == held.split && old.view == held.view && old.spectrum == held.spectrum)
    return FALSE;

  /* New refs first: a model may be in both. */
  self->pyramid = held.pyramid != NULL ? sig_pyramid_ref (held.pyramid) : NULL;
  self->truth = held.truth != NULL ? sig_labels_ref (held.truth) : NULL;
  self->prediction = held.prediction != NULL ? sig_track_ref (held.prediction) : NULL;
  self->split = held.split != NULL ? sig_split_ref ((SigSplit *) held.split) : NULL;
  self->spectrum = held.spectrum != NULL ? sig_spectrum_ref (held.spectrum) : NULL;
  self->view = held.view != NULL ? wb_lane_view_ref (held.view) : NULL;
  g_clear_pointer (&old.pyramid, sig_pyramid_unref);
  if (old.truth != NULL)
    sig_labels_unref ((SigLabels *) old.truth);
  if (old.prediction != NULL)
    sig_track_unref ((SigTrack *) old.prediction);
  if (old.split != NULL)
    sig_split_unref ((SigSplit *) old.split);
  if (old.spectrum != NULL)
    sig_spectrum_unref ((SigSpectrum *) old.spectrum);
  if (old.view != NULL)
    wb_lane_view_unref ((WbLaneView *) old.view);
  return TRUE;
}
