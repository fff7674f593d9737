/* See session.h. */
#include "session.h"

#include "cleanup.h"
#include "env.h"
#include "private.h"
#include "pycache.h"
#include "residue.h"
#include "sources.h"
#include "stamp.h"

#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maintainer scripts call update-alternatives without a --log of ours, and nothing else can keep it from
 * writing. */
static const char alternatives_shim[] =
	"#!/bin/sh\nexec /usr/bin/update-alternatives --log /dev/null \"$@\"\n";

static int fail(const char *what, const char *name)
{
	msg_warn_errno("cannot %s '%s'", what, name);
	return STATUS_OURS;
}

static bool has_lists(const char *path)
{
	DIR *dir = opendir(path);
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));)
		found = strstr(entry->d_name, "_Packages") != NULL;
	if (dir)
		closedir(dir);
	return found;
}

static int read_config(struct session *session, char *const *envp)
{
	struct list argv = {0};

	list_add(&argv, "apt-config");
	list_add(&argv, "dump");
	session->envp = env_for_apt(envp, NULL);
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status != 0) {
		session_blame(session, "apt-config dump", status, false);
		return status == STATUS_OURS ? status : STATUS_APT;
	}
	config_parse(&session->config, session->output, session->output_len);
	return 0;
}

/*
 * Images for Docker have a file whose hooks empty apt's caches after each run of dpkg. That is done here, and
 * of a cache that is a mount point they would empty too much.
 */
static int list_parts(const char *directory, struct list *parts)
{
	DIR *dir = opendir(directory);

	if (!dir)
		return errno == ENOENT ? 0 : -1;
	for (struct dirent *entry; (entry = readdir(dir));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (entry->d_name[0] == '.' || (dot && strcmp(dot, ".conf") != 0) ||
		    strcmp(entry->d_name, "docker-clean") == 0)
			continue;
		list_add(parts, entry->d_name);
	}
	closedir(dir);
	list_sort(parts);
	return 0;
}

static int write_config(struct session *session, char *const *envp)
{
	struct list parts = {0};
	const char *user = env_get(envp, "APT_CONFIG");

	if (list_parts(session->config.parts, &parts) < 0)
		return fail("read", session->config.parts);
	if (access(session->config.main_file, R_OK) < 0)
		session->config.main_file = NULL;
	char *text = config_text(&session->config, session->request, &session->kept, PRIVATE_DIRECTORY,
				 user && *user ? user : NULL, &parts);
	if (private_write(session->directory, "apt.conf", text, false) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	if (!session->request->logs &&
	    private_write(session->directory, "bin/update-alternatives", alternatives_shim, true) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	return 0;
}

/* dpkg's journal has entries only if dpkg was killed; apt-get would refuse to work. */
static bool dpkg_was_interrupted(void)
{
	DIR *dir = opendir("/var/lib/dpkg/updates");
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));)
		found = entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
	if (dir)
		closedir(dir);
	return found;
}

/* Another dpkg that is at work right now leaves the same traces as one that was killed. */
static bool dpkg_is_at_work(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open("/var/lib/dpkg/lock", O_RDONLY | O_CLOEXEC);
	bool held = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return held;
}

int session_configure(struct session *session)
{
	struct list argv = {0};

	list_add(&argv, "dpkg");
	list_add(&argv, "--configure");
	list_add(&argv, "-a");
	if (!session->request->logs)
		list_add(&argv, "--log=/dev/null");
	return session_run(session, &argv, RUN_FINISH, NULL);
}

bool session_repair(struct session *session)
{
	if (dpkg_is_at_work())
		return false;
	session_say(session, "dpkg was interrupted, finishing its work");
	/* What it cannot repair apt will tell. */
	session_configure(session);
	return true;
}

/* The file system's own clock, which may lag behind the one that clock_gettime() tells. */
static void note_beginning(struct session *session)
{
	struct stat st;

	if (session->began.tv_sec == 0 && fstatat(session->directory, "bin", &st, AT_SYMLINK_NOFOLLOW) == 0)
		session->began = st.st_ctim;
}

/* apt makes this directory beside lists that it only reads. */
static void note_auxfiles(struct session *session)
{
	char *path = text_join(session->config.lists, "/auxfiles", NULL);

	if (session->kept.lists && access(path, F_OK) < 0)
		session->new_directory = path;
}

