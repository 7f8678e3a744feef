"""validate.py SCHEMA FOLDER: every *.json in FOLDER and its folders is valid under the JSON Schema, and there is at least one."""

import json
import pathlib
import sys

import jsonschema

schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
files = sorted(pathlib.Path(sys.argv[2]).rglob("*.json"))
wrong = 0
for file in files:
    for error in validator.iter_errors(json.loads(file.read_text())):
        print(f"{file}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
        wrong += 1
print(f"{len(files)} results, {wrong} errors")
sys.exit(1 if wrong or not files else 0)
