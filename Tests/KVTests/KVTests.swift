import Testing

/// One test at a time: many of them measure time, and each has a server of its own.
@Suite(.serialized) enum KVTests {}
