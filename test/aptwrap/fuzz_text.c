/* Feeds arbitrary bytes to every function that reads text: package lists and the output of tools. */
#include "aptwrap/libraries/libraries.h"

#include "test/aptwrap/forget.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct list names = {0};
	struct packages none = {0}, packages;
	struct config config;
	struct options options = {.called = "x"};
	unsigned long line;

	remember();
	char *text = text_copy((const char *)data, size);
	package_list_parse(&names, text, &line);
	packages_parse(&packages, "amd64", text);
	if (packages.names.count != packages.versions.count ||
	    packages.half_installed.count > packages.broken.count)
		abort();
	packages_changes(&none, &packages);
	packages_changes(&packages, &none);
	keep_linked_parse_search(&names, text);
	needs_cached_path(text, "liba.so.1");
	contents_index_find("liba.so.1", text);
	snapshot_foreign(text);
	config_parse(&config, text);
	config_text(&config, &options, "/p");
	forget();
	return 0;
}
