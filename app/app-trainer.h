/* app-trainer.h: training in the background, as phases and signals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only. One training at a time, on the thread "lamina-train", from copies and refs taken at the
 * start: nothing that is edited later reaches it. What it tells comes out of app_trainer_poll(), which a tick
 * callback calls while it is active.
 *
 * Its threads, as many as there are processors, are a little nicer than the window (nice 5), and there is one less of them while
 * somebody uses the window (app_trainer_hold_back()). Measured on two processors, panning under Xvfb with the cairo renderer
 * (bench-traces beside bench-train S1), frames a second and the 95th percentile of a frame's time: 58.2 and 7 ms without a
 * training, 58.1 and 7.7 ms beside one thread at nice 5, the same at nice 0, 10 and 19; 58.1 and 11 ms beside two at nice 5, 57.5
 * and 10 ms at nice 10. In the scheduler's idle class two threads cost no frames either, but stand still while another program
 * keeps the processors busy.
 *
 * Signals, in the order they come:
 *   "notify::phase"
 *   "prepared" (AppRun *run)          the recording is split and normalised; borrowed
 *   "step" (const NnTrainStep *step)  the latest, once a poll
 *   "epoch" (const NnEpoch *epoch)    each, in order
 *   "weights" (NnWeights *weights)    the newest snapshot, after its epoch; borrowed
 *   "ended"                           in a resting phase; see the getters */
#define APP_TYPE_TRAINER (app_trainer_get_type ())
G_DECLARE_FINAL_TYPE (AppTrainer, app_trainer, APP, TRAINER, GObject)

typedef enum
{
  APP_PHASE_IDLE,      /* nothing was trained yet, or it was given up before the first batch */
  APP_PHASE_PREPARING,
  APP_PHASE_RUNNING,
  APP_PHASE_PAUSING,   /* asked to; the batch is not finished yet */
  APP_PHASE_PAUSED,
  APP_PHASE_STOPPING,
  APP_PHASE_DONE,      /* all epochs, or stopped with the best weights kept */
  APP_PHASE_FAILED,
  APP_PHASE_DIVERGED,  /* not finite; the last good weights are kept */
} AppPhase;

AppTrainer          *app_trainer_new         (void) G_GNUC_WARN_UNUSED_RESULT;

AppPhase             app_trainer_get_phase   (AppTrainer *self);
gboolean             app_trainer_is_active   (AppTrainer *self); /* it will end by itself, or when asked */
gboolean             app_trainer_is_busy     (AppTrainer *self); /* a thread lives, if only a dropped one */

/* How much of what preparing reads has been read, 0 to 1; 0 where it need not read a file. */
double               app_trainer_get_preparing (AppTrainer *self);

/* From the last run. The run is NULL until it is prepared, the weights until the first epoch or the end;
 * the reason is a sentence for FAILED, DIVERGED and a stop. The design is that of the run, also while it
 * is prepared. */
AppRun              *app_trainer_get_run     (AppTrainer *self);
NnWeights           *app_trainer_get_weights (AppTrainer *self);
const NnDesign      *app_trainer_get_design  (AppTrainer *self);
const NnTrainResult *app_trainer_get_result  (AppTrainer *self);
const char          *app_trainer_get_reason  (AppTrainer *self);

/* Only in a resting phase. FALSE when no thread can be had. */
gboolean             app_trainer_start       (AppTrainer *self, const NnDesign *design,
                                              const SigRecording *recording, const SigLabels *labels,
                                              const NnSettings *settings, const AppCut *cut, GError **error);

/* Take effect at the next batch boundary; what does not fit the phase is ignored. */
void                 app_trainer_pause       (AppTrainer *self);
void                 app_trainer_resume      (AppTrainer *self);

/* Somebody uses the window just now: for half a second the training leaves it a processor, from its next mini-batch on. */
void                 app_trainer_hold_back   (AppTrainer *self);
void                 app_trainer_stop        (AppTrainer *self);

/* Gives up whatever runs and forgets the last run: IDLE at once; nothing of it is told any more. */
void                 app_trainer_abandon     (AppTrainer *self);

void                 app_trainer_poll        (AppTrainer *self);

G_END_DECLS
