enum KVPlaceholder {}
