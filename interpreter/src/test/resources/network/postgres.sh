# Runs a command beside a PostgreSQL, in a network of its own, and ends with its status.
ip link set lo up; d=$(mktemp -d); chown 65534 $d; pg=$(echo /usr/lib/postgresql/*/bin); as='setpriv --reuid=65534 --regid=65534 --clear-groups'
cd /; $as $pg/initdb -A trust -U tester -D $d/data >&2 || exit; $as $pg/pg_ctl -D $d/data -w -o "-k $d" start >&2 || exit
"$@"; status=$?; kill -s QUIT $(head -1 $d/data/postmaster.pid); exit $status
