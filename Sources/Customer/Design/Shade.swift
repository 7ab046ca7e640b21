/// A colour by how it is seen: in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020).
struct Shade: Sendable {
  /// 0 is black, 1 is white.
  var lightness: Double
  /// Hue and chroma as a point of the plane: its angle is the hue, its distance from the middle the chroma.
  var greenRed: Double
  var blueYellow: Double

  init(_ color: Color) {
    let (red, green, blue) = (
      Light.linear[Int(color.red)], Light.linear[Int(color.green)], Light.linear[Int(color.blue)]
    )
    let long = Self.cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let middle = Self.cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = Self.cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    greenRed = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    blueYellow = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
  }

  /// The colour of this hue and lightness, with its chroma where a screen can show it, else with the most that it can.
  var color: Color {
    if let color = shown(chroma: 1) { return color }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if shown(chroma: middle) == nil { high = middle } else { low = middle }
    }
    return shown(chroma: low) ?? (lightness < 0.5 ? .black : .white)
  }

  /// This shade with another lightness.
  func lit(_ lightness: Double) -> Shade {
    var shade = self
    shade.lightness = min(1, max(0, lightness))
    return shade
  }

  /// The shade a part of the way to another one.
  func mixed(_ part: Double, of other: Shade) -> Shade {
    var shade = self
    shade.lightness += (other.lightness - lightness) * part
    shade.greenRed += (other.greenRed - greenRed) * part
    shade.blueYellow += (other.blueYellow - blueYellow) * part
    return shade
  }

  /// - Parameter chroma: the part of the chroma to keep.
  /// - Returns: nil when no screen of sRGB can show it.
  private func shown(chroma: Double) -> Color? {
    let (first, second) = (greenRed * chroma, blueYellow * chroma)
    let long = Self.cube(lightness + 0.3963377774 * first + 0.2158037573 * second)
    let middle = Self.cube(lightness - 0.1055613458 * first - 0.0638541728 * second)
    let short = Self.cube(lightness - 0.0894841775 * first - 1.2914855480 * second)
    let red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    let green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    let blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    // Half a step of a dark channel: what rounds to a value that exists exists.
    guard [red, green, blue].allSatisfy({ (-0.0002...1.0002).contains($0) }) else { return nil }
    return Color(red: Light.value(red), green: Light.value(green), blue: Light.value(blue))
  }

  private static func cube(_ number: Double) -> Double {
    number * number * number
  }

  /// By Newton's method; the argument is between 0 and 1.
  private static func cubeRoot(_ number: Double) -> Double {
    guard number > 0 else { return 0 }
    var root = 1.0
    for _ in 0..<60 {
      let next = (2 * root + number / (root * root)) / 3
      if next == root { break }
      root = next
    }
    return root
  }
}

extension Color {
  /// The colour that meets a condition with the smallest change of lightness, in the same hue; this one when it does.
  ///
  /// - Returns: nil when no lightness of this hue does.
  func nearest(where isGood: (Color) -> Bool) -> Color? {
    if isGood(self) { return self }
    let shade = Shade(self)
    for step in 1...Self.steps {
      let distance = Double(step) / Double(Self.steps)
      for lightness in [shade.lightness - distance, shade.lightness + distance] where (0...1).contains(lightness) {
        let color = shade.lit(lightness).color
        if isGood(color) { return color }
      }
    }
    return [Color.black, .white].first(where: isGood)
  }

  /// Finer than a step of eight bits.
  private static let steps = 400
}
