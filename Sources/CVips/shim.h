// libvips takes the options of an operation by variadic functions, which Swift cannot call: one inline function an
// operation, with the options that we use.
#pragma once
#include <gmodule.h>
#include <vips/vips.h>

// As Dl_info and dladdr(3), which glibc shows to GNU sources only.
struct vips_library {
  const char *file;
  void *start;
  const char *symbol;
  void *address;
};
extern int dladdr(const void *address, struct vips_library *library);

// Adds the loader of HEIC and AVIF, which Debian keeps in a module beside the library; 0 when there is none.
static inline int vips_add_heif(void) {
  if (vips_type_find("VipsForeignLoad", "heifload_buffer")) return 1;
  struct vips_library library;
  if (!dladdr((const void *)vips_init, &library)) return 0;
  char *folder = g_path_get_dirname(library.file);
  char *path = g_strdup_printf("%s/vips-modules-%d.%d/vips-heif.so", folder, vips_version(0), vips_version(1));
  GModule *module = g_module_open(path, 0);
  if (module) g_module_make_resident(module);
  g_free(path);
  g_free(folder);
  return module != NULL;
}

// Opens the header of a picture that lies in memory; its pixels are decoded when they are asked for, and a fault among
// them is an error then.
static inline VipsImage *vips_open(const void *bytes, size_t count) {
  return vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail-on", VIPS_FAIL_ON_ERROR,
    NULL);
}

// The same for a JPEG, of which only each second, fourth or eighth pixel is decoded.
static inline VipsImage *vips_open_smaller(const void *bytes, size_t count, int shrink) {
  return vips_image_new_from_buffer(bytes, count, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail-on", VIPS_FAIL_ON_ERROR,
    "shrink", shrink, NULL);
}

// Turns a picture upright, at most `width` wide, with its colours as sRGB has them.
static inline int vips_prepare(VipsImage *in, VipsImage **out, int width) {
  return vips_thumbnail_image(in, out, width, "height", VIPS_MAX_COORD, "size", VIPS_SIZE_DOWN, "export-profile", "srgb",
    NULL);
}

// Makes a picture narrower.
static inline int vips_narrow(VipsImage *in, VipsImage **out, int width) {
  return vips_thumbnail_image(in, out, width, "height", VIPS_MAX_COORD, "size", VIPS_SIZE_DOWN, NULL);
}

static inline int vips_to_srgb(VipsImage *in, VipsImage **out) {
  return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, NULL);
}

// The bands from `first` on, `count` of them.
static inline int vips_bands(VipsImage *in, VipsImage **out, int first, int count) {
  return vips_extract_band(in, out, first, "n", count, NULL);
}

static inline int vips_smallest(VipsImage *in, double *out) { return vips_min(in, out, NULL); }

static inline int vips_write_webp(VipsImage *in, void **bytes, size_t *count) {
  return vips_webpsave_buffer(in, bytes, count, "Q", 80, "effort", 4, "smart-subsample", TRUE, "strip", TRUE, NULL);
}

static inline int vips_write_jpeg(VipsImage *in, void **bytes, size_t *count) {
  return vips_jpegsave_buffer(in, bytes, count, "Q", 82, "optimize-coding", TRUE, "interlace", TRUE, "strip", TRUE,
    NULL);
}

static inline int vips_write_png(VipsImage *in, void **bytes, size_t *count) {
  return vips_pngsave_buffer(in, bytes, count, "compression", 9, "strip", TRUE, NULL);
}

// Drops all that is known of a picture besides its pixels. The savers' own option "strip" leaves some of it.
static inline void vips_forget(VipsImage *image) {
  gchar **names = vips_image_get_fields(image);
  for (gchar **name = names; name && *name; name++) vips_image_remove(image, *name);
  g_strfreev(names);
}

static inline void vips_unref(VipsImage *image) { g_object_unref(image); }
