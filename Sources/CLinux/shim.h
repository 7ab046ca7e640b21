// Linux system calls that glibc 2.36 has no function for.
#pragma once
#include <asm/unistd.h>
#include <linux/openat2.h>

// Only the kernel's own headers are included: glibc's belong to Swift's Glibc module, and a second owner of its types
// (struct stat, say) makes them ambiguous.
extern long syscall(long number, ...);
extern int syncfs(int descriptor);

// Opens a path beneath a folder: never out of it, never through a symbolic link, never through /proc's magic links.
// `mode` must be 0 unless `flags` say to create. See openat2(2).
static inline int linux_open_beneath(int folder, const char *path, int flags, unsigned int mode) {
  struct open_how how = {
    .flags = (unsigned int)flags,
    .mode = mode,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  return (int)syscall(__NR_openat2, folder, path, &how, sizeof how);
}

// Writes everything of the file system on which `descriptor` lies to its disk. See syncfs(2).
static inline int linux_syncfs(int descriptor) { return syncfs(descriptor); }
