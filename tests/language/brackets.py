"""brackets.py SYNCGRADE SOURCE: grades in a language whose every translation is the original in ⟦brackets⟧. What reads like
English outside of them has not been marked."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import catalogue

program, source = Path(sys.argv[1]), Path(sys.argv[2])
wrong = []
PROSE = re.compile(r"[A-Za-z]{2,}[,:;]? [a-z]{2,}")


def bracketed(text):
    """Newlines at both ends stay outside, as msgfmt wants it."""
    begin, words, end = re.match(r"(\s*)(.*?)(\s*)$", text, re.S).groups()
    return f"{begin}⟦{words}⟧{end}"


def unbracketed(text):
    """What is left when brackets go, the innermost first, wherever lines were broken in them."""
    while re.search(r"⟦[^⟦⟧]*⟧", text):
        text = re.sub(r"⟦[^⟦⟧]*⟧", "·", text)
    return text


def make_language(folder):
    pairs = {}
    for key, entry in catalogue.extract(source).items():
        pairs["\0".join(filter(None, (key, entry.plural)))] = "\0".join(map(bracketed, filter(None, (key, entry.plural))))
    pairs["en"] = "xx"
    pairs[""] = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
    (folder / "xx/LC_MESSAGES").mkdir(parents=True)
    catalogue.write_mo(folder / "xx/LC_MESSAGES/syncgrade.mo", pairs)


def make_exercise(folder, name):
    """The exercise with a translation of its own."""
    from_folder, to = source / "exercises" / name, folder / name
    shutil.copytree(from_folder, to, ignore=shutil.ignore_patterns("*.ko.*"))
    manifest = (to / "exercise.yaml").read_text(encoding="utf-8")
    checks = re.findall(r"workload: ([a-z0-9-]+)[,\n]\s*property: ([a-z-]+)", manifest)
    words = ["title: ⟦title⟧", "hints:"] + [f'  {workload}/{check}: "⟦a hint for you⟧"' for workload, check in checks]
    sections = sorted(set(re.findall(r"section: \"?(.*?)\"?$", manifest, re.M)))
    words += ["sections:"] * bool(sections) + [f'  "{section}": "⟦{section}⟧"' for section in sections]
    mistakes = to / "mistakes.yaml"
    names = sorted(set(re.findall(r'name: "?(.*?)"?,? *(?:check:.*)?$', mistakes.read_text(encoding="utf-8"), re.M))) if mistakes.exists() else []
    words += ["mistakes:"] * bool(names) + [f'  "{name}": "⟦{name}⟧"' for name in names]
    words += ["kind: { words: ⟦thing⟧ }"] * bool(re.search(r"^kind:", manifest, re.M))
    (to / "exercise.xx.yaml").write_text("\n".join(words) + "\n", encoding="utf-8")
    return to


def look_at(what, text):
    # A command to be typed, the compiler's words, and what C calls things are the same in each language.
    text = re.sub(r"syncgrade (?:replay|grade) [^\n⟧]*|gcc -[^\n⟧]*", "·", text)
    text = re.sub(r"^[^\n]*\.c:(?:\d+:| In )[^\n]*|^ +\d* \|[^\n]*", "", text, flags=re.M)
    text = re.sub(r"\bstruct [a-z_]+|\[-W[^\]]*\]", "·", text)
    for line in unbracketed(text).splitlines():
        if PROSE.search(line):
            wrong.append(f"{what}: {line.strip()}")


def grade(what, *arguments, status=1):
    run = subprocess.run([program, "grade", "--lang", "xx", *map(str, arguments)], capture_output=True, text=True, cwd=folder, env=environment)
    if run.returncode != status or "⟦" not in run.stdout:
        wrong.append(f"{what}: exit status {run.returncode}\n{run.stdout[:1000]}{run.stderr[:1000]}")
    return run.stdout


def look_at_page(page):
    translations = json.loads(re.search(r'id="translations">(.*?)</script>', page, re.S).group(1))
    if 'lang="xx"' not in page or len(translations) < 100 or not all("⟦" in text for text in translations.values()):
        wrong.append("html: not in the page's language")
    plain = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
    look_at("html", html.unescape(re.sub(r"<[^>]*>", "\n", plain)))
    for result in json.loads(re.search(r'id="data">(.*?)</script>', page, re.S).group(1)):
        for check in result["checks"]:
            look_at("html: data", "\n".join(filter(None, [check["message"], check["hint"]] + [engine["message"] for engine in check["engines"]])))


BAD = {
    "does_not_compile": ("", "this is no C;", ""),
    "crashes": ("", "*(volatile int *)0 = 1;", ""),
    "hangs": ("", "for (;;) pause();", ""),
    "spins_unseen": ("", "for (volatile int i = 0;; i++) ;", ""),
    "exits": ("", "exit(3);", ""),
    "init_fails": ("return 5;", "", ""),
}


def lock(name, init, acquire, release):
    path = folder / f"{name}.c"
    path.write_text(f"""#include <stdlib.h>
