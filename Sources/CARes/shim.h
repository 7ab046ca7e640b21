// c-ares for one question to one server at a time, with sockets of our own.
#pragma once
#include <ares.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// c-ares leaves the options of sockets that it did not make to whoever made them.
static inline ares_socket_t dns_socket(int family, int type, int protocol, void *unused) {
  (void)unused;
  return socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
}

static inline int dns_close(ares_socket_t descriptor, void *unused) {
  (void)unused;
  return close(descriptor);
}

static inline int dns_connect(ares_socket_t descriptor, const struct sockaddr *to, ares_socklen_t length, void *unused) {
  (void)unused;
  return connect(descriptor, to, length);
}

static inline ares_ssize_t dns_receive(ares_socket_t descriptor, void *bytes, size_t length, int flags,
                                       struct sockaddr *from, ares_socklen_t *from_length, void *unused) {
  (void)unused;
  return recvfrom(descriptor, bytes, length, flags, from, from_length);
}

// c-ares' own writev would raise SIGPIPE when a server closes a TCP connection early.
static inline ares_ssize_t dns_send(ares_socket_t descriptor, const struct iovec *parts, int count, void *unused) {
  (void)unused;
  struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = (size_t)count};
  return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

static const struct ares_socket_functions dns_socket_functions = {
    dns_socket, dns_close, dns_connect, dns_receive, dns_send};

// Opens a channel that asks `server` (address:port) once by UDP, and once more by TCP when the answer was cut off;
// each within `timeout_ms`. All answers are handed on, whatever their code. Nothing of the machine's configuration is
// looked at. An ARES_ status; the channel is to be given to ares_destroy.
static inline int dns_open(ares_channel *channel, const char *server, int timeout_ms, int packet_size) {
  struct ares_options options = {
      .flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS | ARES_FLAG_STAYOPEN,
      .timeout = timeout_ms,
      .tries = 1,
      .ndots = 0,
      .ednspsz = packet_size,
      .lookups = (char *)"b",
      .resolvconf_path = (char *)"/dev/null",
  };
  int status = ares_init_options(channel, &options,
                                 ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
                                     ARES_OPT_EDNSPSZ | ARES_OPT_LOOKUPS | ARES_OPT_DOMAINS | ARES_OPT_RESOLVCONF);
  if (status != ARES_SUCCESS) return status;
  ares_set_socket_functions(*channel, &dns_socket_functions, NULL);
  status = ares_set_servers_ports_csv(*channel, server);
  if (status != ARES_SUCCESS) ares_destroy(*channel);
  return status;
}
