/* sig-npy-records.c: NPY arrays of records: several named fields in each step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-npy-records.h"

#include <math.h>
#include <string.h>

#include "sig-columns.h"
#include "sig-npy-private.h"

#define MAX_FIELDS    4096
#define MAX_DEPTH     7             /* of records in records */
#define MAX_RECORD    (1024 * 1024) /* bytes */
#define ROWS_AT_ONCE  1024
#define DOUBLE_DIGITS 9             /* after the decimal point of a time */
#define FLOAT_DIGITS  4

/* What a field holds, and where in a record. */
typedef enum
{
  FIELD_NUMBER,
  FIELD_TEXT,
  FIELD_DATE, /* datetime64: whole units since 1970 */
} FieldKind;

typedef struct
{
  FieldKind kind;
  gsize     offset;
  SigScalar scalar;
  gsize     width;     /* of a text: characters, and bytes of each */
  gsize     char_size;
  gboolean  big_endian;
} Field;

/* The fields of a record, those of several numbers taken apart. */
typedef struct
{
  GArray    *fields; /* of Field */
  GPtrArray *names;  /* of char * */
  gsize      n_bytes;
} Record;

static void
record_clear (Record *self)
{
  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* Seconds of a unit of datetime64 such as "M8[ns]"; 0 for none that is known. */
static double
parse_date_unit (const char *code)
{
  static const struct
  {
    const char *code;
    double      unit_s;
  } units[] = {
    { "M8[s]", 1.0 }, { "M8[ms]", 1e-3 }, { "M8[us]", 1e-6 }, { "M8[ns]", 1e-9 }, { "M8[m]", 60.0 }, { "M8[h]", 3600.0 },
    { "M8[D]", 86400.0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].code, code) == 0)
      return units[i].unit_s;
  return 0.0;
}

/* Fills a field from its type; `*size`: its bytes. `*skipped` for bytes that hold nothing of use. */
static gboolean
set_field (const SigFile *file,
           const char    *descr,
           Field         *field,
           gsize         *size,
           gboolean      *skipped,
           GError       **error)
{
  const char *code = descr + (*descr != '\0' && strchr ("<>|=", *descr) != NULL);
  double unit_s;
  guint64 width = *code != '\0' ? g_ascii_strtoull (code + 1, NULL, 10) : 0;

  *skipped = FALSE;
  field->big_endian = *descr == '>';
  if ((*code == 'V' || *code == 'm') && width <= MAX_RECORD)
    {
      *skipped = TRUE;
      *size = (gsize) width;
      return TRUE;
    }
  if ((*code == 'U' || *code == 'S' || *code == 'a') && width <= MAX_RECORD)
    {
      field->kind = FIELD_TEXT;
      field->width = (gsize) width;
      field->char_size = *code == 'U' ? 4 : 1;
      *size = field->width * field->char_size;
      return TRUE;
    }
  unit_s = parse_date_unit (code);
  if (unit_s > 0.0)
    {
      field->kind = FIELD_DATE;
      field->scalar = (SigScalar) { SIG_SCALAR_I64, field->big_endian, unit_s, 0.0 };
      *size = 8;
      return TRUE;
    }
  field->kind = FIELD_NUMBER;
  if (!sig_npy_set_type (file, descr, &field->scalar, error))
    return FALSE;
  *size = sig_scalar_size (field->scalar.kind);
  return TRUE;
}

/* The name of a field, or its title and its name. */
static gboolean
take_name (SigNpyText *text,
           char        name[SIG_NPY_MAX_STRING + 1])
{
  char title[SIG_NPY_MAX_STRING + 1];

  if (!sig_npy_text_take (text, '('))
    return sig_npy_text_take_string (text, name);
  return sig_npy_text_take_string (text, title) && sig_npy_text_take (text, ',') && sig_npy_text_take_string (text, name)
         && sig_npy_text_take (text, ')');
}

static gboolean
fail_fields (const SigFile *file,
             GError       **error)
{
  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                 "has records whose fields are not read: each must be a name of at most %d characters, a type, and where it "
                 "has several numbers, how many; at most %d in all, in records that are at most %d deep", SIG_NPY_MAX_STRING,
                 MAX_FIELDS, MAX_DEPTH + 1);
  return FALSE;
}

/* Puts a field of `size` bytes behind those before it. */
static void
put_field (Record      *record,
           const Field *field,
           gsize        size,
           const char  *prefix,
           const char  *name)
{
  Field placed = *field;

  placed.offset = record->n_bytes;
  record->n_bytes += size;
  g_array_append_val (record->fields, placed);
  g_ptr_array_add (record->names, *prefix != '\0' ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name));
}

