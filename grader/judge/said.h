/* The sentences of workers and workloads in the reader's language. They come as English text, filled in: a table of
 * their templates recognizes them, takes the words and numbers out, and fills in the translation. */
#ifndef SAID_H
#define SAID_H

/* A sentence that is not known is copied. The caller owns the string. */
char *said_translated(const char *sentence);

#endif
