/* The parts of the HTML report, from report/html/, embedded when the program is built. NUL-terminated. */
#ifndef HTML_RESOURCES_H
#define HTML_RESOURCES_H

/* A page with {{policy}}, {{title}}, {{style}}, {{table}}, {{data}}, {{script}} and more in it (html_report.c). */
extern const char html_page[];
extern const char html_style[];
extern const char html_script[];

/* The sentences that the script translates, as msgids; NULL-terminated. */
extern const char *const html_messages[];

#endif
