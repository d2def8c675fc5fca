/** Certificates for tests of TLS. */
#ifndef QUOTED_TESTS_SUPPORT_CERTIFICATES_H
#define QUOTED_TESTS_SUPPORT_CERTIFICATES_H

/** Writes into the current directory, as PEM: ca.pem; server.pem, signed by it for the alternative
 * names \p names ("DNS:irc.example.net,IP:127.0.0.1"), with its key; old.pem, the same but expired;
 * other.pem, another authority. Writes the SHA-256 of server.pem in hex. */
void certificates_write(const char *names, char ret_fingerprint[65]);

#endif
