"""A release build: what is installed, how it is hardened, the service files and the Debian package.

scripts/check_package has the rest, in a bare system that boots.
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tarfile
import time

import pytest
from checking import BUILD, SOURCE

RELEASE = BUILD / "release"
DOC = "share/doc/quoted"
INSTALLED = {
    "bin/quoted",
    "share/quoted/proverbs",
    *(f"{DOC}/{name}" for name in ("LICENSE", "README.md", "CHANGELOG.md")),
    *(f"{DOC}/monitoring/{name}" for name in ("alerts.yml", "dashboard.json")),
    *(f"{DOC}/examples/{name}" for name in ("quoted.conf", "quoted.openrc")),
    *(f"share/man/man1/quoted-{name}.1" for name in ("quote", "list", "check", "get", "deliver")),
    "share/man/man5/quoted.conf.5",
    *(f"share/man/man8/{name}.8" for name in ("quoted", "quoted-queue", "quoted-subscribers")),
    "share/bash-completion/completions/quoted",
    "share/fish/vendor_completions.d/quoted.fish",
    "share/zsh/site-functions/_quoted",
    *(f"lib/systemd/system/quoted{name}"
      for name in (".service", "-qotd.socket", "-web.socket", "-mail.socket")),
    "lib/sysusers.d/quoted.conf",
    "lib/tmpfiles.d/quoted.conf",
}
UNITS = sorted(name for name in INSTALLED if "/systemd/" in name)


def run(*command, **options):
    """Returns what the command prints; fails if it does."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=600, check=False, **options)
    assert done.returncode == 0, (command, done.stdout)
    return done.stdout


@pytest.fixture(scope="session")
def configured(tmp_path_factory):
    """Returns what cmake says on a machine that has no Criterion."""
    script = tmp_path_factory.mktemp("pkg-config") / "pkg-config"
    script.write_text('#!/bin/sh\ncase "$*" in *criterion*) exit 1 ;; esac\nexec pkg-config "$@"\n')
    script.chmod(0o755)
    shutil.rmtree(RELEASE, ignore_errors=True)
    return run("cmake", "-G", "Ninja", "-S", SOURCE, "-B", RELEASE, "-DCMAKE_BUILD_TYPE=Release",
               f"-DPKG_CONFIG_EXECUTABLE={script}")


@pytest.fixture(scope="session")
def built(configured):
    """Returns the program."""
    run("cmake", "--build", RELEASE)
    return RELEASE / "bin" / "quoted"


@pytest.fixture(scope="session")
def prefix(built, tmp_path_factory):
    """Returns the directory that everything is installed in."""
    path = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", RELEASE, "--prefix", path)
    return path


def pack(directory, version):
    run("cpack", "--config", RELEASE / "CPackConfig.cmake", "-G", "DEB", "-B", directory,
        "-D", f"CPACK_PACKAGE_VERSION={version}",
        "-D", "CPACK_PACKAGE_CONTACT=A maintainer <maintainer@quoted.dev>")
    return next(directory.glob(f"quoted_{version}_*.deb"))


@pytest.fixture(scope="session")
def package(built, tmp_path_factory):
    return pack(tmp_path_factory.mktemp("package"), "0.1.0")


def files_below(top):
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if not path.is_dir()}


def test_builds_without_criterion(configured, built):
    assert "Building without tests: Criterion is missing; run scripts/install test" in configured
    assert not (RELEASE / "tests").exists() and built.exists()


def test_installs_all_files_below_the_prefix(prefix):
    assert files_below(prefix) == INSTALLED
    assert run(prefix / "bin/quoted", "--version").startswith("quoted ")


def test_installs_below_destdir(built, tmp_path):
    run("cmake", "--install", RELEASE, "--prefix", "/usr", env={**os.environ, "DESTDIR": str(tmp_path)})
    assert files_below(tmp_path) == {f"usr/{name}" for name in INSTALLED}
    unit = (tmp_path / "usr/lib/systemd/system/quoted.service").read_text()
    assert "\nExecStart=/usr/bin/quoted -c /etc/quoted/quoted.conf\n" in unit


def test_the_program_is_hardened(built):
    header = run("readelf", "--wide", "--file-header", "--segments", "--dynamic", built)
    for words in ("DYN (Position-Independent Executable file)", "GNU_RELRO", "BIND_NOW"):
        assert words in header, words
    assert re.search(r"GNU_STACK .* RW +0x", header)
    symbols = run("nm", "--dynamic", built)
    assert "__stack_chk_fail" in symbols and "__snprintf_chk" in symbols
    code = run("objdump", "--disassemble", built)
    # A probe of the stack; and where an indirect call may land.
    assert re.search(r"orq +\$0x0,\(%rsp\)", code)
    assert code.count("endbr64") > 100


