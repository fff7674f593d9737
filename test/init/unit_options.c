/* options_*.c, shebang.c: from arguments to a configuration, or to the help or error to print. */
#include "init/options.h"
#include "init/options.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <limits.h>
#include <string.h>
#include <cmocka.h>

#include "init/kernel.h"
#include "init/shebang.h"

#define WORDS_MAX 32

static struct config config;
static struct outcome outcome;
static char *words[WORDS_MAX];

/* Splits line at blanks; '_' stands for an empty word. */
static void parse_with(const char *line, char **envp)
{
	static char text[512];
	int argc = 0;

	snprintf(text, sizeof(text), "%s", line);
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[argc++] = strcmp(word, "_") == 0 ? word + 1 : word;
	words[argc] = NULL;
	options_parse(&(struct invocation){words, envp, 42}, &config, &outcome);
}

static void parse(const char *line)
{
	static char *nothing[] = {NULL};

	parse_with(line, nothing);
}

static void parse_env(const char *line, const char *variable)
{
	static char text[256];
	static char *envp[] = {text, NULL};

	snprintf(text, sizeof(text), "%s", variable);
	parse_with(line, envp);
}

static void assert_runs(int command_index)
{
	if (!outcome.run)
		fail_msg("does not run: %s", outcome.head);
	assert_ptr_equal(config.command, words + command_index);
}

static void assert_says(int status, int fd, const char *head)
{
	assert_false(outcome.run);
	assert_string_equal(outcome.head, head);
	assert_int_equal(outcome.status, status);
	assert_int_equal(outcome.fd, fd);
}

static void test_names(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		int not_found;
		enum placement placement;
	} rows[] = {
		{"tini x", 127, PLACE_GROUP},
		{"/usr/bin/tini x", 127, PLACE_GROUP},
		{"-tini x", 127, PLACE_GROUP},
		{"tini-static x", 127, PLACE_GROUP},
		{"/sbin/docker-init x", 127, PLACE_GROUP},
		{"dumb-init x", 2, PLACE_SESSION},
		{"./dumb-init x", 2, PLACE_SESSION},
		{"catatonit x", 1, PLACE_GROUP},
		{"/run/podman-init x", 1, PLACE_GROUP},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse(rows[i].line);
		assert_runs(1);
		assert_int_equal(config.codes.not_found, rows[i].not_found);
		assert_int_equal(config.placement, rows[i].placement);
		/* As Debian's, whose C library says so. */
		assert_string_equal(config.default_path, "/bin:/usr/bin");
	}
	parse("dinit x");
	assert_int_equal(config.codes.failure, 125);
	assert_string_equal(config.default_path, "/usr/local/bin:/bin:/usr/bin");
	parse("catatonit-x x");
	assert_int_equal(config.codes.failure, 125);
	parse("_ x");
	assert_int_equal(config.codes.failure, 125);
}

static void test_tini_defaults(void **state)
{
	(void)state;
	parse("tini x -s -l");
	assert_runs(1);
	assert_int_equal(config.target, TARGET_CHILD);
	assert_int_equal(config.subreaper, SUBREAPER_NO);
	assert_int_equal(config.verbosity, 1);
	assert_true(config.warn_not_reaper);
	assert_false(config.warn_reaped);
	assert_int_equal(config.not_forwarded, SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU));
	assert_int_equal(config.end_signal, 0);
	for (int signal = 1; signal <= SIGNAL_LAST; signal++)
		assert_int_equal(config.rewrite[signal], signal);
	for (int status = 0; status < 256; status++)
		assert_int_equal(config.remap[status], status);
	assert_int_equal(config.codes.spawn, 1);
	assert_int_equal(config.codes.not_permitted, 126);
	assert_int_equal(config.codes.not_executed, 1);
}