static int lock_directory(struct session *session)
{
	const char *where = NULL;
	bool stale;

	session->directory = private_open(session->request->lock_timeout_s, &session->signals, &stale);
	if (session->directory < 0 && session->signals.got)
		return STATUS_OURS;
	if (session->directory < 0 && errno == EWOULDBLOCK) {
		msg_warn("another run still holds '%s' after %u s", PRIVATE_DIRECTORY,
			 session->request->lock_timeout_s);
		return STATUS_OURS;
	}
	if (session->directory < 0)
		return fail("make", PRIVATE_DIRECTORY);
	if (stale && residue_restore(session->directory, &where) < 0)
		return fail("tidy up after a killed run in", where);
	if (stale)
		note_beginning(session);
	if (stale && private_empty(session->directory) < 0)
		return fail("empty", PRIVATE_DIRECTORY);
	return 0;
}

/* A file that got one of these numbers would be taken for standard input or output by the commands. */
static void open_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static int open_session(struct session *session, const struct request *request)
{
	*session =
		(struct session){.request = request, .directory = -1, .output = "", .start_ms = run_now_ms()};
	open_standard();
	if (run_signals_open(&session->signals) < 0) {
		msg_warn_errno("cannot watch for signals");
		return STATUS_OURS;
	}
	return 0;
}

int session_lock(struct session *session, const struct request *request)
{
	int status = open_session(session, request);

	return status ? status : lock_directory(session);
}

int session_look(struct session *session, const struct request *request, char *const *envp)
{
	int status = open_session(session, request);

	return status ? status : read_config(session, envp);
}

int session_begin(struct session *session, const struct request *request, char *const *envp)
{
	const char *what = "";

	if (!run_find("apt-get", env_for_apt(envp, PRIVATE_DIRECTORY))) {
		*session = (struct session){.directory = -1, .request = request};
		msg_warn("there is no apt-get here");
		return STATUS_OURS;
	}
	int status = session_lock(session, request);

	if (status != 0)
		return status;
	if (private_populate(session->directory, &what) < 0)
		return fail("make", text_join(PRIVATE_DIRECTORY "/", what, NULL));
	note_beginning(session);
	const char *epoch = env_get(envp, "SOURCE_DATE_EPOCH");
	session->clamp = epoch && stamp_parse(epoch, &session->epoch);
	if (epoch && !session->clamp) {
		msg_warn("SOURCE_DATE_EPOCH is no number of seconds: '%s'", epoch);
		return STATUS_OURS;
	}
	status = read_config(session, envp);
	if (status != 0)
		return status;
	/* purge need not fetch what is there already. */
	session->kept.lists = cleanup_is_mounted(session->config.lists) ||
			      (request->verb == VERB_PURGE && has_lists(session->config.lists));
	note_auxfiles(session);
	session->kept.cache = cleanup_is_mounted(session->config.archives);
	status = write_config(session, envp);
	if (status == 0 && request->snapshot)
		status = sources_write(session);
	if (status != 0)
		return status;
	session->envp = env_for_apt(envp, PRIVATE_DIRECTORY);
	if (residue_save(session->directory, request->logs) < 0)
		return fail("copy what is there into", PRIVATE_DIRECTORY);
	if (dpkg_was_interrupted())
		session_repair(session);
	return session->signals.got ? STATUS_OURS : 0;
}

int session_end(struct session *session, int status)
{
	const char *where = NULL;

	if (session->directory >= 0) {
		if (residue_restore(session->directory, &where) < 0) {
			msg_warn_errno("cannot put back files in '%s'", where);
			status = status ? status : STATUS_OURS;
		}
		if (session->new_directory)
			rmdir(session->new_directory);
		if (session->began.tv_sec != 0)
			pycache_remove(&session->began);
		if (private_remove(session->directory) < 0) {
			msg_warn_errno("cannot remove '%s'", PRIVATE_DIRECTORY);
			status = status ? status : STATUS_OURS;
		}
	}
	if (session->clamp)
		stamp_clamp(&session->began, &session->epoch);
	if (session->signals.got)
		run_die(&session->signals);
	return status;
}
