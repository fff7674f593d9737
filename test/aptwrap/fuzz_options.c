/* Parses any command line. Every argument for apt-get must come from it, or there must be an error. */
#include "aptwrap/cli/cli.h"

#include "test/aptwrap/forget.h"
#include "test/support/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct options *options, const struct words_given *given)
{
	REQUIRE(options->apt_options[APT_ACTION].count + options->apt_options[APT_UPDATE].count <
		(size_t)given->argc);
	for (size_t i = 0; i < options->names.count; i++)
		REQUIRE(options->names.items[i][0]);
	REQUIRE(options->called && options->called[strcspn(options->called, "/")] == '\0');
	REQUIRE(!options->group || options_valid_group(options->group));
	REQUIRE(!options->snapshot || words_have(given, options->snapshot));
	REQUIRE(options->runtime_deps || options->runtime_dirs.count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct words_given given;
	struct options options;
	const char *about = NULL;

	words_make(&given, data, size);
	remember();
	const char *wrong = options_parse(&options, given.argc, given.argv, &about);
	if (!wrong)
		check(&options, &given);
	else
		REQUIRE(wrong[0]);
	forget();
	words_free(&given);
	return 0;
}
