#include "caps.h"

#include <errno.h>
#include <linux/capability.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By number; the last is empty. Not pointers, which would be relocated at every start. */
static const char names[] =
	"chown\0dac_override\0dac_read_search\0fowner\0fsetid\0kill\0setgid\0setuid\0setpcap\0"
	"linux_immutable\0net_bind_service\0net_broadcast\0net_admin\0net_raw\0ipc_lock\0ipc_owner\0"
	"sys_module\0sys_rawio\0sys_chroot\0sys_ptrace\0sys_pacct\0sys_admin\0sys_boot\0sys_nice\0"
	"sys_resource\0sys_time\0sys_tty_config\0mknod\0lease\0audit_write\0audit_control\0setfcap\0"
	"mac_override\0mac_admin\0syslog\0wake_alarm\0block_suspend\0audit_read\0perfmon\0bpf\0"
	"checkpoint_restore\0";

/* The bit of a name; 0 if there is no such name. */
static uint64_t find(const char *text, size_t len)
{
	uint64_t bit = 1;

	for (const char *name = names; *name; name += strlen(name) + 1, bit <<= 1)
		if (strlen(name) == len && strncasecmp(name, text, len) == 0)
			return bit;
	return 0;
}

bool caps_parse(const char *list, uint64_t *mask, struct error *why)
{
	*mask = 0;
	for (const char *name = list;;) {
		size_t len = strcspn(name, ",");
		size_t prefix = strncasecmp(name, "cap_", 4) == 0 ? 4 : 0;
		uint64_t bit = find(name + prefix, len - prefix);
		if (!bit)
			return error_set(why, "unknown capability in '%s'", list);
		*mask |= bit;
		if (name[len] == '\0')
			return true;
		name += len + 1;
	}
}

const char *caps_name(uint64_t mask)
{
	const char *name = names;

	for (; *name && !(mask & 1); mask >>= 1)
		name += strlen(name) + 1;
	return *name ? name : "unknown";
}

/* The C library has no capget() and capset(); libcap has them. */
bool caps_get(struct caps *caps, struct error *why)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
	struct __user_cap_data_struct half[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, half) < 0)
		return error_set_errno(why, "capget");
	caps->effective = half[0].effective | (uint64_t)half[1].effective << 32;
	caps->permitted = half[0].permitted | (uint64_t)half[1].permitted << 32;
	caps->inheritable = half[0].inheritable | (uint64_t)half[1].inheritable << 32;
	return true;
}

bool caps_set(uint64_t effective, uint64_t kept, struct error *why)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
	struct __user_cap_data_struct half[_LINUX_CAPABILITY_U32S_3] = {
		{(uint32_t)effective, (uint32_t)kept, (uint32_t)kept},
		{(uint32_t)(effective >> 32), (uint32_t)(kept >> 32), (uint32_t)(kept >> 32)},
	};

	return syscall(SYS_capset, &header, half) == 0 || error_set_errno(why, "capset");
}

bool caps_raise_ambient(uint64_t mask, struct error *why)
{
	for (unsigned long cap = 0; cap < 64; cap++)
		if ((mask & CAPS_BIT(cap)) && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
			return error_set_errno(why, "cannot raise the ambient capabilities");
	return true;
}

/* prctl(2) reads one capability at a time. The first number that the kernel does not know ends the set. */
bool caps_get_set(enum caps_kind kind, uint64_t *set, struct error *why)
{
	const bool ambient = kind == CAPS_AMBIENT;

	*set = 0;
	for (unsigned long cap = 0; cap < 64; cap++) {
		int is_there = ambient ? prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap, 0, 0)
				       : prctl(PR_CAPBSET_READ, cap, 0, 0, 0);
		if (is_there < 0 && cap > 0 && errno == EINVAL)
			break;
		if (is_there < 0)
			return error_set_errno(why, "cannot read the %s set",
					       ambient ? "ambient" : "bounding");
		if (is_there)
			*set |= CAPS_BIT(cap);
	}
	return true;
}
