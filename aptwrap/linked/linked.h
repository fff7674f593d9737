/* What programs need to run: the libraries that ELF files name, and the packages that have these. */
#ifndef APTWRAP_LINKED_LINKED_H
#define APTWRAP_LINKED_LINKED_H

#include "aptwrap/run/run.h"

/* What a library and its user must have in common. */
struct elf_kind {
	bool wide, big;
	uint16_t machine;
};

struct elf_file {
	struct elf_kind kind;
	struct list needed; /* DT_NEEDED, in order */
	char *search;       /* DT_RUNPATH, or DT_RPATH where that is absent, or NULL */
};

/* ELF_NONE: no ELF file, or nothing dynamic about it. ELF_BROKEN: it began like one. */
enum elf_result { ELF_OK, ELF_NONE, ELF_BROKEN };

/* Reads the dynamic section: both widths, both byte orders. Any offset and size in it may be a lie. */
enum elf_result elf_read(int fd, struct elf_file *file);

struct scan_need {
	char *library; /* what DT_NEEDED says: a name, or a path */
	struct elf_kind kind;
	struct list search; /* directories that the file wants searched first */
	char *by;           /* the first file that needs it */
};

struct scan {
	struct scan_need *needs;
	size_t count;
	struct list provided;     /* names of the files with a dynamic section */
	struct list names, paths; /* the dynamic linker's cache */
};

/* Adds what an ELF file needs. A file that cannot be read is passed over, with a message. */
void scan_file(struct scan *scan, const char *path);
/* Adds a need, unless it is there. */
void scan_add(struct scan *scan, const struct scan_need *need);
/* Whether the file is a dynamic ELF file of that kind. */
bool scan_is_kind(const char *path, const struct elf_kind *kind);

/*
 * Each of the next three returns 0, or the status to end with after a message. --keep-linked: adds the
 * installed packages that own what files under the directories need, also through libraries that no package
 * owns.
 */
int owners_of(struct session *session, const struct list *directories, struct list *packages);
/* Adds what is needed and is neither under the directories nor in the system. */
int owners_missing(struct session *session, const struct list *directories, struct scan *missing);

/* Reads the output of "ldconfig -p": names[i] is at paths[i], a name once for each architecture. Pure. */
void owners_parse_cache(struct list *names, struct list *paths, const char *output);
/* Adds the packages that the output of "dpkg-query --search" names. Pure. */
void owners_parse_search(struct list *packages, const char *output);

/*
 * --runtime-deps: adds the packages of the libraries that are missing, by the Contents indexes, which it
 * fetches. A library that no package has is an error.
 */
int runtime_packages(struct session *session, struct list *packages);

/*
 * The package that has the library, or NULL, from lines of a Contents index such as "lib/libz.so.1
 * libs/zlib1g,...". Of several one of the section libs is taken, and of these the one with the shortest name,
 * which is the plain build. The library must be where the dynamic linker looks, or be an alternative, such as
 * blas/libblas.so.3. Pure.
 */
char *contents_find(const char *library, const char *lines);

#endif