static void test_tini_options(void **state)
{
	(void)state;
	parse("tini -gsvvw -p SIGKILL -e 143 -e3 -- -- x");
	assert_runs(8);
	assert_string_equal(config.command[0], "--");
	assert_int_equal(config.target, TARGET_GROUP);
	assert_int_equal(config.subreaper, SUBREAPER_MUST);
	assert_int_equal(config.verbosity, 3);
	assert_true(config.warn_reaped);
	assert_int_equal(config.pdeathsig, SIGKILL);
	assert_int_equal(config.remap[143], 0);
	assert_int_equal(config.remap[3], 0);
	assert_int_equal(config.remap[4], 4);
	parse("tini -gpSIGHUP x");
	assert_runs(2);
	assert_int_equal(config.pdeathsig, SIGHUP);
	parse("tini - x");
	assert_runs(1);
	parse("tini -e _ x");
	assert_runs(3);
	assert_int_equal(config.remap[0], 0);
}

static void test_tini_environment(void **state)
{
	(void)state;
	parse_env("tini x", "TINI_SUBREAPER=");
	assert_int_equal(config.subreaper, SUBREAPER_MUST);
	parse_env("tini x", "TINI_KILL_PROCESS_GROUP=0");
	assert_int_equal(config.target, TARGET_GROUP);
	parse_env("tini -vvv x", "TINI_VERBOSITY=");
	assert_int_equal(config.verbosity, 0);
	parse_env("tini -v x", "TINI_VERBOSITY=3junk");
	assert_int_equal(config.verbosity, 3);
	parse_env("tini -v x", "TINI_VERBOSITYX=3");
	assert_int_equal(config.verbosity, 2);
	parse_env("tini x", "TINI_VERBOSITY= -7");
	assert_int_equal(config.verbosity, (unsigned)-7);
	parse_env("tini x", "DINIT_GRACE=rubbish");
	assert_runs(1);
	assert_int_equal(config.grace_ms, -1);
	assert_int_equal(config.kill_after_ms, -1);
}

static void test_tini_says(void **state)
{
	(void)state;
	static const char usage[] =
		"tini (tini version 0.19.0)\nUsage: tini [OPTIONS] PROGRAM -- [ARGS] | --version\n\n";
	char expected[512];

	parse("/usr/bin/tini");
	assert_says(1, 2, usage);
	assert_non_null(strstr(outcome.text, "under the supervision of a valid init process (tini)"));
	parse("tini -g --");
	assert_says(1, 2, usage);
	parse("tini -h");
	assert_says(0, 1, usage);
	parse("tini -hx");
	assert_says(0, 1, usage);
	parse("/bin/tini -x");
	snprintf(expected, sizeof(expected), "/bin/tini: invalid option -- 'x'\n%s", usage);
	assert_says(1, 2, expected);
	parse("tini -p");
	snprintf(expected, sizeof(expected), "tini: option requires an argument -- 'p'\n%s", usage);
	assert_says(1, 2, expected);
	parse("tini --version");
	assert_says(0, 1, "tini version 0.19.0\n");
	parse("/usr/libexec/docker-init --version");
	assert_says(0, 1, "tini version 0.19.0 - git.praekelt-init\n");
	parse("tini --version x");
	snprintf(expected, sizeof(expected), "tini: invalid option -- '-'\n%s", usage);
	assert_says(1, 2, expected);
	parse("tini -p TERM x");
	assert_says(1, 2, "[FATAL tini (42)] Not a valid option for -p: TERM\n");
	parse("tini -e 256 x");
	assert_says(1, 2, "[FATAL tini (42)] Not a valid option for -e: 256\n");
	parse("tini -e -1 x");
	assert_says(1, 2, "[FATAL tini (42)] Not a valid option for -e: -1\n");
	parse("tini -e 5x x");
	assert_says(1, 2, "[FATAL tini (42)] Not a valid option for -e: 5x\n");
	parse("tini -e 99999999999999999999 x");
	assert_false(outcome.run);
	/* 2^32 + 5: not 5, also where a long has 32 bits. */
	parse("tini -e 4294967301 x");
	assert_false(outcome.run);
	parse("tini -l");
	assert_false(outcome.run);
	assert_int_equal(outcome.status, 0);
	assert_non_null(strstr(outcome.head, "BSD-3-Clause"));
}

