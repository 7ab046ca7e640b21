// The FastCGI server of the libfcgi handbook: threads that loop on FCGX_Accept_r, without kept connections.
// What scripts/bench holds our server against. Usage: textbook SOCKET [BYTES]
#include <fcgiapp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 32 };

static int listener;
static int length;
static char *body;

static void *loop(void *unused) {
  (void)unused;
  FCGX_Request request;
  FCGX_InitRequest(&request, listener, 0);
  while (FCGX_Accept_r(&request) == 0) {
    FCGX_FPrintF(request.out, "Status: 200\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n", length);
    FCGX_PutStr(body, length, request.out);
    FCGX_Finish_r(&request);
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: textbook SOCKET [BYTES]\n");
    return 2;
  }
  length = count > 2 ? atoi(arguments[2]) : 220;
  body = malloc(length);
  memset(body, 'x', length);
  FCGX_Init();
  signal(SIGTERM, SIG_DFL); // FCGX_Init has put a handler there that ends nothing
  unlink(arguments[1]);
  listener = FCGX_OpenSocket(arguments[1], 4096);
  if (listener < 0) return 1;
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, loop, NULL);
  for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  return 1;
}
