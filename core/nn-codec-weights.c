/* nn-codec-weights.c: a trained model as the bytes of a safetensors file, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-weights.h"
#include "nn-codec-private.h"
#include "nn-codec.h"
#include "nn-error.h"
#include "nn-layer-name.h"
#include "nn-shape.h"

#include <math.h>
#include <string.h>

#define FORMAT      "lamina-1"
#define PREFIX      8         /* bytes of the header's length */
#define MAX_HEADER  (1 << 24)
#define MAX_DEPTH   3
#define MAX_CLASSES 1024

void
nn_trained_clear (NnTrained *self)
{
  g_clear_pointer (&self->model, nn_model_free);
  g_clear_pointer (&self->means, g_free);
  g_clear_pointer (&self->deviations, g_free);
  g_clear_pointer (&self->classes, g_strfreev);
  g_clear_pointer (&self->filter, g_free);
  self->n_channels = 0;
}

/* "lstm.recurrent_kernel" */
static char *
name_tensor (const NnModel *model,
             guint          i,
             NnShape       *shape,
             gint64        *offset)
{
  const NnDesign *design = nn_check_get_design (nn_model_get_check (model));
  g_autofree char *layer = NULL;
  const char *name;
  NnBlockId block;

  nn_model_get_tensor (model, i, &block, &name, shape, offset);
  layer = nn_layer_name (design, nn_design_find_block (design, block));
  return g_strdup_printf ("%s.%s", layer, name);
}

/* --- writing ------------------------------------------------------------------------ */

static void
set_text (json_t     *object,
          const char *key,
          json_t     *value) /* consumed; metadata may hold texts only, so it is written as one */
{
  char *text = json_dumps (value, JSON_COMPACT | JSON_REAL_PRECISION (17));

  json_object_set_new (object, key, json_string (text));
  free (text);
  json_decref (value);
}

static json_t *
list_reals (const double *values,
            guint         n)
{
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (list, json_real (values[i]));
  return list;
}

static json_t *
list_texts (char **texts)
{
  json_t *list = json_array ();

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);

      json_array_append_new (list, json_string (valid));
    }
  return list;
}

static json_t *
make_header (const NnTrained *trained)
{
  g_autofree char *design = nn_codec_design_to_json (nn_check_get_design (nn_model_get_check (trained->model)));
  json_t *metadata = json_object (), *header = json_object ();

  json_object_set_new (metadata, "format", json_string (FORMAT));
  json_object_set_new (metadata, "layout", json_string ("keras"));
  json_object_set_new (metadata, "design", json_string (design));
  set_text (metadata, "classes", list_texts (trained->classes));
  set_text (metadata, "means", list_reals (trained->means, trained->n_channels));
  set_text (metadata, "deviations", list_reals (trained->deviations, trained->n_channels));
  if (trained->filter != NULL)
    json_object_set_new (metadata, "filter", json_string (trained->filter));
  json_object_set_new (header, "__metadata__", metadata);

  for (guint i = 0; i < nn_model_get_n_tensors (trained->model); i++)
    {
      json_t *entry = json_object (), *extents = json_array (), *offsets = json_array ();
      gint64 offset;
      NnShape shape;
      g_autofree char *name = name_tensor (trained->model, i, &shape, &offset);

      for (int k = 0; k < shape.rank; k++)
        json_array_append_new (extents, json_integer (shape.dim[k]));
      json_array_append_new (offsets, json_integer (offset * 4));
      json_array_append_new (offsets, json_integer ((offset + nn_shape_size (&shape)) * 4));
      json_object_set_new (entry, "dtype", json_string ("F32"));
      json_object_set_new (entry, "shape", extents);
      json_object_set_new (entry, "data_offsets", offsets);
      json_object_set_new (header, name, entry);
    }
  return header;
}

static void
put_floats (guint8      *bytes,
            const float *floats,
            gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 word;

      memcpy (&word, &floats[i], 4);
      word = GUINT32_TO_LE (word);
      memcpy (bytes + 4 * i, &word, 4);
    }
}

