/// A part of OpenStreetMap's map.
package struct MapView: Sendable, Equatable {
  /// Its middle, in hundred-thousandths of a degree (about a metre).
  let latitude: Int
  let longitude: Int
  /// 1 shows the world, 19 a house.
  let zoom: Int
  /// Whether the middle is marked.
  let hasMarker: Bool

  /// Reads `?mlat=…&mlon=…`, `#map=zoom/latitude/longitude`, or both.
  init?(_ address: EmbedAddress) {
    guard address.host == "openstreetmap.org" else { return nil }
    var view: [Substring] = []
    for part in address.fragment.split(separator: "&") where part.hasPrefix("map=") {
      view = part.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false)
    }
    let zoom = view.first.flatMap { Int($0) } ?? address.query["zoom"].flatMap { Int($0) } ?? 16
    let marked = (address.query["mlat"].flatMap(Self.degrees), address.query["mlon"].flatMap(Self.degrees))
    let shown = view.count == 3 ? (Self.degrees(view[1]), Self.degrees(view[2])) : (nil, nil)
    guard let latitude = marked.0 ?? shown.0, let longitude = marked.1 ?? shown.1,
      (-85_00000...85_00000).contains(latitude), (-180_00000...180_00000).contains(longitude), (1...19).contains(zoom)
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
    self.zoom = zoom
    hasMarker = marked.0 != nil && marked.1 != nil
  }

  var frame: String {
    // A map of 256 pixels shows 360 degrees at zoom 0; frames are about 700 by 400.
    let width = min(360_00000 * 2 / (1 << zoom), 170_00000)
    let height = width / 3
    let edges = [
      max(longitude - width / 2, -180_00000), max(latitude - height / 2, -85_00000),
      min(longitude + width / 2, 180_00000), min(latitude + height / 2, 85_00000),
    ]
    let box = edges.map(Self.text).joined(separator: "%2C")
    let marker = hasMarker ? "&marker=\(Self.text(latitude))%2C\(Self.text(longitude))" : ""
    return "https://www.openstreetmap.org/export/embed.html?bbox=\(box)&layer=mapnik\(marker)"
  }

  var page: String {
    let place = "\(Self.text(latitude))/\(Self.text(longitude))"
    let marker = hasMarker ? "?mlat=\(Self.text(latitude))&mlon=\(Self.text(longitude))" : ""
    return "https://www.openstreetmap.org/\(marker)#map=\(zoom)/\(place)"
  }

  /// Reads a decimal number with at most seven decimals.
  private static func degrees(_ text: some StringProtocol) -> Int? {
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    guard isPlain, text.utf8.count <= 12, let number = Double(String(text)), abs(number) <= 360 else { return nil }
    return Int((number * 100_000).rounded())
  }

  private static func text(_ degrees: Int) -> String {
    let rest = String(abs(degrees) % 100_000)
    let decimals = String(repeating: "0", count: 5 - rest.count) + rest
    return "\(degrees < 0 ? "-" : "")\(abs(degrees) / 100_000).\(decimals)"
  }
}
