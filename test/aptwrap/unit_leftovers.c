/* leftovers.c: files that existed before a run are the same afterwards, and new ones are removed. */
#include "aptwrap/cleanup/cleanup.h"

#include "test/aptwrap/own_root.h"

#define BACKUP   "/var/lib/dpkg/status-old"
#define CONFIG   "/var/cache/debconf/config.dat-old"
#define LOG      "/var/log/dpkg.log"
#define APT_LOG  "/var/log/apt/history.log.xz"
#define PASSWD   "/etc/passwd-"
#define AUX      "/var/cache/ldconfig/aux-cache"
#define OF_OTHER "/var/lib/dpkg/status"

static const char *const files[] = {BACKUP, CONFIG, LOG, APT_LOG, PASSWD, AUX, OF_OTHER};
enum { FILES = sizeof(files) / sizeof(files[0]) };
static struct leftovers leftovers;

/*
 * fstatat() of the name unreadable fails, and so does openat() of the name unopenable.
 * NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker chooses the names
 */
static const char *unreadable, *unopenable;
int __real_fstatat(int directory, const char *name, struct stat *st, int flags);
int __wrap_fstatat(int directory, const char *name, struct stat *st, int flags);
int __real_openat(int directory, const char *name, int flags, ...);
int __wrap_openat(int directory, const char *name, int flags, ...);

int __wrap_fstatat(int directory, const char *name, struct stat *st, int flags)
{
	errno = EIO;
	return unreadable && strcmp(name, unreadable) == 0 ? -1 : __real_fstatat(directory, name, st, flags);
}

int __wrap_openat(int directory, const char *name, int flags, ...)
{
	errno = EIO;
	if (unopenable && strcmp(name, unopenable) == 0)
		return -1;
	return __real_openat(directory, name, flags, 0600);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

static void boot(void)
{
	static const char *const directories[] = {"/etc",
						  "/var/lib/apt/lists/partial",
						  "/var/lib/dpkg",
						  "/var/cache/debconf",
						  "/var/cache/ldconfig",
						  "/var/cache/apt/archives",
						  "/var/log/apt"};

	need_root();
	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++)
		make_directory(directories[i]);
}

/* Gives the file times in the past. */
static void set_times(const char *path)
{
	must(utimensat(AT_FDCWD, path, (struct timespec[]){{.tv_sec = 1000}, {.tv_sec = 2000, .tv_nsec = 2}},
		       AT_SYMLINK_NOFOLLOW) == 0,
	     path);
}

static void write_old(void)
{
	for (size_t i = 0; i < FILES; i++) {
		write_file(files[i], "old");
		must(chown(files[i], 3, 4) == 0 && chmod(files[i], 02640) == 0, files[i]);
		set_times(files[i]);
	}
}

static bool is_old(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 07777) == 02640 &&
	       st.st_uid == 3 && st.st_gid == 4 && st.st_mtim.tv_sec == 2000 && st.st_mtim.tv_nsec == 2 &&
	       reads(path, "old");
}

static void restore(void)
{
	assert_true(leftovers_restore(&leftovers));
}

static void test_changed_is_put_back(void **state)
{
	(void)state;

	boot();
	write_old();
	int descriptors = open_descriptors();
	assert_true(leftovers_save(&leftovers, false));
	for (size_t i = 0; i < FILES; i++)
		write_file(files[i], "new and longer");
	restore();
	for (size_t i = 0; i < FILES; i++)
		if (is_old(files[i]) != (strcmp(files[i], OF_OTHER) != 0))
			fail_msg("%s", files[i]);
	assert_false(there(BACKUP ".aptwrap"));
	assert_int_equal(open_descriptors(), descriptors);
}

static void test_removed_is_put_back(void **state)
{
	(void)state;

	boot();
	write_old();
	assert_true(leftovers_save(&leftovers, false));
	for (size_t i = 0; i < FILES; i++)
		must(unlink(files[i]) == 0, files[i]);
	restore();
	for (size_t i = 0; i < FILES; i++)
		if (is_old(files[i]) != (strcmp(files[i], OF_OTHER) != 0))
			fail_msg("%s", files[i]);
}