static void test_dumb_init_defaults(void **state)
{
	(void)state;
	parse("dumb-init x -c");
	assert_runs(1);
	assert_int_equal(config.target, TARGET_GROUP);
	assert_int_equal(config.subreaper, SUBREAPER_NO);
	assert_int_equal(config.end_signal, SIGTERM);
	assert_int_equal(config.rewrite[SIGTSTP], SIGSTOP);
	assert_int_equal(config.rewrite[SIGTTIN], SIGSTOP);
	assert_int_equal(config.rewrite[SIGTTOU], SIGSTOP);
	assert_int_equal(config.suspend, SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU));
	assert_int_equal(config.verbosity, 0);
	assert_int_equal(config.codes.not_permitted, 2);
	parse("dumb-init -v x");
	assert_int_equal(config.verbosity, 1);
	parse("dumb-init -c x");
	assert_runs(2);
	assert_int_equal(config.placement, PLACE_SHARED);
	assert_int_equal(config.target, TARGET_CHILD);
	assert_int_equal(config.rewrite[SIGTSTP], SIGTSTP);
	assert_int_equal(config.suspend, SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU));
}

static void test_dumb_init_rewrites(void **state)
{
	(void)state;
	parse("dumb-init -r 15:2junk --rewrite=1:0 --rew 20:20 -r 15:3 -r +10:+12 x");
	assert_runs(10);
	assert_int_equal(config.rewrite[15], 3);
	assert_int_equal(config.rewrite[1], 0);
	assert_int_equal(config.rewrite[SIGTSTP], SIGTSTP);
	assert_int_equal(config.rewrite[10], 12);
	assert_true(config.rewritten & SIGNAL_BIT(1));
	parse("dumb-init -r TERM:SIGQUIT -r hup:0 x");
	assert_runs(5);
	assert_int_equal(config.rewrite[15], 3);
	assert_int_equal(config.rewrite[1], 0);
	static const char *const bad[] = {
		"dumb-init -r 0:1 x",  "dumb-init -r 32:1 x",    "dumb-init -r 1:32 x",
		"dumb-init -r 1:-1 x", "dumb-init -r 15 x",      "dumb-init -r 15: x",
		"dumb-init -r :15 x",  "dumb-init -r _ x",       "dumb-init -r a:b x",
		"dumb-init -r 15;2 x", "dumb-init -r RTMIN:2 x", "dumb-init -r 99999999999:1 x",
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		parse(bad[i]);
		assert_says(1, 2,
			    "Usage: -r option takes <signum>:<signum>, where <signum> is between 1 and 31.\n"
			    "This option can be specified multiple times.\nUse --help for full usage.\n");
	}
}

static void test_dumb_init_environment(void **state)
{
	(void)state;
	parse_env("dumb-init x", "DUMB_INIT_SETSID=0");
	assert_int_equal(config.placement, PLACE_SHARED);
	assert_true(config.log_no_setsid);
	parse_env("dumb-init x", "DUMB_INIT_SETSID=00");
	assert_int_equal(config.placement, PLACE_SESSION);
	parse_env("dumb-init -c x", "DUMB_INIT_SETSID=1");
	assert_int_equal(config.placement, PLACE_SHARED);
	parse_env("dumb-init x", "DUMB_INIT_DEBUG=1");
	assert_int_equal(config.verbosity, 1);
	parse_env("dumb-init x", "DUMB_INIT_DEBUG=2");
	assert_int_equal(config.verbosity, 0);
}

static void test_dumb_init_says(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		int status;
		const char *head;
	} rows[] = {
		{"dumb-init", 1,
		 "Usage: dumb-init [option] program [args]\nTry dumb-init --help for full usage.\n"},
		{"/x/dumb-init -c --", 1,
		 "Usage: /x/dumb-init [option] program [args]\nTry /x/dumb-init --help for full usage.\n"},
		{"dumb-init -V", 0, "dumb-init v1.2.5\n"},
		{"dumb-init --vers", 0, "dumb-init v1.2.5\n"},
		{"dumb-init -h", 0, "dumb-init v1.2.5\nUsage: dumb-init [option] command [[arg] ...]\n"},
		{"dumb-init -x", 1, "dumb-init: invalid option -- 'x'\n"},
		{"dumb-init -cr", 1, "dumb-init: option requires an argument -- 'r'\n"},
		{"dumb-init --foo=1", 1, "dumb-init: unrecognized option '--foo=1'\n"},
		{"dumb-init --c x", 1, "dumb-init: unrecognized option '--c'\n"},
		{"dumb-init --ver", 1,
		 "dumb-init: option '--ver' is ambiguous; possibilities: '--verbose' '--version'\n"},
		{"dumb-init --hel=1", 1, "dumb-init: option '--help' doesn't allow an argument\n"},
		{"dumb-init --rew", 1, "dumb-init: option '--rewrite' requires an argument\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse(rows[i].line);
		assert_says(rows[i].status, 2, rows[i].head);
	}
}

