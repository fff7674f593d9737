/*
 * Starts candidates and measures them: driver KIND ROUNDS <list
 *
 * Each line of the list is a candidate: its label and the words of its command line, separated by tabs; an
 * empty line ends the list. Each candidate has one turn in every round, in a new random order, so that other
 * work on the machine affects all of them alike. All run on one processor, because a move to another costs
 * more than the whole floor. The driver writes JSON to standard output: {"LABEL": {"SERIES": [a number a
 * round]}}.
 *
 * KIND is one of those in measure.h, or "hold": starts all of them as PID 1, writes {"LABEL": PID}, and kills
 * them at the end of standard input.
 */
#include <err.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "common/num.h"

#define ROUNDS_MAX 1000000

struct entry {
	struct candidate candidate;
	uint64_t (*rounds)[MEASURE_SERIES]; /* the results, one row for each round */
};

struct list {
	struct entry *entries;
	size_t count;
};

static void *need(void *memory)
{
	if (!memory)
		errx(EXIT_FAILURE, "out of memory");
	return memory;
}

/* Parses LABEL TAB WORD TAB WORD... The candidate's strings point into line. */
static struct candidate parse_candidate(char *line)
{
	struct candidate candidate = {.label = strsep(&line, "\t")};
	size_t count = 0;

	while (line) {
		candidate.argv = need(realloc(candidate.argv, (count + 2) * sizeof(*candidate.argv)));
		candidate.argv[count++] = strsep(&line, "\t");
		candidate.argv[count] = NULL;
	}
	if (count == 0 || strpbrk(candidate.label, "\"\\"))
		errx(EXIT_FAILURE, "'%s' is not a label, a tab and a command", candidate.label);
	return candidate;
}

static struct list read_list(FILE *in, size_t rounds)
{
	struct list list = {NULL, 0};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, in)) > 1) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		list.entries = need(realloc(list.entries, (list.count + 1) * sizeof(*list.entries)));
		struct entry *entry = &list.entries[list.count++];
		entry->candidate = parse_candidate(line);
		entry->rounds = need(calloc(rounds, sizeof(*entry->rounds)));
		launch_prepare(&entry->candidate);
		line = NULL;
	}
	free(line);
	if (list.count == 0)
		errx(EXIT_FAILURE, "no candidates on standard input");
	return list;
}

static void free_list(struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->entries[i].candidate.label);
		free(list->entries[i].candidate.argv);
		free(list->entries[i].rounds);
	}
	free(list->entries);
}

static void pin_to_one_processor(void)
{
	cpu_set_t set;
	size_t last = CPU_SETSIZE - 1;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		err(EXIT_FAILURE, "cannot read the processors to run on");
	while (last > 0 && !CPU_ISSET(last, &set))
		last--;
	CPU_ZERO(&set);
	CPU_SET(last, &set);
	if (sched_setaffinity(0, sizeof(set), &set) != 0)
		err(EXIT_FAILURE, "cannot stay on processor %zu", last);
}

static void shuffle(size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)random() % i;
		size_t swapped = order[i - 1];
		order[i - 1] = order[other];
		order[other] = swapped;
	}
}

static void start_all(struct list *list)
{
	launch_be_patient();
	for (size_t i = 0; i < list->count; i++) {
		launch(&list->entries[i].candidate, true);
		launch_await(&list->entries[i].candidate);
	}
}

static void kill_all(struct list *list)
{
	for (size_t i = 0; i < list->count; i++)
		launch_kill(&list->entries[i].candidate);
}

static void run(const struct measure *measure, struct list *list, size_t rounds)
{
	size_t *order = need(calloc(list->count, sizeof(*order)));

	for (size_t i = 0; i < list->count; i++)
		order[i] = i;
	if (measure->side_by_side)
		start_all(list);
	for (size_t round = 0; round < rounds; round++) {
		shuffle(order, list->count);
		for (size_t i = 0; i < list->count; i++) {
			struct entry *entry = &list->entries[order[i]];
			launch_be_patient();
			measure->round(&entry->candidate, entry->rounds[round]);
		}
	}
	if (measure->side_by_side)
		kill_all(list);
	free(order);
}

static void print_series(const struct entry *entry, size_t series, size_t rounds)
{
	putchar('[');
	for (size_t round = 0; round < rounds; round++)
		printf("%s%" PRIu64, round ? ", " : "", entry->rounds[round][series]);
	putchar(']');
}

static void print(const struct measure *measure, const struct list *list, size_t rounds)
{
	for (size_t i = 0; i < list->count; i++) {
		printf("%s\"%s\": {", i ? ",\n" : "{", list->entries[i].candidate.label);
		for (size_t series = 0; series < MEASURE_SERIES && measure->series[series]; series++) {
			printf("%s\"%s\": ", series ? ", " : "", measure->series[series]);
			print_series(&list->entries[i], series, rounds);
		}
		putchar('}');
	}
	puts("}");
}

static void hold(struct list *list)
{
	start_all(list);
	for (size_t i = 0; i < list->count; i++)
		printf("%s\"%s\": %d", i ? ", " : "{", list->entries[i].candidate.label,
		       (int)list->entries[i].candidate.pid);
	puts("}");
	fflush(stdout);
	while (getchar() != EOF) {
		/* the input is ignored until its end */
	}
	kill_all(list);
}

int main(int argc, char **argv)
{
	uint64_t rounds = 0;

	if (argc != 3 || num_parse(argv[2], strlen(argv[2]), ROUNDS_MAX, &rounds) != NUM_OK || rounds == 0)
		errx(EXIT_FAILURE, "usage: driver KIND ROUNDS <list");
	const struct measure *measure = measure_find(argv[1]);
	if (!measure && strcmp(argv[1], "hold") != 0)
		errx(EXIT_FAILURE, "unknown kind '%s'", argv[1]);

	struct list list = read_list(stdin, rounds);
	pin_to_one_processor();
	srandom((unsigned int)now_ns());
	if (measure) {
		run(measure, &list, rounds);
		print(measure, &list, rounds);
	} else {
		hold(&list);
	}
	free_list(&list);
	if (fflush(stdout) != 0)
		err(EXIT_FAILURE, "cannot write the result");
	return EXIT_SUCCESS;
}