/* The fields from `first` on, which begin at byte `start`, stand `n` times in a record: they are numbered from 1. */
static void
repeat_fields (Record *record,
               guint   first,
               gsize   start,
               gint64  n)
{
  guint m = record->fields->len - first;
  gsize size = record->n_bytes - start;

  for (gint64 k = 1; k < n; k++)
    for (guint i = first; i < first + m; i++)
      {
        Field field = g_array_index (record->fields, Field, i);

        field.offset += (gsize) k * size;
        g_array_append_val (record->fields, field);
        g_ptr_array_add (record->names,
                         g_strdup_printf ("%s %" G_GINT64_FORMAT, (char *) record->names->pdata[i], k + 1));
      }
  record->n_bytes = start + (gsize) n * size;
  for (guint i = first; n > 1 && i < first + m; i++)
    {
      char *name = record->names->pdata[i];

      record->names->pdata[i] = g_strconcat (name, " 1", NULL);
      g_free (name);
    }
}

static gboolean take_fields (const SigFile *file, SigNpyText *list, const char *prefix, guint depth, Record *record,
                             GError **error);

/* What a field is: '<f4', or a list of fields that is one of the record's. */
static gboolean
take_type (const SigFile *file,
           SigNpyText    *text,
           const char    *prefix,
           const char    *name,
           guint          depth,
           Record        *record,
           GError       **error)
{
  char descr[SIG_NPY_MAX_STRING + 1];
  g_autofree char *inner = NULL;
  Field field = { 0 };
  SigNpyText list;
  gboolean skipped;
  gsize size;

  sig_npy_text_skip_space (text);
  if (text->at < text->end && *text->at == '[')
    {
      inner = *prefix != '\0' ? g_strconcat (prefix, ".", name, NULL) : g_strdup (name);
      if (depth == MAX_DEPTH || !sig_npy_text_take_list (text, &list))
        return fail_fields (file, error);
      return take_fields (file, &list, inner, depth + 1, record, error);
    }
  if (!sig_npy_text_take_string (text, descr))
    return fail_fields (file, error);
  if (!set_field (file, descr, &field, &size, &skipped, error))
    return FALSE;
  if (skipped)
    record->n_bytes += size;
  else
    put_field (record, &field, size, prefix, name);
  return TRUE;
}

/* ('name', '<f4') or ('name', '<f4', (3,)). */
static gboolean
take_field (const SigFile *file,
            SigNpyText    *text,
            const char    *prefix,
            guint          depth,
            Record        *record,
            GError       **error)
{
  char name[SIG_NPY_MAX_STRING + 1];
  gint64 shape[SIG_NPY_MAX_RANK], n = 1;
  guint rank = 0, first = record->fields->len;
  gsize start = record->n_bytes;

  if (!sig_npy_text_take (text, '(') || !take_name (text, name) || !sig_npy_text_take (text, ','))
    return fail_fields (file, error);
  if (!take_type (file, text, prefix, name, depth, record, error))
    return FALSE;
  if ((sig_npy_text_take (text, ',') && !sig_npy_text_take_shape (text, &rank, shape)) || !sig_npy_text_take (text, ')'))
    return fail_fields (file, error);
  for (guint i = 0; i < rank && n <= MAX_FIELDS; i++)
    n *= MIN (shape[i], MAX_FIELDS + 1);
  if (n < 1 || n > MAX_FIELDS || first + n * (record->fields->len - first) > MAX_FIELDS)
    return fail_fields (file, error);
  repeat_fields (record, first, start, n);
  return record->n_bytes <= MAX_RECORD || fail_fields (file, error);
}

static gboolean
take_fields (const SigFile *file,
             SigNpyText    *list,
             const char    *prefix,
             guint          depth,
             Record        *record,
             GError       **error)
{
  for (sig_npy_text_skip_space (list); list->at < list->end; sig_npy_text_skip_space (list))
    {
      if (!take_field (file, list, prefix, depth, record, error))
        return FALSE;
      if (!sig_npy_text_take (list, ',') && list->at < list->end)
        return fail_fields (file, error);
    }
  return TRUE;
}

static gboolean
parse_fields (const SigFile *file,
              SigNpyText    *list,
              Record        *record,
              GError       **error)
{
  record->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  record->names = g_ptr_array_new_with_free_func (g_free);
  if (!take_fields (file, list, "", 0, record, error))
    return FALSE;
  g_ptr_array_add (record->names, NULL);
  return record->fields->len > 0 || fail_fields (file, error);
}

/* The records, which must lie along one axis, and of which the file must hold all. */
static gboolean
count_rows (const SigFile *file,
            const SigNpy  *npy,
            const Record  *record,
            gint64        *n_rows,
            GError       **error)
{
  gint64 present = sig_file_get_size (file) - npy->offset;
  g_autofree char *shape = sig_npy_dup_shape (npy);
  guint n_long = 0;
  gboolean none = npy->rank == 0;

  *n_rows = 1;
  for (guint i = 0; i < npy->rank; i++)
    {
      none = none || npy->shape[i] == 0;
      n_long += npy->shape[i] > 1;
      *n_rows = MAX (*n_rows, npy->shape[i]);
    }
  if (none)
    sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no samples (shape %s)", shape);
  else if (n_long > 1)
    sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "has records along several axes (shape %s); save them along one", shape);
  else if (*n_rows > present / (gint64) record->n_bytes)
    sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "declares %" G_GINT64_FORMAT " records of %" G_GSIZE_FORMAT
                   " bytes, the file has %" G_GINT64_FORMAT " bytes of data", *n_rows, record->n_bytes, present);
  else
    return TRUE;
  return FALSE;
}

