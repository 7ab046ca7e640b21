"""scripts/install, tried below a folder: what it lays, with which rights, and that it can be repeated; and what systemd
says of the units. Nothing of this machine is touched."""

import os
import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from stack import REPOSITORY

SYSTEMD = REPOSITORY / "scripts" / "systemd"
PROGRAMS = ("smartpages-core", "smartpages-domain", "smartpages-image", "smartpages")
UNITS = sorted(path.name for path in SYSTEMD.iterdir() if path.suffix in (".service", ".socket", ".timer"))

# The most that `systemd-analyze security` may find, in tenths; 100 is a service without any protection.
EXPOSURE = {"smartpages-core.service": 18, "smartpages-domain.service": 8, "smartpages-sites-log.service": 20}

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="an installation belongs to root")


def run(*command, **options) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=120, **options)


class Machine:
    """The root file system of a machine, as far as the installation looks at it."""

    def __init__(self, folder: Path):
        self.root, self.binaries = folder / "root", folder / "binaries"
        (self.root / "etc").mkdir(parents=True)
        (self.root / "etc" / "os-release").write_text("VERSION_CODENAME=bookworm\n")
        (self.root / "etc" / "passwd").write_text("root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\n")
        (self.root / "etc" / "group").write_text("root:x:0:\nadm:x:4:\nwww-data:x:33:\n")
        self.binaries.mkdir()
        for name in PROGRAMS:
            (self.binaries / name).write_text("#!/bin/sh\n")
            (self.binaries / name).chmod(0o755)

    def install(self) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SMARTPAGES_")}
        done = run(REPOSITORY / "scripts" / "install", "--root", self.root,
                   env={**environment, "SMARTPAGES_BINARIES": str(self.binaries)})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def path(self, name: str) -> Path:
        return self.root / name.lstrip("/")

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text)

    def rights(self, name: str) -> tuple[str, str, str]:
        """Mode, owner and group, by the machine's own lists."""
        status = self.path(name).stat()
        users, groups = ({line.split(":")[2]: line.split(":")[0] for line in self.path(file).read_text().splitlines()}
                         for file in ("/etc/passwd", "/etc/group"))
        return oct(stat.S_IMODE(status.st_mode))[2:], users[str(status.st_uid)], groups[str(status.st_gid)]

    def groups(self, user: str) -> set[str]:
        return {line.split(":")[0] for line in self.path("/etc/group").read_text().splitlines()
                if user in line.split(":")[3].split(",")}

    def contents(self) -> dict[str, tuple]:
        """All files, with what would show a change."""
        return {str(path.relative_to(self.root)): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
                for path in sorted(self.root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A machine for tests that change nothing of it."""
    machine = Machine(tmp_path_factory.mktemp("machine"))
    machine.said = machine.install()
    return machine


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_everything_is_there(installed):
    for name in PROGRAMS:
        assert os.access(installed.path(f"/usr/lib/smartpages/{name}"), os.X_OK)
    assert os.access(installed.path("/usr/sbin/smartpages"), os.X_OK)
    for migration in (REPOSITORY / "sql").glob("*.sql"):
        assert installed.path(f"/usr/lib/smartpages/sql/{migration.name}").is_file()
    assert installed.path("/usr/lib/smartpages/www/index.html").is_file()
    assert installed.path("/etc/smartpages/nginx/snippets/tls.conf").is_file()
    for unit in UNITS:
        assert installed.path(f"/usr/lib/systemd/system/{unit}").is_file()


@pytest.mark.parametrize("name, rights", [
    ("/etc/smartpages/core.env", ("600", "root", "root")),
    ("/etc/smartpages/domain.env", ("644", "root", "root")),
    ("/etc/smartpages/tls", ("700", "root", "root")),
    ("/etc/smartpages/tls/site.key", ("600", "root", "root")),
    ("/var/lib/smartpages/bucket", ("2750", "smartpages-core", "smartpages-sites")),
    ("/var/lib/smartpages/certificates", ("2750", "smartpages-core", "www-data")),
    ("/var/lib/smartpages/acme", ("700", "smartpages-core", "smartpages-core")),
    ("/var/log/smartpages/sites", ("750", "smartpages-core", "www-data")),
    ("/var/log/smartpages/nginx", ("750", "www-data", "adm")),
])
def test_rights(installed, name, rights):
    assert installed.rights(name) == rights


def test_domain_reads_the_volume_and_no_keys(installed):
    assert installed.groups("smartpages-domain") == {"smartpages-sites"}
    assert installed.groups("www-data") == {"smartpages-sites"}
    assert installed.groups("smartpages-core") == set()


def test_what_remains_is_said(installed):
    remains = installed.said.split("What remains:")[1]
    for word in ("certificate", "core.env", "SMARTPAGES_SITES_HOST", "Debian packages"):
        assert word in remains


def test_again_changes_nothing(machine):
    machine.install()
    before = machine.contents()
    machine.install()
    assert machine.contents() == before


def test_settings_stay_and_reach_nginx(machine):
    machine.install()
    core = machine.path("/etc/smartpages/core.env").read_text()
    core = core.replace("https://app.example", "https://dashboard.firm.de") + "SMARTPAGES_API_RATE=7r/s\n"
    machine.write("/etc/smartpages/core.env", core)
    machine.write("/etc/smartpages/domain.env", 'SMARTPAGES_SITES_HOST="pages.firm.net"\n')
    machine.write("/etc/smartpages/plans.json", "{}")
    said = machine.install()
    assert machine.path("/etc/smartpages/core.env").read_text() == core
    assert machine.path("/etc/smartpages/plans.json").read_text() == "{}"
    nginx = machine.path("/etc/smartpages/nginx/smartpages.conf").read_text()
    assert "server_name dashboard.firm.de;" in nginx and "*.pages.firm.net" in nginx and "rate=7r/s" in nginx
    assert "A and AAAA of dashboard.firm.de, pages.firm.net and *.pages.firm.net" in said


def test_a_certificate_of_the_admin_stays_and_a_placeholder_follows_the_host(machine):
    machine.install()
    certificate = machine.path("/etc/smartpages/tls/site.crt")
    first = certificate.read_bytes()
    machine.write("/etc/smartpages/domain.env", "SMARTPAGES_SITES_HOST=pages.firm.net\n")
    core = machine.path("/etc/smartpages/core.env")
    core.write_text(core.read_text().replace("app.example", "dashboard.firm.de"))
    assert "a certificate for dashboard.firm.de" in machine.install()
    assert certificate.read_bytes() != first
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", "/CN=own",
        "-keyout", machine.path("/etc/smartpages/tls/site.key"), "-out", certificate, check=True)
    own = certificate.read_bytes()
    assert "a certificate for" not in machine.install()
    assert certificate.read_bytes() == own


def test_an_upgrade_takes_away_what_is_gone(machine):
    machine.install()
    machine.write("/usr/lib/smartpages/www/old.js", "")
    machine.write("/etc/smartpages/nginx/snippets/old.conf", "")
    (machine.binaries / "smartpages-core").write_text("#!/bin/sh\n# newer\n")
    machine.install()
    assert not machine.path("/usr/lib/smartpages/www/old.js").exists()
    assert not machine.path("/etc/smartpages/nginx/snippets/old.conf").exists()
    assert "newer" in machine.path("/usr/lib/smartpages/smartpages-core").read_text()


def test_what_nginx_served_before_is_named_and_kept(machine):
    machine.path("/etc/nginx/sites-enabled").mkdir(parents=True)
    machine.write("/etc/nginx/sites-enabled/blog", "server {}\n")
    assert "/etc/nginx stays as it is, but is not served" in machine.install()
    assert machine.path("/etc/nginx/sites-enabled/blog").read_text() == "server {}\n"


def test_without_programs_nothing_is_begun(machine):
    (machine.binaries / "smartpages-image").unlink()
    done = run(REPOSITORY / "scripts" / "install", "--root", machine.root,
               env={**os.environ, "SMARTPAGES_BINARIES": str(machine.binaries)})
    assert done.returncode == 1 and "smartpages-image is missing" in done.stderr
    assert not machine.path("/usr").exists()


@pytest.mark.parametrize("line, value", [
    ("NAME=value", "value"), ('NAME="two words <a@b>"', "two words <a@b>"), ("NAME='$HOME \"x\"'", '$HOME "x"'),
    ("NAME=", ""), ("  NAME=a=b  ", "a=b"), ("NAME=a#b", "a#b"), ("# NAME=no\nNAME=yes", "yes"),
    ("NAME=$(id)", "$(id)"),
])
def test_settings_are_read_as_systemd_reads_them(tmp_path, line, value):
    (tmp_path / "settings").write_text(line + "\n")
    script = f'source "{REPOSITORY}/scripts/lib/settings-file.bash"; export_settings settings; printenv NAME'
    assert run("bash", "-euc", script, cwd=tmp_path).stdout == value + "\n"


def test_systemd_takes_the_units():
    done = run("systemd-analyze", "verify", "--recursive-errors=no", *(SYSTEMD / unit for unit in UNITS))
    # The programs are not installed on this machine; whatever else it says is wrong.
    wrong = [line for line in done.stderr.splitlines()
             if line and not re.search(r"Command /usr/lib/smartpages/\S+ is not executable: No such file", line)]
    assert not wrong, wrong


def test_systemd_takes_what_is_changed_of_nginx(tmp_path):
    unit = tmp_path / "nginx.service"
    shutil.copy("/lib/systemd/system/nginx.service", unit)
    (tmp_path / "nginx.service.d").mkdir()
    shutil.copy(SYSTEMD / "nginx.conf", tmp_path / "nginx.service.d" / "smartpages.conf")
    for other in UNITS:
        # Read by their names only: the programs are not here.
        (tmp_path / other).write_text(re.sub("^Exec.*=/usr/lib/smartpages/.*", "ExecStart=/bin/true",
                                             (SYSTEMD / other).read_text(), flags=re.MULTILINE))
    done = run("systemd-analyze", "verify", unit)
    assert done.returncode == 0 and not done.stderr, done.stderr
    grade = run("systemd-analyze", "security", "--offline=true", "--threshold=35", unit)
    assert grade.returncode == 0, grade.stdout[-300:]


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.endswith(".service")])
def test_services_are_confined(unit):
    done = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE[unit]}", SYSTEMD / unit)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


@pytest.mark.parametrize("name, lines", [
    ("core", ["User=smartpages-core", "OOMPolicy=continue"]),
    ("domain", ["User=smartpages-domain", "PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX",
                "TemporaryFileSystem=/var/lib/smartpages:ro", "BindReadOnlyPaths=/var/lib/smartpages/bucket"]),
])
def test_a_service_goes_on_with_the_socket_that_stays(name, lines):
    service = (SYSTEMD / f"smartpages-{name}.service").read_text().splitlines()
    for line in ("Type=notify", "StandardInput=socket", "StandardError=journal", "Restart=always",
                 "StartLimitIntervalSec=0", *lines):
        assert line in service
    # It answers openat2 with ENOSYS, without which neither program reads the volume.
    assert "RestrictSUIDSGID=yes" not in service
    # A socket of its own would leave the one that nginx knows.
    assert f"SMARTPAGES_{name.upper()}_SOCKET" not in (SYSTEMD / "paths.env").read_text()


def test_the_rule_for_logs_is_taken(tmp_path):
    rule = tmp_path / "smartpages"
    rule.write_text((SYSTEMD / "smartpages.logrotate").read_text())
    rule.chmod(0o644)
    done = run("/usr/sbin/logrotate", "--debug", "--state", tmp_path / "state", rule)
    assert done.returncode == 0 and "error:" not in done.stderr, done.stderr
    assert "access-app.log" in done.stderr and "nginx.log" in done.stderr
    assert pwd.getpwnam("www-data")
