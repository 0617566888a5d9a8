/* nn-codec.c: designs as JSON text, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-private.h"
#include "nn-codec.h"
#include "nn-error.h"
#include "nn-shape.h"

#include <string.h>

#define VERSION     1
#define MAX_BYTES   (1 << 20)
#define MAX_DEPTH   16
#define MAX_NAME    1000
#define MAX_EXTENT  1000000000

/* --- writing ------------------------------------------------------------------------ */

static void
append_string (GString    *text,
               const char *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, -1);
  g_autoptr (json_t) value = json_string (valid);
  char *quoted = json_dumps (value, JSON_ENCODE_ANY);

  g_string_append (text, quoted);
  free (quoted);
}

/* By their places: 0 is the Input, n the n-th block. */
static void
append_sources (GString        *text,
                const NnValue  *value,
                const NnDesign *design)
{
  g_string_append_c (text, '[');
  for (int i = 0; i < value->n; i++)
    {
      int place = nn_design_find_source (design, value->whole[i]);

      g_string_append (text, i == 0 ? "" : ", ");
      if (place >= 0)
        g_string_append_printf (text, "%d", place);
      else
        g_string_append (text, "null");
    }
  g_string_append_c (text, ']');
}

void
nn_codec_append_value (GString       *text,
                       const NnArg   *arg,
                       const NnValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (arg->type)
    {
    case NN_ARG_REAL:
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.9g", value->real));
      break;
    case NN_ARG_BOOL:
      g_string_append (text, value->whole[0] ? "true" : "false");
      break;
    case NN_ARG_CHOICE:
      append_string (text, nn_arg_check_value (arg, value, NULL) ? arg->choices[value->whole[0]] : "");
      break;
    case NN_ARG_INT:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, value->whole[0]);
      break;
    case NN_ARG_INT_PAIR:
    case NN_ARG_INT_LIST:
      for (int i = 0; i < value->n; i++)
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i == 0 ? "[" : ", ", value->whole[i]);
      g_string_append_c (text, ']');
      break;
    case NN_ARG_BLOCK_LIST: /* append_sources() */
    default:
      g_assert_not_reached ();
    }
}

static void
append_block (GString        *text,
              const NnBlock  *block,
              const NnDesign *design)
{
  const NnKind *kind = nn_block_get_kind (block);

  g_string_append_printf (text, "{ \"kind\": \"%s\"", kind->name);
  for (guint i = 0; i < kind->n_args; i++)
    {
      const NnArg *arg = &kind->args[i];
      const NnValue *value = nn_block_get_arg (block, i);

      if (arg->advanced && nn_value_equal (value, &arg->fallback))
        continue;
      g_string_append_printf (text, ", \"%s\": ", arg->name);
      if (arg->type == NN_ARG_BLOCK_LIST)
        append_sources (text, value, design);
      else
        nn_codec_append_value (text, arg, value);
    }
  if (nn_block_get_inner (block) != NULL)
    {
      g_string_append (text, ", \"layer\": ");
      append_block (text, nn_block_get_inner (block), design);
    }
  g_string_append (text, " }");
}

char *
nn_codec_design_to_json (const NnDesign *design)
{
  const NnShape *input;
  GString *text;
  guint n;

  g_return_val_if_fail (design != NULL, NULL);

  input = nn_design_get_input (design);
  n = nn_design_get_n_blocks (design);
  text = g_string_new (NULL);
  g_string_append_printf (text, "{\n  \"lamina_design\": %d,\n  \"name\": ", VERSION);
  append_string (text, nn_design_get_name (design));
  g_string_append (text, ",\n  \"input_shape\": [");
  for (int i = 0; i < input->rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i == 0 ? "" : ", ", input->dim[i]);
  g_string_append (text, "],\n  \"blocks\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i == 0 ? "\n    " : ",\n    ");
      append_block (text, nn_design_get_block (design, i), design);
    }
  g_string_append (text, n > 0 ? "\n  ]\n}\n" : "]\n}\n");
  return g_string_free (text, FALSE);
}

/* --- reading ------------------------------------------------------------------------ */

/* Where in the text the reader is, for its messages. */
typedef struct
{
  const char *text;
  gsize       length;
  int         block; /* from 0; -1: none */
  GError    **error;
  int         n_blocks;
} Reader;

