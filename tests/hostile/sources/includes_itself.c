#include "submission.c"
int broken
