#pragma once
#include <fastcgi.h>
#include <fcgiapp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared here rather than by _GNU_SOURCE, which would give this module other definitions of the C library's types
// than the modules beside it have.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pthread_setname_np(pthread_t, const char *);

/// Accepts a connection that child processes do not inherit.
static inline int fastcgi_accept(int listener) { return accept4(listener, 0, 0, SOCK_CLOEXEC); }

/// A UNIX stream socket that does not block and that child processes do not inherit.
static inline int fastcgi_socket(void) { return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

/// Names the calling thread (15 bytes at most).
static inline void fastcgi_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

/// FCGX_Init, without the handlers that it puts in place of default or ignoring ones; SIGPIPE is ignored after it.
static inline int fastcgi_initialize(void) {
  struct sigaction term, usr1;
  sigaction(SIGTERM, 0, &term);
  sigaction(SIGUSR1, 0, &usr1);
  int code = FCGX_Init();
  sigaction(SIGTERM, &term, 0);
  sigaction(SIGUSR1, &usr1, 0);
  signal(SIGPIPE, SIG_IGN);
  return code;
}

// The fields below the header's "Don't use anything below here" are touched in these functions and nowhere else.
// They are as in libfcgi 2.4.2; the tests of kept connections, unread bodies and early closes guard them.

/// Makes the connection `fd` the one that the next FCGX_Accept_r reads from, instead of accepting one itself.
static inline void fastcgi_attach(FCGX_Request *request, int fd) {
  request->ipcFd = fd;
  // Without it FCGX_Accept_r begins by finishing the "last" request and closes the connection that it was given.
  request->keepConnection = 1;
  // Skips a lingering close that may wait two seconds a read for a slow peer.
  request->detached = 1;
}

/// Frees what FCGX_Accept_r allocated and takes the connection back, open.
static inline void fastcgi_detach(FCGX_Request *request) {
  FCGX_Free(request, 0);
  request->ipcFd = -1;
}

/// Whether the peer asked for the connection to be kept after the answer.
static inline int fastcgi_peer_keeps(const FCGX_Request *request) { return request->keepConnection != 0; }

/// Finds a parameter: its value, or NULL. The first of several wins.
static inline const char *fastcgi_parameter(const FCGX_Request *request, const char *name, unsigned long length) {
  if (request->envp == 0) return 0;
  for (char **entry = request->envp; *entry != 0; entry++) {
    if (__builtin_strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') return *entry + length + 1;
  }
  return 0;
}
