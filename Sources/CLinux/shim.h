// Linux system calls that glibc 2.36 has no function for.
#pragma once
#include <asm/unistd.h>
#include <linux/openat2.h>

// Only the kernel's own headers are included: glibc's belong to Swift's Glibc module, and a second owner of its types
// (struct stat, say) makes them ambiguous.
extern long syscall(long number, ...);
extern int syncfs(int descriptor);
extern int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);

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

// A file in memory only, closed on exec. See memfd_create(2).
static inline int linux_memory_file(const char *name) { return (int)syscall(__NR_memfd_create, name, 1U); }

// A descriptor that becomes readable when the process has ended. See pidfd_open(2).
static inline int linux_process_descriptor(int process) { return (int)syscall(__NR_pidfd_open, process, 0U); }

// Nothing that this process starts may gain rights, and it ends when the one that started it does. See prctl(2).
static inline int linux_confine(void) {
  const int set_parent_death_signal = 1, set_no_new_privileges = 38, kill = 9;
  if (syscall(__NR_prctl, set_parent_death_signal, kill, 0UL, 0UL, 0UL) != 0) return -1;
  return (int)syscall(__NR_prctl, set_no_new_privileges, 1UL, 0UL, 0UL, 0UL);
}

// Has a program that is started close all descriptors from this one on. See posix_spawn_file_actions_addclosefrom_np(3).
static inline int linux_close_from(void *actions, int from) {
  return posix_spawn_file_actions_addclosefrom_np(actions, from);
}
