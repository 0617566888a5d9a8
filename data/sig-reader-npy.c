/* sig-reader-npy.c: opens NPY arrays: a recording or windows of one, and the classes that go with them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-npy-records.h"
#include "sig-npy.h"
#include "sig-raw.h"

#define MAX_EXACT          16777216.0f /* 2^24: whole numbers above it are not all floats */
#define SHARES_AT_ONCE     4096
#define MOST_WITHOUT_CLASS (1 << 20) /* steps at the start of a file of shares */

/* An array taken as pages of steps of channels. */
typedef struct
{
  gint64   n_pages;
  gint64   page;       /* steps of a page */
  gint64   n_channels;
  gboolean is_paged;
  gboolean channels_first;
} View;

/* Reads the shape: (n, T, C), (T, C), (C, T) where that is the likelier, (T,). Axes of 1 at the end do not
 * count beyond the third. */
static gboolean
make_view (const SigFile *file,
           const SigNpy  *npy,
           SigReading    *reading,
           View          *view,
           GError       **error)
{
  guint rank = npy->rank;
  g_autofree char *shape = sig_npy_dup_shape (npy);

  while (rank > 3 && npy->shape[rank - 1] == 1)
    rank--;
  *view = (View) { 1, npy->shape[0], 1, FALSE, FALSE };
  if (rank == 3)
    *view = (View) { npy->shape[0], npy->shape[1], npy->shape[2], TRUE, FALSE };
  else if (rank == 2 && npy->shape[0] <= 64 && npy->shape[1] > 64)
    {
      *view = (View) { 1, npy->shape[1], npy->shape[0], FALSE, TRUE };
      sig_reading_note (reading, "The shape %s was read as (channels, steps).", shape);
    }
  else if (rank == 2)
    *view = (View) { 1, npy->shape[0], npy->shape[1], FALSE, FALSE };
  else if (rank > 3)
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "has the shape %s; (windows, steps, channels) or (steps, channels) is needed", shape);
      return FALSE;
    }
  if (view->n_channels > SIG_MAX_CHANNELS)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "has %" G_GINT64_FORMAT " channels (shape %s, channels last), at most %d are read",
                     view->n_channels, shape, SIG_MAX_CHANNELS);
      return FALSE;
    }
  return TRUE;
}

/* All numbers of an array whose first axis runs fastest, as planar samples: for each channel the file holds
 * [steps of a page][pages], and we want the pages one after another. */
static float *
load_fortran_pages (SigFile      *file,
                    const SigNpy *npy,
                    const View   *view,
                    SigReading   *reading,
                    GError      **error)
{
  gsize size = sig_scalar_size (npy->scalar.kind), per_channel = (gsize) (view->n_pages * view->page);
  g_autofree float *samples = g_try_new (float, (gsize) npy->n_items);
  g_autofree guint8 *bytes = g_try_malloc (per_channel * size);

  if (samples == NULL || bytes == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "there is not enough memory for %" G_GINT64_FORMAT " numbers", npy->n_items);
      return NULL;
    }
  for (gint64 c = 0; c < view->n_channels; c++)
    {
      if (!sig_reading_advance (reading, file, (double) c / (double) view->n_channels, error)
          || !sig_file_read (file, npy->offset + c * (gint64) (per_channel * size), per_channel * size, bytes, error))
        return NULL;
      for (gint64 p = 0; p < view->n_pages; p++)
        sig_scalar_decode (&npy->scalar, bytes + (gsize) p * size, (gsize) view->n_pages * size, (gsize) view->page,
                           samples + (gsize) c * per_channel + p * view->page);
    }
  return g_steal_pointer (&samples);
}

static SigRecording *
open_view (SigFile      *file,
           const SigNpy *npy,
           const View   *view,
           double        rate_hz,
           SigReading   *reading,
           GError      **error)
{
  gint64 n_steps = view->n_pages * view->page;

  if (npy->fortran && view->is_paged && view->n_pages > 1)
    {
      float *samples = load_fortran_pages (file, npy, view, reading, error);

      if (samples == NULL)
        return NULL;

      SigRecording *recording = sig_recording_new_take_samples (sig_file_get_name (file), (guint) view->n_channels, n_steps,
                                                                rate_hz, NULL, NULL, samples);

      sig_reading_note_missing (reading, recording);
      return recording;
    }

  SigRawLayout layout
      = { npy->scalar, npy->offset, (guint) view->n_channels, n_steps, npy->fortran != view->channels_first };

  return sig_raw_open (file, &layout, rate_hz, NULL, reading, error);
}

