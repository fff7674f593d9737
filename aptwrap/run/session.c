/* The start and the end of a run: lock, configuration, clean-up. See run.h. */
#include "aptwrap/run/run.h"

#include "common/msg.h"
#include "common/num.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Appended to PATH, which may lack the directories of dpkg and of the commands in maintainer scripts. */
#define SYSTEM_PATH ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

static int fail(const char *what, const char *name)
{
	msg_warn_errno("cannot %s '%s'", what, name);
	return STATUS_OURS;
}

static int read_config(struct session *session)
{
	struct config *config = &session->config;
	struct list argv = {0}, grep = {0};
	const char *force = getenv("DPKG_FORCE"), *user_file = getenv("APT_CONFIG");
	struct stat st;

	command_config(&argv, session->options);
	int status = step_must(session, &argv, STEP_QUERY);
	if (status != 0)
		return status;
	/* Warnings, such as that the file of APT_CONFIG does not exist. */
	(void)msg_print(STDERR_FILENO, session->errors.data);
	config_parse(config, session->output.data);
	list_add_words(&grep, "grep", "-rqs", "^[^#]*force-conf", "/etc/dpkg/dpkg.cfg",
		       "/etc/dpkg/dpkg.cfg.d", NULL);
	config->conffile_choice |=
		(force && strstr(force, "conf")) || step_run(session, &grep, STEP_QUERY) == 0;
	/* apt ignores these if they are not files, but an #include of them would fail. */
	config->user_file = user_file && stat(user_file, &st) == 0 && S_ISREG(st.st_mode) ? user_file : NULL;
	if (access(config->main_file, R_OK) < 0)
		config->main_file = NULL;
	/* purge needs no index, and is faster without one. */
	bool mounts = session->options->verb == VERB_INSTALL;
	config->keep_cache = mounts && mount_is_cache(config->cache);
	if (!mounts || !mount_is_cache(config->archives))
		config->archives = PRIVATE_DIRECTORY "/cache/archives";
	if (!mounts || !mount_is_cache(config->lists))
		config->lists = PRIVATE_DIRECTORY "/lists";
	if (!config->keep_cache)
		config->cache = PRIVATE_DIRECTORY "/cache";
	return 0;
}

/* --snapshot: copies the package sources. apt lists what it would fetch from the copies. */
static int copy_sources(struct session *session)
{
	struct list copy = {0}, list = {0};

	command_sources(&copy, &session->config, session->options, PRIVATE_DIRECTORY "/sources.list.d");
	command_update(&list, session->options, "--print-uris");
	int status = step_must(session, &copy, STEP_QUERY);
	status = status ? status : step_must(session, &list, STEP_QUERY);
	const char *foreign = status ? NULL : snapshot_foreign(session->output.data);
	if (!foreign)
		return status;
	msg_warn(*foreign ? "--snapshot: the snapshot service does not have '%s'"
			  : "--snapshot: there are no package sources%s",
		 foreign);
	return STATUS_OURS;
}

/* Reads what is installed. If dpkg was interrupted, lets it finish. apt reports what remains broken. */
static int look_before(struct session *session)
{
	struct list argv = {0};
	int status = step_packages(session, &session->before);

	/* dpkg's journal has entries if dpkg was killed, and while a dpkg runs. */
	bool interrupted = session->before.broken.count > 0 || step_bytes("/var/lib/dpkg/updates") > 0;
	if (status != 0 || !interrupted || step_is_locked("/var/lib/dpkg/lock"))
		return status;
	step_say(session, "dpkg was interrupted, finishing its work");
	command_dpkg(&argv, session->options, "--configure", "-a");
	(void)step_run(session, &argv, STEP_DPKG);
	return step_packages(session, &session->before);
}

static int lock(struct session *session)
{
	session->directory = private_open(session->options->lock_timeout_s, &session->signals);
	if (session->directory >= 0)
		return 0;
	if (errno != EWOULDBLOCK)
		return fail("make", PRIVATE_DIRECTORY);
	if (!session->signals.got)
		msg_warn("another run still holds '%s' after %u s", PRIVATE_DIRECTORY,
			 session->options->lock_timeout_s);
	return STATUS_OURS;
}

