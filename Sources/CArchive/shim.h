// libarchive's types of files are macros with casts, which Swift does not see.
#pragma once
#include <archive.h>
#include <archive_entry.h>

// A regular file that everybody may read.
static inline void archive_entry_set_plain(struct archive_entry *entry) {
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
}

// Whether the entry is a regular file, and whether it is a folder.
static inline int archive_entry_is_plain(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == NULL;
}
static inline int archive_entry_is_folder(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFDIR;
}
