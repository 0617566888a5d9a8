/* wb-filter-form.c: what is filtered away, as rows to edit
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-filter-form.h"

#include "wb-arg-row.h"
#include "wb-widgets.h"

#define MOST_HZ 1e9

static const char *const orders[] = { "2", "4", "6", "8", NULL };

typedef enum
{
  ROW_HIGH_PASS, ROW_LOW_PASS, ROW_ORDER, ROW_NOTCH, ROW_Q, ROW_REMOVE_MEAN, ROW_ZERO_PHASE, ROW_TRAINS, N_ROWS,
} Row;

/* In the order of the rows. Sentences are short: the longest makes the page as wide as it is. What the range is depends
 * on the rate: whoever applies the filter says so. */
static const NnArg args[N_ROWS] = {
  { "high_pass", "High-pass (Hz)", "Takes drift away. 0 is off.", NN_ARG_REAL, { 1, { 0 }, 0 }, 0,
    MOST_HZ },
  { "low_pass", "Low-pass (Hz)", "Takes noise away. 0 is off.", NN_ARG_REAL, { 1, { 0 }, 0 }, 0, MOST_HZ },
  { "order", "Order", "How sharply high-pass and low-pass cut.", NN_ARG_CHOICE, { 1, { 1 }, 0 }, 0, 0, orders },
  { "notch", "Notch (Hz)", "Takes the mains away, 50 or 60. 0 is off.", NN_ARG_REAL, { 1, { 0 }, 0 }, 0,
    MOST_HZ },
  { "q", "Notch Q", "How narrow the notch is.", NN_ARG_REAL, { 1, { 0 }, 30 }, 1, 1000 },
  { "remove_mean", "Remove the mean", "Each channel's own, of the whole recording.", NN_ARG_BOOL, { 1, { 0 }, 0 },
    0, 1 },
  { "zero_phase", "Zero phase", "To and fro, so that nothing moves in time.", NN_ARG_BOOL, { 1, { 1 }, 0 }, 0,
    1 },
  { "trains", "Also for training", "Networks get the filtered recording.", NN_ARG_BOOL, { 1, { 0 }, 0 }, 0,
    1 },
};

struct _WbFilterForm
{
  GtkWidget     parent_instance;

  SigFilterSpec filter;
  gboolean      trains;
  GtkWidget    *content;
  GtkWidget    *rows[N_ROWS];
  GtkWidget    *wrong;
};

