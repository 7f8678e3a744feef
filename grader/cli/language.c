#include "language.h"

#include <dirent.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "site.h"
#include "text.h"
#include "translate.h"

#define DOMAIN "syncgrade"

/* Where the translations are: <root>/share/locale, or for those who try one out, $TEXTDOMAINDIR. The caller owns it. */
static char *translations_folder(void)
{
	const char *chosen = getenv("TEXTDOMAINDIR");
	if (chosen != NULL && chosen[0] != '\0')
		return xstrdup(chosen);
	char *root = site_root();
	char *folder = xasprintf("%s/share/locale", root != NULL ? root : "");
	free(root);
	return folder;
}

/* The locale that the environment names, as setlocale(3) looks for it. */
static const char *wanted_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "";
}

void language_start(void)
{
	/* LANGUAGE alone decides then: gettext needs no locale but that it is not "C". */
	if (setlocale(LC_ALL, "") == NULL && setlocale(LC_ALL, "C.UTF-8") != NULL) {
		const char *language = getenv("LANGUAGE");
		setenv("LANGUAGE", wanted_locale(), language == NULL || language[0] == '\0');
	}
	setlocale(LC_NUMERIC, "C");
	char *folder = translations_folder();
	bindtextdomain(DOMAIN, folder);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	free(folder);
}

static bool is_there(const char *folder, const char *language)
{
	char *path = xasprintf("%s/%s/LC_MESSAGES/" DOMAIN ".mo", folder, language);
	bool there = access(path, R_OK) == 0;
	free(path);
	return there;
}

/* "en, ko". The caller owns it. */
static char *languages_there(const char *folder)
{
	struct dirent **entries;
	struct text text = { 0 };
	int n = scandir(folder, &entries, NULL, alphasort);
	text_add(&text, "en");
	for (int i = 0; i < n; i++) {
		if (entries[i]->d_name[0] != '.' && is_there(folder, entries[i]->d_name))
			text_printf(&text, ", %s", entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	return text_take(&text);
}

static void use(const char *language)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	bool silent = locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
	setenv("LANGUAGE", language, true);
	/* In the locale "C" gettext asks for no language. textdomain() makes it forget what it found before. */
	if (silent && strcmp(language, "en") != 0) {
		setlocale(LC_MESSAGES, "C.UTF-8");
		setlocale(LC_CTYPE, "C.UTF-8");
	}
	textdomain(DOMAIN);
}

/* Returns NULL, or what is wrong, which the caller owns. */
static char *choose(const char *language)
{
	char *folder = translations_folder(), *problem = NULL;
	bool a_name = language[0] != '\0' && language[0] != '.' && strchr(language, '/') == NULL;
	if (strcmp(language, "en") == 0 || (a_name && is_there(folder, language))) {
		use(language);
	} else {
		char *there = languages_there(folder);
		problem = xasprintf(_("there is no language “%s”; there are: %s"), language, there);
		free(there);
	}
	free(folder);
	return problem;
}

char *language_file(const char *folder, const char *name, const char *suffix)
{
	char *file = xasprintf("%s.%s%s", name, LANGUAGE_TAG, suffix), *path = xasprintf("%s/%s", folder, file);
	if (access(path, R_OK) != 0)
		text_replace(&file, xasprintf("%s%s", name, suffix));
	free(path);
	return file;
}

enum { OPTION_LANG = 256, OPTION_USAGE, OPTION_HELP = '?' };

static error_t parse(int key, char *argument, struct argp_state *state)
{
	char *problem;
	switch (key) {
	case OPTION_HELP:
		argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP); /* ends the program, as the next does */
		return 0;
	case OPTION_USAGE:
		argp_state_help(state, state->out_stream, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
		return 0;
	case OPTION_LANG:
		problem = choose(argument);
		if (problem != NULL)
			argp_error(state, "%s", problem); /* ends the program */
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* --help and --usage are ours: argp's own are in the C library's catalogue, which has no Korean for them. */
static const struct argp_option options[] = {
	{ "lang", OPTION_LANG, "LANGUAGE", 0, N_("The language: en, ko (default: as LANGUAGE, LC_MESSAGES, LANG say)"),
	  0 },
	{ "help", OPTION_HELP, NULL, 0, N_("Give this help list"), -1 },
	{ "usage", OPTION_USAGE, NULL, 0, N_("Give a short usage message"), 0 },
	{ 0 },
};

static const struct argp language_argp = { .options = options, .parser = parse };

const struct argp_child language_children[] = { { &language_argp, 0, NULL, 0 }, { 0 } };
