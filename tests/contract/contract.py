"""Holds contract.yaml against the headers, the handouts, the exercises and the mutants. Usage: contract.py SOURCE-TREE"""
import os
import sys

import yaml

from sentences import of_handout, of_header


def main(tree):
    contract = yaml.safe_load(open(os.path.join(tree, "tests/contract/contract.yaml"), encoding="utf-8"))
    common = contract.pop("common")["nothing"]
    wrong, used = [], set()
    exercises = sorted(os.listdir(os.path.join(tree, "exercises")))
    exercises = [e for e in exercises if os.path.isdir(os.path.join(tree, "exercises", e))]
    if sorted(contract) != exercises:
        wrong.append(f"exercises: {exercises}, but the contract is of {sorted(contract)}")
    for exercise, says in contract.items():
        folder = os.path.join(tree, "exercises", exercise)
        manifest = yaml.safe_load(open(os.path.join(folder, "exercise.yaml"), encoding="utf-8"))
        checks = {f"{c['workload']}/{c['property']}" for c in manifest["checks"]}
        header = (os.path.join(folder, "include", manifest["kind"]["header"]) if "kind" in manifest
                  else os.path.join(tree, "include/syncgrade", manifest["plugin"] + ".h"))
        sentences = of_header(header) + of_handout(os.path.join(folder, "README.md"))
        promises, no_mutant, nothing = says["promises"], says["no_mutant"], says["nothing"]
        own = [p[0] for p in promises] + [p[0] for p in no_mutant] + nothing
        for sentence in sentences:
            if not any(fragment in sentence for fragment in own + common):
                wrong.append(f"{exercise}: not in the contract: {sentence}")
        for fragment in own:
            if not any(fragment in sentence for sentence in sentences):
                wrong.append(f"{exercise}: said no more: {fragment}")
        used |= {f for f in common if any(f in s for s in sentences)}
        for fragment, check, *_ in promises + no_mutant:
            if check not in checks:
                wrong.append(f"{exercise}: there is no check {check} ({fragment})")
        for fragment, check, mutant in promises:
            path = os.path.join(tree, "tests/mutants", exercise, mutant)
            if not os.path.exists(path + ".c"):
                wrong.append(f"{exercise}: there is no mutant {mutant} ({fragment})")
                continue
            expected = yaml.safe_load(open(path + ".yaml", encoding="utf-8"))
            if check not in [f["check"] for f in expected.get("fails", [])]:
                wrong.append(f"{exercise}: {mutant}.yaml does not say that {check} fails ({fragment})")
    wrong += [f"common: said nowhere: {f}" for f in common if f not in used]
    print("\n".join(wrong) if wrong else f"{sum(len(s['promises']) for s in contract.values())} promises, each with a mutant")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
