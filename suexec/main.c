/* praekelt-suexec: not there yet. */
#include "common/msg.h"

int main(void)
{
	msg_set_prefix("praekelt-suexec: ");
	msg_die(125, "nothing here yet");
}
