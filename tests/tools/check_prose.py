#!/usr/bin/env python3
"""Answers in plain words: reads the text of `sodc query` and refuses words of the machinery and
sentences of more than 40 words (rulings ACC-9).

usage: sodc query … | check_prose.py TITLE…      every TITLE must occur

The policy's own texts are not ours to shorten: lines that quote them are skipped.
"""

import re
import sys

MACHINERY = re.compile(r"\b(atoms?|limits?|lanes?|masks?|closures?|tuples?|bits?)\b", re.IGNORECASE)
QUOTED = re.compile(r"^\s*(Because:|Advice:|- )")
MAX_WORDS = 40


def main():
    text = sys.stdin.read()
    problems = [f"the title {title} does not occur" for title in sys.argv[1:] if title not in text]
    sentences = 0
    for line in text.splitlines():
        if QUOTED.match(line):
            continue
        for sentence in re.split(r"(?<=[.!?])\s+", line.strip()):
            sentences += 1
            words = sentence.split()
            if len(words) > MAX_WORDS:
                problems.append(f"{len(words)} words: {sentence}")
            found = MACHINERY.search(sentence)
            if found:
                problems.append(f"the word {found.group(0)}: {sentence}")
    for problem in problems:
        print(problem)
    if problems or sentences < 5:
        sys.exit(1)
    print(f"{sentences} sentences are plain")


if __name__ == "__main__":
    main()
