/* app-indexer.c: builds a recording's pyramid in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-indexer.h"

#include "app-job.h"

/* What goes to the thread and comes back. */
typedef struct
{
  SigPyramid *pyramid;
  GError     *error;
} Build;

struct _AppIndexer
{
  GObject  parent_instance;

  AppJob  *job;
};

enum { PROP_0, PROP_ACTIVE, N_PROPS };

static GParamSpec *props[N_PROPS];
static guint failed_signal;

G_DEFINE_FINAL_TYPE (AppIndexer, app_indexer, G_TYPE_OBJECT)

static void
build_run (gpointer data, AppTicket *ticket)
{
  Build *build = data;

  sig_pyramid_build (build->pyramid, app_ticket_is_cancelled, ticket, &build->error);
}

static void
build_free (gpointer data)
{
  Build *build = data;

  sig_pyramid_unref (build->pyramid);
  g_clear_error (&build->error);
  g_free (build);
}

static void
build_done (gpointer owner, gpointer data)
{
  g_autoptr (AppIndexer) self = g_object_ref (owner);
  Build *build = data;

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  if (build->error != NULL)
    g_signal_emit (self, failed_signal, 0, build->error);
}

static const AppJobKind build_kind = {
  .name = "lamina-index",
  .run = build_run,
  .done = build_done,
  .free_data = build_free,
};

AppIndexer *
app_indexer_new (void)
{
  return g_object_new (APP_TYPE_INDEXER, NULL);
}

void
app_indexer_start (AppIndexer *self, SigPyramid *pyramid)
{
  g_autoptr (GError) error = NULL;
  Build *build;

  g_return_if_fail (APP_IS_INDEXER (self) && pyramid != NULL);

  build = g_new0 (Build, 1);
  build->pyramid = sig_pyramid_ref (pyramid);
  if (!app_job_start (self->job, build, &error))
    g_signal_emit (self, failed_signal, 0, error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

void
app_indexer_forget (AppIndexer *self)
{
  g_return_if_fail (APP_IS_INDEXER (self));

  app_job_drop (self->job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

gboolean
app_indexer_is_active (AppIndexer *self)
{
  g_return_val_if_fail (APP_IS_INDEXER (self), FALSE);

  return app_job_is_active (self->job);
}

gboolean
app_indexer_is_busy (AppIndexer *self)
{
  g_return_val_if_fail (APP_IS_INDEXER (self), FALSE);

  return app_job_is_busy (self->job);
}

static void
app_indexer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ACTIVE)
    g_value_set_boolean (value, app_indexer_is_active (APP_INDEXER (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
app_indexer_dispose (GObject *object)
{
  AppIndexer *self = APP_INDEXER (object);

  g_clear_pointer (&self->job, app_job_free);

  G_OBJECT_CLASS (app_indexer_parent_class)->dispose (object);
}

static void
app_indexer_class_init (AppIndexerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_indexer_get_property;
  object_class->dispose = app_indexer_dispose;

  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  failed_signal = g_signal_new ("failed", APP_TYPE_INDEXER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
app_indexer_init (AppIndexer *self)
{
  self->job = app_job_new (&build_kind, self);
}
