import Configuration

do {
  try CoreProgram(CoreSettings(Settings())).run()
} catch {
  StartFailure.end("smartpages-core", error)
}