/* Each of these changes alone must put the file back. */
static void other_bytes(void)
{
	write_file(BACKUP, "odd");
	set_times(BACKUP);
}
static void longer(void)
{
	write_file(BACKUP, "older");
	set_times(BACKUP);
}
static void other_owner(void)
{
	must(chown(BACKUP, 5, 4) == 0 && chmod(BACKUP, 02640) == 0, "chown");
}
static void other_group(void)
{
	must(chown(BACKUP, 3, 5) == 0 && chmod(BACKUP, 02640) == 0, "chown");
}
static void other_mode(void)
{
	must(chmod(BACKUP, 0600) == 0, "chmod");
}
static void other_second(void)
{
	must(utimensat(AT_FDCWD, BACKUP,
		       (struct timespec[]){{.tv_sec = 1000}, {.tv_sec = 2001, .tv_nsec = 2}}, 0) == 0,
	     "utimensat");
}
static void other_nanosecond(void)
{
	must(utimensat(AT_FDCWD, BACKUP,
		       (struct timespec[]){{.tv_sec = 1000}, {.tv_sec = 2000, .tv_nsec = 3}}, 0) == 0,
	     "utimensat");
}

static void test_each_difference_counts(void **state)
{
	(void)state;
	static void (*const changes[])(void) = {other_bytes, longer,       other_owner,     other_group,
						other_mode,  other_second, other_nanosecond};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		own_root(NULL); /* a new root each time */
		boot();
		write_old();
		assert_true(leftovers_save(&leftovers, false));
		changes[i]();
		restore();
		if (!is_old(BACKUP))
			fail_msg("change %zu", i);
	}
}

/* An unchanged file is not written, as that would add it to the image's layer. */
static void test_untouched_stays_untouched(void **state)
{
	(void)state;
	struct stat before, after;

	boot();
	write_old();
	must(lstat(BACKUP, &before) == 0, BACKUP);
	assert_true(leftovers_save(&leftovers, false));
	restore();
	must(lstat(BACKUP, &after) == 0, BACKUP);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_memory_equal(&before.st_ctim, &after.st_ctim, sizeof(before.st_ctim));
}

static void test_new_is_removed(void **state)
{
	(void)state;

	boot();
	assert_true(leftovers_save(&leftovers, false));
	write_old();
	write_file("/var/lib/dpkg/diversions-old", "");
	write_file("/var/lib/dpkg/-old", "");
	write_file("/var/log/dpkg.log.1", "");
	make_directory("/var/log/apt/sub.log");
	must(symlink("/etc/passwd-", "/etc/group-") == 0, "symlink");
	make_directory("/var/cache/debconf/tmp.ci");
	restore();
	for (size_t i = 0; i < FILES; i++)
		if (there(files[i]) != (strcmp(files[i], OF_OTHER) == 0))
			fail_msg("%s", files[i]);
	assert_false(there("/var/lib/dpkg/diversions-old") || there("/var/cache/debconf/tmp.ci"));
	/* These names do not match, or are not files. */
	assert_true(there("/var/lib/dpkg/-old") && there("/var/log/dpkg.log.1") &&
		    there("/var/log/apt/sub.log") && there("/etc/group-"));
}

/* Files with the same name in two directories are not mixed up. */
static void test_same_name_in_two_directories(void **state)
{
	(void)state;

	boot();
	write_file("/var/lib/dpkg/x-old", "dpkg");
	write_file("/var/cache/debconf/x-old", "debconf");
	assert_true(leftovers_save(&leftovers, false));
	write_file("/var/lib/dpkg/x-old", "");
	write_file("/var/cache/debconf/x-old", "");
	write_file("/var/log/apt/x.log", "");
	restore();
	assert_true(reads("/var/lib/dpkg/x-old", "dpkg"));
	assert_true(reads("/var/cache/debconf/x-old", "debconf"));
	assert_false(there("/var/log/apt/x.log"));
}