/* Puts what a field holds into its cell of the row that is read. FALSE for one class too many. */
static gboolean
read_cell (SigTable     *table,
           guint         i,
           const Field  *field,
           const guint8 *bytes)
{
  guint digits = field->scalar.kind == SIG_SCALAR_F32 ? FLOAT_DIGITS : DOUBLE_DIGITS;

  if (field->kind != FIELD_TEXT)
    return sig_table_put_number (table, i, sig_scalar_decode_double (&field->scalar, bytes), digits);

  g_autofree char *text = sig_npy_dup_word (bytes, field->width, field->char_size, field->big_endian);
  g_autofree char *word = sig_class_dup_word (text, strlen (text), '.');
  float *cell = &table->cells[(gsize) table->n_rows * table->n_columns + i];

  *cell = 0.0f;
  return table->columns[i].kind != SIG_CELL_CLASS
         || sig_table_add_class (table, i, word, table->n_rows, table->n_rows + 1, cell);
}

static gboolean
read_row (SigTable     *table,
          const Record *record,
          const guint8 *bytes)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Field *field = &g_array_index (record->fields, Field, i);

      if (!read_cell (table, i, field, bytes + field->offset))
        return FALSE;
    }
  table->n_rows++;
  return TRUE;
}

/* What each field is as a column; the labels are the last that is named so, or a last one of text. */
static void
set_kinds (SigTable     *table,
           const Record *record)
{
  guint last = table->n_columns - 1;
  int named = sig_table_find_label_name (table);
  int label = named < 0 && g_array_index (record->fields, Field, last).kind == FIELD_TEXT ? (int) last : named;

  if (named >= 0)
    table->columns[named].by_name = TRUE;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const Field *field = &g_array_index (record->fields, Field, i);

      table->columns[i].has_date = table->columns[i].has_time = field->kind == FIELD_DATE;
      table->columns[i].kind = (int) i == label           ? SIG_CELL_CLASS
                             : field->kind == FIELD_DATE ? SIG_CELL_CLOCK
                             : field->kind == FIELD_TEXT ? SIG_CELL_IGNORED
                                                         : SIG_CELL_NUMBER;
    }
}

static gboolean
read_rows (SigFile      *file,
           const SigNpy *npy,
           const Record *record,
           gint64        n_rows,
           SigTable     *table,
           SigReading   *reading,
           GError      **error)
{
  gint64 at_once = MAX (1, MIN (ROWS_AT_ONCE, MAX_RECORD / (gint64) record->n_bytes));
  g_autofree guint8 *bytes = g_malloc ((gsize) at_once * record->n_bytes);
  gsize n_cells;

  sig_table_make_columns (table, record->fields->len, (char **) record->names->pdata);
  set_kinds (table, record);
  if (g_size_checked_mul (&n_cells, (gsize) n_rows, table->n_columns))
    table->cells = g_try_new (float, n_cells);
  if (table->cells == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "there is not enough memory for %u fields of %" G_GINT64_FORMAT " records",
                     table->n_columns, n_rows);
      return FALSE;
    }
  for (gint64 start = 0; start < n_rows; start += at_once)
    {
      gint64 n = MIN (at_once, n_rows - start);

      if (!sig_reading_advance (reading, file, (double) start / (double) n_rows, error)
          || !sig_file_read (file, npy->offset + start * (gint64) record->n_bytes, (gsize) n * record->n_bytes, bytes, error))
        return FALSE;
      for (gint64 t = 0; t < n; t++)
        if (!read_row (table, record, bytes + (gsize) t * record->n_bytes))
          {
            sig_file_fail (file, error, SIG_ERROR_FORMAT, "record %" G_GINT64_FORMAT " has one class too many: at most 1,024 are "
                           "read", start + t);
            return FALSE;
          }
    }
  return TRUE;
}

gboolean
sig_npy_is_records (SigFile *file)
{
  char descr[SIG_NPY_MAX_STRING + 1];
  SigNpyText list;
  SigNpy npy;
  g_autofree char *header = sig_npy_read_header (file, &npy, descr, &list, NULL);

  return header != NULL && list.at != NULL;
}

gboolean
sig_npy_open_records (SigFile    *file,
                      double      rate_hz,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  char descr[SIG_NPY_MAX_STRING + 1];
  g_auto (SigTable) table = { 0 };
  g_auto (SigColumns) columns = { 0 };
  g_auto (Record) record = { 0 };
  SigNpyText list;
  SigNpy npy;
  g_autofree char *header = sig_npy_read_header (file, &npy, descr, &list, error);
  gint64 n_rows;

  sig_table_init (&table);
  if (header == NULL || !parse_fields (file, &list, &record, error) || !count_rows (file, &npy, &record, &n_rows, error)
      || !read_rows (file, &npy, &record, n_rows, &table, reading, error))
    return FALSE;
  sig_columns_init (&columns, &table, TRUE, NULL);
  sig_columns_find_rate (&columns, rate_hz, reading);
  return sig_columns_make (&columns, file, reading, content, error);
}
