#include "private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "text.h"
#include "translate.h"

char *private_make(struct fault *fault)
{
	const char *base = getenv("TMPDIR");
	if (base == NULL || base[0] != '/')
		base = "/tmp";
	char *real = realpath(base, NULL);
	if (real == NULL) {
		fault_machine(fault, errno, _("%s: no folder for temporary files; set TMPDIR"), base);
		return NULL;
	}
	char *directory = xasprintf("%s/syncgrade-XXXXXX", real);
	free(real);
	if (mkdtemp(directory) == NULL) {
		fault_machine(fault, errno,
			      _("no folder can be made among the temporary files; set TMPDIR to another folder"));
		free(directory);
		return NULL;
	}
	return directory;
}

int private_check_loadable(const char *directory, struct fault *fault)
{
	char *path = xasprintf("%s/.loadable", directory);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), error = 0;
	if (fd < 0 || ftruncate(fd, 1) < 0)
		error = errno;
	void *page = error == 0 ? mmap(NULL, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	bool refused = error == 0 && page == MAP_FAILED;
	if (page != MAP_FAILED)
		munmap(page, 1);
	if (fd >= 0)
		close(fd);
	unlink(path);
	free(path);
	if (error != 0)
		return fault_machine(fault, error,
				     _("the folder for temporary files cannot be written; set TMPDIR to another"));
	if (refused)
		return fault_machine(fault, 0,
				     _("nothing can be loaded from the folder for temporary files (is it mounted "
				       "noexec?); set TMPDIR to a folder elsewhere"));
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)where;
	if (type == FTW_D || type == FTW_DNR || type == FTW_DP)
		rmdir(path);
	else
		unlink(path);
	return 0;
}

void private_remove(const char *directory)
{
	nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
