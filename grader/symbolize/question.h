/* What passes between a symbolizer and its child: one question, one answer, each a packet. The answer is a stranger's
 * word: strings are cut and terminated by the reader. */
#ifndef SYMBOLIZE_QUESTION_H
#define SYMBOLIZE_QUESTION_H

#include <stdint.h>

#define QUESTION_TAG_MAX 64u
#define ANSWER_NAME_MAX 256u

enum question_kind { QUESTION_PLACE, QUESTION_VARIABLE, QUESTION_MEMBER, QUESTION_POINTED };

struct question {
	uint32_t kind;   /* enum question_kind */
	uint32_t within; /* QUESTION_POINTED */
	uint64_t offset;
	uint64_t size;
	char tag[QUESTION_TAG_MAX];
};

/* "" and 0: unknown. */
struct answer {
	char name[ANSWER_NAME_MAX]; /* function, variable or member */
	char outer[ANSWER_NAME_MAX];
	char file[ANSWER_NAME_MAX];
	uint32_t line;
	uint32_t is_volatile; /* the variable or member, or what it is a part of */
	uint32_t is_pointer;  /* it is one, and all of it is asked for */
	uint64_t pointed;     /* bytes of what it points to; 0: unknown */
};

#endif