#include <unistd.h>
#include <syncgrade/lock.h>
struct lock {{ int held; }};
static int init(struct lock *l, unsigned threads) {{ (void)threads; l->held = 0; {init} return 0; }}
static void acquire(struct lock *l, unsigned self) {{ (void)l; (void)self; {acquire} }}
static void release(struct lock *l, unsigned self) {{ (void)l; (void)self; {release} }}
const struct lock_plugin lock_plugin = {{
\t.abi = LOCK_PLUGIN_ABI, .size = sizeof(struct lock), .init = init, .acquire = acquire, .release = release }};
""", encoding="utf-8")
    return path


with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary)
    folder.chmod(0o755)
    environment = {**os.environ, "TEXTDOMAINDIR": str(folder / "locale"), "LC_ALL": "C.UTF-8", "COLUMNS": "500"}
    make_language(folder / "locale")
    exercises = {path.parent.name: None for path in sorted(source.glob("exercises/*/exercise.yaml"))}
    for name in exercises:
        exercises[name] = make_exercise(folder, name)
        mutants = sorted((source / "tests/mutants" / name).glob("*.c"))
        for mutant in mutants[:: max(1, len(mutants) // 2)][1:2]:
            look_at(f"{name}: {mutant.name}", grade(mutant.name, "-v", "-e", exercises[name], mutant))
    for name, parts in BAD.items():
        look_at(name, grade(name, "-v", "-e", exercises["lock"], lock(name, *parts)))
    mutant = source / "tests/mutants/lock/hyman.c"
    for form in ("markdown", "summary", "github", "tap"):
        text = grade(form, "-f", form, "-e", exercises["lock"], mutant)
        look_at(form, re.sub(r"^::\w+ file=[^:]*::|^TAP version|^not ok \d+ - ", "", text, flags=re.M))
    look_at_page(grade("html", "-f", "html", "-e", exercises["lock"], mutant))
    for command in ("grade", "replay", "new", "inspect", "exercises", "report", "batch", "verify", "doctor", "similar"):
        run = subprocess.run([program, command, "--lang", "xx", "--help"], capture_output=True, text=True, env=environment)
        text = re.sub(r"^ +\(?give .*$", "", run.stdout, flags=re.M | re.I)
        # The names of options' arguments stay; argp breaks lines also within brackets.
        look_at(f"{command} --help", text.replace(f"syncgrade {command}", ""))
    run = subprocess.run([program, "doctor", "--lang", "xx"], capture_output=True, text=True, env=environment)
    # The steps that a sandbox is made of have no translation.
    look_at("doctor", re.sub(r"^ +⟦missing.*$", "", run.stdout, flags=re.M))
    (folder / "broken").mkdir()
    broken = make_exercise(folder / "broken", "lock")
    manifest = (broken / "exercise.yaml").read_text(encoding="utf-8")
    (broken / "exercise.yaml").write_text(manifest.replace("title: ", "tittle: ").replace("points: 15", "points: lots"), encoding="utf-8")
    run = subprocess.run([program, "grade", "--lang", "xx", "-e", broken, mutant], capture_output=True, text=True, env=environment)
    look_at("manifest", run.stderr.replace("known here: ", ""))
    if run.returncode != 2 or run.stderr.count("⟦") < 3:
        wrong.append(f"manifest: {run.returncode} {run.stderr}")
    run = subprocess.run([program, "inspect", "--lang", "xx", mutant], capture_output=True, text=True, env=environment)
    look_at("inspect", re.sub(r"init acquire release destroy", "", run.stdout))

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
