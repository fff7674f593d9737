/* See session.h. */
#include "aptwrap/run/session.h"

#include "aptwrap/plan/commands.h"
#include "aptwrap/plan/environment.h"
#include "aptwrap/residue/backups.h"
#include "aptwrap/residue/remove.h"
#include "aptwrap/residue/timestamps.h"
#include "aptwrap/run/files.h"
#include "aptwrap/run/private.h"
#include "aptwrap/run/sources.h"
#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(const char *what, const char *name)
{
	msg_warn_errno("cannot %s '%s'", what, name);
	return STATUS_OURS;
}

const char *session_lists(const struct session *session)
{
	return session->config.keep_lists ? session->config.lists : PRIVATE_DIRECTORY "/lists";
}

const char *session_archives(const struct session *session)
{
	return session->config.keep_archives ? session->config.archives : PRIVATE_DIRECTORY "/cache/archives";
}

/* Whether dpkg.cfg or a file beside it says what happens to changed configuration files. */
static bool dpkg_chooses(void)
{
	static const char parts[] = "/etc/dpkg/dpkg.cfg.d";
	struct text text = {0};
	DIR *dir = opendir(parts);

	(void)files_read(AT_FDCWD, "/etc/dpkg/dpkg.cfg", &text);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		/* As dpkg does, which passes over names with other characters. */
		if (entry->d_name[strspn(entry->d_name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
							"0123456789_-")] == '\0')
			(void)files_read(dirfd(dir), entry->d_name, &text);
	if (dir)
		closedir(dir);
	return text.data && config_dpkg_chooses(text.data, text.len);
}

static int read_config(struct session *session, char *const *envp)
{
	struct list argv = {0};
	struct config *config = &session->config;
	const char *force = environment_get(envp, "DPKG_FORCE");

	session->envp = environment_for_apt(envp, NULL);
	command_config(&argv, session->options);
	int status = step_must(session, &argv, STEP_QUERY, "apt-config dump");
	if (status != 0)
		return status;
	/* Such as a file that APT_CONFIG names and that is not there. */
	(void)msg_print(STDERR_FILENO, session->errors.data);
	config_parse(config, session->output.data, session->output.len);
	config->conffile_choice |= dpkg_chooses() || (force && strstr(force, "conf"));
	config->keep_lists = remove_is_cache_mount(config->lists);
	config->keep_cache = remove_is_cache_mount(config->cache);
	config->keep_archives = config->keep_cache || remove_is_cache_mount(config->archives);
	return 0;
}

char *session_config(const struct session *session, char *const *envp)
{
	const char *user_file = environment_get(envp, "APT_CONFIG");
	struct stat st;

	/* apt passes over anything that is not a file. */
	if (user_file && (stat(user_file, &st) < 0 || !S_ISREG(st.st_mode)))
		user_file = NULL;
	return config_text(&session->config, session->options, PRIVATE_DIRECTORY, user_file,
			   access(session->config.main_file, R_OK) == 0);
}

/* dpkg's journal has entries only if dpkg was killed. */
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

/* A dpkg that is at work right now leaves the same traces as one that was killed. */
static bool dpkg_is_at_work(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open("/var/lib/dpkg/lock", O_RDONLY | O_CLOEXEC);
	bool held = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return held;
}

/* Has dpkg finish what it was interrupted in. What it cannot repair apt will complain about. */
static int look_before(struct session *session)
{
	struct list argv = {0};
	int status = step_packages(session, &session->before);

	if (status != 0 || (!dpkg_was_interrupted() && session->before.broken.count == 0) ||
	    dpkg_is_at_work())
		return status;
	step_say(session, "dpkg was interrupted, finishing its work");
	command_configure(&argv, session->options);
	(void)step_run(session, &argv, STEP_DPKG);
	return step_packages(session, &session->before);
}

/* A descriptor 0, 1 or 2 that we opened would become the standard input or output of the commands. */
static void open_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static int open_session(struct session *session, const struct options *options)
{
	*session = (struct session){.options = options, .directory = -1, .start_ms = process_now_ms()};
	open_standard();
	if (signals_open(&session->signals) < 0) {
		msg_warn_errno("cannot watch for signals");
		return STATUS_OURS;
	}
	return 0;
}

int session_lock(struct session *session, const struct options *options)
{
	int status = open_session(session, options);

	if (status != 0)
		return status;
	session->directory = private_open(options->lock_timeout_s, &session->signals);
	if (session->directory >= 0)
		return 0;
	if (errno != EWOULDBLOCK)
		return fail("make", PRIVATE_DIRECTORY);
	if (!session->signals.got)
		msg_warn("another run still holds '%s' after %u s", PRIVATE_DIRECTORY,
			 options->lock_timeout_s);
	return STATUS_OURS;
}

int session_look(struct session *session, const struct options *options, char *const *envp)
{
	int status = open_session(session, options);

	if (status == 0)
		status = read_config(session, envp);
	return status ? status : step_packages(session, &session->before);
}

static int read_epoch(struct session *session, char *const *envp)
{
	const char *epoch = environment_get(envp, "SOURCE_DATE_EPOCH");

	session->clamp = epoch && timestamps_parse(epoch, &session->epoch);
	if (!epoch || session->clamp)
		return 0;
	msg_warn("SOURCE_DATE_EPOCH is not a number of seconds: '%s'", epoch);
	return STATUS_OURS;
}

/* The private directory, apt's configuration in it, and copies of what will be overwritten. */
static int prepare(struct session *session, char *const *envp)
{
	struct stat st;

	if (private_populate(session->directory) < 0)
		return fail("make directories in", PRIVATE_DIRECTORY);
	/* The file system's own clock, which may lag behind the one that clock_gettime() tells. */
	if (fstatat(session->directory, "tmp", &st, AT_SYMLINK_NOFOLLOW) == 0)
		session->began = st.st_ctim;
	int status = read_config(session, envp);
	if (status != 0)
		return status;
	if (private_write(session->directory, "apt.conf", session_config(session, envp)) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	if (session->options->snapshot && (status = sources_write(session)) != 0)
		return status;
	session->envp = environment_for_apt(envp, PRIVATE_DIRECTORY);
	if (backups_save(session->directory, session->options->logs) < 0)
		return fail("copy files into", PRIVATE_DIRECTORY);
	session->saved = true;
	return 0;
}

int session_begin(struct session *session, const struct options *options, char *const *envp)
{
	*session = (struct session){.options = options, .directory = -1};
	if (!process_find("apt-get", environment_for_apt(envp, NULL))) {
		msg_warn("there is no apt-get here");
		return STATUS_OURS;
	}
	int status = session_lock(session, options);
	if (status == 0)
		status = read_epoch(session, envp);
	if (status == 0)
		status = prepare(session, envp);
	if (status == 0)
		status = look_before(session);
	return session->signals.got ? STATUS_OURS : status;
}

int session_end(struct session *session, int status)
{
	const char *where = NULL;
	bool failed = false;

	if (session->saved && backups_restore(session->directory, session->options->logs, &where) < 0) {
		msg_warn_errno("cannot put back files in '%s'", where);
		failed = true;
	}
	if (session->directory >= 0 && private_remove(session->directory) < 0) {
		msg_warn_errno("cannot remove '%s'", PRIVATE_DIRECTORY);
		failed = true;
	}
	if (session->clamp)
		timestamps_clamp(&session->began, &session->epoch);
	if (session->signals.got)
		signals_die(&session->signals);
	return failed && status == 0 ? STATUS_OURS : status;
}
