"""Writes a policy whose test names every reason of the schema; says so when there are none."""
import json
import sys


def reasons_of(node):
    if isinstance(node, dict):
        words = node.get("enum", [])
        if "no_performer" in words:
            return words
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            found = reasons_of(part)
            if found:
                return found
    return []


reasons = reasons_of(json.load(open(sys.argv[1], encoding="utf-8")))
if len(reasons) < 16:
    sys.exit(f"{len(reasons)} reasons")
lines = "\n".join(f"  expect rejected trail because {reason} of a" for reason in reasons)
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write(f"""policy p "P" {{ language 1 }}
duty pay
duty post
control trail "A trail is kept"
conflict a between pay and post {{ mitigated by trail }}
test "every reason" {{
  someone with pay, post
{lines}
  skip because "only the words are meant"
}}
""")
