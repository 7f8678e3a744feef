# A video, version control, twenty thousand files, a name that is there twice: the class is graded.
quick="$SOURCE/tests/browser/quick-lock"
lock_source lock.c "" "$spin" "$free"
cp "$SOURCE/tests/mutants/lock/no_lock.c" wrong.c
/usr/bin/python3 - <<'END'
import zipfile, tarfile, io, warnings
warnings.simplefilter("ignore")
right, wrong = open("lock.c", "rb").read(), open("wrong.c", "rb").read()
def fill(write):
    write("kim/lock.c", right)
    write("lee/lock.c", right)
    write("lee/talk.mp4", bytes(17 << 20))
    write("park/lock.c", right)
    for i in range(20001):
        write(f"park/.git/objects/{i:05}", b"x")
    write("choi/lock.c", right)
    for i in range(300):
        write(f"choi/pictures/{i:05}.png", b"x")
    write("yoon/lock.c", wrong)
    write("yoon/lock.c", right)
    write("jung/lock.c", b"x" * (20 << 20))
    write("__MACOSX/kim/._lock.c", b"x")
    write("한글이름이아주아주긴학생" * 12 + "/lock.c", right)
    write("lock.c/inside", b"x")
with zipfile.ZipFile("class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    fill(archive.writestr)
with tarfile.open("class.tar.gz", "w:gz", compresslevel=1) as archive:
    def write(name, data):
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    fill(write)
# One student's archive, with a film in it.
with zipfile.ZipFile("han.zip", "w") as archive:
    archive.writestr("film.mov", bytes(40 << 20))
    archive.writestr("han/lock.c", right)
END
for archive in class.zip class.tar.gz; do
	rm -rf results
	run 1 "$SYNCGRADE" batch "$archive" --exercise "$quick" -o results
	says out "8 submissions: 6 pass, 2 fail, 0 not graded"
	says results/jung.json "larger than the 256 KiB that are allowed"
	run 0 jq -e '.verdict == "pass"' results/yoon.json
done
run 0 "$SYNCGRADE" grade --exercise "$quick" han.zip
mkdir flat && cp han.zip flat/ && cp lock.c flat/kim.c
run 0 "$SYNCGRADE" batch flat --exercise "$quick" -o flat.results
says out "2 submissions: 2 pass"
