/* app-window-private.h: the window as its own files see it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-window.h"

#include "app-closeup.h"
#include "app-filter.h"
#include "app-indexer.h"
#include "app-job.h"
#include "app-loader.h"
#include "app-predictor.h"
#include "app-progress.h"
#include "app-recovery.h"
#include "app-spectrogram.h"
#include "app-trail.h"
#include "app-watch.h"

#include "wb-banner.h"
#include "wb-channels.h"
#include "wb-class-bar.h"
#include "wb-curve.h"
#include "wb-inspector.h"
#include "wb-overview.h"
#include "wb-palette.h"
#include "wb-problems.h"
#include "wb-run-bar.h"
#include "wb-stack.h"
#include "wb-traces.h"

G_BEGIN_DECLS

#define APP_PATIENCE_US 400000 /* what takes no longer is not told of: it would only flicker */

typedef void (*AppWindowFunc) (AppWindow *self);

/* What the user waits for. */
typedef enum
{
  APP_BUSY_NOT,
  APP_BUSY_OPENING,
  APP_BUSY_EXPORTING,
} AppBusy;

struct _AppWindow
{
  GtkApplicationWindow parent_instance;

  AppDocument  *document;
  AppLoader    *loader;
  char        **opening;     /* (nullable): the files that the loader was last asked for */
  char        **moved;       /* (nullable): where files of the project that is opened were and are: pairs */
  gboolean      adding;      /* to the recording that is open */
  gboolean      adding_again; /* files that it holds already, too */
  AppSource    *source;      /* (nullable): how the recording was opened */
  char         *project_path; /* (nullable) */
  AppJob       *project_saver;
  AppRecovery  *recovery;    /* of work that is not saved */
  AppJob       *recovery_job, *recovery_look;
  guint         recovery_timer;
  gboolean      is_kept;     /* there may be a copy */
  gboolean      recovery_failed; /* and that was told */
  AppWindowFunc after_saving; /* (nullable): what was put off until the project is saved */
  gboolean      forgo_saving; /* nothing is asked */
  char         *next_design; /* (nullable): a file to load once the loader is done with what it has in hand */
  AppIndexer   *indexer;
  AppFilter    *filter;
  AppCloseup   *closeup;      /* of the lanes */
  AppCloseup   *ribbon_closeup; /* of the probability */
  gboolean      unreadable;   /* a part of what is shown is, and that was told */
  AppSpectrogram *spectrogram;
  SigSpectrum  *spectrum;     /* (nullable): what is shown of it */
  AppTrainer   *trainer;
  AppPredictor *predictor;
  gboolean      incomplete;   /* the last training's prediction of the whole recording; until it is not: */
  SigTrack     *so_far, *part; /* (nullable): what there is of it, and what was last seen of it */
  gint64        asked_start, asked_end; /* of the part that was last asked for */
  SigPyramid   *predicted;    /* (nullable): of what is shown */
  AppJob       *releaser;     /* of what was */
  gint64        preparing_since, predicting_since; /* monotonic time */
  gboolean      told_predicting;
  AppJob       *saver;
  AppJob       *exporter;
  AppWatch     *watch;
  char         *told_damage; /* (nullable): of this recording */
  const SigExportFormat *export_format; /* (nullable): chosen, while a file is asked for */
  char         *export_path;  /* (nullable), as the next: of what is written, or was */
  AppProgress  *export_progress;
  gint64        busy_since;   /* monotonic time */
  AppBusy       told_busy;    /* what the banner says goes on */
  WbViewSpan   *span;
  WbLaneView   *view;         /* of the recording's channels; NULL without one */
  AppTrail     *trail;        /* of what was looked at */
  GSimpleActionGroup *view_actions;
  AppJob       *painter;      /* of pictures in files */
  WbMarks      *marks;        /* cursor and selection */
  GSimpleActionGroup *mark_actions;
  GMenu        *rest_menu, *track_menu; /* the classes, the tracks */
  SigClassTable *listed;      /* (nullable): the classes in the menu */
  char         *said;         /* (nullable): why something could not be marked */
  gint64        short_length; /* steps that were last said to be too short for a gap or a label */

