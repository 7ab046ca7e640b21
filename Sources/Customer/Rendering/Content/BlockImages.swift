package import Services

extension Block {
  /// The pictures that the block names, each with where in the block's JSON, for example `/images/2/image`.
  package var images: [(pointer: String, id: ImageID)] {
    switch self {
    case .hero(let hero): Self.single(hero.image)
    case .image(let image): Self.single(image.shot.image)
    case .gallery(let gallery): gallery.images.enumerated().map { ("/images/\($0)/image", $1.image) }
    case .testimonial(let testimonial): Self.single(testimonial.image)
    case .embed(let embed): Self.single(embed.image)
    default: []
    }
  }

  private static func single(_ image: ImageID?) -> [(pointer: String, id: ImageID)] {
    image.map { [("/image", $0)] } ?? []
  }
}
