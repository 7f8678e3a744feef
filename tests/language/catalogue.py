"""Reading a .po or .pot, as gettext's tools write them; and writing a .mo."""
import ast
import re
import struct
import subprocess
import tempfile
from pathlib import Path


class Entry:
    def __init__(self, block):
        texts, keyword = {}, None
        for line in block.splitlines():
            match = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
            if match:
                keyword = match.group(1)
                texts[keyword] = ast.literal_eval(match.group(2))
            elif line.startswith('"') and keyword:
                texts[keyword] += ast.literal_eval(line)
        self.flags = {flag.strip() for line in block.splitlines() if line.startswith("#,") for flag in line[2:].split(",")}
        self.places = " ".join(line[3:] for line in block.splitlines() if line.startswith("#: "))
        self.id = texts.get("msgid")
        self.plural = texts.get("msgid_plural")
        self.text = texts.get("msgstr", texts.get("msgstr[0]", ""))


def read(path):
    blocks = Path(path).read_text(encoding="utf-8").split("\n\n")
    entries = [Entry(block) for block in blocks if re.search(r"^msgid ", block, re.M)]
    return {entry.id: entry for entry in entries if entry.id}


def extract(source):
    """All that the sources mark."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run([f"{source}/grader/po/extract.sh", template.name], check=True)
        return read(template.name)


def write_mo(path, pairs):
    """GNU gettext manual, "The Format of GNU MO Files": sorted by msgid; a plural's msgid follows it after a NUL."""
    pairs = sorted((key.encode(), value.encode()) for key, value in pairs.items())
    offset = 28 + 16 * len(pairs)
    tables, data = [b"", b""], b""
    for which in (0, 1):
        for pair in pairs:
            tables[which] += struct.pack("<II", len(pair[which]), offset + len(data))
            data += pair[which] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, offset)
    Path(path).write_bytes(head + tables[0] + tables[1] + data)
