import FoundationEssentials
import PackagePlugin

/// Makes a target's JSON files part of the program, each as a Swift constant named after it.
///
/// SwiftPM's own `embedInCode` writes an array literal of numbers, which takes the compiler minutes for a file of some
/// hundred kilobytes; a raw string takes it none.
@main struct EmbedText: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let files = target.sourceModule?.sourceFiles.filter({ $0.url.pathExtension == "json" }) else { return [] }
    return files.map { file in
      let name = file.url.deletingPathExtension().lastPathComponent
      let output = context.pluginWorkDirectoryURL.appending(path: "\(name).embedded.swift")
      return .buildCommand(
        displayName: "Embedding \(file.url.lastPathComponent)", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "embed", name, file.url.path(), output.path()], inputFiles: [file.url],
        outputFiles: [output])
    }
  }

  /// Two number signs bound the text: no JSON holds them after three quotes.
  private static let script = ###"""
    { printf 'enum Embedded_%s {\n  static let text: StaticString = ##"""\n' "$1"
      cat "$2"
      printf '\n"""##\n}\n'; } >"$3"
    """###
}
