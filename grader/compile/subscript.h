/* What gcc makes of an atomic variable as a subscript, and what C means. Reads tokens; no I/O. */
#ifndef SUBSCRIPT_H
#define SUBSCRIPT_H

/* gcc 12 compiles flag[turn] to a plain load of an atomic `turn`, which C says is seq_cst; in every other expression it
 * does as C says. Gives the C source with such subscripts written as flag[+(turn)], which is the same in C and right in
 * gcc; lines stay as they are, and the first says that it is from `name`. NULL: there is none. The caller's to free. */
char *subscripts_as_meant(const char *text, const char *name);

#endif