guint8 *
nn_codec_trained_to_bytes (const NnTrained *trained,
                           gsize           *length)
{
  g_autoptr (json_t) header = NULL;
  g_autofree float *params = NULL;
  gsize n_header, n_padded, n_params;
  guint64 prefix;
  guint8 *bytes;
  char *text;

  g_return_val_if_fail (trained != NULL && trained->model != NULL && length != NULL, NULL);

  header = make_header (trained);
  text = json_dumps (header, JSON_COMPACT);
  n_header = strlen (text);
  n_padded = (n_header + 7) / 8 * 8;
  n_params = nn_model_get_n_params (trained->model);
  params = g_new (float, n_params + 1);
  nn_model_get_params (trained->model, params);

  *length = PREFIX + n_padded + 4 * n_params;
  bytes = g_malloc (*length);
  prefix = GUINT64_TO_LE ((guint64) n_padded);
  memcpy (bytes, &prefix, PREFIX);
  memcpy (bytes + PREFIX, text, n_header);
  memset (bytes + PREFIX + n_header, ' ', n_padded - n_header);
  put_floats (bytes + PREFIX + n_padded, params, n_params);
  free (text);
  return bytes;
}

/* --- reading ------------------------------------------------------------------------ */

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "This is not a file of weights that Lamina wrote: %s", sentence);
  return FALSE;
}

static json_t *
read_header (const guint8 *bytes,
             gsize         length,
             gsize        *start,
             GError      **error)
{
  json_error_t problem;
  json_t *header;
  guint64 prefix;
  int depth = 0;

  if (length < PREFIX)
    return refuse (error, "it is too short."), NULL;
  memcpy (&prefix, bytes, PREFIX);
  prefix = GUINT64_FROM_LE (prefix);
  if (prefix > length - PREFIX || prefix > MAX_HEADER || prefix < 2 || bytes[PREFIX] != '{')
    return refuse (error, "its header is not that of a safetensors file."), NULL;
  nn_codec_scan ((const char *) bytes + PREFIX, prefix, -1, &depth);
  if (depth > MAX_DEPTH)
    return refuse (error, "its header is nested too deeply."), NULL;
  header = json_loadb ((const char *) bytes + PREFIX, prefix, JSON_REJECT_DUPLICATES, &problem);
  if (header == NULL)
    return refuse (error, "its header is damaged."), NULL;
  *start = PREFIX + prefix;
  return header;
}

/* The JSON text under `key`; NULL where there is none (transfer full). */
static json_t *
parse_text (json_t     *metadata,
            const char *key)
{
  json_t *text = json_object_get (metadata, key);
  int depth = 0;

  if (!json_is_string (text))
    return NULL;
  nn_codec_scan (json_string_value (text), json_string_length (text), -1, &depth);
  return depth == 1 ? json_loadb (json_string_value (text), json_string_length (text), JSON_REJECT_DUPLICATES, NULL) : NULL;
}

/* `n` finite numbers, at least `least` (transfer full); NULL where they are not there. */
static double *
read_reals (json_t     *metadata,
            const char *key,
            guint       n,
            double      least)
{
  g_autoptr (json_t) list = parse_text (metadata, key);
  g_autofree double *values = NULL;

  if (!json_is_array (list) || json_array_size (list) != n)
    return NULL;
  values = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      json_t *value = json_array_get (list, i);

      values[i] = json_number_value (value);
      if (!json_is_number (value) || !isfinite (values[i]) || values[i] < least)
        return NULL;
    }
  return g_steal_pointer (&values);
}

static char **
read_classes (json_t *metadata)
{
  g_autoptr (json_t) list = parse_text (metadata, "classes");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!json_is_array (list) || json_array_size (list) < 2 || json_array_size (list) > MAX_CLASSES)
    return NULL;
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *name = json_string_value (json_array_get (list, i));

      if (name == NULL)
        return NULL;
      g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* Where a tensor's bytes are; -1 where the entry is not what the model needs. */
static gint64
find_tensor (json_t        *header,
             const char    *name,
             const NnShape *shape,
             gsize          n_data)
{
  json_t *entry = json_object_get (header, name), *extents = json_object_get (entry, "shape");
  json_t *offsets = json_object_get (entry, "data_offsets"), *dtype = json_object_get (entry, "dtype");
  gint64 start = json_integer_value (json_array_get (offsets, 0)), end = json_integer_value (json_array_get (offsets, 1));

  if (!json_is_string (dtype) || strcmp (json_string_value (dtype), "F32") != 0 || json_array_size (extents) != shape->rank)
    return -1;
  for (int k = 0; k < shape->rank; k++)
    if (!json_is_integer (json_array_get (extents, k)) || json_integer_value (json_array_get (extents, k)) != shape->dim[k])
      return -1;
  if (json_array_size (offsets) != 2 || !json_is_integer (json_array_get (offsets, 0))
      || !json_is_integer (json_array_get (offsets, 1)))
    return -1;
  if (start < 0 || end < start || end > (gint64) n_data || end - start != 4 * nn_shape_size (shape))
    return -1;
  return start;
}

