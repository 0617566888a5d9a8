/* nn-h5-reader.c: the part of HDF5 that Keras writes, read without trust
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-h5-reader.h"
#include "nn-error.h"
#include "nn-shape.h"

#include <math.h>
#include <string.h>

#define BUDGET     2000000
#define MAX_LEVEL  8       /* of a tree: 32^8 nodes are more than any file has */

#define SUPERBLOCK 96      /* bytes, with the root's entry */
#define PREFIX     16      /* before the first message of an object header */
#define ENTRY      40      /* one entry of a symbol table */
#define NODE       24      /* before the first key of a tree's node */
#define UNDEFINED  G_MAXUINT64

enum { MESSAGE_DATASPACE = 1, MESSAGE_DATATYPE = 3, MESSAGE_EXTERNAL = 7, MESSAGE_LAYOUT = 8, MESSAGE_FILTERS = 11,
       MESSAGE_CONTINUATION = 16, MESSAGE_SYMBOLS = 17 };

enum { LAYOUT_COMPACT, LAYOUT_CONTIGUOUS };

/* How a search ended. */
typedef enum { FOUND, ABSENT, DAMAGED } Outcome;

/* One message of an object header. */
typedef struct
{
  guint         type;
  gboolean      shared;
  const guint8 *data;
  gsize         size;
} Message;

/* A group's tree and the heap of its members' names. */
typedef struct
{
  guint64       tree;
  const guint8 *names;
  gsize         n_names; /* bytes */
} Group;

/* What is known of an array. */
typedef struct
{
  NnShape       shape;
  int           rank;    /* of the file, where it is more than a shape holds */
  gsize         width;   /* bytes of a number; 0: not known, or not a float */
  const guint8 *data;    /* NULL: stored in a way that is not read */
  gsize         size;
} Array;

static gboolean
damaged (GError    **error,
         const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The HDF5 file of weights is damaged: %s.", what);
  return FALSE;
}

/* --- bytes -------------------------------------------------------------------------- */

/* `n` bytes at `at`; NULL where they are not all there. */
static const guint8 *
look (const NnH5Reader *self,
      guint64           at,
      guint64           n)
{
  return at <= self->length && n <= self->length - at ? self->bytes + at : NULL;
}