static void test_logs_are_kept(void **state)
{
	(void)state;

	boot();
	write_old();
	assert_true(leftovers_save(&leftovers, true));
	for (size_t i = 0; i < FILES; i++)
		write_file(files[i], "new");
	write_file("/var/log/apt/term.log", "");
	restore();
	assert_true(reads(LOG, "new") && reads(APT_LOG, "new") && there("/var/log/apt/term.log"));
	assert_true(is_old(BACKUP) && is_old(PASSWD));
}

/* A run was killed while it put a file back. The next one must not fail because of the new file. */
static void test_killed_while_putting_back(void **state)
{
	(void)state;

	boot();
	write_old();
	assert_true(leftovers_save(&leftovers, false));
	write_file(BACKUP, "new");
	write_file(BACKUP ".aptwrap", "half");
	restore();
	assert_true(is_old(BACKUP));
	assert_false(there(BACKUP ".aptwrap"));
}

/* A directory that is a link is ignored. */
static void test_links_are_not_followed(void **state)
{
	(void)state;

	boot();
	must(rename("/var/log/apt", "/precious") == 0 && symlink("/precious", "/var/log/apt") == 0, "link");
	write_file("/precious/history.log", "old");
	must(symlink("/precious/history.log", LOG) == 0, "link");
	assert_true(leftovers_save(&leftovers, false));
	write_file("/precious/history.log", "new");
	write_file("/precious/term.log", "");
	restore();
	assert_true(reads("/precious/history.log", "new") && there("/precious/term.log"));
	assert_true(leftovers_clean(&leftovers));
	assert_true(reads("/precious/history.log", "new") && there("/precious/term.log"));
}

/* A full disk: the failure is reported, the file keeps its content, and no incomplete file stays. */
static void test_no_room_to_put_back(void **state)
{
	(void)state;
	static char text[40000];

	boot();
	must(mount("tmpfs", "/var/lib/dpkg", "tmpfs", 0, "size=64k") == 0, "tmpfs");
	memset(text, 'x', sizeof(text) - 1);
	write_file(BACKUP, text);
	write_file(CONFIG, "old");
	assert_true(leftovers_save(&leftovers, false));
	write_file(BACKUP, "new");
	write_file(CONFIG, "new");
	write_file("/var/lib/dpkg/full", text);
	assert_false(leftovers_restore(&leftovers));
	assert_false(there(BACKUP ".aptwrap"));
	assert_true(reads(BACKUP, "new"));
	assert_true(reads(CONFIG, "old")); /* the other directories are restored */
}