G_DEFINE_FINAL_TYPE (WbFilterForm, wb_filter_form, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static NnValue
get_value (WbFilterForm *self, Row row)
{
  const SigFilterSpec *f = &self->filter;

  switch (row)
    {
    case ROW_HIGH_PASS:   return nn_value_real (f->high_pass_hz);
    case ROW_LOW_PASS:    return nn_value_real (f->low_pass_hz);
    case ROW_ORDER:       return nn_value_whole (f->order / 2 - 1);
    case ROW_NOTCH:       return nn_value_real (f->notch_hz);
    case ROW_Q:           return nn_value_real (f->notch_q);
    case ROW_REMOVE_MEAN: return nn_value_whole (f->remove_mean);
    case ROW_ZERO_PHASE:  return nn_value_whole (f->zero_phase);
    case ROW_TRAINS:      return nn_value_whole (self->trains);
    case N_ROWS:
    default:              g_return_val_if_reached (nn_value_whole (0));
    }
}

static void
take_value (WbFilterForm *self, Row row, const NnValue *value)
{
  SigFilterSpec *f = &self->filter;

  switch (row)
    {
    case ROW_HIGH_PASS:   f->high_pass_hz = value->real; break;
    case ROW_LOW_PASS:    f->low_pass_hz = value->real; break;
    case ROW_ORDER:       f->order = 2 * ((int) value->whole[0] + 1); break;
    case ROW_NOTCH:       f->notch_hz = value->real; break;
    case ROW_Q:           f->notch_q = value->real; break;
    case ROW_REMOVE_MEAN: f->remove_mean = value->whole[0] != 0; break;
    case ROW_ZERO_PHASE:  f->zero_phase = value->whole[0] != 0; break;
    case ROW_TRAINS:      self->trains = value->whole[0] != 0; break;
    case N_ROWS:
    default:              g_return_if_reached ();
    }
}

/* What changes nothing is not in sight. */
static gboolean
counts (WbFilterForm *self, Row row)
{
  const SigFilterSpec *f = &self->filter;

  switch (row)
    {
    case ROW_ORDER:       return f->high_pass_hz > 0 || f->low_pass_hz > 0;
    case ROW_Q:           return f->notch_hz > 0;
    case ROW_ZERO_PHASE:  return f->high_pass_hz > 0 || f->low_pass_hz > 0 || f->notch_hz > 0;
    case ROW_TRAINS:      return !sig_filter_spec_is_off (f);
    case ROW_HIGH_PASS:
    case ROW_LOW_PASS:
    case ROW_NOTCH:
    case ROW_REMOVE_MEAN:
    case N_ROWS:
    default:              return TRUE;
    }
}

static void
show_values (WbFilterForm *self)
{
  for (Row row = 0; row < N_ROWS; row++)
    {
      NnValue value = get_value (self, row);

      wb_arg_row_set_value (WB_ARG_ROW (self->rows[row]), &value);
      gtk_widget_set_visible (self->rows[row], counts (self, row));
    }
}

void
wb_filter_form_set_filter (WbFilterForm *self, const SigFilterSpec *filter, gboolean trains)
{
  g_return_if_fail (WB_IS_FILTER_FORM (self) && filter != NULL);

  self->filter = *filter;
  self->trains = trains;
  show_values (self);
}

const SigFilterSpec *
wb_filter_form_get_filter (WbFilterForm *self)
{
  g_return_val_if_fail (WB_IS_FILTER_FORM (self), NULL);

  return &self->filter;
}

gboolean
wb_filter_form_get_trains (WbFilterForm *self)
{
  g_return_val_if_fail (WB_IS_FILTER_FORM (self), FALSE);

  return self->trains;
}

void
wb_filter_form_set_wrong (WbFilterForm *self, const char *sentence)
{
  g_return_if_fail (WB_IS_FILTER_FORM (self));

  gtk_label_set_label (GTK_LABEL (self->wrong), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->wrong, sentence != NULL);
}

static void
row_changed_cb (WbArgRow *row, gpointer user_data)
{
  WbFilterForm *self = WB_FILTER_FORM (user_data);

  for (Row i = 0; i < N_ROWS; i++)
    if (self->rows[i] == GTK_WIDGET (row))
      take_value (self, i, wb_arg_row_get_value (row));
  show_values (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_filter_form_dispose (GObject *object)
{
  WbFilterForm *self = WB_FILTER_FORM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_filter_form_parent_class)->dispose (object);
}

static void
wb_filter_form_class_init (WbFilterFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_filter_form_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "filterform");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_filter_form_init (WbFilterForm *self)
{
  self->filter = sig_filter_spec_default ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->wrong = wb_label_new_wrapped ("tone-error", "");
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->wrong), GTK_NATURAL_WRAP_INHERIT);
  gtk_label_set_max_width_chars (GTK_LABEL (self->wrong), 30);
  gtk_box_append (GTK_BOX (self->content), self->wrong);
  for (Row row = 0; row < N_ROWS; row++)
    {
      self->rows[row] = wb_arg_row_new (&args[row]);
      g_signal_connect_object (self->rows[row], "changed", G_CALLBACK (row_changed_cb), self, 0);
      gtk_box_append (GTK_BOX (self->content), self->rows[row]);
    }
  gtk_widget_set_visible (self->wrong, FALSE);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  show_values (self);
}

GtkWidget *
wb_filter_form_new (void)
{
  return g_object_new (WB_TYPE_FILTER_FORM, NULL);
}
