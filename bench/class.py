"""The system calls of osbuild's class BuildRoot of July 2020, in its order: the stand-in for it in the benchmark.

Usage: class.py LIBDIR ARGV...
"""
import os
import stat
import subprocess
import sys
import tempfile


def run(libdir, argv):
    with tempfile.TemporaryDirectory(prefix="osbuild-api-", dir="/run/osbuild"), \
            tempfile.TemporaryDirectory(prefix="osbuild-dev-", dir="/run/osbuild") as dev, \
            tempfile.TemporaryDirectory(prefix="osbuild-var-", dir="/var/tmp") as var:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "nosuid", "none", dev], check=True)
        try:
            for name, major, minor in [("full", 1, 7), ("null", 1, 3), ("random", 1, 8),
                                       ("urandom", 1, 9), ("tty", 5, 0), ("zero", 1, 5)]:
                os.mknod(os.path.join(dev, name), 0o666 | stat.S_IFCHR, os.makedev(major, minor))
            mounts = []
            for p in ["boot", "usr"]:
                source = os.path.join("/", p)
                if os.path.isdir(source) and not os.path.islink(source):
                    mounts += ["--ro-bind", source, os.path.join("/", p)]
            for p in ["lib", "lib64", "bin", "sbin"]:
                mounts += ["--symlink", "usr/" + p, "/" + p]
            mounts += ["--dev-bind", dev, "/dev", "--tmpfs", "/dev/shm", "--dir", "/etc", "--tmpfs", "/run",
                       "--tmpfs", "/tmp", "--bind", var, "/var", "--proc", "/proc", "--bind", "/sys", "/sys",
                       "--ro-bind", libdir, "/run/osbuild/lib", "--dir", "/run/osbuild/api"]
            cmd = ["bwrap", "--cap-add", "CAP_MAC_ADMIN", "--chdir", "/", "--die-with-parent", "--new-session",
                   "--setenv", "PATH", "/usr/sbin:/usr/bin", "--setenv", "PYTHONPATH", "/run/osbuild/lib",
                   "--unshare-ipc", "--unshare-pid"] + mounts + ["--", "/run/osbuild/lib/runners/r"] + argv
            return subprocess.run(cmd, check=False, stdin=subprocess.DEVNULL).returncode
        finally:
            subprocess.run(["umount", "--lazy", dev], check=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