static void test_catatonit(void **state)
{
	(void)state;
	static const char usage[] = "usage: catatonit [-ghLPV] [--] <progname> [<arguments>...]\n";
	char head[256];

	parse("catatonit x -h");
	assert_runs(1);
	assert_ptr_equal(config.message, message_catatonit);
	assert_int_equal(config.verbosity, 0);
	assert_int_equal(config.subreaper, SUBREAPER_TRY);
	assert_int_equal(config.target, TARGET_CHILD);
	assert_int_equal(config.not_forwarded,
			 SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU));
	assert_int_equal(config.grace_ms, -1);
	parse("catatonit -g -- x");
	assert_runs(3);
	assert_int_equal(config.target, TARGET_GROUP);
	parse_env("catatonit x", "CATATONIT_DEBUG=");
	assert_true(config.verbosity > 0);
	/* The other dialects' variables are ignored. */
	parse_env("catatonit x", "DINIT_GRACE=bad");
	assert_runs(1);
	/* It ends on INT and TERM, and ignores a command. */
	parse("catatonit -P x");
	assert_true(outcome.run);
	assert_null(config.command);
	assert_int_equal(config.not_forwarded &
				 (SIGNAL_BIT(SIGINT) | SIGNAL_BIT(SIGTERM) | SIGNAL_BIT(SIGQUIT)),
			 SIGNAL_BIT(SIGQUIT));
	parse("catatonit -gV");
	assert_says(0, 1, "tini version 0.2.1_catatonit\n");
	parse("catatonit --version");
	assert_says(0, 1, "tini version 0.2.1_catatonit\n");
	parse("catatonit -L");
	assert_false(outcome.run);
	assert_int_equal(outcome.status, 0);
	assert_int_equal(outcome.fd, 1);
	assert_non_null(strstr(outcome.head, "BSD-3-Clause"));
	parse("catatonit -h");
	assert_says(0, 2, usage);
	parse("catatonit --");
	snprintf(head, sizeof(head), "ERROR (catatonit:42): missing program name\n%s", usage);
	assert_says(1, 2, head);
	parse("catatonit --pause");
	snprintf(head, sizeof(head), "catatonit: unrecognized option '--pause'\n%s", usage);
	assert_says(1, 2, head);
}

static void test_native_options(void **state)
{
	(void)state;
	parse("dinit x -h");
	assert_runs(1);
	assert_int_equal(config.subreaper, SUBREAPER_TRY);
	assert_int_equal(config.target, TARGET_CHILD);
	assert_int_equal(config.placement, PLACE_GROUP);
	assert_int_equal(config.not_forwarded, 0);
	assert_int_equal(config.delay_ms, 0);
	parse("dinit -d 2 --delay 1.5 x");
	assert_int_equal(config.delay_ms, 1500);
	parse("dinit -G 1.5 -a -r TERM:RTMIN+1 -e 3 -e 4:5 --kill-after=0.25 -W -sw -p term --verb -- x");
	assert_runs(17);
	assert_int_equal(config.grace_ms, 1500);
	assert_int_equal(config.kill_after_ms, 250);
	assert_int_equal(config.target, TARGET_ALL);
	assert_int_equal(config.rewrite[15], 35);
	assert_int_equal(config.remap[3], 0);
	assert_int_equal(config.remap[4], 5);
	assert_true(config.wait_all);
	assert_true(config.warn_reaped);
	assert_int_equal(config.subreaper, SUBREAPER_MUST);
	assert_int_equal(config.pdeathsig, 15);
	assert_int_equal(config.verbosity, 2);
	parse("dinit --setsid x");
	assert_runs(2);
	assert_int_equal(config.placement, PLACE_SESSION);
	assert_int_equal(config.target, TARGET_GROUP);
	assert_int_equal(config.end_signal, SIGTERM);
	assert_int_equal(config.rewrite[SIGTSTP], SIGSTOP);
	parse("dinit --setsid --all --grace 2 x");
	assert_int_equal(config.target, TARGET_ALL);
	assert_int_equal(config.end_signal, 0);
	parse("dinit -c x");
	assert_int_equal(config.placement, PLACE_SHARED);
	assert_int_equal(config.target, TARGET_CHILD);
	assert_int_equal(config.suspend, SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU));
	parse("dinit --pause");
	assert_true(outcome.run);
	assert_null(config.command);
}