  GtkWidget    *left_side;    /* stack and palette */
  GtkLabel     *title, *subtitle;
  GtkWidget    *undo, *redo;
  WbRunBar     *run_bar;
  WbBanner     *banner;
  WbStack      *stack;
  WbPalette    *palette;
  WbClassBar   *class_bar;
  GtkMenuButton *channels_button;
  WbChannels   *channels;
  WbOverview   *overview;
  WbTraces     *traces;
  GtkNotebook  *pages;      /* the curve, the problems */
  WbCurve      *curve;
  WbProblems   *problems;
  WbInspector  *inspector;
  GtkLabel     *facts;      /* of the recording */
  GtkLabel     *outcome;    /* of the training: its progress, or why it cannot begin, or its result */

  AppJob       *look;       /* at the classes that training does not see */
  guint         looking;    /* waits until labels and settings rest */
  GArray       *unseen;     /* (nullable): of NnProblem */
  GArray       *diverged;   /* (nullable): the same of the last training, which … */
  NnDesign     *diverged_design; /* (nullable): … was of this design … */
  NnSettings    diverged_settings; /* … with these settings */

  char         *progress;   /* (nullable): where the training stands, while it runs */
  char         *obstacle;   /* (nullable): why it cannot begin */
  char         *result;     /* (nullable): what came of it */
  guint         tick;       /* alive while something is polled */
  guint         pan;        /* waits until panning has paused */
  guint         inhibition; /* of logging out while training */
  guint         closing;    /* waits until all threads have ended */
};

/* app-window.c */
void app_window_set_progress    (AppWindow *self, const char *progress); /* (nullable), as the next two */
void app_window_set_obstacle    (AppWindow *self, const char *obstacle);
void app_window_set_result      (AppWindow *self, const char *result);
void app_window_keep_ticking    (AppWindow *self);
void app_window_update_scene    (AppWindow *self);
WbScene app_window_make_scene   (AppWindow *self); /* borrowed: what the traces show */
void app_window_show_page       (AppWindow *self, GtkWidget *page); /* the curve or the problems */

/* app-window-layout.c: makes all widgets and puts them in their places. */
void app_window_lay_out         (AppWindow *self);
void app_window_name_page       (AppWindow *self, GtkWidget *page, const char *name);
void app_window_set_recording_only (AppWindow *self, gboolean only); /* without the panes around it */

/* app-window-actions.c */
void app_window_class_add_keys  (GtkWidgetClass *widget_class);
void app_window_add_actions     (AppWindow *self);
void app_window_enable_action   (AppWindow *self, const char *name, gboolean enabled);

/* app-window-files.c: opening. */
void app_window_bind_files      (AppWindow *self);
void app_window_choose_recording (AppWindow *self);
void app_window_choose_added    (AppWindow *self);
void app_window_choose_import   (AppWindow *self);
void app_window_find_recording  (AppWindow *self); /* of the project that was last to be opened */
void app_window_import_failed   (AppWindow *self); /* what was last to be opened, as somebody says */
void app_window_choose_labels   (AppWindow *self);
void app_window_choose_channel  (AppWindow *self);
void app_window_choose_design   (AppWindow *self);
void app_window_set_rates       (AppWindow *self, SigRatesRule rule);

/* app-window-save.c: a design into a file. */
void app_window_bind_save       (AppWindow *self);
void app_window_choose_saved    (AppWindow *self);

/* app-window-filter.c: what is filtered. */
void app_window_bind_filter     (AppWindow *self);
void app_window_apply_filter    (AppWindow *self);
void app_window_index_shown     (AppWindow *self);
void app_window_update_facts    (AppWindow *self);

/* app-window-picture.c: what is seen, in a file. */
void app_window_bind_picture    (AppWindow *self);

/* app-window-closeup.c: what is drawn closer than the pyramid is. */
void app_window_bind_closeup    (AppWindow *self);

/* app-window-spectrum.c: the spectrogram of a channel. */
void app_window_bind_spectrum   (AppWindow *self);
void app_window_update_spectrum (AppWindow *self);

