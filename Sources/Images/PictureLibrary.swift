internal import CVips
import Glibc
package import ImageCoding

/// libvips in this process.
package enum PictureLibrary {
  /// Starts the library with the loader of one kind only: whatever the bytes pretend to be, no other one sees them.
  ///
  /// - Throws: `unsupported` when the installation can't read the kind.
  package static func start(for kind: PictureKind) throws(EncodingFailure) {
    // Away from its modules: ImageMagick, PDF and the like are not even brought into the process.
    unsafe setenv("VIPSHOME", "/nonexistent", 1)
    // What does not fit into memory is refused, not put on the disk.
    unsafe setenv("VIPS_DISC_THRESHOLD", "64g", 1)
    guard unsafe vips_init("smartpages-image") == 0 else { throw .internalFault }
    vips_concurrency_set(1)
    vips_cache_set_max(0)
    if kind == .avif || kind == .heic, vips_add_heif() == 0 { throw .unsupported }
    unsafe vips_operation_block_set("VipsForeignLoad", 1)
    unsafe vips_operation_block_set(kind.loader, 0)
  }
}

extension PictureKind {
  /// The class of the library's loaders.
  fileprivate var loader: String {
    switch self {
    case .jpeg: "VipsForeignLoadJpeg"
    case .png: "VipsForeignLoadPng"
    case .webp: "VipsForeignLoadWebp"
    case .avif, .heic: "VipsForeignLoadHeif"
    }
  }
}
