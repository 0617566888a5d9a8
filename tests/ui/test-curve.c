/* test-curve.c: the loss curve widget: points, switches and words
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-view.h"
#include "wb-curve.h"

#include <math.h>

static const WbCurvePoint first = { .6, .7, .5, NAN }, second = { .2134, .254, .9, .88 };

static void
assert_says (GtkWidget  *curve,
             const char *text)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

static void
test_points (void)
{
  GtkWidget *curve = wb_curve_new (), *window = t_ui_show (curve, 700, 300);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (curve), GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss curve");
  assert_says (curve, "No epoch is finished yet");
  wb_curve_start (WB_CURVE (curve), 20);
  wb_curve_add (WB_CURVE (curve), &first);
  assert_says (curve, "Epoch 1: loss 0.600, validation loss 0.700, accuracy 0.500");
  wb_curve_add (WB_CURVE (curve), &second);
  wb_curve_set_best (WB_CURVE (curve), 2);
  g_assert_cmpuint (wb_curve_get_n_points (WB_CURVE (curve)), ==, 2);
  assert_says (curve, "Epoch 2: loss 0.213, validation loss 0.254, accuracy 0.900, validation accuracy 0.880");
  t_view_wait_for_frame (window);

  wb_curve_start (WB_CURVE (curve), 5);
  g_assert_cmpuint (wb_curve_get_n_points (WB_CURVE (curve)), ==, 0);
  assert_says (curve, "No epoch is finished yet");
  t_view_wait_for_frame (window);
  t_ui_close (window, curve);
}

static void
test_switches (void)
{
  GtkWidget *curve = wb_curve_new (), *window = t_ui_show (curve, 700, 300);
  GtkWidget *log = t_ui_find (curve, GTK_TYPE_CHECK_BUTTON, 0);
  GtkWidget *loss = t_ui_find (curve, GTK_TYPE_TOGGLE_BUTTON, 0),
            *accuracy = t_ui_find (curve, GTK_TYPE_TOGGLE_BUTTON, 1);

  g_assert_cmpstr (gtk_check_button_get_label (GTK_CHECK_BUTTON (log)), ==, "Logarithmic scale");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (accuracy)), ==, "Accuracy");
  wb_curve_start (WB_CURVE (curve), 3);
  wb_curve_add (WB_CURVE (curve), &first);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (log), TRUE);
  t_view_wait_for_frame (window);

  /* Accuracy has no log scale: the switch says so. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (accuracy), TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (loss)));
  g_assert_false (gtk_widget_get_sensitive (log));
  t_view_wait_for_frame (window);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (loss), TRUE);
  g_assert_true (gtk_widget_get_sensitive (log));
  t_ui_close (window, curve);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curve/points", test_points);
  g_test_add_func ("/curve/switches", test_switches);
  return t_ui_run ();
}
