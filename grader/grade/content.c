#include "content.h"

#include <dirent.h>
#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence.h"
#include "text.h"

/* The name, and the bytes behind it. False: there is no such file. */
static bool add_file(struct sha256_ctx *hash, const char *folder, const char *name)
{
	uint8_t block[65536];
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	free(path);
	if (file == NULL)
		return false;
	sha256_update(hash, strlen(name) + 1, (const uint8_t *)name);
	for (size_t length; (length = fread(block, 1, sizeof(block), file)) > 0;)
		sha256_update(hash, length, block);
	fclose(file);
	return true;
}

static bool add_object(struct sha256_ctx *hash, const char *folder, const char *stem, const char *ending)
{
	char *name = xasprintf("%s%s", stem, ending);
	bool added = add_file(hash, folder, name);
	free(name);
	return added;
}

/* In the order in which they are looked for (site.h). */
static void add_workload(struct sha256_ctx *hash, const struct site *site, const struct exercise *exercise,
			 const struct exercise_workload *workload)
{
	if (!add_object(hash, exercise->folder, workload->object, ".c") &&
	    !add_object(hash, exercise->folder, workload->object, ".so") &&
	    !add_object(hash, exercise->folder, workload->name, ".c") &&
	    !add_object(hash, exercise->folder, workload->name, ".so"))
		add_object(hash, site->workloads, workload->object, ".so");
}

static int is_header(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_ends(entry->d_name, ".h");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_headers(struct sha256_ctx *hash, const char *folder)
{
	struct dirent **headers;
	int n = scandir(folder, &headers, is_header, by_bytes);
	for (int i = 0; i < n; i++) {
		add_file(hash, folder, headers[i]->d_name);
		free(headers[i]);
	}
	if (n >= 0)
		free(headers);
}

/* A manifest that cannot be read again now has evidence of its own: what is there of it. */
static void add_evidence(struct sha256_ctx *hash, const char *folder)
{
	struct text evidence = { 0 };
	struct fault fault = { 0 };
	if (manifest_add_evidence(folder, &evidence, &fault) < 0)
		text_add(&evidence, fault.message);
	sha256_update(hash, evidence.length, (const uint8_t *)evidence.data);
	text_free(&evidence);
	fault_free(&fault);
}

/* ---- all of it ---- */

static void add_workloads_and_headers(struct sha256_ctx *hash, const struct site *site, const struct exercise *exercise)
{
	for (size_t i = 0; i < exercise->n_workloads; i++)
		add_workload(hash, site, exercise, &exercise->workloads[i]);
	add_headers(hash, exercise->folder);
	if (exercise->include != NULL)
		add_headers(hash, exercise->include);
}

static char *hex_of(struct sha256_ctx *hash)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_digest(hash, sizeof(digest), digest);
	char *hex = xcalloc(1, 2 * sizeof(digest) + 1);
	for (size_t i = 0; i < sizeof(digest); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
	return hex;
}

char *content_digest(const struct site *site, const struct exercise *exercise)
{
	struct sha256_ctx hash;
	sha256_init(&hash);
	add_file(&hash, exercise->folder, "exercise.yaml");
	add_workloads_and_headers(&hash, site, exercise);
	return hex_of(&hash);
}

char *content_evidence_digest(const struct site *site, const struct exercise *exercise)
{
	struct sha256_ctx hash;
	sha256_init(&hash);
	add_evidence(&hash, exercise->folder);
	add_workloads_and_headers(&hash, site, exercise);
	return hex_of(&hash);
}
