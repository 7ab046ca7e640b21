/// How well two colours can be told apart (WCAG 2.2).
extension Color {
  /// What text needs on its ground (success criterion 1.4.3).
  static let textContrast = 4.5

  /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
  var luminance: Double {
    0.2126 * Light.linear[Int(red)] + 0.7152 * Light.linear[Int(green)] + 0.0722 * Light.linear[Int(blue)]
  }

  /// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
  func contrast(to other: Color) -> Double {
    let (own, others) = (luminance, other.luminance)
    return (max(own, others) + 0.05) / (min(own, others) + 0.05)
  }

  func isReadable(on grounds: [Color], contrast least: Double = textContrast) -> Bool {
    grounds.allSatisfy { contrast(to: $0) >= least }
  }
}

/// Between what a screen is told and the light that it gives (IEC 61966-2-1).
enum Light {
  /// The light of each of the 256 values of a channel, 0 to 1.
  static let linear: [Double] = (0...255).map { value in
    let part = Double(value) / 255
    guard part > 0.04045 else { return part / 12.92 }
    let base = (part + 0.055) / 1.055
    // The power of 2.4 is the square times the fifth root of the square.
    return base * base * fifthRoot(base * base)
  }

  /// The value of a channel whose light is nearest.
  static func value(_ light: Double) -> UInt8 {
    var low = 0
    var high = 255
    while low < high {
      let middle = (low + high) / 2
      if linear[middle] < light { low = middle + 1 } else { high = middle }
    }
    guard low > 0, light - linear[low - 1] < linear[low] - light else { return UInt8(low) }
    return UInt8(low - 1)
  }

  /// By Newton's method; the argument is between 0 and 1.
  private static func fifthRoot(_ number: Double) -> Double {
    var root = 1.0
    for _ in 0..<40 { root = (4 * root + number / (root * root * root * root)) / 5 }
    return root
  }
}
