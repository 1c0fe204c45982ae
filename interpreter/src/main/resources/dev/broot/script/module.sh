# Where the host's Python keeps its module osbuild. The directory we are in does not count.
broot_module=$(python3 -c '
import sys
sys.path[:] = [p for p in sys.path if p]
import importlib.util, os
spec = importlib.util.find_spec("osbuild")
if spec is None or spec.origin is None:
    sys.exit(1)
sys.stdout.buffer.write(os.fsencode(os.path.dirname(spec.origin)) + b"/")
') || broot_fail 'no libdir is set, and python3 has no module osbuild'
broot_module=${broot_module%/}
