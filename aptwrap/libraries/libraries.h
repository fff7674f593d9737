/* What programs need to run: the libraries that ELF files name, and the packages that have these. */
#pragma once

#include "aptwrap/run/run.h"

/* elf.c: what an ELF file says. */

struct elf_file {
	uint32_t kind;      /* class, byte order and machine: a library has the same as what needs it */
	struct list needed; /* DT_NEEDED, in order */
	char *search;       /* DT_RUNPATH, or DT_RPATH if that is absent, or NULL */
};

/* ELF_NONE: not an ELF file, or one without a dynamic section. ELF_BROKEN: it starts like an ELF file. */
enum elf_result { ELF_OK, ELF_NONE, ELF_BROKEN };

/* Reads the dynamic section, of either width and byte order. No offset or size in the file is trusted. */
enum elf_result elf_read(int fd, struct elf_file *file);
/* The same for a path, if it is a regular file. For ELF_NONE, errno is set if it cannot be opened. */
enum elf_result elf_read_path(const char *path, struct elf_file *file);
/* Whether the file is a dynamic ELF file of that kind. */
bool elf_is_kind(const char *path, uint32_t kind);

/* needs.c: which libraries the files of a directory need, and where the dynamic linker finds them. */

struct need {
	const char *library; /* from DT_NEEDED: a name, or a path */
	uint32_t kind;
	const char *search; /* the directories of DT_RUNPATH or DT_RPATH, one a line */
	const char *by;     /* the first file that needs it */
};

struct needs {
	struct need *items;
	size_t count;
	struct list provided; /* the names of the files that were read */
	struct list cache;    /* the dynamic linker's cache, the lines of "ldconfig -p" */
};

/* Adds what an ELF file needs. Prints a message and skips the file if it cannot be read. */
void needs_add_file(struct needs *needs, const char *path);
/* Reads all files under the directories, and the dynamic linker's cache. Returns 0 or the exit status. */
int needs_read(struct session *session, const struct list *directories, struct needs *needs);
/* Keeps only the needs that are neither in the directories nor in the system. */
void needs_drop_found(struct needs *needs);
/* The file that the dynamic linker would load, or NULL. */
const char *needs_find_library(const struct needs *needs, const struct need *need);
/* The path in a line of "ldconfig -p", or NULL if the line is not about the library. Pure. */
const char *needs_cached_path(const char *line, const char *library);

/*
 * --keep-linked: adds the installed packages that own the libraries which files under the directories need,
 * directly or through libraries that no package owns. Returns 0, or the exit status after a message.
 */
int keep_linked_packages(struct session *session, const struct list *directories, struct list *packages);
/* Adds the packages that the output of "dpkg-query --search" names. Pure. */
void keep_linked_parse_search(struct list *packages, const char *output);

/*
 * --runtime-deps: adds the packages of the missing libraries, which it looks up in the Contents indexes. A
 * library that is in no package is an error. Returns 0, or the exit status after a message.
 */
int runtime_deps_packages(struct session *session, struct list *packages);

/*
 * Returns the package that has the library, or NULL. lines are of a Contents index, such as "lib/libz.so.1
 * libs/zlib1g,...". The library must be where the dynamic linker looks, or in a directory of alternatives,
 * such as blas/libblas.so.3. Of several packages one of the section libs is preferred, then the shortest
 * name, which is that of the plain build. Pure.
 */
char *contents_index_find(const char *library, const char *lines);
