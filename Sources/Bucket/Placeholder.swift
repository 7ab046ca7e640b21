enum BucketPlaceholder {}
