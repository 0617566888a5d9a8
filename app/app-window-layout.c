/* app-window-layout.c: makes all widgets of the window and puts them in their places
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "nn-template.h"
#include "wb-widgets.h"
#include "wb-zoom.h"

/* The least sizes of the parts. */
#define LEFT_WIDTH      310
#define CENTRE_WIDTH    350
#define RIGHT_WIDTH     270
#define STACK_HEIGHT    250
#define PALETTE_HEIGHT  290 /* all kinds, without scrolling */
#define OVERVIEW_HEIGHT 44
#define TRACES_HEIGHT   220
#define PAGES_HEIGHT    235

/* From this width on the header bar has room for the state of the training in words. */
#define ROOMY_WIDTH 1160

static GtkWidget *
menu_button (const char *label, const char *tooltip, GMenuModel *menu)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  wb_menu_button_keep_focus (GTK_MENU_BUTTON (button));
  gtk_widget_set_tooltip_text (button, tooltip);
  wb_widget_set_spoken (button, label);

  return button;
}

/* "Empty stack", and every template of the core. */
static GMenuModel *
templates_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) templates = g_menu_new ();
  const NnTemplate *template;
  g_autoptr (GMenuItem) empty = g_menu_item_new ("_Empty Stack", "win.new");

  g_menu_item_set_attribute (empty, "accel", "s", "<Control>n");
  g_menu_append_item (first, empty);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));

  for (guint i = 0; (template = nn_template_nth (i)) != NULL; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s · %s", template->id, template->title);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.template", "s", template->id);
      g_menu_append_item (templates, item);
    }
  g_menu_append_section (menu, "Templates", G_MENU_MODEL (templates));

  return G_MENU_MODEL (menu);
}

static GtkWidget *
icon_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static GtkLabel *
title_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static GtkWidget *
title_widget (AppWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->title = title_label (box, "title");
  gtk_label_set_text (self->title, "No recording");
  self->subtitle = title_label (box, "subtitle");

  return box;
}

static GtkWidget *
undo_buttons (AppWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  self->undo = icon_button ("edit-undo-symbolic", "Undo", "win.undo");
  self->redo = icon_button ("edit-redo-symbolic", "Redo", "win.redo");
  gtk_box_append (GTK_BOX (box), self->undo);
  gtk_box_append (GTK_BOX (box), self->redo);

  return box;
}

static GtkWidget *
channels_button (AppWindow *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new ();

  self->channels_button = GTK_MENU_BUTTON (button);
  self->channels = WB_CHANNELS (wb_channels_new ());
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->channels));
  gtk_menu_button_set_label (self->channels_button, "Channels");
  gtk_menu_button_set_popover (self->channels_button, popover);
  wb_menu_button_keep_focus (self->channels_button);
  gtk_widget_set_tooltip_text (button, "Which channels are shown, in which order, colour and scale");
  wb_widget_set_spoken (button, "Channels");

  return button;
}

static GtkWidget *
header_bar (AppWindow *self)
{
  GtkWidget *bar = gtk_header_bar_new ();
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GtkBuilder) menus = gtk_builder_new_from_resource ("/org/lamina/Lamina/app-menus.ui");
  GMenuModel *open_menu = G_MENU_MODEL (gtk_builder_get_object (menus, "open-menu"));
  GMenuModel *view_menu = G_MENU_MODEL (gtk_builder_get_object (menus, "view-menu"));
  GMenuModel *main_menu = G_MENU_MODEL (gtk_builder_get_object (menus, "main-menu"));
  g_autoptr (GMenuModel) templates = templates_menu ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), main_menu);
  wb_menu_button_keep_focus (GTK_MENU_BUTTON (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  gtk_widget_set_tooltip_text (menu, "Main menu");
  wb_widget_set_spoken (menu, "Main menu");
  self->run_bar = WB_RUN_BAR (wb_run_bar_new ());

  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar),
                             menu_button ("Open", "Open a recording, labels or a design", open_menu));
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar),
                             menu_button ("Templates", "Start from a design that is known to work", templates));
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), menu_button ("View", "How the recording is shown", view_menu));
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), channels_button (self));
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), undo_buttons (self));
  gtk_header_bar_set_title_widget (GTK_HEADER_BAR (bar), title_widget (self));
  gtk_header_bar_pack_end (GTK_HEADER_BAR (bar), menu);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (bar), GTK_WIDGET (self->run_bar));

  return bar;
}

typedef enum { GROW_START, GROW_END } Grow;

/* A pane whose children keep their least sizes; one of them gets all that is left. */
static GtkWidget *
paned (GtkOrientation orientation, GtkWidget *start, GtkWidget *end, Grow grow)
{
  GtkWidget *pane = gtk_paned_new (orientation);

  gtk_paned_set_start_child (GTK_PANED (pane), start);
  gtk_paned_set_end_child (GTK_PANED (pane), end);
  gtk_paned_set_resize_start_child (GTK_PANED (pane), grow == GROW_START);
  gtk_paned_set_resize_end_child (GTK_PANED (pane), grow == GROW_END);
  gtk_paned_set_shrink_start_child (GTK_PANED (pane), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (pane), FALSE);

  return pane;
}

