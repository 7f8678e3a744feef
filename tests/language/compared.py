"""compared.py SOURCE: what was said is known by its number (model/said.h); no room that judges or tells it compares English
words, for they are others in another language, and whoever mends a sentence would break what recognizes it."""
import re
import sys
from pathlib import Path

ROOMS = ["judge", "run", "grade", "verify", "json", "store"]
COMPARES = re.compile(r"\b(strn?(?:case)?cmp|str(?:case)?str|strpbrk|strspn|strcspn|memcmp|memmem|text_replaced|text_ends|fnmatch|regcomp|sscanf)\s*\(")
SENTENCE = re.compile(r"[A-Za-z]{2,}[,:;]? [a-z]{2,}")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def without_comments(text):
    return re.sub(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', lambda match: match.group(1) or " ", text, flags=re.S)


def arguments(text, begin):
    """What stands in the parentheses that open before `begin`; a parenthesis in a string is none."""
    depth, at = 1, begin
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[()]', text[begin:]):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        at = begin + token.end()
        if depth == 0:
            break
    return text[begin:at - 1]


def compared(text):
    text = without_comments(text)
    found = []
    for call in COMPARES.finditer(text):
        literals = "".join(LITERAL.findall(arguments(text, call.end())))
        if SENTENCE.search(literals):
            found.append(f"{call.group(1)}() of {literals!r}")
    # A table of words, looked up by strcmp(): none that is not marked for translation has sentences.
    unmarked = re.sub(r'\b(?:N_|_|ngettext|say_n)\s*\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)', "", text)
    for table in re.findall(r"\bstatic const\b(?:(?!\bstatic\b).)*?=\s*(\{.*?\});", unmarked, flags=re.S):
        found += [f"a table with {literal!r}" for literal in LITERAL.findall(table) if SENTENCE.search(literal)]
    return found


# It finds what it is there to find, and nothing else.
assert compared('if (strstr(said->message, "never initialized") == NULL) {}')
assert compared('x = strcmp(name(")"), "wakes for "\n "no reason") != 0;')
assert compared('static const struct { enum kind kind; const char *said; } all[] = {\n { A, "are inside the monitor together" } };')
assert not compared('/* strstr(a, "two words") */ strcmp(name, "pthread_mutex_lock"); say(N_("two words"));')
assert not compared('static const struct { const char *words; } all[] = { { N_("has a permit") } };')

source = Path(sys.argv[1])
files = [path for room in ROOMS for path in sorted((source / "grader" / room).rglob("*.c"))]
wrong = [f"{path.relative_to(source)}: {what}" for path in files for what in compared(path.read_text(encoding="utf-8"))]
if len(files) < 30:
    wrong.append(f"only {len(files)} files were looked at")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