/* Fills the private directory, and saves the files that the run will change. */
static int prepare(struct session *session)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct stat st;
	uint64_t seconds;

	if (epoch && num_parse(epoch, strlen(epoch), INT32_MAX, &seconds) != NUM_OK) {
		msg_warn("SOURCE_DATE_EPOCH is not a number of seconds: '%s'", epoch);
		return STATUS_OURS;
	}
	session->epoch = epoch;
	if (private_populate(session->directory) < 0 ||
	    fstatat(session->directory, "tmp", &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fail("make directories in", PRIVATE_DIRECTORY);
	/* The time stamps of the file system may lag behind clock_gettime(). A 1 keeps the leading zeros. */
	const char *fraction = text_number(1000000000UL + (unsigned long)st.st_ctim.tv_nsec) + 1;
	session->began = text_join(text_number((unsigned long)st.st_ctim.tv_sec), ".", fraction, NULL);
	int status = read_config(session);
	if (status != 0)
		return status;
	if (private_write(session->directory, "apt.conf",
			  config_text(&session->config, session->options, PRIVATE_DIRECTORY)) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	setenv("APT_CONFIG", PRIVATE_DIRECTORY "/apt.conf", 1);
	setenv("TMPDIR", PRIVATE_DIRECTORY "/tmp", 1);
	if (session->options->snapshot && (status = copy_sources(session)) != 0)
		return status;
	session->saved = leftovers_save(&session->leftovers, session->options->logs);
	return session->saved ? 0 : STATUS_OURS;
}

/* --dry-run: prints the preparations as shell commands. step_run() prints the rest. */
static int print_preparations(struct session *session)
{
	struct list sources = {0};

	command_sources(&sources, &session->config, session->options, "sources.list.d");
	if (msg_print(STDOUT_FILENO,
		      text_join("mkdir -p " PRIVATE_DIRECTORY "\ncd " PRIVATE_DIRECTORY "\n"
				"mkdir -p lists/partial cache/archives/partial log sources.list.d\n",
				session->options->snapshot ? list_line(&sources) : "",
				"\ncat >apt.conf <<'END'\n",
				config_text(&session->config, session->options, PRIVATE_DIRECTORY),
				"END\nexport APT_CONFIG=$PWD/apt.conf DEBIAN_FRONTEND=noninteractive\n",
				NULL)) < 0)
		return fail("write to", "standard output");
	return 0;
}

int session_begin(struct session *session, const struct options *options)
{
	const char *path = getenv("PATH");
	bool looks = options->dry_run || options->verb == VERB_LIST;
	int fd;

	*session = (struct session){.options = options, .directory = -1, .start_ms = process_now_ms()};
	/* If descriptor 0, 1 or 2 is closed, a file opened later would become a command's input or output. */
	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO) {
	}
	descriptor_close(fd);
	setenv("PATH", text_join(path ? path : "", SYSTEM_PATH, NULL), 1);
	setenv("DEBIAN_FRONTEND", "noninteractive", 1);
	if (signals_open(&session->signals) < 0)
		return fail("watch for", "signals");
	int status = looks ? read_config(session) : lock(session);
	if (status == 0 && options->verb != VERB_CLEAN && !looks)
		status = prepare(session);
	if (status == 0 && options->verb != VERB_CLEAN)
		status = looks ? step_packages(session, &session->before) : look_before(session);
	if (status == 0 && options->dry_run)
		status = print_preparations(session);
	return session->signals.got ? STATUS_OURS : status;
}

int session_end(struct session *session, int status)
{
	struct list argv = {0};
	bool failed = session->saved && !leftovers_restore(&session->leftovers);

	if (session->directory >= 0 &&
	    (directory_empty(session->directory) < 0 || rmdir(PRIVATE_DIRECTORY) < 0)) {
		msg_warn_errno("cannot remove '%s'", PRIVATE_DIRECTORY);
		failed = true;
	}
	if (session->epoch && session->saved) {
		command_clamp(&argv, session->began, session->epoch);
		/* No signal stops this. After a failure, the file keeps its time. */
		(void)step_run(session, &argv, STEP_DPKG);
	}
	if (session->signals.got)
		signals_die(&session->signals);
	return failed && status == 0 ? STATUS_OURS : status;
}
