do {
  try GuardBench().run(rounds: 15, writes: 200)
} catch {
  fatalError("guard: \(error)")
}
