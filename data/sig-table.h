/* sig-table.h: numbers by row and column, most often of a text file, and what can be said of each column
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-classes.h"
#include "sig-csv.h"
#include "sig-reading.h"

G_BEGIN_DECLS

#define SIG_TABLE_MAX_JUMPS 4096

/* A step of a column that is far longer than the first one. */
typedef struct
{
  gint64 row;  /* where it leads to */
  double step;
} SigJump;

/* How the cells of a column are read. */
typedef enum
{
  SIG_CELL_NUMBER,
  SIG_CELL_IGNORED, /* text */
  SIG_CELL_CLOCK,   /* times of day and dates: statistics are of their seconds, the cell is of no use */
  SIG_CELL_CLASS,   /* class names: the cell holds a code into `words` */
} SigCellKind;

/* Statistics are of doubles: a Unix time does not fit in a float. */
typedef struct
{
  char       *name;       /* (nullable), as the next; a unit that the header names behind it is not part of it */
  char       *unit;
  SigCellKind kind;
  gboolean    by_name;    /* its cells are classes because of its name; numbers that are no classes make it one of numbers */
  gint64      n;          /* cells that hold a number */
  gboolean    whole;      /* all of them whole */
  double      first, last;
  double      min, max;
  double      min_step, max_step; /* between one row and the next */
  double      step;       /* the first one */
  gint64      n_step;     /* how many are like the first one */
  gint64      n_back;     /* how many go down */
  gint64      back_line;  /* the line of the first that does not go up; 0: none */
  gint64      n_jumps;    /* steps far longer than the first one: how many, what they sum up to, each */
  double      jumped;
  GArray     *jumps;      /* (nullable): of SigJump; at most SIG_TABLE_MAX_JUMPS */
  gint64      jump_line;  /* the line of the first; 0: none */
  double      max_even_step; /* of the others */
  guint       decimals;   /* most digits after the decimal sign */
  gboolean    has_date, has_time; /* of a clock */
  double      days_s;     /* what a clock without dates has passed of whole days */
} SigTableColumn;

typedef struct
{
  guint         n_columns;
  gint64        n_rows;
  SigTableColumn    *columns;
  float        *cells;      /* [n_rows][n_columns] */
  SigClassWords words;      /* of the one SIG_CELL_CLASS column */
} SigTable;

/* An empty table, then its columns; `names` (nullable): one for each, with their units, "" for none. */
void      sig_table_init         (SigTable *self);
void      sig_table_make_columns (SigTable *self, guint n_columns, char **names);

/* Counts a number into the statistics of its column: the digits after its decimal sign, its row and the line of that. */
void      sig_table_column_take  (SigTableColumn *column, double value, guint decimals, gint64 row, gint64 line);

/* The column that is named as labels are; -1 for none. Beside an x and a z a y is no label. */
int       sig_table_find_label_name (const SigTable *self);

/* The cell of a class. A column that has its classes by name turns to numbers at the first that has a fraction, or is one more
 * than there may be classes. FALSE for one class too many. `word` (nullable): NULL for none; `row`, `line`: as the next. */
gboolean  sig_table_add_class    (SigTable *self, guint column, const char *word, gint64 row, gint64 line, float *cell);

/* Whether a column that has its classes by name has so many of them, all numbers, that they are something measured. */
gboolean  sig_table_has_numbers_for_classes (const SigTable *self, guint column);

/* Puts a number into a cell of the row that comes next, as the kind of its column has it; `decimals`: the digits after its point
 * that count. FALSE for one class too many. */
gboolean  sig_table_put_number   (SigTable *self, guint column, double value, guint decimals);

/* Makes a column of classes whose words are all numbers one of those numbers. */
void      sig_table_turn_to_numbers (SigTable *self, guint column);

/* Gives the fields that a row stands for in place of those that it holds; FALSE with an error where it stands for none.
 * `user_data`: that of the setup. */
typedef gboolean (*SigTableExpand) (const SigCsv *csv, gpointer user_data, const SigField **fields, guint *n_fields,
                                    GError **error);

/* How the numbers and rows of a table are written. */
typedef struct
{
  char     decimal;     /* '.' or ',' */
  char     grouping;    /* sets thousands apart: the other of the two, or NUL for none */
  gboolean skip_ragged; /* rows with another number of fields are left out, with a note, and are no error */
  SigTableExpand expand; /* (nullable) */
} SigTableStyle;

/* Decides, before the first data row is read, how a column is read: set `columns[i].kind` (SIG_CELL_NUMBER to begin with). */
typedef void (*SigTableSetup) (SigTable *table, const SigField *first_row, gpointer user_data);

/* Reads all rows. `names` (nullable): a header with `n_names` entries; rows must have as many fields. A row of units may follow
 * it. */
gboolean  sig_table_read   (SigTable *self, SigFile *file, SigCsv *csv, char **names, const SigTableStyle *style,
                            SigTableSetup setup, gpointer user_data, SigReading *reading, GError **error);
void      sig_table_clear  (SigTable *self);

/* The cells of a column as labels. */
SigLabels *sig_table_make_labels (SigTable *self, guint column, gboolean keep_order, const SigFile *file,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The named columns as planar samples (transfer full, g_free), NULL when there is no memory. */
float    *sig_table_dup_planar (const SigTable *self, const guint *columns, guint n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* Puts rows without values, `n` [n_jumps] of them each, before the rows that the jumps lead to. FALSE when there is no memory. */
gboolean  sig_table_insert_rows (SigTable *self, const SigJump *jumps, const gint64 *n, guint n_jumps);

/* The column's name, or "column 3" (transfer full). */
char     *sig_table_dup_column_name (const SigTable *self, guint column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigTable, sig_table_clear)

G_END_DECLS
