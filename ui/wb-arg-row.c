/* wb-arg-row.c: one argument with its editor, made from its descriptor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-arg-row.h"

#include "wb-text.h"
#include "wb-widgets.h"

#define ENDLESS     1e9 /* a greatest value from which on nobody means it */
#define LONG_CHOICE 12 /* characters: drop-downs with longer words stand under the label, not beside it */

struct _WbArgRow
{
  GtkWidget    parent_instance;

  const NnArg *arg;
  NnArg        element;    /* one number of a pair */
  NnValue      value;
  gboolean     updating;   /* the editors follow the value, not the other way round */

  GtkWidget   *content;
  GtkWidget   *editors[2]; /* the second only for pairs */
  GtkWidget   *refusal;
};

G_DEFINE_FINAL_TYPE (WbArgRow, wb_arg_row, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

const NnValue *
wb_arg_row_get_value (WbArgRow *self)
{
  g_return_val_if_fail (WB_IS_ARG_ROW (self), NULL);

  return &self->value;
}

static void
show_refusal (WbArgRow *self, const char *message)
{
  gtk_label_set_label (GTK_LABEL (self->refusal), message != NULL ? message : "");
  gtk_widget_set_visible (self->refusal, message != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->editors); i++)
    if (self->editors[i] != NULL)
      {
        wb_widget_set_class (self->editors[i], "refused", message != NULL);
        gtk_accessible_update_state (GTK_ACCESSIBLE (self->editors[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                     message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
      }
}

static void
take_value (WbArgRow *self, const NnValue *value)
{
  if (nn_value_equal (&self->value, value))
    return;
  self->value = *value;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- spin buttons ------------------------------------------------------------------------ */

static gboolean
spin_input_cb (GtkSpinButton *spin, double *number, gpointer user_data)
{
  WbArgRow *self = WB_ARG_ROW (user_data);
  g_autoptr(GError) error = NULL;
  NnValue value;

  if (!nn_arg_value_from_text (&self->element, gtk_editable_get_text (GTK_EDITABLE (spin)), &value, &error))
    {
      show_refusal (self, error->message);
      return GTK_INPUT_ERROR;
    }
  show_refusal (self, NULL);
  *number = value.whole[0];
  return TRUE;
}

static void
spin_changed_cb (GtkSpinButton *spin, gpointer user_data)
{
  WbArgRow *self = WB_ARG_ROW (user_data);
  NnValue value = self->value;

  if (self->updating)
    return;
  value.n = self->editors[1] != NULL ? 2 : 1;
  for (int i = 0; i < value.n; i++)
    value.whole[i] = (gint64) gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->editors[i]));
  take_value (self, &value);
}

static GtkWidget *
new_spin (WbArgRow *self, guint i)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (self->arg->min, self->arg->max, 1);
  g_autofree char *spoken = i == 0 ? g_strdup (self->arg->label) : g_strdup_printf ("%s %u", self->arg->label, i + 1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 0);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (spin), GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_set_hexpand (spin, self->arg->type == NN_ARG_INT_PAIR);
  wb_widget_set_spoken (spin, spoken);
  g_signal_connect_object (spin, "input", G_CALLBACK (spin_input_cb), self, 0);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (spin_changed_cb), self, 0);
  return spin;
}

/* --- entries ----------------------------------------------------------------------------- */

static void
commit_entry_cb (WbArgRow *self)
{
  g_autoptr(GError) error = NULL;
  NnValue value;

  if (!nn_arg_value_from_text (self->arg, gtk_editable_get_text (GTK_EDITABLE (self->editors[0])), &value, &error))
    {
      show_refusal (self, error->message);
      return;
    }
  show_refusal (self, NULL);
  take_value (self, &value);
}

static GtkWidget *
new_entry (WbArgRow *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 10);
  g_signal_connect_object (entry, "activate", G_CALLBACK (commit_entry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit_entry_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

/* --- switches and drop-downs ------------------------------------------------------------- */

static void
picked_cb (WbArgRow *self)
{
  NnValue value;

  if (self->updating)
    return;
  value = self->arg->type == NN_ARG_BOOL
            ? nn_value_whole (gtk_switch_get_active (GTK_SWITCH (self->editors[0])))
            : nn_value_whole (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editors[0])));
  take_value (self, &value);
}

static GtkWidget *
new_switch (WbArgRow *self)
{
  GtkWidget *widget = gtk_switch_new ();

  g_signal_connect_object (widget, "notify::active", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  return widget;
}

static GtkWidget *
new_drop_down (WbArgRow *self)
{
  GtkWidget *widget = gtk_drop_down_new_from_strings (self->arg->choices);

  g_signal_connect_object (widget, "notify::selected", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  return widget;
}

/* --- the value --------------------------------------------------------------------------- */

static void
show_value (WbArgRow *self)
{
  g_autofree char *text = NULL;

  self->updating = TRUE;
  switch (self->arg->type)
    {
    case NN_ARG_INT:
    case NN_ARG_INT_PAIR:
      for (int i = 0; i < self->value.n && i < 2 && self->editors[i] != NULL; i++)
        gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->editors[i]), self->value.whole[i]);
      break;
    case NN_ARG_INT_LIST:
    case NN_ARG_REAL:
      text = nn_arg_value_to_text (self->arg, &self->value);
      gtk_editable_set_text (GTK_EDITABLE (self->editors[0]), text);
      break;
    case NN_ARG_BOOL:
      gtk_switch_set_active (GTK_SWITCH (self->editors[0]), self->value.whole[0] != 0);
      break;
    case NN_ARG_CHOICE:
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->editors[0]), self->value.whole[0]);
      break;
    default:
      g_assert_not_reached ();
    }
  self->updating = FALSE;
}

