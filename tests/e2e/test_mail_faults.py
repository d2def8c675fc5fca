"""Mail is accounted for whatever happens: kills, full disks, relays that misbehave, loops.

QUOTED_CRASHES says how often the daemon is killed.
"""

import collections
import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time

import conftest
import pytest
from conftest import DAEMON, free_port, wait_until
from test_mail import Client, config, start_relay

CRASHES = int(os.environ.get("QUOTED_CRASHES", "20"))


def queue(daemon):
    """Returns the state of each message in the queue by its recipient."""
    path = daemon.log_path.parent / "quoted.conf"
    environment = {"STATE_DIRECTORY": str(daemon.log_path.parent / "state"), **os.environ}
    done = subprocess.run([DAEMON, "queue", "-c", path, "list"], capture_output=True, text=True, env=environment)
    if done.returncode == 69:  # the daemon has not made it yet
        return None
    assert done.returncode == 0, done.stderr
    return {row[1]: row[0] for row in re.findall(r"^\d+ (\w+) \S+ to ([^\s,]+),", done.stdout, re.M)}


class Load:
    """Clients that send until the daemon is gone; keeps who was accepted."""

    def __init__(self):
        self.accepted = set()
        self.sent = 0
        self.lock = threading.Lock()

    def number(self):
        with self.lock:
            self.sent += 1
            return self.sent

    def send(self, port):
        try:
            client = Client(port)
            while True:
                sender = f"a{self.number()}@b.example"
                if client.message(sender, fields=f"Message-ID: <{sender}>").startswith("250"):
                    self.accepted.add(sender)
        except (OSError, AssertionError):
            return

    def run(self, daemon, seconds):
        port = daemon.port("mail.default")
        threads = [threading.Thread(target=self.send, args=(port,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        daemon.process.kill()
        daemon.exits_with = {-signal.SIGKILL}
        daemon.process.wait(30)
        for thread in threads:
            thread.join()


def test_killed_at_any_moment(quoted, tmp_path):
    """Each accepted message is answered, waits or is recorded; none is answered twice."""
    chance = random.Random(CRASHES)
    port = free_port()
    sink, controller = start_relay(port)
    load = Load()
    text = (f'log_level = "error"\nstate_directory = "{tmp_path}/kept"\n'
            + config(port, "total_per_hour = 1000000 max_commands = 1000000"))
    try:
        for _ in range(CRASHES):
            load.run(quoted(text.replace('log_level = "error"', "")), chance.uniform(0.02, 0.5))
        daemon = quoted(text.replace('log_level = "error"', ""))
        wait_until(lambda: not {"waiting", "sending"} & set(queue(daemon).values()), 120)
        recorded = queue(daemon)
    finally:
        controller.stop()
    answered = collections.Counter(message[1][0] for message in sink.messages)
    print(f"{CRASHES} kills, {len(load.accepted)} accepted, {len(answered)} answered, {len(recorded)} recorded")
    assert len(load.accepted) > CRASHES
    assert [sender for sender, times in answered.items() if times > 1] == []
    assert load.accepted - set(answered) - set(recorded) == set()
    # What may be lost is what was with the relay: at most two sessions at each kill.
    assert len(recorded) <= CRASHES * 2 * 16


class FakeRelay:
    """A relay that misbehaves once, in its first session, instead of replying to a command."""

    def __init__(self, stage, action):
        self.stage, self.action = stage, action
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.sessions = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listening.accept()
            self.sessions += 1
            threading.Thread(target=self.run, args=(connection,), daemon=True).start()

    def run(self, connection):
        with contextlib.suppress(OSError):  # the client hangs up when it has had enough
            self.talk(connection)

    def reply(self, stream, stage, line):
        """Returns whether the session goes on."""
        if stage == self.stage:
            if self.action == "close":
                return False
            if self.action == "stall":
                time.sleep(60)
                return False
            line = self.action + " no"
        stream.write(line.encode() + b"\r\n")
        return True

    def talk(self, connection):
        with connection, connection.makefile("rwb", buffering=0) as stream:
            if not self.reply(stream, "greeting", "220 relay"):
                return
            in_text = False
            for line in stream:
                if in_text and line != b".\r\n":
                    continue
                stage = "text" if in_text else line[:4].decode().upper()
                in_text = stage == "DATA" and not (self.stage == "DATA" and self.action[0] in "45")
                good = "354 go on" if stage == "DATA" else "250 ok"
                if not self.reply(stream, stage, good) or stage == "QUIT":
                    return


STAGES = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "text"]


def expected(stage, action):
    if stage in ("greeting", "EHLO") or action == "451":
        return "waiting"
    if action == "550":
        return "failed"
    return "unknown" if stage == "text" else "waiting"


@pytest.mark.parametrize("action", ["451", "550", "close", "stall"])
def test_relay_at_every_stage(quoted, action):
    """The message is put off, refused or of unknown outcome, depending on the stage."""
    stages = [stage for stage in STAGES if (stage, action) != ("text", "stall")]
    relays = {stage: FakeRelay(stage, action) for stage in stages}
    daemons = {stage: quoted(config(relay.port, timeout=1)) for stage, relay in relays.items()}
    for daemon in daemons.values():
        assert Client(daemon.port("mail.default")).message("a@b.example").startswith("250")
    for stage, daemon in daemons.items():
        wait_until(lambda: relays[stage].sessions > 0)
        daemon.wait_log("the relay")
        state = expected(stage, action)
        wait_until(lambda: queue(daemon) == {"a@b.example": state}, 30)


def test_one_dead_destination_holds_up_no_other(quoted):
    port = free_port()
    sink, controller = start_relay(port)
    try:
        d = quoted("log_repeats = 0\n" + config(port, "retry_first = 1 retry_last = 1"))
        client = Client(d.port("mail.default"))
        sink.rcpt_reply = "450 4.4.1 no route to that host"
        for i in range(40):
            assert client.message(f"dead{i}@b.example").startswith("250")
        d.wait_log("message 40 to .* is put off")
        sink.rcpt_reply = None
        assert client.message("live@b.example").startswith("250")
        wait_until(lambda: ["live@b.example"] in [message[1] for message in sink.messages])
        sink.taken(41)
    finally:
        controller.stop()


def test_full_disk(quoted, tmp_path, monkeypatch):
    """Nothing is accepted while it is full, and nothing that was is lost."""
    state = tmp_path / "small"
    state.mkdir()
    wrapper = tmp_path / "quoted-on-tmpfs"
    wrapper.write_text(f"""#!/bin/sh
exec unshare --mount sh -c 'mount -t tmpfs -o size=400k none "{state}" && exec "{DAEMON}" "$@"' sh "$@"
""")
    wrapper.chmod(0o755)
    monkeypatch.setattr(conftest, "DAEMON", str(wrapper))
    port = free_port()
    d = quoted(f'state_directory = "{state}"\n' + config(port))
    client = Client(d.port("mail.default"))
    assert client.message("first@b.example").startswith("250")
    seen_by_daemon = f"/proc/{d.pid}/root{state}/filler"
    with open(seen_by_daemon, "wb", buffering=0) as filler, pytest.raises(OSError):
        while True:
            filler.write(bytes(4096))
    replies = [client.message(f"full{i}@b.example", body="x" * 60) for i in range(20)]
    assert replies[-1].startswith("451"), replies
    d.wait_log("mail is put off, as it cannot be kept: .*no space is left; make room on that disk")
    os.unlink(seen_by_daemon)
    assert client.message("last@b.example").startswith("250")
    d.wait_log("mail can be kept again")
    sink, controller = start_relay(port)
    try:
        accepted = 2 + sum(reply.startswith("250") for reply in replies)
        sink.taken(accepted)
    finally:
        controller.stop()


def test_a_state_directory_is_for_one_daemon(quoted, tmp_path):
    port = free_port()
    state = f'state_directory = "{tmp_path}/kept"\n'
    first = quoted(state + config(port))
    assert Client(first.port("mail.default")).message("a@b.example").startswith("250")
    second = quoted(state + config(port))
    second.wait_log("mail is put off, as it cannot be kept: .*another quoted keeps its state here")
    assert Client(second.port("mail.default")).message("a@b.example").startswith("451")
    first.stop()
    wait_until(lambda: Client(second.port("mail.default")).message("b@b.example").startswith("250"))


def test_relay_that_refuses_our_name(quoted):
    """As a Postfix does that wants a full name."""
    relay = FakeRelay("EHLO", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname")
    relay.reply = lambda stream, stage, line: (
        stream.write((relay.action if stage in ("EHLO", "HELO") else line).encode() + b"\r\n"), True)[1]
    d = quoted(config(relay.port).replace("mx.q.example", "vm"))
    assert "warning mail.default: our name is 'vm', without a dot, which many relays refuse; set hostname" in d.log()
    assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
    d.wait_log("1 message waits for the relay, which is tried again in 1 s: the relay replied to HELO: "
               "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname; set hostname to a name")


def test_the_next_relay(quoted):
    """A relay that is away and one that refuses us are passed over."""
    port = free_port()
    sink, controller = start_relay(port)
    try:
        refusing = FakeRelay("EHLO", "554")
        relays = f'relay = {{"127.0.0.1:{free_port()}", "127.0.0.1:{refusing.port}", "127.0.0.1:{port}"}}'
        d = quoted(re.sub('relay = "[^"]*"', relays, config(port)))
        assert Client(d.port("mail.default")).message("a@b.example").startswith("250")
        sink.taken(1)
        assert "the next relay is used: 127.0.0.1:" in d.log()
        assert "the next relay is tried: the relay replied to EHLO: 554 no" in d.log()
    finally:
        controller.stop()