static void test_native_environment(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"DINIT_GRACE=1s",     "DINIT_GRACE=3600.1",      "DINIT_GRACE=-1",
		"DINIT_KILL_AFTER=x", "DINIT_FORWARD=both",      "DINIT_REWRITE=1",
		"DINIT_REWRITE=1:2,", "DINIT_REWRITE=KILL:TERM", "DINIT_REWRITE=1:2,,3:4",
		"DINIT_DELAY=5s",     "DINIT_REMAP=256",         "DINIT_REMAP=1:256",
		"DINIT_REMAP=a",
	};

	parse_env("dinit -G 1 x", "DINIT_GRACE=3600");
	assert_int_equal(config.grace_ms, 3600000);
	parse_env("dinit -G 1 x", "DINIT_GRACE=");
	assert_runs(3);
	assert_int_equal(config.grace_ms, 1000);
	parse_env("dinit x", "DINIT_KILL_AFTER=.5");
	assert_int_equal(config.kill_after_ms, 500);
	parse_env("dinit -d 5 x", "DINIT_DELAY=0.25");
	assert_int_equal(config.delay_ms, 250);
	parse_env("dinit -g x", "DINIT_FORWARD=all");
	assert_int_equal(config.target, TARGET_ALL);
	parse_env("dinit -S x", "DINIT_FORWARD=child");
	assert_int_equal(config.target, TARGET_CHILD);
	parse_env("dinit -a x", "DINIT_FORWARD=");
	assert_runs(2);
	assert_int_equal(config.target, TARGET_ALL);
	parse_env("dinit x", "DINIT_REWRITE=TERM:QUIT,HUP:0,rtmin+2:1");
	assert_runs(1);
	assert_int_equal(config.rewrite[15], 3);
	assert_int_equal(config.rewrite[1], 0);
	assert_int_equal(config.rewrite[36], 1);
	parse_env("dinit x", "DINIT_REMAP=143,3:7");
	assert_int_equal(config.remap[143], 0);
	assert_int_equal(config.remap[3], 7);
	parse_env("dinit x", "TINI_KILL_PROCESS_GROUP=1");
	assert_int_equal(config.target, TARGET_GROUP);
	parse_env("dinit x", "TINI_SUBREAPER=");
	assert_int_equal(config.subreaper, SUBREAPER_MUST);
	parse_env("dinit x", "TINI_VERBOSITY=3");
	assert_int_equal(config.verbosity, 3);
	parse_env("dinit x", "DUMB_INIT_DEBUG=1");
	assert_int_equal(config.verbosity, MESSAGE_VERBOSITY_MAX);
	parse_env("dinit x", "DUMB_INIT_DEBUG=0");
	assert_int_equal(config.verbosity, 1);
	parse_env("dinit -S x", "DUMB_INIT_SETSID=0");
	assert_int_equal(config.placement, PLACE_SHARED);
	parse_env("dinit -S x", "DUMB_INIT_SETSID=1");
	assert_int_equal(config.placement, PLACE_SESSION);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (i == 6)
			continue; /* a comma at the end is accepted */
		parse_env("dinit x", bad[i]);
		if (outcome.run || outcome.status != 125 || outcome.fd != 2)
			fail_msg("'%s' is taken", bad[i]);
	}
}

