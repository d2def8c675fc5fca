"""The peers from Debian that scripts/bench compares quoted with, each in directories of its own."""

import os
import pathlib
import pwd
import shutil
import subprocess

from servers import ROOT, Missing, Server, free_port, need, write_quotes


def start_twisted(directory):
    if not pathlib.Path("/usr/lib/python3/dist-packages/twisted").is_dir():
        raise Missing("python3-twisted is not installed; run scripts/install bench")
    port, web = free_port(), free_port()
    script = ROOT / "tests" / "bench" / "bench_twisted.py"
    server = Server("Twisted", ["/usr/bin/python3", script, port, web, directory], port)
    server.web = web
    return server


XINETD = """defaults
{{
	instances = UNLIMITED
	per_source = UNLIMITED
	cps = 1000000 1
}}
service bench
{{
	type = UNLISTED
	socket_type = stream
	protocol = tcp
	wait = no
	user = {user}
	bind = 127.0.0.1
	port = {port}
	server = {fortune}
	server_args = {quotes}
}}
"""


def start_xinetd(directory):
    program, port = need("xinetd", "xinetd"), free_port()
    user = pwd.getpwuid(os.getuid()).pw_name
    home = directory / "xinetd"
    home.mkdir()
    quotes = write_quotes(home)
    strfile = need("strfile", "fortune-mod")
    subprocess.run([strfile, "-s", quotes], check=True, stdout=subprocess.DEVNULL)
    config = home / "xinetd.conf"
    config.write_text(XINETD.format(user=user, port=port, fortune=need("fortune", "fortune-mod"), quotes=quotes))
    command = [program, "-dontfork", "-f", config, "-pidfile", home / "xinetd.pid"]
    return Server("xinetd + fortune", command, port, burst=False, udp=False, slowness=50)


NGINX = """daemon off; master_process off; worker_processes 1; pid {0}/pid; error_log /dev/null;
events {{ worker_connections 4096; }}
http {{ access_log off; default_type text/html; keepalive_requests 1000000000;
client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/fastcgi;
uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;
server {{ listen 127.0.0.1:{1} backlog=4096; root {0}; }} }}
"""


def start_nginx(directory):
    """Serves the directory."""
    program, port = need("nginx", "nginx-light"), free_port()
    config = directory / "nginx.conf"
    config.write_text(NGINX.format(directory, port))
    server = Server("nginx", [program, "-c", config, "-e", "/dev/null"], port)
    server.web = port
    return server


H2O = """num-threads: 1
max-connections: 4096
http1-request-timeout: 60
listen: {{ host: 127.0.0.1, port: {1} }}
hosts: {{ default: {{ paths: {{ /: {{ file.dir: {0} }} }} }} }}
"""


def start_h2o(directory):
    """Serves the directory."""
    program, port = need("h2o", "h2o"), free_port()
    config = directory / "h2o.conf"
    config.write_text(H2O.format(directory, port))
    server = Server("h2o", [program, "-c", config], port)
    server.web = port
    return server


LIMNORIA = """supybot.nick: quoted
supybot.networks: bench
supybot.networks.bench.servers: 127.0.0.1:{port}
supybot.networks.bench.channels: #quotes
supybot.networks.bench.ssl: False
supybot.networks.bench.sasl.required: False
supybot.networks.bench.requireStarttls: False
supybot.protocols.irc.throttleTime: 0.0
supybot.protocols.irc.queuing.duplicates: True
supybot.protocols.irc.queuing.rateLimit.join: 0.0
supybot.abuse.flood.command: False
supybot.abuse.flood.command.invalid: False
supybot.reply.whenAddressedBy.chars: !
supybot.reply.withNickPrefix: False
supybot.plugins: Utilities
supybot.plugins.Utilities: True
supybot.plugins.Utilities.public: True
supybot.log.level: CRITICAL
supybot.log.stdout: False
supybot.directories.conf: {directory}/conf
supybot.directories.data: {directory}/data
supybot.directories.data.tmp: {directory}/tmp
supybot.directories.data.web: {directory}/web
supybot.directories.log: {directory}/logs
supybot.directories.backup: {directory}/backup
supybot.servers.http.port: 0
"""


def start_limnoria(directory, port):
    program = need("supybot", "limnoria")
    home = directory / "limnoria"
    home.mkdir(exist_ok=True)
    config = home / "bot.conf"
    config.write_text(LIMNORIA.format(port=port, directory=home))
    # Asked faster than it answers, it loses some.
    command = [program, "--allow-root", config]
    return Server("Limnoria", command, port, None, slowness=20, at_once=1)


def start_sink(_directory):
    program, port = need("smtp-sink", "postfix"), free_port()
    command = [program, f"127.0.0.1:{port}", "1000"]
    if os.getuid() == 0:
        command[1:1] = ["-u", "nobody"]
    return Server("smtp-sink, answers nothing", command, port, answers=False)


POSTFIX = """compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = bench.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = inline:{{ quote@answer.example=quotes: }}
default_transport = discard:
quotes_destination_concurrency_limit = 20
quotes_destination_recipient_limit = 1
initial_destination_concurrency = 20
maillog_file = {base}/log/mail.log
maillog_file_prefixes = {base}
"""

MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
quotes unix - n n - - pipe flags=q user=nobody argv={base}/answer ${{sender}}
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

ANSWER = """#!/bin/sh
exec >/dev/null
cat >/dev/null
{{ printf 'From: quote@answer.example\\r\\nTo: %s\\r\\nSubject: Auto: hi\\r\\nAuto-Submitted: auto-replied\\r\\n\\r\\n' "$1"
{fortune} {quotes}; }} | curl -s --crlf -T - --mail-from '' --mail-rcpt "$1" smtp://127.0.0.1:{relay}
"""


class Postfix(Server):
    """Its master is a child of what was started."""

    def end(self):
        stop = ["postfix", "-c", self.process.args[5], "stop"]
        subprocess.run(stop, check=False, capture_output=True)
        super().end()


def start_postfix(directory, relay):
    """A Postfix in directories of its own, which answers by a shell script, fortune and curl."""
    need("postfix", "postfix")
    if os.getuid() != 0:
        raise Missing("Postfix can be started only by root")
    base = directory / "postfix"
    for name in ("config", "queue", "data", "log"):
        (base / name).mkdir(parents=True)
    base.chmod(0o755)
    shutil.chown(base / "data", "postfix")
    port = free_port()
    quotes = write_quotes(base)
    answer = ANSWER.format(relay=relay, fortune=need("fortune", "fortune-mod"), quotes=quotes)
    (base / "answer").write_text(answer)
    (base / "answer").chmod(0o755)
    (base / "config" / "main.cf").write_text(POSTFIX.format(base=base))
    (base / "config" / "master.cf").write_text(MASTER.format(port=port, base=base))
    command = ["postfix", "-c", base / "config", "start-fg"]
    return Postfix("Postfix", command, port, slowness=10)
