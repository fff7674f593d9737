/* See plan.h. */
#include "plan.h"

#include <string.h>

void plan_update(struct list *argv)
{
	list_add(argv, "apt-get");
	list_add(argv, "update");
	list_add(argv, "-q");
}

void plan_add_contents(struct list *argv)
{
	static const char *const settings[] = {
		"MetaKey=$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)",
		"ShortDescription=Contents-$(NATIVE_ARCHITECTURE)",
		"Description=$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents",
		/* Unpacked it is a gigabyte. */
		"KeepCompressed=true",
	};

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		list_add(argv, "-o");
		list_add(argv, text_join("Acquire::IndexTargets::deb::AptwrapContents::", settings[i], NULL));
	}
}

/* Options and names in their order; what could be mistaken for an option comes last, behind "--". */
static size_t add_words(struct list *argv, const struct request *request, const struct list *names,
			const struct list *left_out)
{
	size_t count = 0;
	bool dashes = false;

	for (size_t i = 0; i < request->word_count; i++) {
		const struct request_word *word = &request->words[i];
		if (word->name && (word->text[0] == '-' || (left_out && list_has(left_out, word->text))))
			continue;
		list_add(argv, word->text);
		count += word->name;
	}
	for (size_t i = 0; i < request->word_count; i++) {
		const struct request_word *word = &request->words[i];
		if (!word->name || word->text[0] != '-')
			continue;
		if (!dashes)
			list_add(argv, "--");
		dashes = true;
		list_add(argv, word->text);
		count++;
	}
	for (size_t i = 0; i < names->count; i++) {
		if (left_out && list_has(left_out, names->items[i]))
			continue;
		if (!dashes)
			list_add(argv, "--");
		dashes = true;
		list_add(argv, names->items[i]);
		count++;
	}
	return count;
}

void plan_install(struct list *argv, const struct request *request, const struct list *names)
{
	list_add(argv, "apt-get");
	list_add(argv, "install");
	list_add(argv, "-q");
	list_add(argv, "-y");
	list_add(argv, request->recommends ? "--install-recommends" : "--no-install-recommends");
	add_words(argv, request, names, NULL);
}

void plan_purge(struct list *argv, const struct request *request, const struct list *names,
		const struct list *groups, const struct list *kept)
{
	struct list left_out = {0}, words = {0};

	list_add_all(&left_out, groups);
	list_add_all(&left_out, kept);
	size_t count = add_words(&words, request, names, &left_out);
	list_add(argv, "apt-get");
	list_add(argv, count > 0 ? "purge" : "autoremove");
	list_add(argv, "-q");
	list_add(argv, "-y");
	list_add(argv, count > 0 ? "--auto-remove" : "--purge");
	list_add_all(argv, &words);
}

void plan_mark(struct list *argv, const char *how, const struct list *packages)
{
	list_add(argv, "apt-mark");
	list_add(argv, how);
	list_add_all(argv, packages);
}

void plan_roll_back(struct list *argv, const struct list *packages)
{
	list_add(argv, "dpkg");
	list_add(argv, "--log=/dev/null");
	list_add(argv, "--force-remove-reinstreq");
	list_add(argv, "--purge");
	list_add(argv, "--");
	list_add_all(argv, packages);
}

char *plan_line(const struct list *argv)
{
	struct text text = {0};

	for (size_t i = 0; i < argv->count; i++) {
		if (i > 0)
			text_add(&text, " ");
		text_add_quoted(&text, argv->items[i]);
	}
	text_add(&text, "\n");
	return text.data;
}
