"""Writes by-python.jsonl.gz: CSVs as Python's csv module writes them, with the rows that it was given.

python3 by-python.py | gzip -9n > by-python.jsonl.gz
"""

import csv
import io
import json
import random

random.seed(20250301)
cells = ["x", "x\ny", "x\r\ny", "x\ry", "\n", "\r", 'x"y', '"', '""', "", " ", ",", "NULL", "\\N", "\\", '\\"', "nan", "0", "#", "# x", "'", "中文", "𠮷",
         "  a", "a  ", ";", "\t", "|", "“”", "2024-01-01", "true", "''", "x" * 300, "\ufeffx", "‖", "a,b", "-", "=1+1", "\u2028", "\u00a0", "[]", '[{"a":"b"}]']
headings = ["丙", "备\n注", "备\r\n注", "备\r注", "备,注", '备"注', "备注 ", "", "备注\n（可不填）"]
quoting = {"minimal": csv.QUOTE_MINIMAL, "all": csv.QUOTE_ALL, "nonnumeric": csv.QUOTE_NONNUMERIC}

for number in range(1500):
    how = random.choice(list(quoting))
    end = random.choice(["\n", "\r\n", "\r\n", "\r"])
    head = ["编号", "甲", "乙", random.choice(headings)]
    random.shuffle(head)
    count = random.choice([1, 1, 2, 3, 4, 30])
    rows = [{name: f"k{row}" if name == "编号" else random.choice(cells) for name in head} for row in range(count)]
    # A line break that is not the file's own is left bare by some versions of the module: nobody could read it back.
    bare = {"\n", "\r"} - set(end)
    if any(mark in cell for mark in bare for cell in [*head, *(cell for row in rows for cell in row.values())]):
        how = "all"
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting[how], lineterminator=end)
    writer.writerow(head)
    for row in rows:
        writer.writerow([row[name] for name in head])
    written = text.getvalue()
    if random.random() < 0.25:
        written = written[: -len(end)]
    mark = random.random() < 0.25
    expected = [[row["编号"], row["甲"], row["乙"]] for row in rows]
    print(json.dumps({"text": ("\ufeff" if mark else "") + written, "rows": expected}, ensure_ascii=False))
