/* app-document-design.c: designs that fit the recording, and their edits
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document-private.h"

/* Whether windows end somewhere inside the recording. */
static gboolean
has_borders (const SigRecording *recording)
{
  gsize n_segments;

  sig_recording_get_segments (recording, &n_segments);
  return n_segments > 1 || sig_recording_get_page (recording) > 0;
}

/* The input a design must have to run on the recording. */
static NnShape
fitting_input (AppDocument *self, const NnDesign *design)
{
  NnShape input = *nn_design_get_input (design);

  if (self->recording != NULL && input.rank == 2)
    {
      input.dim[1] = sig_recording_get_n_channels (self->recording);
      if (has_borders (self->recording))
        input.dim[0] = MIN (input.dim[0], sig_recording_get_longest_run (self->recording));
    }

  return input;
}

NnDesign *
app_document_fit (AppDocument *self, const NnDesign *design)
{
  NnShape input = fitting_input (self, design);

  if (nn_shape_equal (&input, nn_design_get_input (design)))
    return nn_design_ref (design);

  return nn_design_with_input (design, &input);
}

const NnTemplate *
app_document_untouched_template (AppDocument *self)
{
  const NnDesign *design = app_document_get_design (self);
  const NnTemplate *template = nn_template_find (nn_design_get_name (design));
  g_autoptr (NnDesign) fresh = NULL;

  if (template == NULL)
    return NULL;

  fresh = nn_template_build (template, nn_design_get_input (design),
                             app_document_get_contract (self).n_classes);

  return nn_design_equal (fresh, design) ? template : NULL;
}

NnDesign *
app_document_adapt (AppDocument *self, const NnTemplate *template, const SigLabels *labels)
{
  const NnDesign *design = app_document_get_design (self);
  NnShape input;

  if (template == NULL)
    return app_document_fit (self, design);

  input = fitting_input (self, design);

  /* Pages are windows that someone cut on purpose: a template takes them whole. */
  if (self->recording != NULL && sig_recording_get_page (self->recording) > 0)
    input.dim[0] = sig_recording_get_page (self->recording);

  return nn_template_build (template, &input,
                            app_run_contract (labels, input.dim[0], app_document_get_settings (self)).n_classes);
}

/* What makes two edits one: the words and the place, where exactly one block, or the input, was changed in
 * place. NULL for edits that add, remove or move. */
static char *
coalesce_key (const NnDesign *old, const NnDesign *new, const char *what)
{
  guint n = nn_design_get_n_blocks (new);
  guint n_changed = 0;
  NnBlockId changed = 0;

  if (nn_design_get_n_blocks (old) != n)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      const NnBlock *a = nn_design_get_block (old, i);
      const NnBlock *b = nn_design_get_block (new, i);

      if (nn_block_get_id (a) != nn_block_get_id (b))
        return NULL;
      if (nn_block_equal (a, b))
        continue;
      changed = nn_block_get_id (b);
      n_changed++;
    }

  return n_changed <= 1 ? g_strdup_printf ("%u %s", changed, what) : NULL;
}

void
app_document_edit (AppDocument *self, const NnDesign *design, const char *what)
{
  g_autoptr (NnDesign) fitting = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (APP_IS_DOCUMENT (self) && design != NULL && what != NULL);

  fitting = app_document_fit (self, design);
  key = coalesce_key (app_document_get_design (self), fitting, what);
  app_history_push (self->history, fitting, app_history_get_labels (self->history), what, key);
  app_document_recheck (self);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
}
