# Students have the same names in every locale and from every system: composed or not, in UTF-8 or in Korean Windows' encoding.
quick="$SOURCE/tests/browser/quick-lock"
lock_source lock.c "" "$spin" "$free"
/usr/bin/python3 - <<'END'
import unicodedata, zipfile, tarfile, io, os
data = open("lock.c", "rb").read()
names = ["김민지", "Łukasz Żółć", "O'Neil “🙂”", "李明", "ñandú"]
for form in ("NFC", "NFD"):
    with zipfile.ZipFile(f"{form}.zip", "w") as archive:
        for name in names:
            archive.writestr(unicodedata.normalize(form, name) + "/lock.c", data)
    with tarfile.open(f"{form}.tar.gz", "w:gz") as archive:
        for name in names:
            info = tarfile.TarInfo(unicodedata.normalize(form, name) + "/lock.c")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
# Korean Windows writes CP949 and does not say so.
class Raw(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("cp949"), self.flag_bits & ~0x800
with zipfile.ZipFile("korean.zip", "w") as archive:
    for name in ["김민지", "이서준"]:
        archive.writestr(Raw(name + "/잠금.c"), data)
# And its own separators.
with zipfile.ZipFile("windows.zip", "w") as archive:
    info = zipfile.ZipInfo("x"); info.filename = "lee\\work\\lock.c"; archive.writestr(info, data)
    info = zipfile.ZipInfo("x"); info.filename = "kim\\lock.c"; archive.writestr(info, data)
END
keys() { for file in "$1"/*.json; do jq -r .student.name "$file"; done | LC_ALL=C sort | tr '\n' ' '; }
expected=$(printf '%s\n' 김민지 "Łukasz Żółć" "O'Neil “🙂”" 李明 ñandú | LC_ALL=C sort | tr '\n' ' ')
for archive in NFC.zip NFD.zip NFC.tar.gz NFD.tar.gz; do
	for locale in C C.UTF-8; do
		rm -rf results
		run 0 env LC_ALL="$locale" "$SYNCGRADE" batch "$archive" --exercise "$quick" -o results
		says out "5 submissions: 5 pass"
		run 0 test "$(keys results)" = "$expected"
	done
done
rm -rf results
run 0 env -u LC_ALL -u LANG "$SYNCGRADE" batch korean.zip --exercise "$quick" -o results
run 0 test "$(keys results)" = "김민지 이서준 "
run 0 sh -c "grep -q 잠금.c results/김민지.json"
rm -rf results
run 0 "$SYNCGRADE" batch windows.zip --exercise "$quick" -o results
run 0 test "$(keys results)" = "kim lee "