static GtkWidget *
left_side (AppWindow *self)
{
  GtkWidget *pane;

  self->stack = WB_STACK (wb_stack_new ());
  self->palette = WB_PALETTE (wb_palette_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->stack), LEFT_WIDTH, STACK_HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self->palette), LEFT_WIDTH, PALETTE_HEIGHT);
  pane = paned (GTK_ORIENTATION_VERTICAL, GTK_WIDGET (self->stack), GTK_WIDGET (self->palette), GROW_START);
  gtk_widget_add_css_class (pane, "sidebar");

  return pane;
}

static GtkWidget *
recording_view (AppWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *zoomed;

  self->overview = WB_OVERVIEW (wb_overview_new (self->span));
  self->traces = WB_TRACES (wb_traces_new (self->span));
  zoomed = wb_zoom_new (GTK_WIDGET (self->traces));
  gtk_widget_set_size_request (GTK_WIDGET (self->overview), -1, OVERVIEW_HEIGHT);
  gtk_widget_set_size_request (zoomed, CENTRE_WIDTH, TRACES_HEIGHT);
  gtk_widget_set_vexpand (zoomed, TRUE);
  wb_traces_set_marks (self->traces, self->marks);
  gtk_box_append (GTK_BOX (box), app_window_make_class_bar (self));
  gtk_box_append (GTK_BOX (box), wb_zoom_new (GTK_WIDGET (self->overview)));
  gtk_box_append (GTK_BOX (box), zoomed);

  return box;
}

/* The label says it to eyes, the tab around it, which has the focus, to screen readers. */
void
app_window_name_page (AppWindow *self, GtkWidget *page, const char *name)
{
  gtk_notebook_set_tab_label_text (self->pages, page, name);
  wb_widget_set_spoken (gtk_widget_get_parent (gtk_notebook_get_tab_label (self->pages, page)), name);
}

static GtkWidget *
pages (AppWindow *self)
{
  GtkWidget *book = gtk_notebook_new ();

  self->pages = GTK_NOTEBOOK (book);
  self->curve = WB_CURVE (wb_curve_new ());
  self->problems = WB_PROBLEMS (wb_problems_new ());
  gtk_notebook_append_page (self->pages, GTK_WIDGET (self->curve), NULL);
  gtk_notebook_append_page (self->pages, GTK_WIDGET (self->problems), NULL);
  app_window_name_page (self, GTK_WIDGET (self->curve), "Loss");
  app_window_name_page (self, GTK_WIDGET (self->problems), "Problems");
  gtk_notebook_set_show_border (self->pages, FALSE);
  gtk_widget_set_size_request (book, CENTRE_WIDTH, PAGES_HEIGHT);

  return book;
}

static GtkWidget *
body (AppWindow *self)
{
  GtkWidget *centre = paned (GTK_ORIENTATION_VERTICAL, recording_view (self), pages (self), GROW_START);
  GtkWidget *right;

  self->inspector = WB_INSPECTOR (wb_inspector_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector), RIGHT_WIDTH, -1);
  right = paned (GTK_ORIENTATION_HORIZONTAL, centre, GTK_WIDGET (self->inspector), GROW_START);

  self->left_side = left_side (self);
  return paned (GTK_ORIENTATION_HORIZONTAL, self->left_side, right, GROW_END);
}

static GtkLabel *
status_label (GtkWidget *bar, float xalign, gboolean expand)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_hexpand (label, expand);
  gtk_box_append (GTK_BOX (bar), label);

  return GTK_LABEL (label);
}

static GtkWidget *
status_line (AppWindow *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  gtk_widget_add_css_class (bar, "statusline");
  gtk_widget_set_margin_start (bar, 10);
  gtk_widget_set_margin_end (bar, 10);
  gtk_widget_set_margin_top (bar, 4);
  gtk_widget_set_margin_bottom (bar, 4);
  self->facts = status_label (bar, 0, TRUE);
  self->outcome = status_label (bar, 1, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "dim-label");

  return bar;
}

/* A paned takes presses where its handle was last (GTK 4.8), though nothing is there: not while `taken` is FALSE. */
static void
let_handle_be_taken (GtkWidget *paned, gboolean taken)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (paned);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        gtk_event_controller_set_propagation_phase (controller, taken ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
    }
}

/* The focus does not stay in a pane that is gone, where no key would be heard. */
void
app_window_set_recording_only (AppWindow *self, gboolean only)
{
  if (only)
    gtk_widget_grab_focus (GTK_WIDGET (self->traces));
  for (GtkWidget *parent = GTK_WIDGET (self->traces); parent != NULL; parent = gtk_widget_get_parent (parent))
    if (GTK_IS_PANED (parent))
      let_handle_be_taken (parent, !only);
  gtk_widget_set_visible (self->left_side, !only);
  gtk_widget_set_visible (GTK_WIDGET (self->pages), !only);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), !only);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->view_actions), "recording-only")),
                             g_variant_new_boolean (only));
}

/* A narrow window keeps the room for its title; how the training stands is told in the status line as well. */
static void
width_cb (AppWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  wb_run_bar_set_roomy (self->run_bar, gdk_surface_get_width (surface) >= ROOMY_WIDTH);
}

static void
realize_cb (AppWindow *self)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "notify::width", G_CALLBACK (width_cb), self,
                           G_CONNECT_SWAPPED);
}

void
app_window_lay_out (AppWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *middle;

  gtk_window_set_titlebar (GTK_WINDOW (self), header_bar (self));
  middle = body (self);
  gtk_widget_set_vexpand (middle, TRUE);
  self->banner = WB_BANNER (wb_banner_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), middle);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), status_line (self));
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  g_signal_connect (self, "realize", G_CALLBACK (realize_cb), NULL);
}
