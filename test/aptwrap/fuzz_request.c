/* Any command line, by any name: what apt-get gets are words of it, or there is a reason. */
#include "aptwrap/request.h"

#include "test/aptwrap/forget.h"
#include "test/support/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct request *request, const struct words_given *given)
{
	size_t names = 0;
	const char *end = given->text + given->size;

	for (int i = given->argc; i-- > 0;)
		if (strcmp(given->argv[i], "--") == 0)
			end = given->argv[i];

	REQUIRE(request->word_count < (size_t)given->argc);
	for (size_t i = 0; i < request->word_count; i++) {
		const char *text = request->words[i].text;
		REQUIRE(words_have(given, text));
		names += request->words[i].name;
		/* What apt-get would take for an option is a name only behind "--". */
		REQUIRE(!request->words[i].name || text[0] != '-' || text > end);
	}
	REQUIRE(names == request->name_count);
	REQUIRE(request->called && request->called[strcspn(request->called, "/")] == '\0');
	REQUIRE(!request->group || words_have(given, request->group));
	REQUIRE(!request->snapshot || words_have(given, request->snapshot));
	REQUIRE(request->runtime_deps || request->runtime_dirs.count == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct words_given given;
	struct request request = {.retries = 0};
	const char *about = NULL;

	words_make(&given, data, size);
	remember();
	const char *wrong = request_parse(&request, given.argc, given.argv, &about);
	if (!wrong)
		check(&request, &given);
	else
		REQUIRE(wrong[0]);
	forget();
	words_free(&given);
	return 0;
}
