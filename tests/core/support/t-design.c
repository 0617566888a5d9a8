/* t-design.c: designs from one line of text, and windows of random numbers, for the core's tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-design.h"

#include "nn-error.h"
#include "nn-rng.h"

#include <string.h>

static NnBlock *
read_block (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_auto (GStrv) words = g_strsplit (g_strstrip (parts[0]), " ", -1);
  const NnKind *kind = nn_kind_find (words[0]);
  g_autoptr (NnBlock) block = NULL;

  if (kind == NULL)
    g_error ("no kind is called '%s'", words[0]);
  block = nn_block_new (kind);
  for (guint i = 1; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);
      g_autoptr (GError) error = NULL;
      int at = nn_kind_find_arg (kind, pair[0]);
      NnValue value;
      NnBlock *next;

      g_assert_cmpint (at, >=, 0);
      nn_arg_value_from_text (&kind->args[at], pair[1], &value, &error);
      g_assert_no_error (error);
      next = nn_block_with_arg (block, at, &value);
      nn_block_unref (block);
      block = next;
    }
  if (parts[1] != NULL)
    {
      g_autoptr (NnBlock) inner = read_block (parts[1]);

      return nn_block_with_inner (block, inner);
    }
  return g_steal_pointer (&block);
}

NnDesign *
t_design_new (gint64 n_steps, gint64 n_channels, const char *text)
{
  NnShape input = nn_shape_2 (n_steps, n_channels);
  g_autoptr (NnDesign) design = nn_design_new (&input);
  g_auto (GStrv) texts = g_strsplit (text, ";", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (NnBlock) block = read_block (texts[i]);
      g_autoptr (GError) error = NULL;
      NnDesign *next = nn_design_with_block (design, i, block, NULL, &error);

      g_assert_no_error (error);
      nn_design_unref (design);
      design = next;
    }
  return g_steal_pointer (&design);
}

static void
add_block_text (GString *text, const NnBlock *block)
{
  const NnKind *kind = nn_block_get_kind (block);

  g_string_append (text, kind->name);
  for (guint i = 0; i < kind->n_args; i++)
    if (!nn_value_equal (nn_block_get_arg (block, i), &kind->args[i].fallback))
      {
        g_autofree char *value = nn_arg_value_to_text (&kind->args[i], nn_block_get_arg (block, i));
        g_auto (GStrv) parts = g_strsplit (value, " ", -1);
        g_autofree char *dense = g_strjoinv ("", parts);

        g_string_append_printf (text, " %s=%s", kind->args[i].name, dense);
      }
  if (nn_block_get_inner (block) != NULL)
    {
      g_string_append (text, ": ");
      add_block_text (text, nn_block_get_inner (block));
    }
}

char *
t_design_to_text (const NnDesign *design)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      g_string_append (text, i > 0 ? "; " : "");
      add_block_text (text, nn_design_get_block (design, i));
    }
  return g_string_free (text, FALSE);
}

NnModel *
t_model_new (gint64 n_steps, gint64 n_channels, int n_classes, const char *text, guint64 seed)
{
  g_autoptr (NnDesign) design = t_design_new (n_steps, n_channels, text);

  return t_model_of (design, n_classes, seed);
}

NnModel *
t_model_of (const NnDesign *design, int n_classes, guint64 seed)
{
  NnContract labels = { nn_design_get_input (design)->dim[0], n_classes };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  g_autoptr (GError) error = NULL;
  g_autofree float *params = NULL;
  NnModel *model = nn_model_new (check, &error);
  NnRng rng;

  g_assert_no_error (error);
  nn_model_init (model, seed);
  params = g_new (float, nn_model_get_n_params (model) + 1);
  nn_model_get_params (model, params);
  nn_rng_init (&rng, seed, NN_RNG_INIT, 1000);
  for (gint64 i = 0; i < nn_model_get_n_params (model); i++)
    params[i] += (float) (0.1 * nn_rng_normal (&rng));
  nn_model_set_params (model, params);
  return model;
}

static gboolean
fill (gpointer user_data, gint64 i, float *x, gint32 *y, GError **error)
{
  TWindows *self = user_data;
  const NnBatchSource *s = &self->source;

  if (i == self->fail_at)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DATA, "window %" G_GINT64_FORMAT " cannot be read", i);
      return FALSE;
    }
  memcpy (x, self->x + i * s->n_steps * s->n_channels, s->n_steps * s->n_channels * sizeof *x);
  if (y != NULL)
    memcpy (y, self->y + i * s->n_steps, s->n_steps * sizeof *y);
  return TRUE;
}

TWindows *
t_windows_new (gint64 n, gint64 n_steps, gint64 n_channels, int n_classes, int unlabelled, guint64 seed)
{
  TWindows *self = g_new0 (TWindows, 1);
  NnRng rng;

  self->source = (NnBatchSource) { n, n_steps, n_channels, n_classes, fill, self };
  self->x = g_new (float, n * n_steps * n_channels);
  self->y = g_new (gint32, n * n_steps);
  self->fail_at = -1;
  nn_rng_init (&rng, seed, NN_RNG_INIT, 2000);
  for (gint64 i = 0; i < n * n_steps * n_channels; i++)
    self->x[i] = (float) (2.0 * nn_rng_uniform (&rng) - 1.0);
  for (gint64 i = 0; i < n * n_steps; i++)
    self->y[i] = unlabelled > 0 && nn_rng_below (&rng, unlabelled) == 0 ? NN_UNLABELLED : (gint32) nn_rng_below (&rng, n_classes);
  return self;
}

void
t_windows_free (TWindows *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}