/* Notes whole numbers that no float holds. */
static void
note_precision (const SigRecording *recording,
                const SigNpy       *npy,
                SigReading         *reading)
{
  if (!sig_scalar_is_wide (npy->scalar.kind))
    return;
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      const float *samples = sig_recording_peek_channel (recording, c);

      for (gint64 t = 0; samples != NULL && t < sig_recording_get_n_steps (recording); t++)
        if (fabsf (samples[t]) >= MAX_EXACT)
          {
            sig_reading_note (reading, "Whole numbers above 16,777,216 were rounded to the nearest 32-bit float.");
            return;
          }
    }
}

/* −1 stands for no label, as scikit-learn has it and Lamina writes it, and −2 for “don’t know”; but where there is nothing but −1
 * and 1 these are two classes. What stands for no class is made NaN here; the spans of −2 are given (transfer full). */
static GArray *
mask_states (float      *values,
             gint64      n_steps,
             SigReading *reading)
{
  GArray *unknown = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gint64 n_masked = 0;
  gboolean is_sign = TRUE;

  for (gint64 t = 0; t < n_steps; t++)
    {
      n_masked += values[t] < 0.0f;
      is_sign = is_sign && (fabsf (values[t]) == 1.0f || isnan (values[t]));
      if (values[t] < 0.0f && values[t] != -1.0f && values[t] != -2.0f)
        return unknown;
    }
  if (is_sign || n_masked == 0)
    return unknown;
  for (gint64 t = 0; t < n_steps; t++)
    {
      if (values[t] == -2.0f)
        {
          SigSpan span = { t, t + 1, SIG_DONT_KNOW };

          g_array_append_val (unknown, span);
        }
      if (values[t] < 0.0f)
        values[t] = NAN;
    }
  sig_reading_note (reading, "%" G_GINT64_FORMAT " steps of −1 or −2 were read as steps without a class.", n_masked);
  return unknown;
}

/* The labels with the steps of these spans marked as those of which nobody can tell; consumes the labels. */
static SigLabels *
mark_unknown (SigLabels    *labels,
              const GArray *unknown)
{
  gint64 n_steps = sig_labels_get_n_steps (labels);
  int n_classes = sig_labels_get_n_classes (labels);
  g_autoptr (SigLabels) known = labels;
  g_autofree gint32 *codes = g_new (gint32, n_steps);
  g_autofree const char **names = g_new0 (const char *, n_classes + 1);

  for (int k = 0; k < n_classes; k++)
    names[k] = sig_labels_get_name (known, k);
  sig_labels_fill (known, 0, n_steps, codes);
  for (guint i = 0; i < unknown->len; i++)
    codes[g_array_index (unknown, SigSpan, i).start] = SIG_DONT_KNOW;
  return sig_labels_new_from_steps (codes, n_steps, names, n_classes);
}

/* How an array of labels lies beside its recording. */
typedef struct
{
  View   view;       /* channels: one, or one for each class */
  gint64 n_repeats;  /* steps that have the same label: 1, or those of a window */
} LabelView;

/* Whether an array of that shape has a label for each step, or each window, of a recording of `n_steps` in pages (0: none);
 * classes may have an axis of their own, the last. */
static gboolean
find_label_view (const SigNpy *npy,
                 gint64        n_steps,
                 gint64        page,
                 LabelView    *out)
{
  gint64 n_pages = page > 0 ? n_steps / page : 1;
  guint rank = npy->rank;

  while (rank > 1 && npy->shape[rank - 1] == 1)
    rank--;
  for (guint has_classes = 0; has_classes < 2 && has_classes < rank; has_classes++)
    {
      gint64 n_classes = has_classes ? npy->shape[rank - 1] : 1;
      guint left = rank - has_classes;

      if (n_classes > SIG_MAX_CLASSES)
        return FALSE;
      if (left == 1 && npy->shape[0] == n_steps)
        *out = (LabelView) { { 1, n_steps, n_classes, FALSE, FALSE }, 1 };
      else if (left == 2 && page > 0 && npy->shape[0] == n_pages && npy->shape[1] == page)
        *out = (LabelView) { { n_pages, page, n_classes, TRUE, FALSE }, 1 };
      else if (left == 1 && page > 0 && npy->shape[0] == n_pages)
        *out = (LabelView) { { 1, n_pages, n_classes, FALSE, FALSE }, page };
      else
        continue;
      return TRUE;
    }
  return FALSE;
}

