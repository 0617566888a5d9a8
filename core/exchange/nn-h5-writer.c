/* nn-h5-writer.c: the bytes of an HDF5 file, made by libhdf5 in memory
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-h5-writer.h"
#include "nn-error.h"

#include <hdf5.h>

#define GROWTH 65536 /* bytes that the file in memory grows by */

/* The property lists that all items share. */
typedef struct
{
  hid_t file;
  hid_t with_parents; /* link creation: makes the groups above */
  hid_t without_time; /* dataset creation */
} Output;

static gboolean
write_group (const Output   *output,
             const NnH5Item *item)
{
  hid_t group;

  if (H5Lexists (output->file, item->path, H5P_DEFAULT) > 0)
    return TRUE;
  group = H5Gcreate2 (output->file, item->path, output->with_parents, H5P_DEFAULT, H5P_DEFAULT);
  return group >= 0 && H5Gclose (group) >= 0;
}

static gboolean
write_array (const Output   *output,
             const NnH5Item *item)
{
  hsize_t extents[NN_MAX_RANK];
  gboolean whole = item->whole != NULL;
  hid_t space, array;
  gboolean written;

  for (int i = 0; i < item->shape.rank; i++)
    extents[i] = item->shape.dim[i];
  space = H5Screate_simple (item->shape.rank, extents, NULL);
  array = space < 0 ? -1
                    : H5Dcreate2 (output->file, item->path, whole ? H5T_STD_I64LE : H5T_IEEE_F32LE, space,
                                  output->with_parents, output->without_time, H5P_DEFAULT);
  written = array >= 0 && H5Dwrite (array, whole ? H5T_NATIVE_INT64 : H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                    whole ? (const void *) item->whole : item->values) >= 0;
  if (array >= 0)
    written &= H5Dclose (array) >= 0;
  if (space >= 0)
    H5Sclose (space);
  return written;
}

static guint8 *
take_image (hid_t  file,
            gsize *length)
{
  g_autofree guint8 *image = NULL;
  gssize n;

  if (H5Fflush (file, H5F_SCOPE_GLOBAL) < 0 || (n = H5Fget_file_image (file, NULL, 0)) <= 0)
    return NULL;
  image = g_try_malloc (n);
  if (image == NULL || H5Fget_file_image (file, image, n) != n)
    return NULL;
  *length = n;
  return g_steal_pointer (&image);
}

static guint8 *
write_file (const NnH5Item *items,
            guint           n_items,
            gsize          *length)
{
  hid_t in_memory = H5Pcreate (H5P_FILE_ACCESS);
  Output output = { -1, H5Pcreate (H5P_LINK_CREATE), H5Pcreate (H5P_DATASET_CREATE) };
  guint8 *image = NULL;
  gboolean written = in_memory >= 0 && output.with_parents >= 0 && output.without_time >= 0
                     && H5Pset_fapl_core (in_memory, GROWTH, FALSE) >= 0
                     && H5Pset_create_intermediate_group (output.with_parents, TRUE) >= 0
                     && H5Pset_obj_track_times (output.without_time, FALSE) >= 0;

  if (written)
    output.file = H5Fcreate ("lamina", H5F_ACC_TRUNC, H5P_DEFAULT, in_memory); /* the name is never a file's */
  written &= output.file >= 0;
  for (guint i = 0; written && i < n_items; i++)
    written = items[i].values != NULL || items[i].whole != NULL ? write_array (&output, &items[i])
                                                                : write_group (&output, &items[i]);
  if (written)
    image = take_image (output.file, length);
  if (output.file >= 0)
    H5Fclose (output.file);
  H5Pclose (output.with_parents);
  H5Pclose (output.without_time);
  H5Pclose (in_memory);
  return image;
}

static void
clear_item (gpointer item)
{
  g_free ((char *) ((NnH5Item *) item)->path);
}

GArray *
nn_h5_items_new (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (NnH5Item));

  g_array_set_clear_func (items, clear_item);
  return items;
}

NnH5Item *
nn_h5_items_append (GArray      *items,
                    char        *path,
                    NnShape      shape,
                    const float *values)
{
  NnH5Item item = { path, shape, values };

  g_array_append_val (items, item);
  return &g_array_index (items, NnH5Item, items->len - 1);
}

guint8 *
nn_h5_write (const NnH5Item *items,
             guint           n_items,
             gsize          *length,
             GError        **error)
{
  H5E_auto2_t print;
  void *print_data;
  guint8 *image;

  H5Eget_auto2 (H5E_DEFAULT, &print, &print_data);
  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);
  image = write_file (items, n_items, length);
  H5Eset_auto2 (H5E_DEFAULT, print, print_data);
  if (image == NULL)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "The weights could not be put into an HDF5 file in memory.");
  return image;
}
