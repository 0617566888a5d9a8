/* bench-floor.c: what a window costs that has nothing of ours in it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench-floor.h"

#define N_PICTURES 3

#define BENCH_TYPE_AREA (bench_area_get_type ())
G_DECLARE_FINAL_TYPE (BenchArea, bench_area, BENCH, AREA, GtkWidget)

struct _BenchArea
{
  GtkWidget        parent_instance;
  cairo_surface_t *pictures[N_PICTURES]; /* NULL: it is of one colour */
  guint            n_drawn;
};

G_DEFINE_FINAL_TYPE (BenchArea, bench_area, GTK_TYPE_WIDGET)

/* A texture of its own for every frame, as what is drawn anew needs one. */
static GdkTexture *
make_texture (cairo_surface_t *picture)
{
  int width = cairo_image_surface_get_width (picture), height = cairo_image_surface_get_height (picture);
  int stride = cairo_image_surface_get_stride (picture);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (picture), (gsize) height * stride,
                                    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (picture));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
show_picture (GtkSnapshot           *snapshot,
              cairo_surface_t       *picture,
              const graphene_rect_t *bounds,
              gboolean               as_texture)
{
  if (as_texture)
    {
      g_autoptr (GdkTexture) texture = make_texture (picture);

      gtk_snapshot_append_texture (snapshot, texture, bounds);
    }
  else
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

      cairo_set_source_surface (cr, picture, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
}

static void
bench_area_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  BenchArea *self = BENCH_AREA (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  guint n = self->n_drawn++;

  if (self->pictures[0] != NULL)
    show_picture (snapshot, self->pictures[n % N_PICTURES], &bounds, !GSK_IS_CAIRO_RENDERER (renderer));
  else
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { n % 2, .5f, .5f, 1 }, &bounds);
}

static void
bench_area_finalize (GObject *object)
{
  for (guint i = 0; i < N_PICTURES; i++)
    g_clear_pointer (&BENCH_AREA (object)->pictures[i], cairo_surface_destroy);
  G_OBJECT_CLASS (bench_area_parent_class)->finalize (object);
}

static void
bench_area_class_init (BenchAreaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bench_area_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = bench_area_snapshot;
}

static void
bench_area_init (BenchArea *self)
{
}

static cairo_surface_t *
make_picture (int width,
              int height,
              int number)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (picture);

  cairo_set_source_rgb (cr, number / 3., .5, .5);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

/* A run of frames, and the loop that waits for its end. */
typedef struct
{
  BenchFrames *frames;
  GMainLoop   *loop;
} Run;

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Run *run = user_data;

  if (!bench_frames_next (run->frames))
    {
      g_main_loop_quit (run->loop);
      return G_SOURCE_REMOVE;
    }
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static BenchRate
run_area (GtkWindow   *window,
          BenchArea   *area,
          BenchFrames *frames,
          const char  *what)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { frames, loop };

  gtk_window_set_child (window, GTK_WIDGET (area));
  bench_frames_start (frames);
  gtk_widget_add_tick_callback (GTK_WIDGET (area), tick_cb, &run, NULL);
  g_main_loop_run (loop);
  g_print ("floor, a window with nothing but %s: ", what);
  return bench_frames_report (frames);
}

BenchFloor
bench_floor_run (GtkWindow   *window,
                 BenchFrames *frames,
                 int          width,
                 int          height)
{
  BenchArea *plain = g_object_new (BENCH_TYPE_AREA, NULL), *area = g_object_new (BENCH_TYPE_AREA, NULL);
  BenchFloor floor;

  for (int i = 0; i < N_PICTURES; i++)
    area->pictures[i] = make_picture (width, height, i);
  floor.color = run_area (window, plain, frames, "a colour");
  floor.picture = run_area (window, area, frames, "a picture");
  gtk_window_set_child (window, NULL);
  return floor;
}