/* The same for `n` steps from `first` on, at most SHARES_AT_ONCE. */
static gboolean
take_greatest_of (const SigRecording *shares,
                  gint64              first,
                  gint64              n,
                  float              *classes,
                  GError            **error)
{
  guint n_classes = sig_recording_get_n_channels (shares);
  float sums[SHARES_AT_ONCE] = { 0 }, greatest[SHARES_AT_ONCE] = { 0 }, channel[SHARES_AT_ONCE];

  for (gint64 t = 0; t < n; t++)
    classes[t] = NAN;
  for (guint k = 0; k < n_classes; k++)
    {
      if (!sig_recording_read (shares, k, first, n, channel, error))
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        {
          if (!(channel[t] >= 0.0f && channel[t] <= 1.001f))
            return FALSE;
          sums[t] += channel[t];
          if (channel[t] > greatest[t])
            {
              greatest[t] = channel[t];
              classes[t] = (float) k;
            }
        }
    }
  for (gint64 t = 0; t < n; t++)
    if (sums[t] != 0.0f && fabsf (sums[t] - 1.0f) > 0.01f)
      return FALSE;
  return TRUE;
}

/* The class of each step where each class has a channel of shares that sum up to 1: the one with the greatest. Where all are 0
 * there is none. FALSE where they are no shares: at the first step that has none, or where a long file begins with nothing but 0,
 * as a recording may that lies beside another. */
static gboolean
take_greatest (const SigRecording *shares,
               float              *classes,
               GError            **error)
{
  gint64 n_steps = sig_recording_get_n_steps (shares);
  gboolean any = FALSE;

  for (gint64 first = 0; first < n_steps; first += SHARES_AT_ONCE)
    {
      gint64 n = MIN (SHARES_AT_ONCE, n_steps - first);

      if (!take_greatest_of (shares, first, n, classes + first, error))
        return FALSE;
      for (gint64 t = first; t < first + n && !any; t++)
        any = !isnan (classes[t]);
      if (!any && first >= MOST_WITHOUT_CLASS)
        return FALSE;
    }
  return TRUE;
}

static void
fail_shape (const SigFile *file,
            const SigNpy  *npy,
            const char    *x_shape,
            GError       **error)
{
  g_autofree char *shape = sig_npy_dup_shape (npy);

  sig_file_fail (file, error, SIG_ERROR_MISMATCH,
                 "has the shape %s, X has %s; a label for each step, or each window, is needed", shape, x_shape);
}

/* The label of each step in `all`, which has room for `n_steps`. */
static gboolean
read_label_view (SigFile         *file,
                 const SigNpy    *npy,
                 const LabelView *labels,
                 const char      *x_shape,
                 float           *all,
                 SigReading      *reading,
                 GError         **error)
{
  g_autoptr (SigRecording) values = open_view (file, npy, &labels->view, 0.0, reading, error);
  g_autoptr (GError) local = NULL;
  gint64 n = labels->view.n_pages * labels->view.page;

  if (values == NULL)
    return FALSE;
  if (labels->view.n_channels == 1)
    {
      if (!sig_recording_read (values, 0, 0, n, all, error))
        return FALSE;
    }
  else if (!take_greatest (values, all, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        fail_shape (file, npy, x_shape, error);
      return FALSE;
    }
  else
    sig_reading_note (reading, "%s has a column for each class; the greatest was taken.", sig_file_get_name (file));
  if (labels->n_repeats == 1)
    return TRUE;
  for (gint64 w = n; w-- > 0;)
    for (gint64 t = labels->n_repeats; t-- > 0;)
      all[w * labels->n_repeats + t] = all[w];
  sig_reading_note (reading, "%s has one label for each window; each step of the window was given it.", sig_file_get_name (file));
  return TRUE;
}

/* The y of a recording of `n_steps` in pages. */
static SigLabels *
open_y (SigFile    *file,
        gint64      n_steps,
        gint64      page,
        const char *x_shape,
        SigReading *reading,
        GError    **error)
{
  SigNpy npy;
  LabelView view;

  if (!sig_npy_parse (file, reading, &npy, error))
    return NULL;
  if (!find_label_view (&npy, n_steps, page, &view))
    {
      fail_shape (file, &npy, x_shape, error);
      return NULL;
    }

  g_autofree float *all = g_try_new (float, n_steps);

  if (all == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "there is not enough memory for %" G_GINT64_FORMAT " labels", n_steps);
      return NULL;
    }
  if (!read_label_view (file, &npy, &view, x_shape, all, reading, error))
    return NULL;

  g_autoptr (GArray) unknown = mask_states (all, n_steps, reading);
  SigLabels *labels = sig_classes_from_values (all, n_steps, 1.0, sig_file_get_name (file), error);

  return labels != NULL && unknown->len > 0 ? mark_unknown (labels, unknown) : labels;
}