/* A failure to remove a file is reported, with its directory. */
static void test_read_only(void **state)
{
	(void)state;

	boot();
	assert_true(leftovers_save(&leftovers, false));
	write_old();
	must(mount("/var/log", "/var/log", "none", MS_BIND, NULL) == 0 &&
		     mount("none", "/var/log", "none", MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0,
	     "read-only");
	assert_false(leftovers_restore(&leftovers));
	assert_true(there(LOG));
	assert_false(there(BACKUP) || there(PASSWD));
}

/* clean removes all of these files, but not the passwd tools' and other ones. */
static void test_clean(void **state)
{
	(void)state;

	boot();
	write_old();
	make_directory("/var/lib/dpkg/sub-old");
	int descriptors = open_descriptors();
	assert_true(leftovers_clean(&leftovers));
	for (size_t i = 0; i < FILES; i++)
		if (there(files[i]) != (strcmp(files[i], OF_OTHER) == 0 || strcmp(files[i], PASSWD) == 0))
			fail_msg("%s", files[i]);
	assert_true(there("/var/lib/dpkg/sub-old"));
	assert_int_equal(open_descriptors(), descriptors);
}

static void test_a_failure_to_save_is_reported(void **state)
{
	(void)state;

	boot();
	write_old();
	unreadable = "status-old";
	assert_false(leftovers_save(&leftovers, false));
	unreadable = NULL;
	unopenable = "status-old";
	assert_false(leftovers_save(&leftovers, false));
	unopenable = NULL;
	assert_true(leftovers_save(&leftovers, false));
}

/* A leftover that the run cannot remove, because a call fails, must not end in success. */
static void test_failures_are_reported(void **state)
{
	(void)state;
	/* a new file, a directory, and each new reading of a directory */
	static const char *const failing[] = {"diversions-old", "debconf", "."};

	for (size_t i = 0; i < sizeof(failing) / sizeof(failing[0]); i++) {
		boot();
		write_old();
		assert_true(leftovers_save(&leftovers, false));
		write_file("/var/lib/dpkg/diversions-old", "");
		unreadable = unopenable = failing[i];
		bool restored = leftovers_restore(&leftovers), cleaned = leftovers_clean(&leftovers);
		unreadable = unopenable = NULL;
		assert_false(restored || cleaned);
	}
}

/* extended_states may change. If its content is the same, its time is put back. */
static void test_written_again_unchanged(void **state)
{
	(void)state;
	static const char states[] = "/var/lib/apt/extended_states";
	struct stat st;

	boot();
	write_file(states, "old");
	set_times(states);
	assert_true(leftovers_save(&leftovers, false));
	write_file(states, "old");
	restore();
	must(lstat(states, &st) == 0, states);
	assert_int_equal(st.st_mtim.tv_sec, 2000);
	write_file(states, "new");
	restore();
	assert_true(reads(states, "new"));
	must(unlink(states) == 0, states);
	restore();
	assert_false(there(states));
	assert_true(leftovers_save(&leftovers, false));
	write_file(states, "new");
	restore();
	assert_true(there(states));
}

/* clean removes lists, archives and caches, but no locks, no directories, and nothing in mounts. */
static void test_clean_caches(void **state)
{
	(void)state;
	static const char *const gone[] = {"/var/lib/apt/lists/x_Packages", "/var/lib/apt/lists/partial/x",
					   "/var/cache/apt/pkgcache.bin"};

	boot();
	for (size_t i = 0; i < 3; i++)
		write_file(gone[i], "");
	write_file("/var/lib/apt/lists/lock", "");
	must(mount("tmpfs", "/var/cache/apt/archives", "tmpfs", 0, NULL) == 0, "tmpfs");
	write_file("/var/cache/apt/archives/x.deb", "");
	assert_true(leftovers_clean(&leftovers));
	for (size_t i = 0; i < 3; i++)
		assert_false(there(gone[i]));
	assert_true(there("/var/lib/apt/lists/lock") && there("/var/lib/apt/lists/partial") &&
		    there("/var/cache/apt/archives/x.deb"));
	must(umount("/var/cache/apt/archives") == 0, "umount");
	write_file("/var/cache/apt/archives/x.deb", "");
	assert_true(leftovers_clean(&leftovers));
	assert_false(there("/var/cache/apt/archives/x.deb"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_changed_is_put_back, own_root),
		cmocka_unit_test_setup(test_removed_is_put_back, own_root),
		cmocka_unit_test_setup(test_each_difference_counts, own_root),
		cmocka_unit_test_setup(test_untouched_stays_untouched, own_root),
		cmocka_unit_test_setup(test_new_is_removed, own_root),
		cmocka_unit_test_setup(test_same_name_in_two_directories, own_root),
		cmocka_unit_test_setup(test_logs_are_kept, own_root),
		cmocka_unit_test_setup(test_killed_while_putting_back, own_root),
		cmocka_unit_test_setup(test_links_are_not_followed, own_root),
		cmocka_unit_test_setup(test_no_room_to_put_back, own_root),
		cmocka_unit_test_setup(test_read_only, own_root),
		cmocka_unit_test_setup(test_a_failure_to_save_is_reported, own_root),
		cmocka_unit_test_setup(test_failures_are_reported, own_root),
		cmocka_unit_test_setup(test_clean, own_root),
		cmocka_unit_test_setup(test_written_again_unchanged, own_root),
		cmocka_unit_test_setup(test_clean_caches, own_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
