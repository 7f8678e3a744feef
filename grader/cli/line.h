/* The line of a terminal on which a command says how far it is, until what comes next takes its place. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>

/* TERM says that the terminal takes nothing but lines. */
bool line_is_dumb(void);
/* Standard error is a terminal that can take a line back. */
bool line_possible(void);
void line_clear(void);

#endif
