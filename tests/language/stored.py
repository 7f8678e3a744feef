"""stored.py SYNCGRADE SOURCE: a result that was stored in one language is told in another as if it had been graded in that;
and one of before, which does not say what its texts are made of, is told as it is."""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

program, source = Path(sys.argv[1]), Path(sys.argv[2])
wrong = []
HANGUL = re.compile("[가-힣]")
# Of each kind of story: who is inside together, a lost wake-up with names, a crash, a race, processes, reasons.
SUBMISSIONS = ["attempts/lock/test_then_set.c", "attempts/semaphore/if_for_while.c", "attempts/semaphore/returns_locked.c",
               "attempts/philosophers/left_then_right.c", "attempts/rwlock/readers_uncounted.c",
               "attempts/bounded-buffer/no_protection.c", "attempts/lock/global_mutex.c"]


def run(*arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode > 1:
        wrong.append(f"{arguments}: exit status {done.returncode}: {done.stderr}")
    return done.stdout


def texts(result):
    """All that is told in sentences, by where it stands."""
    for check in result["checks"]:
        yield f"{check['id']}: message", check["message"]
        for key in ["hint", "section", "resembles"]:
            yield f"{check['id']}: {key}", check[key]
        for engine in check["engines"]:
            yield f"{check['id']}: {engine['engine']}", engine["message"]
        story = check["counterexample"]
        yield f"{check['id']}: summary", story and story["summary"]
        for i, step in enumerate(story["steps"] if story else []):
            yield f"{check['id']}: note of step {i}", step["note"]
            yield f"{check['id']}: variable of step {i}", step["variable"]
    for i, finding in enumerate(result["findings"]):
        # The compiler's words are in the language of its environment.
        yield f"finding {i}", finding["message"] if finding["kind"] != "compiler" else None


def read(folder, language):
    lines = run("report", "--lang", language, "--format", "json", folder)
    decoder, at, results = json.JSONDecoder(), 0, {}
    while lines[at:].strip():
        result, at = decoder.raw_decode(lines, at + len(lines[at:]) - len(lines[at:].lstrip()))
        results[result["submission"]] = dict(texts(result))
    return results


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    for language in ["en", "ko"]:
        (folder / language / "errors").mkdir(parents=True)
        for name in SUBMISSIONS:
            file = folder / language / name.replace("/", "-").replace(".c", ".json")
            run("grade", "--lang", language, "--engines", "explore", "-e", name.split("/")[1], "--format", "json", "-o", file, source / "tests" / name)
            result = json.loads(file.read_text(encoding="utf-8"))
            result["student"] = {"key": file.stem, "name": None, "id": None}
            file.write_text(json.dumps(result), encoding="utf-8")
    said, compared = 0, 0
    for language, other in [("en", "ko"), ("ko", "en")]:
        own, told = read(folder / language, language), read(folder / other, language)
        if len(own) != len(SUBMISSIONS):
            wrong.append(f"{len(own)} results were read, not {len(SUBMISSIONS)}")
        for submission in own:
            for where, text in own[submission].items():
                compared += text is not None
                said += bool(text) and bool(HANGUL.search(text))
                if told[submission].get(where) != text:
                    wrong.append(f"{submission}, {where}: stored in {other}, told in {language}:\n  {told[submission].get(where)}\ngraded in {language}:\n  {text}")
                if language == "en" and text and HANGUL.search(text):
                    wrong.append(f"{submission}, {where}: Korean in English: {text}")
    hints = [text for texts in read(folder / "en", "ko").values() for where, text in texts.items() if text and re.search("hint|section|resembles", where)]
    if len(hints) < 20 or not all(HANGUL.search(hint) for hint in hints):
        wrong.append(f"what the exercise's author wrote is not told in Korean: {[hint for hint in hints if not HANGUL.search(hint)]}")
    if compared < 200 or said < 50:
        wrong.append(f"only {compared} texts were compared, {said} of them Korean")
    # A kind's own words have no translation: then the general ones say it. What stands in the story has no general words.
    shutil.copytree(source / "exercises/lock", folder / "stick")
    manifest = folder / "stick/exercise.yaml"
    kind = (source / "grader/manifest/kinds/lock.yaml").read_text(encoding="utf-8") + "inside:\n  together: hold the 1 %s stick together\n  enter: holds stick %u\n"
    manifest.write_text(re.sub("^exercise: lock$", "exercise: stick", re.sub("^plugin: lock$", "kind:\n" + re.sub("^", "  ", kind.strip(), flags=re.M), manifest.read_text(encoding="utf-8"), flags=re.M), flags=re.M), encoding="utf-8")
    told = {}
    (folder / "own/errors").mkdir(parents=True)
    file = folder / "own/stick.json"
    run("grade", "--engines", "explore", "--lang", "en", "--exercise", folder / "stick", "--format", "json", "-o", file, source / "tests/attempts/lock/test_then_set.c")
    result = json.loads(file.read_text(encoding="utf-8"))
    result["student"] = {"key": "own", "name": None, "id": None}
    file.write_text(json.dumps(result), encoding="utf-8")
    for language in ["en", "ko"]:
        [told[language]] = read(folder / "own", language).values()
    summary = "counter/mutual-exclusion: summary"
    if not re.search(r"^threads \d and \d hold the 1 \S* ?stick together$", told["en"][summary]):
        wrong.append(f"not in the words of the kind: {told['en'][summary]}")
    if not HANGUL.search(told["ko"][summary]) or "stick" in told["ko"][summary]:
        wrong.append(f"not in general words: {told['ko'][summary]}")
    if "holds stick 0" not in told["en"].values() or "holds stick 0" not in told["ko"].values():
        wrong.append(f"not in the words of the kind: {[text for where, text in told['en'].items() if 'note' in where and text]}")
    # As results were stored before.
    for path in (folder / "en").glob("*.json"):
        result = json.loads(path.read_text(encoding="utf-8"))
        if "sentences" in result:
            del result["sentences"]
            result.pop("wordings", None)
            path.write_text(json.dumps(result), encoding="utf-8")
    if read(folder / "en", "ko") != read(folder / "en", "en"):
        wrong.append("a result without sentences is told in another language than it has")

print("\n".join(wrong[:40]))
sys.exit(1 if wrong else 0)
