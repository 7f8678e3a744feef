"""translated.py SOURCE: each .po translates every string that the sources mark, and each shipped exercise, each template of `new` and
the guide is translated."""
import re
import subprocess
import sys
from pathlib import Path

import catalogue

source = Path(sys.argv[1])
wrong = []
wanted = catalogue.extract(source)
if len(wanted) < 500:
    wrong.append(f"only {len(wanted)} strings were extracted")


def conversions(text):
    """%2$s → (2, "s"), in the order of the arguments; {0} as it stands."""
    found = re.findall(r"%(?:(\d)\$)?[-#.0-9]*(ll|j|z)?([a-zA-Z])", text.replace("%%", ""))
    order = sorted((int(number) if number else index + 1, length + letter) for index, (number, length, letter) in enumerate(found))
    return order, sorted(re.findall(r"\{\d\}", text))


for path in sorted((source / "grader/po").glob("*.po")):
    there = catalogue.read(path)
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], check=True)
    for key, entry in wanted.items():
        if key not in there or not there[key].text:
            wrong.append(f"{path.name}: not translated ({entry.places or 'a workload'}): {key!r}; see grader/po/update.sh")
        elif "fuzzy" in there[key].flags:
            wrong.append(f"{path.name}: fuzzy: {key!r}")
        elif conversions(key) != conversions(there[key].text):
            wrong.append(f"{path.name}: other arguments than the original has: {key!r}")
    wrong += [f"{path.name}: no source has this any more: {key!r}" for key in there if key not in wanted]


def headings(path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    return re.findall(r"^(#+) +(.*)$", text, re.M)


def exercise(folder, language):
    manifest = (folder / "exercise.yaml").read_text(encoding="utf-8")
    translation, handout = folder / f"exercise.{language}.yaml", folder / f"README.{language}.md"
    if not translation.exists() or not handout.exists():
        wrong.append(f"{folder.name}: {translation.name} or {handout.name} is missing")
        return
    words = translation.read_text(encoding="utf-8")
    checks = re.findall(r"workload: ([a-z0-9-]+)[,\n]\s*property: ([a-z-]+)", manifest)
    if not checks or "title:" not in words:
        wrong.append(f"{folder.name}: no checks, or no title")
    for check in checks:
        if f"{check[0]}/{check[1]}:" not in words:
            wrong.append(f"{translation}: no hint for {check[0]}/{check[1]}")
    for section in set(re.findall(r"section: \"?(.*?)\"?$", manifest, re.M)):
        match = re.search(rf'^ +"?{re.escape(section)}"?: "?(.*?)"?$', words, re.M)
        if not match or match.group(1) not in [text for _, text in headings(handout)]:
            wrong.append(f"{translation}: the section {section!r} is not translated by a heading of {handout.name}")
    mistakes = folder / "mistakes.yaml"
    for mistake in set(re.findall(r'name: "(.*?)", check', mistakes.read_text(encoding="utf-8")) if mistakes.exists() else []):
        if f'  "{mistake}": ' not in words:
            wrong.append(f"{translation}: the mistake {mistake!r} is not translated")
    if [level for level, _ in headings(folder / "README.md")] != [level for level, _ in headings(handout)]:
        wrong.append(f"{handout}: its headings are not those of README.md, one for one")


COMMENT = re.compile(r"/\*.*?\*/", re.S)


def same_code(english, translation):
    """The same code, and nothing but the comments in the other language, and the sentences, if there are any: a string without a space in it is
    a name."""
    texts = [path.read_text(encoding="utf-8") for path in (english, translation)]
    comments = [COMMENT.findall(text) for text in texts]
    codes = [re.sub(r'"[^"\n]* [^"\n]*"', '"a sentence"', COMMENT.sub("", text)).split() for text in texts]
    sentences = [re.findall(r'"[^"\n]* [^"\n]*"', COMMENT.sub("", text)) for text in texts]
    if codes[0] != codes[1] or len(comments[0]) != len(comments[1]):
        wrong.append(f"{translation} is not {english.name} with other comments")
    for original, translated in zip(comments[0] + sentences[0], comments[1] + sentences[1]):
        if original == translated and not re.fullmatch(r"/\* (TODO|[A-Z@_]+|sizeof\(.*\)) \*/", original):
            wrong.append(f"{translation}: not translated: {original}")


def yaml_parts(path):
    """What a program reads, and what people read: comments, titles, headings, and folded texts (a hint, a claim)."""
    code, words, folded = [], [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        indent = len(line) - len(line.lstrip())
        if folded is not None and not line.startswith("@"):
            if indent > folded:
                words.append(line.strip())
                continue
            folded = None
        match = re.match(r"(.*?)((?<!\S)#.*|(?<=title: ).*|(?<=section: ).*)?$", line)
        code.append(match.group(1))
        words += [match.group(2)] * bool(match.group(2))
        if line.endswith(">-"):
            folded = indent
    return " ".join(code).split(), words


def same_keys(english, translation):
    (code, words), (other_code, other_words) = yaml_parts(english), yaml_parts(translation)
    if code != other_code or not words:
        wrong.append(f"{translation}: not the keys and values of {english.name}")
    wrong.extend(f"{translation}: not translated: {text}" for text in other_words if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", text))


def template(english, language):
    """What `new` makes an exercise of: the same but for what people read."""
    stem, suffix = english.name.split(".", 1)
    translation = english.with_name(f"{stem}.{language}.{suffix}")
    if not translation.exists():
        wrong.append(f"{translation} is missing")
    elif suffix in ("c.in", "h.in"):
        same_code(english, translation)
    elif suffix == "md.in":
        texts = [path.read_text(encoding="utf-8") for path in (english, translation)]
        fixed = [re.findall(r"^#+|^```.*$|^@.*$|^\| @NAME@\S+ |^- |`[^`\n]+`", text, re.M) for text in texts]
        if sorted(fixed[0]) != sorted(fixed[1]) or len(texts[0].splitlines()) != len(texts[1].splitlines()):
            wrong.append(f"{translation}: not the headings, rows and names of {english.name}")
        wrong.extend(f"{translation}: not translated: {line}" for line in texts[1].splitlines() if re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", line) and
                     not line.startswith(("@", "syncgrade ")))
    else:
        same_keys(english, translation)


templates = [path for path in sorted(source.glob("reference/templates/**/*.in")) if path.name.count(".") == 2]
if len(templates) < 12:
    wrong.append(f"only {len(templates)} templates")
for path in templates:
    template(path, "ko")

for folder in sorted(path.parent for path in source.glob("exercises/*/exercise.yaml")):
    exercise(folder, "ko")
    same_code(folder / "starter.c", folder / "starter.ko.c")

def guide(english, translation):
    """The same sections, rows of tables and commands: tests/package/guide.sh runs those of the English one."""
    texts = [path.read_text(encoding="utf-8") for path in (english, translation)]
    blocks, rows = ([re.findall(pattern, text, re.S | re.M) for text in texts] for pattern in (r"^```.*?^```$", r"^ *\|"))
    if [level for level, _ in headings(english)] != [level for level, _ in headings(translation)]:
        wrong.append(f"{translation}: its headings are not those of {english.name}, one for one")
    if not blocks[0] or blocks[0] != blocks[1]:
        wrong.append(f"{translation}: its commands and examples are not those of {english.name}")
    if len(rows[0]) != len(rows[1]):
        wrong.append(f"{translation}: its tables have {len(rows[1])} rows, those of {english.name} {len(rows[0])}")


guide(source / "doc/instructors.md", source / "doc/instructors.ko.md")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
