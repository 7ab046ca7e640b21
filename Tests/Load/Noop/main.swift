Noop.run()
