/* nn-keras-weights.c: where the weights of each layer are in model.weights.h5
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-graph.h"
#include "nn-error.h"
#include "nn-h5-writer.h"
#include "nn-layer-name.h"
#include "nn-shape.h"

#include <string.h>

/* A layer's weights are layers/<group>/vars/0, 1, … in the order of nn_layer_list_tensors(), but for these kinds: theirs belong
 * to layers inside, of which each has an equal share. Where the kind wraps, what is inside is the block it holds, by its own
 * row. This table is the only place that knows. */
typedef struct
{
  const char *kind;
  const char *children[4];
} Nest;

static const Nest nests[] = {
  { "Bidirectional", { "forward_layer", "backward_layer" } },
  { "GRU", { "cell" } },
  { "LSTM", { "cell" } },
  { "SimpleRNN", { "cell" } },
  { "TimeDistributed", { "layer" } },
};

static const Nest *
find_nest (const NnBlock *block)
{
  for (guint i = 0; i < G_N_ELEMENTS (nests); i++)
    if (strcmp (nests[i].kind, nn_block_get_kind (block)->name) == 0)
      return &nests[i];
  return NULL;
}

/* Appends to `paths` the groups of `block` that hold arrays, in order, each with how many of its `n` tensors it holds. */
typedef struct
{
  char *path; /* "layers/lstm/cell/vars" */
  guint n;
} Share;

static void
clear_share (gpointer share)
{
  g_free (((Share *) share)->path);
}

/* `block` NULL: a cell, which is no block of its own. */
static void
append_shares (GArray        *shares,
               const NnBlock *block,
               const char    *path,
               guint          n)
{
  const Nest *nest = block != NULL ? find_nest (block) : NULL;
  Share own = { g_strconcat (path, "/vars", NULL), nest == NULL ? n : 0 };
  guint n_children = 0;

  g_array_append_val (shares, own);
  while (nest != NULL && n_children < G_N_ELEMENTS (nest->children) && nest->children[n_children] != NULL)
    n_children++;
  for (guint i = 0; i < n_children; i++)
    {
      g_autofree char *child = g_strconcat (path, "/", nest->children[i], NULL);

      append_shares (shares, nn_block_get_inner (block), child, n / n_children);
    }
}

/* Of the block at `position`, whose model has `n` tensors of it. */
static GArray *
list_shares (const NnModel *model,
             guint          position,
             const char    *group,
             guint          n)
{
  const NnDesign *design = nn_check_get_design (nn_model_get_check (model));
  g_autofree char *path = g_strconcat ("layers/", group, NULL);
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (Share));

  g_array_set_clear_func (shares, clear_share);
  append_shares (shares, nn_design_get_block (design, position), path, n);
  return shares;
}

/* How many tensors from `first` on belong to the block at `position`. */
static guint
count_tensors (const NnModel *model,
               guint          position,
               guint          first)
{
  const NnDesign *design = nn_check_get_design (nn_model_get_check (model));
  NnBlockId wanted = nn_block_get_id (nn_design_get_block (design, position)), block;
  guint n = 0;

  while (first + n < nn_model_get_n_tensors (model))
    {
      nn_model_get_tensor (model, first + n, &block, NULL, NULL, NULL);
      if (block != wanted)
        break;
      n++;
    }
  return n;
}

char **
nn_keras_list_groups (const char *const *class_names,
                      guint              n)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char **groups = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = nn_layer_snake_case (class_names[i]);
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

      groups[i] = before > 0 ? g_strdup_printf ("%s_%u", name, before) : g_strdup (name);
      g_hash_table_insert (counts, g_steal_pointer (&name), GUINT_TO_POINTER (before + 1));
    }
  return groups;
}

/* --- reading ------------------------------------------------------------------------ */

static gboolean
read_share (const NnModel *model,
            guint          first,
            const Share   *share,
            NnH5Reader    *reader,
            float         *params,
            GError       **error)
{
  int found = nn_h5_reader_count (reader, share->path, error);

  if (found < -1)
    return FALSE;
  if (MAX (found, 0) != (int) share->n)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The group “%s” of the weights has %d arrays; the layer needs %u.",
                   share->path, MAX (found, 0), share->n);
      return FALSE;
    }
  for (guint i = 0; i < share->n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", share->path, i);
      gint64 offset;
      NnShape shape;

      nn_model_get_tensor (model, first + i, NULL, NULL, &shape, &offset);
      if (!nn_h5_reader_read_floats (reader, path, &shape, params + offset, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
nn_keras_weights_read (NnModel      *model,
                       char        **groups,
                       const guint8 *bytes,
                       gsize         length,
                       GError      **error)
{
  g_autofree float *params = NULL;
  NnH5Reader reader;
  guint first = 0;

  if (!nn_h5_reader_open (&reader, bytes, length, error))
    return FALSE;
  params = g_new (float, nn_model_get_n_params (model) + 1);
  for (guint position = 0; groups[position] != NULL; position++)
    {
      guint n = count_tensors (model, position, first);
      g_autoptr (GArray) shares = list_shares (model, position, groups[position], n);

      for (guint i = 0; i < shares->len; i++)
        {
          const Share *share = &g_array_index (shares, Share, i);

          if (!read_share (model, first, share, &reader, params, error))
            return FALSE;
          first += share->n;
        }
    }
  nn_model_set_params (model, params);
  return TRUE;
}

/* --- writing ------------------------------------------------------------------------ */

guint8 *
nn_keras_weights_write (const NnModel    *model,
                        char            **groups,
                        const NnSettings *settings,
                        const NnMoments  *moments,
                        gsize            *length,
                        GError          **error)
{
  float rate = 0.0f;
  g_autofree float *params = g_new (float, nn_model_get_n_params (model) + 1);
  g_autoptr (GArray) items = nn_h5_items_new ();
  const NnShape none = { 0 };
  guint next = 0;

  nn_model_get_params (model, params);
  nn_h5_items_append (items, g_strdup ("vars"), none, NULL); /* Keras 3.3 does not load a file without it */
  nn_h5_items_append (items, g_strdup ("layers"), none, NULL);
  if (nn_keras_graph_has_merges (nn_check_get_design (nn_model_get_check (model))))
    nn_h5_items_append (items, g_strdup ("layers/" NN_KERAS_INPUT_NAME "/vars"), none, NULL);
  for (guint position = 0; groups[position] != NULL; position++)
    {
      g_autoptr (GArray) shares = list_shares (model, position, groups[position], count_tensors (model, position, next));

      for (guint i = 0; i < shares->len; i++)
        {
          const Share *share = &g_array_index (shares, Share, i);

          nn_h5_items_append (items, g_strdup (share->path), none, NULL);
          for (guint k = 0; k < share->n; k++, next++)
            {
              gint64 offset;
              NnShape shape;

              nn_model_get_tensor (model, next, NULL, NULL, &shape, &offset);
              nn_h5_items_append (items, g_strdup_printf ("%s/%u", share->path, k), shape, params + offset);
            }
        }
    }
  if (settings != NULL && moments != NULL && moments->n_steps > 0)
    nn_keras_moments_write (model, settings, moments, items, &rate);
  return nn_h5_write ((const NnH5Item *) items->data, items->len, length, error);
}
