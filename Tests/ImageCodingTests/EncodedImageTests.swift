import ImageCoding
import Testing

@Suite("The encoder's report")
struct EncodedImageTests {
  private static let webp = Array("RIFF\0\0\0\0WEBPVP8 ".utf8)
  private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0]
  private static let image = EncodedImage(variants: [
    .init(width: 320, height: 200, format: .webp, bytes: webp),
    .init(width: 320, height: 200, format: .jpeg, bytes: jpeg),
  ])

  @Test("is read as it was written")
  func roundTrip() {
    #expect(EncodedImage(report: Self.image.report) == Self.image)
  }

  @Test(
    "is believed in no other form",
    arguments: [
      "", "smartpages-image 1\n", "smartpages-image 1\nend\n", "smartpages-image 2\nvariant 1 1 jpeg 5\nend\n",
      "smartpages-image 1\nvariant 0 1 jpeg 5\nend\n", "smartpages-image 1\nvariant 1 -1 jpeg 5\nend\n",
      "smartpages-image 1\nvariant 1 99999 jpeg 5\nend\n", "smartpages-image 1\nvariant 1 1 svg 5\nend\n",
      "smartpages-image 1\nvariant 1 1 jpeg 6\nend\n", "smartpages-image 1\nvariant 1 1 jpeg 4\nend\n",
      "smartpages-image 1\nvariant 1 1 jpeg 9223372036854775807\nvariant 1 1 jpeg 9223372036854775807\nend\n",
      "smartpages-image 1\nvariant 1 1 png 5\nend\n", "smartpages-image 1\nvariant 1 1 jpeg 5 \nend\n",
    ])
  func strict(_ head: String) {
    #expect(EncodedImage(report: Array(head.utf8) + Self.jpeg) == nil)
  }

  @Test("is refused when it is cut off anywhere")
  func cutOff() {
    let report = Self.image.report
    for count in 0..<report.count { #expect(EncodedImage(report: Array(report.prefix(count))) == nil) }
  }

  @Test(
    "names no width above the picture's own",
    arguments: [
      (1, [1]), (320, [320]), (500, [320, 500]), (960, [320, 640, 960]), (1919, [320, 640, 960, 1280, 1919]),
      (1920, [320, 640, 960, 1280, 1920]), (8000, [320, 640, 960, 1280, 1920]),
    ])
  func widths(_ width: Int, _ expected: [Int]) {
    #expect(ImageLimits.widths(of: width) == expected)
  }
}