def test_no_unit_has_a_mistake(prefix):
    assert run("systemd-analyze", "verify", "--man=no", *(prefix / unit for unit in UNITS)) == ""


def test_the_service_is_confined(prefix):
    run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
        prefix / "lib/systemd/system/quoted.service")


def test_the_service_is_told_what_not_to_try_again(prefix):
    unit = (prefix / "lib/systemd/system/quoted.service").read_text()
    assert "\nRestartPreventExitStatus=64 66 78\n" in unit


@pytest.mark.parametrize("wire, port", (("qotd", 17), ("web", 80), ("mail", 25)))
def test_a_socket_is_for_the_section_default(prefix, wire, port):
    unit = (prefix / f"lib/systemd/system/quoted-{wire}.socket").read_text()
    assert f"\n[Socket]\nListenStream={port}\nFileDescriptorName={wire}.default\n" in unit
    assert "\nService=quoted.service\n" in unit and "ListenDatagram=1" not in unit


def test_systemd_makes_the_user_and_the_directory(prefix, tmp_path):
    (tmp_path / "etc").mkdir()
    for kind in ("sysusers", "tmpfiles"):
        run(f"systemd-{kind}", f"--root={tmp_path}", *(["--create"] if kind == "tmpfiles" else []),
            prefix / f"lib/{kind}.d/quoted.conf")
    assert re.search(r"^quoted:.*:Quote daemon:/:/usr/sbin/nologin$",
                     (tmp_path / "etc/passwd").read_text(), re.M)
    assert (tmp_path / "run/quoted").stat().st_mode & 0o777 == 0o755