static gboolean
refuse (const Reader *reader,
        NnError       code,
        const char   *format,
        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (const Reader *reader,
        NnError       code,
        const char   *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (reader->block < 0)
    g_set_error_literal (reader->error, NN_ERROR, code, message);
  else
    g_set_error (reader->error, NN_ERROR, code, "Line %d, block %d: %s",
                 nn_codec_scan (reader->text, reader->length, reader->block, NULL), reader->block + 1, message);
  return FALSE;
}

/* Words that Keras takes as well. */
static const char *
resolve_alias (const char *name)
{
  static const char *const aliases[][2] = {
    { "MaxPool1D", "MaxPooling1D" },     { "MaxPool2D", "MaxPooling2D" },
    { "AvgPool1D", "AveragePooling1D" }, { "Convolution1D", "Conv1D" },
    { "Convolution2D", "Conv2D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (aliases[i][0], name) == 0)
      return aliases[i][1];
  return name;
}

static gboolean
read_whole_numbers (const NnArg *arg,
                    json_t      *json,
                    NnValue     *value)
{
  *value = (NnValue) { 0 };
  if (json_is_integer (json))
    {
      *value = nn_value_whole (json_integer_value (json));
      if (arg->type == NN_ARG_INT_PAIR)
        *value = nn_value_pair (value->whole[0], value->whole[0]);
      return TRUE;
    }
  if (arg->type == NN_ARG_INT || !json_is_array (json) || json_array_size (json) > NN_MAX_RANK)
    return FALSE;
  for (gsize i = 0; i < json_array_size (json); i++)
    {
      if (!json_is_integer (json_array_get (json, i)))
        return FALSE;
      value->whole[value->n++] = json_integer_value (json_array_get (json, i));
    }
  return TRUE;
}

/* Places become ids: in a design that is built from its top they are the same numbers. A block further down is let in, since the
 * user may have moved it there; the check says so. */
static gboolean
read_sources (const Reader *reader,
              const NnArg  *arg,
              json_t       *json,
              NnValue      *value)
{
  *value = (NnValue) { 0 };
  if (!json_is_array (json) || json_array_size (json) > NN_MAX_RANK)
    return refuse (reader, NN_ERROR_SYNTAX, "%s must be a list of at most %d blocks, such as [0, 2]: 0 is the input, "
                   "2 the second block.", arg->name, NN_MAX_RANK);
  for (gsize i = 0; i < json_array_size (json); i++)
    {
      json_t *place = json_array_get (json, i);

      if (!json_is_integer (place) && !json_is_null (place))
        return refuse (reader, NN_ERROR_SYNTAX, "%s must name blocks by their number, or null where the block is gone.",
                       arg->name);
      if (json_is_integer (place) && json_integer_value (place) == reader->block + 1)
        return refuse (reader, NN_ERROR_RANGE, "%s names the block itself.", arg->name);
      if (json_is_integer (place) && (json_integer_value (place) < 0 || json_integer_value (place) > reader->n_blocks))
        return refuse (reader, NN_ERROR_RANGE, "%s names block %" JSON_INTEGER_FORMAT "; there are 0 (the input) to %d.",
                       arg->name, json_integer_value (place), reader->n_blocks);
      value->whole[value->n++] = json_is_null (place) ? NN_BLOCK_GONE : json_integer_value (place);
    }
  return TRUE;
}

static gboolean
read_choice (const Reader *reader,
             const NnArg  *arg,
             json_t       *json,
             NnValue      *value)
{
  g_autofree char *words = g_strjoinv (", ", (char **) arg->choices);

  for (guint i = 0; json_is_string (json) && arg->choices[i] != NULL; i++)
    if (strcmp (arg->choices[i], json_string_value (json)) == 0)
      {
        *value = nn_value_whole (i);
        return TRUE;
      }
  if (json_is_string (json))
    return refuse (reader, NN_ERROR_UNKNOWN, "%s cannot be “%s”; it may be %s.", arg->name, json_string_value (json), words);
  return refuse (reader, NN_ERROR_SYNTAX, "%s must be one of the words %s.", arg->name, words);
}

static gboolean
read_value (const Reader *reader,
            const NnArg  *arg,
            json_t       *json,
            NnValue      *value)
{
  g_autofree char *message = NULL;

  switch (arg->type)
    {
    case NN_ARG_CHOICE:
      if (!read_choice (reader, arg, json, value))
        return FALSE;
      break;
    case NN_ARG_BOOL:
      if (!json_is_boolean (json))
        return refuse (reader, NN_ERROR_SYNTAX, "%s must be true or false.", arg->name);
      *value = nn_value_whole (json_is_true (json));
      break;
    case NN_ARG_REAL:
      if (!json_is_number (json))
        return refuse (reader, NN_ERROR_SYNTAX, "%s must be a number.", arg->name);
      *value = nn_value_real (json_number_value (json));
      break;
    case NN_ARG_INT:
    case NN_ARG_INT_PAIR:
    case NN_ARG_INT_LIST:
      if (!read_whole_numbers (arg, json, value))
        return refuse (reader, NN_ERROR_SYNTAX, "%s must be %s.", arg->name,
                       arg->type == NN_ARG_INT ? "a whole number"
                       : arg->type == NN_ARG_INT_PAIR ? "two whole numbers, such as [1, 4]"
                       : "one to four whole numbers, such as [400, 16, 1]");
      break;
    case NN_ARG_BLOCK_LIST:
      if (!read_sources (reader, arg, json, value))
        return FALSE;
      break;
    default:
      g_assert_not_reached ();
    }
  if (!nn_arg_check_value (arg, value, &message))
    return refuse (reader, NN_ERROR_RANGE, "%s: %s", arg->name, message);
  return TRUE;
}

gboolean
nn_codec_read_value (const NnArg *arg,
                     json_t      *json,
                     NnValue     *value,
                     GError     **error)
{
  Reader reader = { "", 0, -1, error };

  return read_value (&reader, arg, json, value);
}

/* The kinds that a block may hold, by name. */
static char *
name_accepted (const NnKind *kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < nn_kind_count (); i++)
    if (nn_kind_accepts (kind, nn_kind_nth (i)))
      g_ptr_array_add (names, (gpointer) nn_kind_nth (i)->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static NnBlock *read_block (const Reader *reader, json_t *json);

/* `block` with what the member `key` says. */
static NnBlock *
read_member (const Reader  *reader,
             const NnBlock *block,
             const char    *key,
             json_t        *json)
{
  const NnKind *kind = nn_block_get_kind (block);
  int arg = nn_kind_find_arg (kind, key);
  g_autoptr (NnBlock) inner = NULL;
  NnValue value;

  if (arg >= 0)
    return read_value (reader, &kind->args[arg], json, &value) ? nn_block_with_arg (block, arg, &value) : NULL;
  if (kind->wraps == NULL || strcmp (key, "layer") != 0)
    return refuse (reader, NN_ERROR_UNKNOWN, "%s has no argument named “%s”.", kind->name, key), NULL;

  inner = read_block (reader, json);
  if (inner != NULL && !nn_kind_accepts (kind, nn_block_get_kind (inner)))
    {
      g_autofree char *names = name_accepted (kind);

      return refuse (reader, NN_ERROR_UNKNOWN, "%s cannot hold %s; it may hold %s.", kind->name,
                     nn_block_get_kind (inner)->name, names), NULL;
    }
  return inner != NULL ? nn_block_with_inner (block, inner) : NULL;
}

static NnBlock *
read_block (const Reader *reader,
            json_t       *json)
{
  const char *name = json_string_value (json_object_get (json, "kind")), *key;
  g_autoptr (NnBlock) block = NULL;
  const NnKind *kind;
  json_t *value;

  if (name == NULL)
    refuse (reader, NN_ERROR_SYNTAX, "a block is an object with a \"kind\", such as { \"kind\": \"Dense\" }.");
  else if ((kind = nn_kind_find (resolve_alias (name))) == NULL)
    refuse (reader, NN_ERROR_UNKNOWN, "there is no kind of block named “%s”.", name);
  else
    block = nn_block_new (kind);
  if (block == NULL)
    return NULL;

  json_object_foreach (json, key, value)
    {
      NnBlock *next;

      if (strcmp (key, "kind") == 0)
        continue;
      next = read_member (reader, block, key, value);
      if (next == NULL)
        return NULL;
      nn_block_unref (block);
      block = next;
    }
  return g_steal_pointer (&block);
}

static gboolean
read_input (const Reader *reader,
            json_t       *json,
            NnShape      *input)
{
  json_t *extent;
  gsize i;

  if (json_array_size (json) < 1 || json_array_size (json) > NN_MAX_RANK)
    return refuse (reader, NN_ERROR_SYNTAX,
                   "input_shape must be the steps and channels of a window, such as [400, 16], or 1 to %d extents.", NN_MAX_RANK);
  *input = (NnShape) { (int) json_array_size (json) };
  json_array_foreach (json, i, extent)
    {
      if (!json_is_integer (extent))
        return refuse (reader, NN_ERROR_SYNTAX, "input_shape must be whole numbers, such as [400, 16].");
      input->dim[i] = json_integer_value (extent);
      if (input->dim[i] < 1 || input->dim[i] > MAX_EXTENT)
        return refuse (reader, NN_ERROR_RANGE, "input_shape has %" G_GINT64_FORMAT "; it may be 1 to %d.",
                       input->dim[i], MAX_EXTENT);
    }
  return TRUE;
}

static NnDesign *
read_design (Reader *reader,
             json_t *root)
{
  json_t *name = json_object_get (root, "name"), *blocks = json_object_get (root, "blocks"), *json;
  json_t *version = json_object_get (root, "lamina_design");
  g_autoptr (NnDesign) design = NULL;
  NnShape input;
  const char *key;
  gsize i;

  json_object_foreach (root, key, json)
    if (strcmp (key, "lamina_design") != 0 && strcmp (key, "name") != 0 && strcmp (key, "input_shape") != 0
        && strcmp (key, "blocks") != 0)
      return refuse (reader, NN_ERROR_UNKNOWN, "A design has no member named “%s”.", key), NULL;
  if (!json_is_integer (version))
    return refuse (reader, NN_ERROR_SYNTAX, "This is not a Lamina design: \"lamina_design\" is missing."), NULL;
  if (json_integer_value (version) != VERSION)
    return refuse (reader, NN_ERROR_RANGE, "The design has format %" JSON_INTEGER_FORMAT "; this program reads format %d.",
                   json_integer_value (version), VERSION), NULL;
  if (name != NULL && (!json_is_string (name) || json_string_length (name) > MAX_NAME))
    return refuse (reader, NN_ERROR_SYNTAX, "name must be a text of at most %d bytes.", MAX_NAME), NULL;
  if (!read_input (reader, json_object_get (root, "input_shape"), &input))
    return NULL;
  if (!json_is_array (blocks) || json_array_size (blocks) > NN_MAX_BLOCKS)
    return refuse (reader, NN_ERROR_SYNTAX, "blocks must be a list of at most %d blocks.", NN_MAX_BLOCKS), NULL;

  {
    g_autoptr (NnDesign) empty = nn_design_new (&input);

    design = nn_design_with_name (empty, name != NULL ? json_string_value (name) : "");
  }
  reader->n_blocks = json_array_size (blocks);
  json_array_foreach (blocks, i, json)
    {
      g_autoptr (NnBlock) block = NULL;
      NnDesign *longer;

      reader->block = i;
      if ((block = read_block (reader, json)) == NULL
          || (longer = nn_design_with_block (design, i, block, NULL, reader->error)) == NULL)
        return NULL;
      nn_design_unref (design);
      design = longer;
    }
  return g_steal_pointer (&design);
}

NnDesign *
nn_codec_design_from_json (const char *text,
                           gssize      length,
                           GError    **error)
{
  Reader reader = { text, length >= 0 ? (gsize) length : strlen (text), -1, error, 0 };
  g_autoptr (json_t) root = NULL;
  json_error_t problem;
  int depth = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (reader.length > MAX_BYTES)
    return refuse (&reader, NN_ERROR_SYNTAX, "A design takes at most %d bytes; this text has %" G_GSIZE_FORMAT ".",
                   MAX_BYTES, reader.length), NULL;
  nn_codec_scan (text, reader.length, -1, &depth);
  if (depth > MAX_DEPTH)
    return refuse (&reader, NN_ERROR_SYNTAX, "The brackets are %d deep; a design needs no more than %d.", depth, MAX_DEPTH), NULL;

  root = json_loadb (text, reader.length, JSON_REJECT_DUPLICATES, &problem);
  if (root == NULL)
    return refuse (&reader, NN_ERROR_SYNTAX, "Line %d, column %d: %s.", problem.line, problem.column, problem.text), NULL;
  if (!json_is_object (root))
    return refuse (&reader, NN_ERROR_SYNTAX, "This is not a Lamina design: it should begin with {."), NULL;
  return read_design (&reader, root);
}
