cp "$SOURCE/reference/solutions/lock/ticket.c" lock.c
/usr/bin/python3 - <<'END'
import io, tarfile
with tarfile.open("evil.tar", "w") as tar:
    def add(name, data=b"x", **attributes):
        info = tarfile.TarInfo(name)
        info.size = len(data)
        for key, value in attributes.items():
            setattr(info, key, value)
        tar.addfile(info, io.BytesIO(data))
    add("../escaped.c")
    add("/tmp/syncgrade-escaped.c")
    add("kim/../../escaped2.c")
    add("link", b"", type=tarfile.SYMTYPE, linkname="/etc")
    add("link/escaped3.c")
    add("hard", b"", type=tarfile.LNKTYPE, linkname="/etc/passwd")
    add("fifo", b"", type=tarfile.FIFOTYPE)
    add("good/lock.c", open("lock.c", "rb").read())
END
run 1 "$SYNCGRADE" batch evil.tar -o results
says out "1 pass"
says err "were left out"
run 0 sh -c '! ls .. | grep escaped'
run 0 test ! -e /tmp/syncgrade-escaped.c
run 0 test ! -e /etc/escaped3.c
# One file that grows is one student's matter.
/usr/bin/python3 - <<'END'
import zipfile
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
    bomb.writestr("kim/lock.c", b"\0" * (64 << 20))
    bomb.writestr("lee/lock.c", open("lock.c", "rb").read())
END
run 1 "$SYNCGRADE" batch bomb.zip -o results2
says out "1 pass, 1 fail"
says results2/kim.json "larger than the 256 KiB that are allowed"
