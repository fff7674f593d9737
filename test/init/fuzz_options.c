/* Any command line and environment, in each dialect: a command that is the line's end, or words and a status.
 */
#include "init/options.h"

#include "common/program_name.h"
#include "init/shebang.h"
#include "test/support/words.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_signal(int signal)
{
	REQUIRE(signal >= 0 && signal <= 64);
}

static void check_run(const struct config *config, char **argv, int argc, bool native, bool pauses)
{
	REQUIRE(config->command || pauses);
	if (config->command) {
		REQUIRE(config->command > argv && config->command < argv + argc);
		REQUIRE(*config->command);
	}
	check_signal(config->pdeathsig);
	check_signal(config->end_signal);
	for (int n = 1; n <= 64; n++) {
		check_signal(config->rewrite[n]);
		REQUIRE(config->rewrite[n] == n || (config->rewritten & (UINT64_C(1) << (n - 1))));
	}
	REQUIRE(config->grace_ms >= -1 && config->kill_after_ms >= -1 && config->delay_ms >= 0);
	REQUIRE(config->message);
	REQUIRE(config->codes.failure != 0 && config->codes.spawn != 0);
	REQUIRE(config->codes.not_found != 0 && config->codes.not_permitted != 0 &&
		config->codes.not_executed != 0);
	REQUIRE(native || (config->grace_ms == -1 && config->kill_after_ms == -1 && config->delay_ms == 0 &&
			   !config->wait_all));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct words_given given;
	struct config config;
	struct outcome outcome;

	words_make(&given, data, size);
	char **argv = given.argv, **split = NULL;
	int argc = given.argc;
	if (argc > 0) {
		size_t words = shebang_words(argv);
		if (words > 0) {
			/* To the last slot, and not one more. */
			split = calloc((size_t)argc + words, sizeof(*split));
			REQUIRE(split);
			shebang_split(argv, split);
			argv = split;
			argc += (int)words - 1;
			/* It takes its word apart in place. */
			memcpy(given.copy, given.text, given.size);
		}
		REQUIRE(!argv[argc]);
		const char *name = program_name(argv[0]);
		name += *name == '-';
		bool tini = strcmp(name, "tini") == 0 || strcmp(name, "tini-static") == 0 ||
			    strcmp(name, "docker-init") == 0;
		bool catatonit = strcmp(name, "catatonit") == 0 || strcmp(name, "podman-init") == 0;
		bool native = !tini && !catatonit && strcmp(name, "dumb-init") != 0;
		options_parse(&(struct invocation){argv, given.envp, 42}, &config, &outcome);
		if (outcome.run) {
			check_run(&config, argv, argc, native, native || catatonit);
		} else {
			REQUIRE(outcome.status == 0 || outcome.status == (native ? 125 : 1));
			REQUIRE(outcome.fd == STDOUT_FILENO || outcome.fd == STDERR_FILENO);
			REQUIRE(outcome.status == 0 || outcome.fd == STDERR_FILENO);
			REQUIRE(memchr(outcome.head, '\0', sizeof(outcome.head)));
			REQUIRE(outcome.head[0] || outcome.text);
		}
	}
	free(split);
	words_free(&given);
	return 0;
}