def test_openrc_runs_the_program_as_its_user(prefix, tmp_path):
    """OpenRC sources the script and calls its functions; its own commands are stood in for."""
    for name in ("checkpath", "supervise-daemon"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho {name} "$@"\n')
        (tmp_path / name).chmod(0o755)
    script = f"""set -eu
PATH={tmp_path}:$PATH
RC_SVCNAME=quoted
. {prefix}/{DOC}/examples/quoted.openrc
command=echo
start_pre
reload
echo "$command_user $supervisor"
"""
    assert run("dash", "-c", script).splitlines() == [
        "checkpath --directory --owner quoted:quoted --mode 0755 /run/quoted",
        "checkpath --directory --owner quoted:quoted --mode 0750 /var/log/quoted",
        "checkpath --directory --owner quoted:quoted --mode 0750 /var/lib/quoted",
        "-c /etc/quoted/quoted.conf -t",
        "-c /etc/quoted/quoted.conf -t",
        "supervise-daemon quoted --signal HUP",
        "quoted:quoted supervise-daemon",
    ]


def test_lintian_finds_nothing(package):
    assert run("lintian", "--allow-root", "--fail-on", "error,warning", package) == ""


def test_the_package_names_what_it_needs(package):
    needs = run("dpkg-deb", "--field", package, "Depends")
    for name in ("systemd | systemd-standalone-sysusers", "libev4", "libmicrohttpd12", "libc6"):
        assert name in needs, name


def test_the_package_has_all_files(package, tmp_path):
    run("dpkg-deb", "--extract", package, tmp_path)
    expected = {f"usr/{name}".replace("LICENSE", "copyright").replace("site-functions", "vendor-completions")
                + ".gz" * name.startswith("share/man") for name in INSTALLED}
    assert files_below(tmp_path) == expected | {"etc/quoted/quoted.conf", f"usr/{DOC}/changelog.gz"}


def test_its_configuration_works_as_installed(package, built, tmp_path):
    run("dpkg-deb", "--extract", package, tmp_path)
    assert run(built, "-t", "-c", tmp_path / "etc/quoted/quoted.conf") == ""


def test_it_is_installed_upgraded_and_purged(package, tmp_path):
    """In an empty root, with the maintainer scripts told so; the system stays as it is."""
    newer = pack(tmp_path, "0.1.1")
    root = tmp_path / "root"
    for name in ("etc", "usr/bin", "var/lib/dpkg/updates", "var/lib/dpkg/info"):
        (root / name).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()

    def dpkg(*arguments):
        run("dpkg", f"--root={root}", "--force-depends", "--force-script-chrootless",
            "--force-confold", *arguments)

    dpkg("--install", package)
    wanted = root / "etc/systemd/system/multi-user.target.wants/quoted.service"
    assert wanted.is_symlink() and not (root / "etc/systemd/system/sockets.target.wants").exists()
    assert "quoted:" in (root / "etc/passwd").read_text()
    conf = root / "etc/quoted/quoted.conf"
    conf.write_text("# edited\n")
    wanted.unlink()

    dpkg("--install", newer)
    assert conf.read_text() == "# edited\n"
    assert not wanted.is_symlink(), "what the administrator disabled stays so"

    dpkg("--remove", "quoted")
    assert conf.exists() and not (root / "usr/bin/quoted").exists()
    (root / "var/log/quoted").mkdir(parents=True)
    dpkg("--purge", "quoted")
    left = {name for name in files_below(root) if "quoted" in name}
    assert left == set() and not (root / "var/log/quoted").exists()


def test_the_maintainer_scripts_leave_another_root_alone(package):
    with tarfile.open(fileobj=subprocess.Popen(
            ["dpkg-deb", "--ctrl-tarfile", package], stdout=subprocess.PIPE).stdout, mode="r|") as tar:
        scripts = {member.name: tar.extractfile(member).read().decode()
                   for member in tar if member.name in ("./postinst", "./prerm", "./postrm")}
    assert len(scripts) == 3
    for name, text in scripts.items():
        guards = [line for line in text.splitlines() if "/run/systemd/system" in line]
        assert guards and all('[ -z "${DPKG_ROOT:-}" ]' in line for line in guards), name


def test_the_revision_is_that_of_git_or_of_the_builder(tmp_path):
    def made(source, **environment):
        output = tmp_path / "revision.c"
        run("cmake", f"-DSOURCE={source}", f"-DOUTPUT={output}", "-P", SOURCE / "config/revision.cmake",
            env={**os.environ, **environment})
        return re.search(r'QUOTED_VERSION " \((.*)\)\\n";', output.read_text())[1]

    tree = tmp_path / "tree"
    assert made(tmp_path) == "unknown"
    assert made(tmp_path, QUOTED_REVISION="v1-2") == "v1-2"
    assert made(tmp_path, QUOTED_REVISION='"; exit') == "unknown"
    git = ("git", "-C", tree, "-c", "user.name=a", "-c", "user.email=a@b")
    run("git", "init", "--quiet", tree)
    run(*git, "commit", "--quiet", "--allow-empty", "--message=a")
    head = run(*git, "rev-parse", "HEAD").strip()
    assert head.startswith(made(tree)) and len(made(tree)) >= 7
    (tree / "inside").mkdir()
    assert made(tree / "inside") == "unknown", "another project's repository"


def test_a_commit_builds_only_the_revision_anew(built):
    before = built.stat().st_mtime_ns
    output = run("cmake", "--build", RELEASE, env={**os.environ, "QUOTED_REVISION": "other"})
    assert "revision.c.o" in output and not re.search(r"(main|log)\.c\.o", output)
    assert run(built, "--version").endswith("(other)\n") and built.stat().st_mtime_ns != before


# What a sanitizer does not bear, so the release shows it.


def test_too_little_memory_ends_it_with_a_message(built, tmp_path):
    quotes = tmp_path / "quotes"
    quotes.write_text("".join(f"Quote number {i} of a great many\n%\n" for i in range(500000)))
    done = subprocess.run(["prlimit", f"--data={20 << 20}", built, "quote", quotes], capture_output=True,
                          text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGABRT, "quoted: out of memory\n")


def test_a_clock_that_jumps_changes_the_day_alone(built, tmp_path):
    """libfaketime sets the time of day, forth and back, while the daemon runs."""
    library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    quotes = ", ".join(f'"static:Quote {i}"' for i in range(1000))
    path = tmp_path / "socket"
    config = tmp_path / "quoted.conf"
    config.write_text(f'quotes = {{{quotes}}}\nqotd "default" {{ serve = today listen = {{"unix:{path}"}} udp = {{}} }}\n')
    offset = tmp_path / "offset"
    offset.write_text("+0")
    environment = {**os.environ, "LD_PRELOAD": str(library), "FAKETIME_NO_CACHE": "1",
                   "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_TIMESTAMP_FILE": str(offset)}
    daemon = subprocess.Popen([built, "-c", config], env=environment, stderr=subprocess.DEVNULL)

    def at(text):
        offset.write_text(text)
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            client.connect(str(path))
            return client.makefile("rb").read()

    def listens():
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(path)) == 0

    try:
        deadline = time.monotonic() + 60
        while not listens() and time.monotonic() < deadline:
            time.sleep(0.02)
        days = [at(text) for text in ("+0", "+100d", "-100d", "+0")]
        assert days[0] == days[3] and len(set(days)) == 3
    finally:
        daemon.terminate()
        assert daemon.wait(60) == 0
