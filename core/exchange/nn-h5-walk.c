/* nn-h5-walk.c: the inside of an HDF5 file, walked without trust
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-h5-walk.h"

#include <string.h>

#define MAX_LEVEL 8  /* of a tree: 32^8 nodes are more than any file has */
#define PREFIX    16 /* bytes before the first message of an object header */
#define ENTRY     40 /* one entry of a symbol table */
#define NODE      24 /* before the first key of a tree's node */

enum { MESSAGE_CONTINUATION = 16, MESSAGE_SYMBOLS = 17 };

/* A group's tree and the heap of its members' names. */
typedef struct
{
  guint64       tree;
  const guint8 *names;
  gsize         n_names; /* bytes */
} Group;

/* --- bytes -------------------------------------------------------------------------- */

const guint8 *
nn_h5_look (const NnH5Reader *self,
            guint64           at,
            guint64           n)
{
  return at <= self->length && n <= self->length - at ? self->bytes + at : NULL;
}

guint64
nn_h5_get (const guint8 *bytes,
           guint         n)
{
  guint64 value = 0;

  for (guint i = n; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

/* FALSE where too much was looked at. */
static gboolean
spend (NnH5Reader *self)
{
  if (self->budget == 0)
    return FALSE;
  self->budget--;
  return TRUE;
}

/* --- object headers ------------------------------------------------------------------ */

/* The messages in `n` bytes at `at`, of which `*left` are still to come; a continuation that is met is stored in `*next`. */
static gboolean
walk_block (NnH5Reader     *self,
            guint64         at,
            guint64         n,
            guint          *left,
            guint64         next[2],
            NnH5MessageFunc func,
            gpointer        data)
{
  const guint8 *block = nn_h5_look (self, at, n);

  while (block != NULL && n >= 8 && *left > 0)
    {
      NnH5Message message = { nn_h5_get (block, 2), (block[4] & 2) != 0, block + 8, nn_h5_get (block + 2, 2) };

      if (message.size > n - 8 || !spend (self))
        return FALSE;
      if (message.type == MESSAGE_CONTINUATION && message.size >= 16)
        {
          next[0] = nn_h5_get (message.data, 8);
          next[1] = nn_h5_get (message.data + 8, 8);
        }
      else if (!func (self, &message, data))
        return FALSE;
      block += 8 + message.size;
      n -= 8 + message.size;
      (*left)--;
    }
  return block != NULL;
}

gboolean
nn_h5_walk_messages (NnH5Reader     *self,
                     guint64         at,
                     NnH5MessageFunc func,
                     gpointer        data)
{
  const guint8 *prefix = nn_h5_look (self, at, PREFIX);
  guint64 next[2];
  guint left;

  if (prefix == NULL || prefix[0] != 1)
    return FALSE;
  left = nn_h5_get (prefix + 2, 2);
  next[0] = at + PREFIX;
  next[1] = nn_h5_get (prefix + 8, 4);
  /* Each block must bring a message, or the counter would never end a circle of them. */
  while (left > 0)
    {
      guint before = left;
      guint64 from = next[0], n = next[1];

      next[0] = NN_H5_UNDEFINED;
      if (!walk_block (self, from, n, &left, next, func, data) || left == before)
        return FALSE;
      if (left > 0 && next[0] == NN_H5_UNDEFINED)
        return FALSE;
    }
  return TRUE;
}

/* --- groups ---------------------------------------------------------------------------- */

static gboolean
take_group (NnH5Reader        *self,
            const NnH5Message *message,
            gpointer           data)
{
  Group *group = data;
  const guint8 *heap;
  guint64 at;

  if (message->type != MESSAGE_SYMBOLS)
    return TRUE;
  if (message->shared || message->size < 16)
    return FALSE;
  heap = nn_h5_look (self, nn_h5_get (message->data + 8, 8), 32);
  if (heap == NULL || memcmp (heap, "HEAP", 4) != 0)
    return FALSE;
  group->tree = nn_h5_get (message->data, 8);
  group->n_names = nn_h5_get (heap + 8, 8);
  at = nn_h5_get (heap + 24, 8);
  group->names = nn_h5_look (self, at, group->n_names);
  return group->names != NULL;
}

static NnH5Outcome
walk_leaf (NnH5Reader    *self,
           const Group   *group,
           guint64        at,
           NnH5MemberFunc func,
           gpointer       data)
{
  const guint8 *node = nn_h5_look (self, at, 8);
  guint n;

  if (node == NULL || memcmp (node, "SNOD", 4) != 0 || node[4] != 1)
    return NN_H5_DAMAGED;
  n = nn_h5_get (node + 6, 2);
  node = nn_h5_look (self, at + 8, n * (guint64) ENTRY);
  for (guint i = 0; node != NULL && i < n; i++, node += ENTRY)
    {
      guint64 name = nn_h5_get (node, 8);

      if (!spend (self) || name >= group->n_names || memchr (group->names + name, '\0', group->n_names - name) == NULL)
        return NN_H5_DAMAGED;
      if (!func ((const char *) group->names + name, nn_h5_get (node + 8, 8), data))
        return NN_H5_FOUND;
    }
  return node != NULL ? NN_H5_ABSENT : NN_H5_DAMAGED;
}

/* `level`: what the node must say it is, so that no circle can be walked; -1: any. */
static NnH5Outcome
walk_tree (NnH5Reader    *self,
           const Group   *group,
           guint64        at,
           int            level,
           NnH5MemberFunc func,
           gpointer       data)
{
  const guint8 *node = nn_h5_look (self, at, NODE);
  NnH5Outcome outcome = NN_H5_ABSENT;
  guint n;

  if (node == NULL || memcmp (node, "TREE", 4) != 0 || node[4] != 0 || node[5] > MAX_LEVEL || (level >= 0 && node[5] != level))
    return NN_H5_DAMAGED;
  level = node[5];
  n = nn_h5_get (node + 6, 2);
  node = nn_h5_look (self, at + NODE, 8 + n * (guint64) 16);
  if (node == NULL)
    return NN_H5_DAMAGED;
  for (guint i = 0; i < n && outcome == NN_H5_ABSENT; i++)
    {
      guint64 child = nn_h5_get (node + 8 + 16 * i, 8);

      if (!spend (self))
        return NN_H5_DAMAGED;
      outcome = level > 0 ? walk_tree (self, group, child, level - 1, func, data) : walk_leaf (self, group, child, func, data);
    }
  return outcome;
}

NnH5Outcome
nn_h5_walk_group (NnH5Reader    *self,
                  guint64        header,
                  NnH5MemberFunc func,
                  gpointer       data,
                  gboolean      *is_group)
{
  Group group = { NN_H5_UNDEFINED };

  if (!nn_h5_walk_messages (self, header, take_group, &group))
    return NN_H5_DAMAGED;
  if (is_group != NULL)
    *is_group = group.names != NULL;
  return group.names != NULL ? walk_tree (self, &group, group.tree, -1, func, data) : NN_H5_ABSENT;
}

typedef struct
{
  const char *name;
  gsize       length;
  guint64     header;
} Search;

static gboolean
is_other (const char *name,
          guint64     header,
          gpointer    data)
{
  Search *search = data;

  if (strncmp (name, search->name, search->length) != 0 || name[search->length] != '\0')
    return TRUE;
  search->header = header;
  return FALSE;
}

NnH5Outcome
nn_h5_find (NnH5Reader *self,
            const char *path,
            guint64    *header)
{
  *header = self->root;
  while (*path != '\0')
    {
      Search search = { path, strcspn (path, "/"), NN_H5_UNDEFINED };
      NnH5Outcome outcome = nn_h5_walk_group (self, *header, is_other, &search, NULL);

      if (outcome != NN_H5_FOUND)
        return outcome;
      *header = search.header;
      path += search.length + (path[search.length] == '/');
    }
  return NN_H5_FOUND;
}
