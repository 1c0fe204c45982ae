# Where the host's Python keeps a module. The directory we are in does not count.
broot_find_module() {
  broot_module=$(python3 -c '
import sys
sys.path[:] = [p for p in sys.path if p]
import importlib.util, os
spec = importlib.util.find_spec(sys.argv[1])
# Built into the interpreter, it has no file.
if spec is None or not os.path.isabs(spec.origin or ""):
    sys.exit(1)
sys.stdout.buffer.write(os.fsencode(os.path.dirname(spec.origin)) + b"/")
' "$1") || broot_fail "python3 has no module $1, whose directory is to be bound"
  broot_module=${broot_module%/}
}
