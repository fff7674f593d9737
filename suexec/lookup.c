#include "lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suexec/passwd.h"
#include "suexec/userns.h"
#include "suexec/userspec.h"

#define FILE_MAX (64 << 20)

struct file {
	const char *path;
	bool absent; /* the file does not exist; bytes is empty */
	struct span bytes;
};

struct search {
	const struct wanted *wanted;
	struct arena *arena;
	struct error *why;
	struct file group; /* read when needed; path is NULL until then */
	struct userspec spec;
	struct passwd_line entry; /* of the user; if there is none, its uid, the caller's gid and no name */
};

static bool read_open(int fd, struct arena *arena, struct file *file, struct error *why)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_set_errno(why, "cannot look at %s", file->path);
	if (!S_ISREG(st.st_mode))
		return error_set(why, "cannot use %s: not a regular file", file->path);
	if (st.st_size > FILE_MAX)
		return error_set(why, "cannot use %s: larger than %d MiB", file->path, FILE_MAX >> 20);

	/* One byte more than its size shows that the file grew meanwhile. */
	const size_t size = (size_t)st.st_size;
	char *buf = arena_take(arena, size + 1, why);
	if (!buf)
		return false;
	file->bytes = (struct span){.at = buf, .len = 0};
	ssize_t n;
	do {
		n = read(fd, buf + file->bytes.len, size + 1 - file->bytes.len);
		if (n < 0)
			return error_set_errno(why, "cannot read %s", file->path);
		file->bytes.len += (size_t)n;
	} while (n > 0 && file->bytes.len < size);
	return file->bytes.len == size ||
	       error_set(why, "cannot use %s: it changed while it was read", file->path);
}

/*
 * Reads a whole file into memory. It is not mapped: truncating a mapped file would kill us with SIGBUS, and
 * editing it in place would change what was already parsed. A missing file is not an error; anything but a
 * regular file of at most FILE_MAX bytes is.
 */