void
wb_arg_row_set_value (WbArgRow *self, const NnValue *value)
{
  g_return_if_fail (WB_IS_ARG_ROW (self));
  g_return_if_fail (value != NULL);

  if (nn_value_equal (&self->value, value))
    return;
  self->value = *value;
  show_refusal (self, NULL);
  show_value (self);
}

/* --- life -------------------------------------------------------------------------------- */

static char *
words_of_range (const NnArg *arg)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  if (arg->type == NN_ARG_BOOL || arg->type == NN_ARG_CHOICE)
    return NULL;
  if (arg->type != NN_ARG_REAL)
    {
      g_autofree char *from = wb_text_count (arg->min);
      g_autofree char *to = wb_text_count (arg->max);
      return g_strdup_printf ("%s to %s", from, to);
    }
  (void) g_ascii_formatd (low, sizeof low, "%.9g", arg->min);
  if (arg->max >= ENDLESS)
    return g_strdup_printf ("%s or more", low);
  return g_strdup_printf ("%s to %s", low, g_ascii_formatd (high, sizeof high, "%.9g", arg->max));
}

/* Whether the editor is too wide to stand beside the label. */
static gboolean
is_stacked (const NnArg *arg)
{
  if (arg->type == NN_ARG_CHOICE)
    for (guint i = 0; arg->choices[i] != NULL; i++)
      if (g_utf8_strlen (arg->choices[i], -1) > LONG_CHOICE)
        return TRUE;
  return arg->type == NN_ARG_INT_PAIR || arg->type == NN_ARG_INT_LIST;
}

static GtkWidget *
new_editor (WbArgRow *self)
{
  switch (self->arg->type)
    {
    case NN_ARG_INT:
    case NN_ARG_INT_PAIR:
      return new_spin (self, 0);
    case NN_ARG_INT_LIST:
    case NN_ARG_REAL:
      return new_entry (self);
    case NN_ARG_BOOL:
      return new_switch (self);
    case NN_ARG_CHOICE:
      return new_drop_down (self);
    default:
      g_assert_not_reached ();
    }
}

static void
build (WbArgRow *self)
{
  gboolean stacked = is_stacked (self->arg);
  GtkWidget *line = gtk_box_new (stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *editors = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = wb_label_new (NULL, 0);
  g_autofree char *range = words_of_range (self->arg);

  self->editors[0] = new_editor (self);
  wb_widget_set_spoken (self->editors[0], self->arg->label);
  if (self->arg->type == NN_ARG_INT_PAIR)
    self->editors[1] = new_spin (self, 1);
  for (guint i = 0; i < 2 && self->editors[i] != NULL; i++)
    {
      gtk_widget_set_valign (self->editors[i], GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (self->editors[i], range);
      if (stacked)
        gtk_widget_set_hexpand (self->editors[i], TRUE);
      gtk_box_append (GTK_BOX (editors), self->editors[i]);
    }
  gtk_label_set_label (GTK_LABEL (label), self->arg->label);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE); /* large letters: “Validation …” would be two rows' */
  gtk_widget_set_hexpand (label, !stacked);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), editors);

  self->refusal = wb_label_new_wrapped ("refusal", "");
  gtk_widget_set_visible (self->refusal, FALSE);
  gtk_box_append (GTK_BOX (self->content), line);
  gtk_box_append (GTK_BOX (self->content), self->refusal);
  if (self->arg->help != NULL)
    gtk_box_append (GTK_BOX (self->content), wb_label_new_wrapped ("help", self->arg->help));
}

static void
wb_arg_row_dispose (GObject *object)
{
  WbArgRow *self = WB_ARG_ROW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->editors[0] = self->editors[1] = NULL;
  G_OBJECT_CLASS (wb_arg_row_parent_class)->dispose (object);
}

static void
wb_arg_row_class_init (WbArgRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_arg_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "argrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_arg_row_init (WbArgRow *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_arg_row_new (const NnArg *arg)
{
  WbArgRow *self;

  g_return_val_if_fail (arg != NULL, NULL);

  self = g_object_new (WB_TYPE_ARG_ROW, NULL);
  self->arg = arg;
  self->element = *arg;
  self->element.type = NN_ARG_INT;
  self->value = arg->fallback;
  build (self);
  show_value (self);
  return GTK_WIDGET (self);
}
