import Testing

/// All tests of the FastCGI server, one after the other: several load the machine, and some count what it does.
@Suite(.serialized, .timeLimit(.minutes(5)))
enum FastCGITests {}
