/* Every reader of lines, on anything: lists, groups, what the tools print, indexes, sources. */
#include "aptwrap/config.h"
#include "aptwrap/contents.h"
#include "aptwrap/groups.h"
#include "aptwrap/judge.h"
#include "aptwrap/library.h"
#include "aptwrap/names.h"
#include "aptwrap/packages.h"
#include "aptwrap/snapshot.h"
#include "aptwrap/view.h"

#include "test/aptwrap/forget.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text, buf[64];
	struct list a = {0}, b = {0};
	struct group group = {0};
	struct packages packages = {0};
	struct library_cache cache = {0};
	struct config config;
	struct judge_counts counts;
	struct scan_need need = {.library = (char[]){"liba.so.1"}, .kind = {.wide = true, .machine = 62}};
	unsigned long line;
	size_t changed = 0;

	remember();
	/* Of exactly that size, so that a read past its end is seen. */
	text = malloc(size ? size : 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	names_parse(&a, text, size, &line);
	if (groups_parse(&group, text, size)) {
		struct group again = {0};
		char *written = groups_format(&group);
		if (!groups_parse(&again, written, strlen(written)) || again.fresh.count != group.fresh.count)
			abort();
	}
	packages_parse(&packages, "amd64", text, size);
	packages_parse_names(&a, text, size);
	library_parse_cache(&cache, text, size);
	if (cache.names.count != cache.paths.count)
		abort();
	library_parse_owners(&a, &b, "amd64", text, size);
	contents_find(&need, text, size);
	config_parse(&config, text, size);
	judge_update(text, size);
	judge_install(text, size);
	judge_counts(text, size, &counts);
	judge_reason(text, size, buf, sizeof(buf));
	view_progress(text, size, buf, sizeof(buf));
	snapshot_rewrite(text, size, "20260131", &changed);
	free(text);
	forget();
	return 0;
}