/* Every tensor must be there once, and together they must be all of the data: since their sizes add up to it, it is
 * enough that no two begin at one place or overlap. */
static gboolean
read_params (NnModel      *model,
             json_t       *header,
             const guint8 *data,
             gsize         n_data,
             GError      **error)
{
  g_autofree float *params = g_new (float, nn_model_get_n_params (model) + 1);
  g_autofree guint8 *taken = g_malloc0 (n_data / 4 + 1);

  if (json_object_size (header) != nn_model_get_n_tensors (model) + 1)
    return refuse (error, "it has other tensors than the design it holds.");
  for (guint i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      gint64 offset, start;
      NnShape shape;
      g_autofree char *name = name_tensor (model, i, &shape, &offset);

      start = find_tensor (header, name, &shape, n_data);
      if (start < 0 || start % 4 != 0)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The file of weights has no tensor %s of the shape its design needs.",
                       name);
          return FALSE;
        }
      for (gint64 k = 0; k < nn_shape_size (&shape); k++)
        {
          guint32 word;

          if (taken[start / 4 + k]++)
            return refuse (error, "its tensors overlap.");
          memcpy (&word, data + start + 4 * k, 4);
          word = GUINT32_FROM_LE (word);
          memcpy (&params[offset + k], &word, 4);
          if (!isfinite (params[offset + k]))
            {
              g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "The weights %s hold numbers that are not finite.", name);
              return FALSE;
            }
        }
    }
  nn_model_set_params (model, params);
  return TRUE;
}

static gboolean
fits_reading (const NnCheck *check,
              guint          n_classes)
{
  const NnShape *output = nn_check_get_output (check);

  return nn_check_get_reading (check) == NN_READING_BINARY ? n_classes == 2
         : nn_check_get_reading (check) == NN_READING_CLASSES && output->dim[1] == n_classes;
}

static NnModel *
make_model (json_t   *metadata,
            gsize     n_data,
            guint     n_classes,
            GError  **error)
{
  json_t *text = json_object_get (metadata, "design");
  g_autoptr (NnDesign) design = NULL;
  g_autoptr (NnCheck) check = NULL;

  if (!json_is_string (text))
    return refuse (error, "its design is missing."), NULL;
  design = nn_codec_design_from_json (json_string_value (text), json_string_length (text), error);
  if (design == NULL)
    return NULL;
  check = nn_check_new (design, NULL);
  if (nn_check_get_n_params (check) != (gint64) (n_data / 4) || n_data % 4 != 0)
    return refuse (error, "it holds more or fewer weights than its design has."), NULL;
  if (nn_check_is_runnable (check) && !fits_reading (check, n_classes))
    return refuse (error, "its classes do not fit its design."), NULL;
  return nn_model_new (check, error);
}

gboolean
nn_codec_trained_from_bytes (const guint8 *bytes,
                             gsize         length,
                             NnTrained    *trained,
                             GError      **error)
{
  g_auto (NnTrained) read = { 0 };
  g_autoptr (json_t) header = NULL;
  json_t *metadata, *format;
  gsize start = 0;

  g_return_val_if_fail (bytes != NULL && trained != NULL, FALSE);

  header = read_header (bytes, length, &start, error);
  if (header == NULL)
    return FALSE;
  metadata = json_object_get (header, "__metadata__");
  format = json_object_get (metadata, "format");
  if (!json_is_string (format) || strcmp (json_string_value (format), FORMAT) != 0)
    return refuse (error, "it does not say \"" FORMAT "\".");
  read.classes = read_classes (metadata);
  if (read.classes == NULL)
    return refuse (error, "its classes are missing.");
  read.model = make_model (metadata, length - start, g_strv_length (read.classes), error);
  if (read.model == NULL)
    return FALSE;
  if (nn_design_get_input (nn_check_get_design (nn_model_get_check (read.model)))->rank != 2)
    return refuse (error, "its windows are not steps × channels.");
  read.n_channels = nn_design_get_input (nn_check_get_design (nn_model_get_check (read.model)))->dim[1];
  read.means = read_reals (metadata, "means", read.n_channels, -G_MAXDOUBLE);
  read.deviations = read_reals (metadata, "deviations", read.n_channels, G_MINDOUBLE);
  if (read.means == NULL || read.deviations == NULL)
    return refuse (error, "its normalisation is missing.");
  read.filter = g_strdup (json_string_value (json_object_get (metadata, "filter")));
  if (!read_params (read.model, header, bytes + start, length - start, error))
    return FALSE;

  *trained = read;
  read = (NnTrained) { 0 };
  return TRUE;
}
