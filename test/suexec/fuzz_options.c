/* Any command line in each dialect gives a user or a path, and a command; or an error message. */
#include "suexec/options.h"

#include "test/support/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_run(const struct request *request, const struct dialect *dialect,
		      const struct words_given *given)
{
	const struct wanted *wanted = &request->wanted;

	REQUIRE(request->command > given->argv && request->command < given->argv + given->argc);
	REQUIRE(*request->command);
	REQUIRE(!wanted->spec != !wanted->owner_of);
	REQUIRE(words_have(given, wanted->spec ? wanted->spec : wanted->owner_of));
	REQUIRE(!dialect->has_options || (wanted->spec ? wanted->spec : wanted->owner_of)[0]);
	REQUIRE(wanted->add_count <= ADD_GROUPS_MAX);
	for (size_t i = 0; i < wanted->add_count; i++)
		REQUIRE(words_have(given, wanted->add_groups[i]));
	REQUIRE(!wanted->allow_root_owner || (wanted->owner_of && !wanted->no_root));
	REQUIRE(!request->chdir || words_have(given, request->chdir));
	if (dialect->has_options)
		return;
	/* These dialects have only the user and the command. */
	REQUIRE(wanted->spec == given->argv[1] && request->command == given->argv + 2);
	REQUIRE(!request->caps.kept && !request->caps.limit_bounding && !request->no_new_privs &&
		!request->login_env && !request->new_session && !request->chdir && !wanted->no_root &&
		wanted->add_count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct words_given given;
	struct request request;
	struct error why;

	words_make(&given, data, size);
	const struct dialect *dialect = dialect_of(given.argv[0]);
	why.text[0] = '\0';
	switch (options_parse(dialect, given.argv, &request, &why)) {
	case OPTIONS_RUN:
		check_run(&request, dialect, &given);
		break;
	case OPTIONS_HELP:
	case OPTIONS_VERSION:
		REQUIRE(dialect->help);
		break;
	case OPTIONS_INCOMPLETE:
		break;
	case OPTIONS_WRONG:
		REQUIRE(dialect->has_options);
		REQUIRE(why.text[0] && memchr(why.text, '\0', sizeof(why.text)));
		break;
	}
	words_free(&given);
	return 0;
}
