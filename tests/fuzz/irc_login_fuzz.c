/* links: quoted_irc */
#include <stdint.h>

#include "frontends/irc/connection/irc_line.h"
#include "frontends/irc/connection/irc_login.h"

/* A server's lines, to a login by the method of the first octet. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct irc_login_account account = {IRC_LOGIN_METHOD_NONE, "bot", "hush"};
	struct irc_framing framing = {0};
	struct irc_line line;
	struct strings out = {0};
	struct error error;
	char *text;
	size_t length;
	if (size == 0)
		return 0;
	account.method = (enum irc_login_method)(data[0] % (IRC_LOGIN_METHOD_SERVICES + 1));
	struct irc_login *login = irc_login_create(&account);
	irc_framing_append(&framing, (const char *)data + 1, size - 1);
	while (irc_framing_next(&framing, &text, &length)) {
		if (irc_line_parse(text, length, &line) &&
			!irc_login_line(login, &line, &out, &error))
			break;
		irc_login_work(login, &out);
		strings_finish(&out);
	}
	strings_finish(&out);
	irc_framing_finish(&framing);
	irc_login_destroy(login);
	return 0;
}