SigLabels *
sig_reader_npy_open_labels (SigFile            *file,
                            const SigRecording *recording,
                            SigReading         *reading,
                            GError            **error)
{
  gint64 n_steps = sig_recording_get_n_steps (recording), page = sig_recording_get_page (recording);
  g_autofree char *x_shape
      = page > 0 ? g_strdup_printf ("(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %u)", n_steps / page, page,
                                    sig_recording_get_n_channels (recording))
                 : g_strdup_printf ("(%" G_GINT64_FORMAT ", %u)", n_steps,
                                    sig_recording_get_n_channels (recording));

  return open_y (file, n_steps, page, x_shape, reading, error);
}

/* The path with its last X or x that stands alone ("X.npy", "foo_X.npy", "x_train.npy") as y; NULL when there
 * is none. */
static char *
make_y_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  for (gsize i = strlen (name); i-- > 0;)
    {
      gboolean alone = (i == 0 || strchr ("_-. ", name[i - 1]) != NULL) && name[i + 1] != '\0'
                       && strchr ("_-. ", name[i + 1]) != NULL;

      if (alone && g_ascii_tolower (name[i]) == 'x')
        {
          name[i] = 'y';
          return g_build_filename (folder, name, NULL);
        }
    }
  return NULL;
}

/* A single channel of few whole numbers is labels without a recording. */
static void
make_labels_only (SigContent    *content,
                  const SigFile *file)
{
  const float *samples = sig_recording_peek_channel (content->recording, 0);
  gint64 n_steps = sig_recording_get_n_steps (content->recording);

  if (sig_recording_get_n_channels (content->recording) != 1 || samples == NULL
      || !sig_classes_is_few (samples, 1, n_steps))
    return;
  content->labels = sig_classes_from_values (samples, n_steps, 1.0, sig_file_get_name (file), NULL);
  g_clear_pointer (&content->recording, sig_recording_unref);
}

gboolean
sig_reader_npy_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  return sig_reader_npy_open_at_rate (file, 0.0, reading, content, error);
}

gboolean
sig_reader_npy_open_at_rate (SigFile    *file,
                             double      rate_hz,
                             SigReading *reading,
                             SigContent *content,
                             GError    **error)
{
  SigNpy npy;
  View view;

  if (sig_npy_is_records (file))
    return sig_npy_open_records (file, rate_hz, reading, content, error);
  if (!sig_npy_parse (file, reading, &npy, error) || !make_view (file, &npy, reading, &view, error))
    return FALSE;

  g_autoptr (SigRecording) all = open_view (file, &npy, &view, rate_hz, reading, error);

  if (all == NULL)
    return FALSE;
  note_precision (all, &npy, reading);
  content->recording = view.is_paged ? sig_recording_with_page (all, view.page) : sig_recording_ref (all);

  g_autofree char *y_path = sig_file_get_path (file) != NULL ? make_y_path (sig_file_get_path (file)) : NULL;

  if (y_path != NULL && g_file_test (y_path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *x_shape = sig_npy_dup_shape (&npy);
      g_autoptr (SigFile) y_file = sig_file_open (y_path, error);

      if (y_file != NULL)
        content->labels = open_y (y_file, view.n_pages * view.page, view.is_paged ? view.page : 0, x_shape,
                                  reading, error);
      return content->labels != NULL;
    }
  make_labels_only (content, file);
  return TRUE;
}