static void test_native_says(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		const char *head;
	} rows[] = {
		{"dinit", "praekelt-init: no command; try --help\n"},
		{"dinit -P x", "praekelt-init: --pause excludes a command\n"},
		{"dinit -S -c x", "praekelt-init: --setsid and --single-child exclude each other\n"},
		{"dinit -c -g x",
		 "praekelt-init: --single-child has no group of its own to pass signals on to\n"},
		{"dinit -p foo x", "praekelt-init: --pdeathsig: 'foo' is not a signal\n"},
		{"dinit --grace 1h x",
		 "praekelt-init: --grace: '1h' is not a number of seconds from 0 to 3600\n"},
		{"dinit -e 1: x",
		 "praekelt-init: --remap: '1:' is not CODE[:NEW] with numbers from 0 to 255\n"},
		{"dinit -r 65:1 x",
		 "praekelt-init: --rewrite: '65:1' is not FROM:TO: FROM is not a signal that "
		 "can be passed on\n"},
		{"dinit -r CHLD:QUIT x",
		 "praekelt-init: --rewrite: 'CHLD:QUIT' is not FROM:TO: FROM is not a "
		 "signal that can be passed on\n"},
		{"dinit -r FOO:QUIT x", "praekelt-init: --rewrite: 'FOO:QUIT' is not FROM:TO: FROM is not a "
					"signal that can be passed on\n"},
		{"dinit -r TERM:FOO x",
		 "praekelt-init: --rewrite: 'TERM:FOO' is not FROM:TO: TO is neither a signal nor 0\n"},
		{"dinit -r TERM x", "praekelt-init: --rewrite: 'TERM' is not FROM:TO\n"},
		{"dinit -x", "dinit: invalid option -- 'x'\n"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse(rows[i].line);
		assert_says(125, 2, rows[i].head);
	}
	parse("dinit --version");
	assert_says(0, 1, "praekelt-init " VERSION "\n");
	parse("dinit --help");
	assert_false(outcome.run);
	assert_int_equal(outcome.status, 0);
	assert_int_equal(outcome.fd, 1);
}

/* As the peers' C library does where long has 32 bits too. */
static void test_numbers_as_atoi(void **state)
{
	(void)state;
	const char *end;

	assert_int_equal(options_atoi(" 12x", &end), 12);
	assert_string_equal(end, "x");
	assert_int_equal(options_atoi("-3", NULL), -3);
	assert_int_equal(options_atoi("2147483647", NULL), INT_MAX);
	assert_int_equal(options_atoi("4294967301", NULL), INT_MAX);
	assert_int_equal(options_atoi("-99999999999999999999999", NULL), -INT_MAX);
	assert_int_equal(options_atoi("18446744073709551617", NULL), INT_MAX); /* 2^64 + 1 */
	assert_int_equal(options_atoi("", NULL), 0);
}

static void test_shebang(void **state)
{
	(void)state;
	char line[] = "-g \t --  /bin/sh ";
	char script[] = "/x/entry -w", one[] = "-g", plain[] = "/bin/sh -e", name[] = "tini";
	char *argv[] = {name, line, script, NULL};
	char *alone[] = {name, one, script, NULL};
	char *command[] = {name, plain, NULL};
	char *nothing[] = {name, NULL};
	char *out[8];

	assert_int_equal(shebang_words(alone), 0);
	assert_int_equal(shebang_words(command), 0);
	assert_int_equal(shebang_words(nothing), 0);
	assert_int_equal(shebang_words(argv), 3);
	memset(out, 0xff, sizeof(out));
	shebang_split(argv, out);
	static const char *const expected[] = {"tini", "-g", "--", "/bin/sh", "/x/entry -w"};
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(out[i], expected[i]);
	assert_null(out[5]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_tini_defaults),
		cmocka_unit_test(test_tini_options),
		cmocka_unit_test(test_tini_environment),
		cmocka_unit_test(test_tini_says),
		cmocka_unit_test(test_dumb_init_defaults),
		cmocka_unit_test(test_dumb_init_rewrites),
		cmocka_unit_test(test_dumb_init_environment),
		cmocka_unit_test(test_dumb_init_says),
		cmocka_unit_test(test_catatonit),
		cmocka_unit_test(test_native_options),
		cmocka_unit_test(test_native_environment),
		cmocka_unit_test(test_native_says),
		cmocka_unit_test(test_numbers_as_atoi),
		cmocka_unit_test(test_shebang),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
