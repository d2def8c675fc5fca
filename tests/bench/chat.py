"""An IRC server for one bot, and a mail relay that counts: the far ends of what scripts/bench runs."""

import contextlib
import re
import socket
import threading
import time

COMMAND = b":u%d!u@h%d.example PRIVMSG #quotes :%s\r\n"
SAYS = b"PRIVMSG #quotes"
HOSTS = 1000  # so that no limit on a person is met


class Channel:
    """Listens for a bot, registers it and lets it into #quotes."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.bot, self.said, self.tail = None, 0, b""

    def admit(self, server, timeout=60):
        """Waits for the server's bot, and ends the server if it does not come."""
        try:
            self.register(timeout)
        except BaseException:
            server.end()
            raise

    def register(self, timeout):
        self.listener.settimeout(timeout)
        self.bot, _ = self.listener.accept()
        self.bot.settimeout(timeout)
        self.bot.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        nick = self.expect(rb"NICK (\S+)")[1]
        self.expect(rb"USER ")
        lines = [b"001 %s :hi", b"004 %s irc.example 1 o o", b"005 %s CHANTYPES=# :are supported",
                 b"375 %s :-", b"376 %s :-"]
        self.bot.sendall(b"".join(b":irc.example " + line % nick + b"\r\n" for line in lines))
        self.expect(rb"JOIN :?#quotes")
        join = b":%s!q@h JOIN #quotes\r\n:irc.example 353 %s = #quotes :%s u0\r\n"
        end = b":irc.example 366 %s #quotes :end\r\n"
        self.bot.sendall(join % (nick, nick, nick) + end % nick)

    def expect(self, pattern):
        """Reads until the pattern has come, and answers PING and CAP."""
        deadline = time.monotonic() + 60
        while not (match := re.search(pattern, self.tail)):
            assert time.monotonic() < deadline, f"the bot did not say {pattern}, but {self.tail}"
            chunk = self.bot.recv(65536)
            assert chunk, f"the bot hung up after {self.tail}"
            if b"CAP LS" in chunk:
                self.bot.sendall(b":irc.example CAP * LS :\r\n")
            if ping := re.search(rb"PING (\S+)", chunk):
                self.bot.sendall(b":irc.example PONG irc.example " + ping[1] + b"\r\n")
            self.tail += chunk
        self.tail = self.tail[match.end():]
        return match

    def say(self, text, count):
        lines = []
        for _ in range(count):
            self.said += 1
            host = self.said % HOSTS
            lines.append(COMMAND % (host, host, text))
        self.bot.sendall(b"".join(lines))

    def hear(self, count):
        """Reads until the bot has answered as often; returns how many more answers came."""
        while count > 0:
            chunk = self.tail + self.bot.recv(65536)
            assert len(chunk) > len(self.tail), "the bot hung up"
            count -= chunk.count(SAYS)
            # What may be the beginning of another.
            self.tail = chunk[-len(SAYS) + 1:]
        return -count

    def ask(self, text, count, in_flight):
        """Returns the answers per second."""
        begun, asked, heard = time.monotonic(), min(in_flight, count), 0
        self.say(text, asked)
        while heard < count:
            got = 1 + self.hear(1)
            heard += got
            more = min(got, count - asked)
            if more > 0:
                self.say(text, more)
                asked += more
        return count / (time.monotonic() - begun)

    def close(self):
        self.listener.close()
        if self.bot is not None:
            self.bot.close()


class Relay:
    """Takes every mail and counts them."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1000)
        self.port = self.listener.getsockname()[1]
        self.count = 0
        self.changed = threading.Condition()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve_until_lost, args=(client,), daemon=True).start()

    def serve_until_lost(self, client):
        # A client may close without reading the reply to QUIT.
        with contextlib.suppress(ConnectionResetError):
            self.serve(client)

    def serve(self, client):
        with client, client.makefile("rb") as lines:
            client.sendall(b"220 relay.example\r\n")
            for line in lines:
                verb = line[:4].upper()
                if verb == b"DATA":
                    client.sendall(b"354 go on\r\n")
                    while next(lines, b".\r\n") != b".\r\n":
                        pass
                    with self.changed:
                        self.count += 1
                        self.changed.notify_all()
                client.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
                if verb == b"QUIT":
                    return

    def wait(self, count, timeout=300):
        with self.changed:
            came = self.changed.wait_for(lambda: self.count >= count, timeout)
        assert came, f"of {count} answers {self.count} came"

    def close(self):
        self.listener.close()


def send_mail(port, first, count):
    """Sends count messages from as many senders over one connection."""
    with socket.create_connection(("127.0.0.1", port), 60) as client, client.makefile("rb") as lines:

        def command(text, code):
            client.sendall(text)
            while (reply := lines.readline())[3:4] == b"-":
                pass
            assert reply.startswith(code), (text, reply)

        command(b"", b"220")
        command(b"EHLO bench.example\r\n", b"250")
        for number in range(first, first + count):
            command(b"MAIL FROM:<u%d@b.example>\r\n" % number, b"250")
            command(b"RCPT TO:<quote@answer.example>\r\n", b"250")
            command(b"DATA\r\n", b"354")
            command(
                b"From: u%d@b.example\r\nTo: quote@answer.example\r\nSubject: hi\r\n"
                b"Message-ID: <%d.%f@b.example>\r\n\r\nhello\r\n.\r\n" % (number, number, time.time()),
                b"250",
            )
        command(b"QUIT\r\n", b"221")
