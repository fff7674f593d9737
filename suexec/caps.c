/* See caps.h. */
#include "caps.h"

#include <errno.h>
#include <linux/capability.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By number, each in a field of the same size: a table of pointers would be relocated at every start. */
static const char names[][20] = {
	[CAP_CHOWN] = "chown",
	[CAP_DAC_OVERRIDE] = "dac_override",
	[CAP_DAC_READ_SEARCH] = "dac_read_search",
	[CAP_FOWNER] = "fowner",
	[CAP_FSETID] = "fsetid",
	[CAP_KILL] = "kill",
	[CAP_SETGID] = "setgid",
	[CAP_SETUID] = "setuid",
	[CAP_SETPCAP] = "setpcap",
	[CAP_LINUX_IMMUTABLE] = "linux_immutable",
	[CAP_NET_BIND_SERVICE] = "net_bind_service",
	[CAP_NET_BROADCAST] = "net_broadcast",
	[CAP_NET_ADMIN] = "net_admin",
	[CAP_NET_RAW] = "net_raw",
	[CAP_IPC_LOCK] = "ipc_lock",
	[CAP_IPC_OWNER] = "ipc_owner",
	[CAP_SYS_MODULE] = "sys_module",
	[CAP_SYS_RAWIO] = "sys_rawio",
	[CAP_SYS_CHROOT] = "sys_chroot",
	[CAP_SYS_PTRACE] = "sys_ptrace",
	[CAP_SYS_PACCT] = "sys_pacct",
	[CAP_SYS_ADMIN] = "sys_admin",
	[CAP_SYS_BOOT] = "sys_boot",
	[CAP_SYS_NICE] = "sys_nice",
	[CAP_SYS_RESOURCE] = "sys_resource",
	[CAP_SYS_TIME] = "sys_time",
	[CAP_SYS_TTY_CONFIG] = "sys_tty_config",
	[CAP_MKNOD] = "mknod",
	[CAP_LEASE] = "lease",
	[CAP_AUDIT_WRITE] = "audit_write",
	[CAP_AUDIT_CONTROL] = "audit_control",
	[CAP_SETFCAP] = "setfcap",
	[CAP_MAC_OVERRIDE] = "mac_override",
	[CAP_MAC_ADMIN] = "mac_admin",
	[CAP_SYSLOG] = "syslog",
	[CAP_WAKE_ALARM] = "wake_alarm",
	[CAP_BLOCK_SUSPEND] = "block_suspend",
	[CAP_AUDIT_READ] = "audit_read",
	[38] = "perfmon", /* 5.8, as the next */
	[39] = "bpf",
	[40] = "checkpoint_restore", /* 5.9 */
};

#define NAMES (sizeof(names) / sizeof(names[0]))

/* Returns NAMES where there is no such name. */
static size_t find(const char *name, size_t len)
{
	size_t i = 0;

	while (i < NAMES && (strlen(names[i]) != len || strncasecmp(names[i], name, len) != 0))
		i++;
	return i;
}

bool caps_parse(const char *list, uint64_t *mask, struct problem *why)
{
	uint64_t found = 0;

	for (const char *name = list;;) {
		size_t len = strcspn(name, ",");
		size_t prefix = strncasecmp(name, "cap_", 4) == 0 ? 4 : 0;
		size_t i = find(name + prefix, len - prefix);
		if (i == NAMES)
			return problem(why, "unknown capability in '%s'", list);
		found |= CAPS_BIT(i);
		if (name[len] == '\0')
			break;
		name += len + 1;
	}
	*mask = found;
	return true;
}

const char *caps_name(uint64_t mask)
{
	for (size_t i = 0; i < NAMES; i++)
		if (mask & CAPS_BIT(i))
			return names[i];
	return "unknown";
}

/* The C library declares neither call: they belong to libcap. */
int caps_get(struct caps *caps)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
	struct __user_cap_data_struct half[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, half) < 0)
		return -1;
	caps->effective = half[0].effective | (uint64_t)half[1].effective << 32;
	caps->permitted = half[0].permitted | (uint64_t)half[1].permitted << 32;
	caps->inheritable = half[0].inheritable | (uint64_t)half[1].inheritable << 32;
	return 0;
}

int caps_set(const struct caps *caps)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
	struct __user_cap_data_struct half[_LINUX_CAPABILITY_U32S_3] = {
		{(uint32_t)caps->effective, (uint32_t)caps->permitted, (uint32_t)caps->inheritable},
		{(uint32_t)(caps->effective >> 32), (uint32_t)(caps->permitted >> 32),
		 (uint32_t)(caps->inheritable >> 32)},
	};

	return (int)syscall(SYS_capset, &header, half);
}

int caps_raise_ambient(uint64_t mask)
{
	for (unsigned long cap = 0; cap < 64; cap++)
		if ((mask & CAPS_BIT(cap)) && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
			return -1;
	return 0;
}

/* Sets that prctl(2) reads one capability at a time. A number that the kernel does not know ends them. */
static int read_set(bool ambient, uint64_t *set)
{
	*set = 0;
	for (unsigned long cap = 0; cap < 64; cap++) {
		int is_there = ambient ? prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap, 0, 0)
				       : prctl(PR_CAPBSET_READ, cap, 0, 0, 0);
		if (is_there < 0)
			return cap > 0 && errno == EINVAL ? 0 : -1;
		if (is_there)
			*set |= CAPS_BIT(cap);
	}
	return 0;
}

int caps_get_ambient(uint64_t *set)
{
	return read_set(true, set);
}

int caps_get_bounding(uint64_t *set)
{
	return read_set(false, set);
}

int caps_limit_bounding(uint64_t keep)
{
	uint64_t set;

	if (caps_get_bounding(&set) < 0)
		return -1;
	for (unsigned long cap = 0; cap < 64; cap++)
		if ((set & ~keep & CAPS_BIT(cap)) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
			return -1;
	return 0;
}