static guint64
get (const guint8 *bytes,
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

/* Called for each message; FALSE ends the walk as damaged. */
typedef gboolean (*MessageFunc) (NnH5Reader *self, const Message *message, gpointer data);

/* The messages in `n` bytes at `at`, of which `*left` are still to come; a continuation that is met is stored in `*next`. */
static gboolean
walk_block (NnH5Reader *self,
            guint64     at,
            guint64     n,
            guint      *left,
            guint64     next[2],
            MessageFunc func,
            gpointer    data)
{
  const guint8 *block = look (self, at, n);

  while (block != NULL && n >= 8 && *left > 0)
    {
      Message message = { get (block, 2), (block[4] & 2) != 0, block + 8, get (block + 2, 2) };

      if (message.size > n - 8 || !spend (self))
        return FALSE;
      if (message.type == MESSAGE_CONTINUATION && message.size >= 16)
        {
          next[0] = get (message.data, 8);
          next[1] = get (message.data + 8, 8);
        }
      else if (!func (self, &message, data))
        return FALSE;
      block += 8 + message.size;
      n -= 8 + message.size;
      (*left)--;
    }
  return block != NULL;
}

static gboolean
walk_messages (NnH5Reader *self,
               guint64     at,
               MessageFunc func,
               gpointer    data)
{
  const guint8 *prefix = look (self, at, PREFIX);
  guint64 next[2];
  guint left;

  if (prefix == NULL || prefix[0] != 1)
    return FALSE;
  left = get (prefix + 2, 2);
  next[0] = at + PREFIX;
  next[1] = get (prefix + 8, 4);
  /* Each block must bring a message, or the counter would never end a circle of them. */
  while (left > 0)
    {
      guint before = left;
      guint64 from = next[0], n = next[1];

      next[0] = UNDEFINED;
      if (!walk_block (self, from, n, &left, next, func, data) || left == before)
        return FALSE;
      if (left > 0 && next[0] == UNDEFINED)
        return FALSE;
    }
  return TRUE;
}

/* --- groups ---------------------------------------------------------------------------- */

static gboolean
take_group (NnH5Reader    *self,
            const Message *message,
            gpointer       data)
{
  Group *group = data;
  const guint8 *heap;
  guint64 at;

  if (message->type != MESSAGE_SYMBOLS)
    return TRUE;
  if (message->shared || message->size < 16)
    return FALSE;
  heap = look (self, get (message->data + 8, 8), 32);
  if (heap == NULL || memcmp (heap, "HEAP", 4) != 0)
    return FALSE;
  group->tree = get (message->data, 8);
  group->n_names = get (heap + 8, 8);
  at = get (heap + 24, 8);
  group->names = look (self, at, group->n_names);
  return group->names != NULL;
}

/* Called for each member with its name and its object header; returns FALSE to end. */
typedef gboolean (*MemberFunc) (const char *name, guint64 header, gpointer data);

static Outcome
walk_leaf (NnH5Reader  *self,
           const Group *group,
           guint64      at,
           MemberFunc   func,
           gpointer     data)
{
  const guint8 *node = look (self, at, 8);
  guint n;

  if (node == NULL || memcmp (node, "SNOD", 4) != 0 || node[4] != 1)
    return DAMAGED;
  n = get (node + 6, 2);
  node = look (self, at + 8, n * (guint64) ENTRY);
  for (guint i = 0; node != NULL && i < n; i++, node += ENTRY)
    {
      guint64 name = get (node, 8);

      if (!spend (self) || name >= group->n_names || memchr (group->names + name, '\0', group->n_names - name) == NULL)
        return DAMAGED;
      if (!func ((const char *) group->names + name, get (node + 8, 8), data))
        return FOUND;
    }
  return node != NULL ? ABSENT : DAMAGED;
}

/* `level`: what the node must say it is, so that no circle can be walked; -1: any. */
static Outcome
walk_tree (NnH5Reader  *self,
           const Group *group,
           guint64      at,
           int          level,
           MemberFunc   func,
           gpointer     data)
{
  const guint8 *node = look (self, at, NODE);
  Outcome outcome = ABSENT;
  guint n;

  if (node == NULL || memcmp (node, "TREE", 4) != 0 || node[4] != 0 || node[5] > MAX_LEVEL || (level >= 0 && node[5] != level))
    return DAMAGED;
  level = node[5];
  n = get (node + 6, 2);
  node = look (self, at + NODE, 8 + n * (guint64) 16);
  if (node == NULL)
    return DAMAGED;
  for (guint i = 0; i < n && outcome == ABSENT; i++)
    {
      guint64 child = get (node + 8 + 16 * i, 8);

      if (!spend (self))
        return DAMAGED;
      outcome = level > 0 ? walk_tree (self, group, child, level - 1, func, data) : walk_leaf (self, group, child, func, data);
    }
  return outcome;
}

/* ABSENT where the object is no group. */
static Outcome
walk_group (NnH5Reader *self,
            guint64     header,
            MemberFunc  func,
            gpointer    data)
{
  Group group = { UNDEFINED };

  if (!walk_messages (self, header, take_group, &group))
    return DAMAGED;
  return group.names != NULL ? walk_tree (self, &group, group.tree, -1, func, data) : ABSENT;
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

/* The object header at `path`. A soft link has none: its entry says "undefined", which is no place in the file. */
static Outcome
find (NnH5Reader *self,
      const char *path,
      guint64    *header)
{
  *header = self->root;
  while (*path != '\0')
    {
      Search search = { path, strcspn (path, "/"), UNDEFINED };
      Outcome outcome = walk_group (self, *header, is_other, &search);

      if (outcome != FOUND)
        return outcome;
      *header = search.header;
      path += search.length + (path[search.length] == '/');
    }
  return FOUND;
}

/* --- arrays ---------------------------------------------------------------------------- */

static gboolean
take_dataspace (Array        *array,
                const guint8 *data,
                gsize         size)
{
  guint version = size >= 4 ? data[0] : 0, rank;
  gsize start = version == 1 ? 8 : 4;

  if (version < 1 || version > 2 || (version == 2 && data[3] == 2))
    return FALSE;
  rank = data[1];
  if (rank > 32 || size < start + 8 * (gsize) rank)
    return FALSE;
  array->rank = rank;
  array->shape.rank = MIN (rank, NN_MAX_RANK);
  for (int i = 0; i < array->shape.rank; i++)
    array->shape.dim[i] = (gint64) MIN (get (data + start + 8 * i, 8), G_MAXINT64);
  return TRUE;
}

static void
take_datatype (Array        *array,
               const guint8 *data,
               gsize         size)
{
  /* Little-endian IEEE floats: class and version, bits, bytes; then places and sizes of sign, exponent and mantissa. */
  static const guint8 single[20] = { 0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0 };
  static const guint8 twice[20] = { 0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 3, 0, 0 };

  if (size >= sizeof single && memcmp (data, single, sizeof single) == 0)
    array->width = 4;
  else if (size >= sizeof twice && memcmp (data, twice, sizeof twice) == 0)
    array->width = 8;
}

static void
take_layout (const NnH5Reader *self,
             Array            *array,
             const guint8     *data,
             gsize             size)
{
  if (size < 4 || data[0] != 3)
    return;
  if (data[1] == LAYOUT_CONTIGUOUS && size >= 18)
    {
      array->size = get (data + 10, 8);
      array->data = look (self, get (data + 2, 8), array->size);
    }
  else if (data[1] == LAYOUT_COMPACT && size - 4 >= get (data + 2, 2))
    {
      array->size = get (data + 2, 2);
      array->data = data + 4;
    }
}

static gboolean
take_array (NnH5Reader    *self,
            const Message *message,
            gpointer       data)
{
  Array *array = data;

  switch (message->type)
    {
    case MESSAGE_DATASPACE:
      return !message->shared && take_dataspace (array, message->data, message->size);
    case MESSAGE_DATATYPE:
      if (!message->shared)
        take_datatype (array, message->data, message->size);
      return TRUE;
    case MESSAGE_LAYOUT:
      if (!message->shared)
        take_layout (self, array, message->data, message->size);
      return TRUE;
    case MESSAGE_EXTERNAL:
    case MESSAGE_FILTERS:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
refuse_array (GError    **error,
              const char *path,
              const char *what)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The weights “%s” %s.", path, what);
  return FALSE;
}

static gboolean
check_shape (const Array   *array,
             const char    *path,
             const NnShape *wanted,
             GError       **error)
{
  g_autofree char *found_text = NULL;
  g_autofree char *wanted_text = NULL;

  if (array->rank == wanted->rank && nn_shape_equal (&array->shape, wanted))
    return TRUE;
  found_text = array->rank == 0 ? g_strdup ("a single number") : nn_shape_to_text (&array->shape);
  wanted_text = nn_shape_to_text (wanted);
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The weights “%s” are %s%s; the layer needs %s.", path, found_text,
               array->rank > NN_MAX_RANK ? " × …" : "", wanted_text);
  return FALSE;
}

static float
decode (const guint8 *bytes,
        gsize         width)
{
  guint64 word = get (bytes, width);
  guint32 half = (guint32) word;
  double wide;
  float value;

  if (width == 8)
    {
      memcpy (&wide, &word, 8);
      return (float) wide;
    }
  memcpy (&value, &half, 4);
  return value;
}

gboolean
nn_h5_reader_read_floats (NnH5Reader    *self,
                          const char    *path,
                          const NnShape *shape,
                          float         *out,
                          GError       **error)
{
  Array array = { .rank = -1 };
  gint64 n = nn_shape_size (shape);
  guint64 header;
  Outcome outcome = find (self, path, &header);

  g_return_val_if_fail (n >= 0, FALSE);

  if (outcome == ABSENT)
    return refuse_array (error, path, "are not in the file");
  if (outcome == DAMAGED || !walk_messages (self, header, take_array, &array) || array.rank < 0)
    return refuse_array (error, path, "cannot be read: that part of the file is damaged, or is a link or compressed");
  if (!check_shape (&array, path, shape, error))
    return FALSE;
  if (array.width == 0)
    return refuse_array (error, path, "are not 32-bit floats");
  if (array.data == NULL || array.size / array.width != (guint64) n || array.size % array.width != 0)
    return refuse_array (error, path, "are not stored whole and in one piece");

  for (gint64 i = 0; i < n; i++)
    {
      out[i] = decode (array.data + i * array.width, array.width);
      if (!isfinite (out[i]))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "The weights “%s” hold numbers that are not finite.", path);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
count_member (const char *name,
              guint64     header,
              gpointer    data)
{
  int *n = data;

  (*n)++;
  return TRUE;
}

int
nn_h5_reader_count (NnH5Reader *self,
                    const char *path,
                    GError    **error)
{
  Group group = { UNDEFINED };
  guint64 header;
  int n = 0;
  Outcome outcome = find (self, path, &header);

  if (outcome == FOUND && walk_messages (self, header, take_group, &group))
    {
      if (group.names == NULL)
        return -1;
      outcome = walk_tree (self, &group, group.tree, -1, count_member, &n);
      if (outcome == ABSENT)
        return n;
    }
  else if (outcome == ABSENT)
    return -1;
  damaged (error, "the list of a group's members makes no sense");
  return -2;
}

gboolean
nn_h5_reader_open (NnH5Reader   *self,
                   const guint8 *bytes,
                   gsize         length,
                   GError      **error)
{
  const guint8 *start;

  *self = (NnH5Reader) { bytes, length, 0, BUDGET };
  start = look (self, 0, SUPERBLOCK);
  if (start == NULL || memcmp (start, "\x89HDF\r\n\x1a\n", 8) != 0)
    return damaged (error, "it does not begin as one");
  if (start[8] != 0 || start[13] != 8 || start[14] != 8 || get (start + 24, 8) != 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX,
                   "The HDF5 file of weights has a superblock of version %u; Keras' own files, version 0, are read.", start[8]);
      return FALSE;
    }
  self->root = get (start + 64, 8);
  return TRUE;
}
