import Configuration

do {
  try DomainProgram(DomainSettings(Settings())).run()
} catch {
  StartFailure.end("smartpages-domain", error)
}
