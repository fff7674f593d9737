/* praekelt-aptwrap: not there yet. */
#include "common/msg.h"

int main(void)
{
	msg_set_prefix("praekelt-aptwrap: ");
	msg_die(125, "nothing here yet");
}