static bool read_file(const char *path, struct arena *arena, struct file *file, struct error *why)
{
	/* O_NONBLOCK: do not wait for a FIFO. O_NOCTTY: a terminal must not become the controlling one. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	*file = (struct file){.path = path, .absent = fd < 0, .bytes = {.at = "", .len = 0}};
	if (fd < 0)
		return errno == ENOENT || error_set_errno(why, "cannot open %s", path);
	bool done = read_open(fd, arena, file, why);
	close(fd);
	return done;
}

/* Reports a half that no id was found for. It is copied to be null-terminated; a very long one is cut. */
static bool half_error(const struct search *search, const char *what, const struct half *half,
		       const struct file *file)
{
	char text[256];
	size_t len = half->text.len < sizeof(text) ? half->text.len : sizeof(text) - 1;

	memcpy(text, half->text.at, len);
	text[len] = '\0';
	if (half->kind == HALF_RANGE)
		return error_set(search->why, "%s id '%s' is out of range: the highest is %u", what, text,
				 ID_MAX);
	return error_set(search->why, "unknown %s '%s': %s %s", what, text,
			 file->absent ? "there is no" : "it is not a number and not in", file->path);
}

static bool read_group_file(struct search *search)
{
	return search->group.path || read_file("/etc/group", search->arena, &search->group, search->why);
}

static bool find_group(struct search *search, const struct half *half, gid_t *gid)
{
	if (half->kind == HALF_EMPTY)
		return error_set(search->why, "empty group name");
	if (half->kind == HALF_ID) {
		*gid = half->id;
		return true;
	}
	if (half->kind == HALF_NAME && !read_group_file(search))
		return false;
	if (half->kind == HALF_NAME && group_by_name(search->group.bytes, half->text, gid))
		return true;
	return half_error(search, "group", half, &search->group);
}

static bool find_user(struct search *search)
{
	const struct half *half = &search->spec.user;
	struct file passwd = {.path = NULL};

	if (half->kind == HALF_RANGE)
		return half_error(search, "user", half, &passwd);
	if (!read_file("/etc/passwd", search->arena, &passwd, search->why))
		return false;
	if (half->kind == HALF_NAME)
		return passwd_by_name(passwd.bytes, half->text, &search->entry) ||
		       half_error(search, "user", half, &passwd);
	const uid_t uid = half->kind == HALF_ID ? half->id : getuid();
	if (!passwd_by_uid(passwd.bytes, uid, &search->entry))
		search->entry = (struct passwd_line){.uid = uid, .gid = getgid()};
	return true;
}

/* The user and the group, from the spec or from the owner of a path. */
static bool find_halves(struct search *search)
{
	const struct wanted *wanted = search->wanted;
	struct stat st;

	if (wanted->spec)
		return userspec_parse(wanted->spec, &search->spec) ||
		       error_set(search->why, "malformed user spec: more than one ':'");
	if (stat(wanted->owner_of, &st) < 0)
		return error_set(search->why, "%s", strerror(errno));
	if (st.st_uid == 0 && !wanted->allow_root_owner)
		return error_set(search->why, "it belongs to root, which requires --allow-root");
	if (userns_hides(st.st_uid, st.st_gid))
		return error_set(search->why, "this user namespace does not map its owner or group");
	search->spec.user = (struct half){.kind = HALF_ID, .id = st.st_uid};
	search->spec.group = (struct half){.kind = HALF_ID, .id = st.st_gid};
	return true;
}

/* A group in the user spec is the only group. Otherwise, also for --owner-of, the user has all of its own. */
static bool find_groups(struct search *search, struct identity *who)
{
	const struct wanted *wanted = search->wanted;
	bool all_groups = who->name.len > 0 && (search->spec.group.kind == HALF_EMPTY || !wanted->spec);
	struct gidset *set = &who->groups;
	gid_t gid = (gid_t)-1;

	if (all_groups && !read_group_file(search))
		return false;
	/* Room for as many as there can be: pages that are not touched cost nothing. */
	set->room = group_memberships_most(search->group.bytes) + 2 + wanted->add_count;
	set->gids = arena_take(search->arena, set->room * sizeof(*set->gids), search->why);
	if (!set->gids)
		return false;
	bool fits = gidset_add(set, who->gid);
	if (all_groups)
		fits = fits && gidset_add(set, search->entry.gid) &&
		       group_memberships(search->group.bytes, search->entry.name, set);
	for (size_t i = 0; i < wanted->add_count; i++) {
		struct half half = userspec_half(span_of(wanted->add_groups[i]));
		if (!find_group(search, &half, &gid))
			return false;
		fits = fits && gidset_add(set, gid);
	}
	gidset_sort(set);
	if (!fits || set->count > GIDSET_MAX)
		return error_set(search->why, "more than %d groups", GIDSET_MAX);
	return true;
}

bool lookup(const struct wanted *wanted, struct arena *arena, struct identity *who, struct error *why)
{
	struct search search = {.wanted = wanted, .arena = arena, .why = why};

	if (!find_halves(&search) || !find_user(&search))
		return false;
	*who = (struct identity){
		.uid = search.entry.uid,
		.gid = search.entry.gid,
		.name = search.entry.name,
		.home = search.entry.home.len > 0 ? search.entry.home : span_of("/"),
		.shell = search.entry.shell.len > 0 ? search.entry.shell : span_of("/bin/sh"),
	};
	if (search.spec.group.kind != HALF_EMPTY && !find_group(&search, &search.spec.group, &who->gid))
		return false;
	if (!find_groups(&search, who))
		return false;
	if (wanted->no_root && (who->uid == 0 || gidset_has(&who->groups, 0)))
		return error_set(why, "%s, which --no-root refuses",
				 who->uid == 0 ? "that is root" : "group 0 is among the groups");
	return true;
}
