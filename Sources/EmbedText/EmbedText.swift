import FoundationEssentials
import PackagePlugin

/// Makes a target's JSON files and fonts part of the program, each as a Swift constant named after it: JSON as it is,
/// fonts in Base64.
///
/// SwiftPM's own `embedInCode` writes an array literal of numbers, which takes the compiler minutes for a file of some
/// hundred kilobytes; a raw string takes it none.
@main struct EmbedText: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let files = target.sourceModule?.sourceFiles.filter { Self.commands[$0.url.pathExtension] != nil }
    return (files ?? []).map { file in
      let command = Self.commands[file.url.pathExtension] ?? "cat"
      let name = file.url.deletingPathExtension().lastPathComponent
      let output = context.pluginWorkDirectoryURL.appending(path: "\(name).embedded.swift")
      return .buildCommand(
        displayName: "Embedding \(file.url.lastPathComponent)", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "embed", name, file.url.path(), output.path(), command], inputFiles: [file.url],
        outputFiles: [output])
    }
  }

  /// What writes a file as text, by its kind.
  private static let commands = ["json": "cat", "woff2": "base64 -w0"]

  /// Two number signs bound the text: no JSON holds them after three quotes.
  private static let script = ###"""
    { printf 'enum Embedded_%s {\n  static let text: StaticString = ##"""\n' "$1"
      $4 "$2"
      printf '\n"""##\n}\n'; } >"$3"
    """###
}
