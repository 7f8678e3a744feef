/* The child's side of a symbolizer. */
#ifndef SYMBOLIZE_HELPER_H
#define SYMBOLIZE_HELPER_H

/* In a fresh child: gives up what it does not need, and answers questions on `socket_fd` about the shared object
 * `file_fd` until the socket is closed. Does not return. */
_Noreturn void helper_serve(int socket_fd, int file_fd);

#endif