/* app-window-view.c: how the recording is shown. */
void app_window_bind_view       (AppWindow *self);
void app_window_fit_view        (AppWindow *self);
/* As a project keeps it; the view that is set is of the recording's channels, or has no lanes and changes nothing. */
void app_window_get_view        (AppWindow *self, AppProjectView *view);
void app_window_set_view        (AppWindow *self, const AppProjectView *view);
void app_window_toggle_spectrogram (AppWindow *self);
void app_window_set_lanes       (AppWindow *self, const WbLaneView *lanes);

/* app-window-trail.c */
void app_window_note_view       (AppWindow *self); /* the lanes or the span have changed */
void app_window_begin_trail     (AppWindow *self); /* here */
void app_window_bind_trail      (AppWindow *self);

/* app-window-busy.c: what takes long, and how it is stopped. To be told when something begins, and polled; FALSE when nothing
 * goes on. */
void     app_window_watch_busy   (AppWindow *self);
gboolean app_window_poll_busy    (AppWindow *self);
void     app_window_stop_waiting (AppWindow *self);

/* app-window-export.c: labels into files of other programs. */
void app_window_bind_export     (AppWindow *self);
void app_window_export_labels   (AppWindow *self);

/* app-window-project.c: projects, and what would be lost without saving. */
void app_window_bind_project    (AppWindow *self);
/* `then` (nullable): what is done once it is saved. */
void app_window_choose_project  (AppWindow *self, AppWindowFunc then);
void app_window_save_project    (AppWindow *self, AppWindowFunc then);
void app_window_set_project     (AppWindow *self, const char *path); /* (nullable) */

/* Whether anything is not saved; and all that a project holds, into an empty one. There must be a source. */
gboolean app_window_is_modified (AppWindow *self);
void app_window_fill_project    (AppWindow *self, AppProject *project);

/* Unsaved work is kept on disk every few seconds (app-window-recovery.c), until it is saved or given up. */
void app_window_bind_recovery    (AppWindow *self);
void app_window_dispose_recovery (AppWindow *self);
void app_window_forget_recovery  (AppWindow *self);

/* The project that was just opened: where it is such a copy, it is this window's from now on, and still not saved. */
void app_window_take_recovered   (AppWindow *self, const char *path);
void app_window_set_source      (AppWindow *self, const AppSource *source); /* (nullable) */

/* Goes on with `then` at once where no labels (nor a design, with `design_too`) would be lost; else asks, and goes on when they
 * are saved or given up. */
void app_window_confirm         (AppWindow *self, gboolean design_too, const char *what, AppWindowFunc then);

/* app-window-marks.c: marking labels. */
void app_window_bind_marks      (AppWindow *self);
GtkWidget *app_window_make_class_bar (AppWindow *self);
void app_window_update_marks    (AppWindow *self);
void app_window_set_snaps       (AppWindow *self, guint to); /* bits of WbSnapTo */

/* app-window-problems.c: the list of problems. What a training ran into is told until another one begins. */
void app_window_bind_problems   (AppWindow *self);
void app_window_clear_problems  (AppWindow *self);
void app_window_drop_look       (AppWindow *self); /* at classes that training does not see; nothing comes of it */
void app_window_update_problems (AppWindow *self);
void app_window_tell_divergence (AppWindow *self);
void app_window_forget_divergence (AppWindow *self);

/* app-window-predict.c: what the network says. */
void     app_window_bind_predicting (AppWindow *self);
void     app_window_predict_visible (AppWindow *self);
void     app_window_predict_whole   (AppWindow *self);
void     app_window_forget_predicting (AppWindow *self);
gboolean app_window_is_predicting   (AppWindow *self); /* the whole, and for so long that it is worth telling */
void     app_window_tell_predicting (AppWindow *self);
gboolean app_window_poll_predicting (AppWindow *self); /* FALSE when it does not go on */

/* app-window-run.c: training. */
void app_window_bind_run        (AppWindow *self);
void app_window_train           (AppWindow *self);
void app_window_pause_or_resume (AppWindow *self);
void app_window_stop            (AppWindow *self);
void app_window_give_up_run     (AppWindow *self);
void app_window_update_run      (AppWindow *self);
void app_window_poll_run        (AppWindow *self);

G_END_DECLS
