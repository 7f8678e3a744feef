"""The sentences of a public header's comments and of a handout's rules, as tests/contract/*.yaml quotes them."""
import re


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def split(text):
    """Sentences; a line of a list is one of its own; what stands in brackets at the end says who may call."""
    found = []
    for part in re.split(r"\n\s*(?=-\s)|\n\s*\n|(?=\[)", text):
        found += re.split(r"(?<=[.;:])\s+(?=[A-Z])", flat(part.strip(" -\n")))
    return [s for s in (flat(f) for f in found) if len(s) > 3]


def of_header(path):
    text = open(path, encoding="utf-8").read()
    found = []
    for comment in re.findall(r"/\*(.*?)\*/", text, re.S):
        lines = [re.sub(r"^\s*\*? ?", "", line) for line in comment.split("\n")]
        # Code and what it is built with are no promises.
        lines = [line for line in lines if not re.match(r"^\s{4,}", line) and "SPDX" not in line]
        found += split("\n".join(lines))
    return found


def of_handout(path):
    text = open(path, encoding="utf-8").read()
    found = []
    hand_in = text[text.index("says what may be called when."):]
    found += split("\n".join(l for l in hand_in[:hand_in.index("## The rules")].split("\n")[1:]))
    rules = text[text.index("## The rules") + len("## The rules"):]
    found += split(rules[:rules.index("\n## ")])
    return found
