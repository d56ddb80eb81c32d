"""Keeps docs/table-format.md in step with the format: the lists of sections and fields come from
runtime/format/records.def, the worked example is the policy in the page, built by sodc and read here, byte by
byte, by nothing but those lists. With --update the page is rewritten, without it compared."""
import argparse
import hashlib
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

U32 = {"TEXT", "NUMBER", "ENUM", "REF", "OPTIONAL"}
MEANING = {
    "TEXT": "text", "REF": "row of {1}", "OPTIONAL": "row of {1} or none", "ENUM": "{1}", "NUMBER": "number ≤ {1}",
    "RANGE": "rows of {1}: first, count", "TIME": "time", "PLACE": "place: file, line, column", "DIGEST": "32 bytes",
}
NONE = 0xFFFFFFFF


def parse_records(text):
    """(sections in file order, {record: [(kind, name, argument)]}) of records.def."""
    sections, records, fields = [], {}, None
    for line in text.splitlines():
        match = re.match(r"\s*SOD_(\w+)\(([^)]*)\)", line)
        if not match or line.startswith("#"):
            continue
        kind, arguments = match.group(1), [part.strip() for part in match.group(2).split(",")]
        if kind == "SECTION":
            sections.append((int(arguments[0]), *arguments[1:]))
        elif kind == "RECORD_BEGIN":
            fields = records.setdefault(arguments[0], [])
        elif kind != "RECORD_END":
            fields.append((kind, arguments[0], arguments[1] if len(arguments) > 1 else ""))
    return sections, records


def parse_enums(text):
    """{enum: {value: spelling}} of enums.h."""
    enums = {}
    for name, body in re.findall(r"#define SOD_ENUM_(\w+)\(X\)((?:.*\\\n)*.*)", text):
        enums[name] = {int(value): word for value, word in re.findall(r"X\(\w+, (\d+), \"([^\"]*)\"\)", body)}
    return enums


def section_list(sections, records, enums):
    lines = []
    described = set()
    for number, name, record, need in sections:
        lines.append(f"**{number} {name}** · {'must be understood' if need == 'Must' else 'may be ignored'}"
                     f" · rows of {record}")
        if record in described:
            lines.append("")
            continue
        described.add(record)
        lines += ["", "| field | type |", "|---|---|"]
        for kind, field, argument in records[record]:
            lines.append(f"| {field} | {MEANING[kind].format(kind, argument.replace('0x7fffffff', '2³¹ − 1'))} |")
        lines.append("")
    lines += ["Enums, with their values in the file:", "", "| enum | values |", "|---|---|"]
    for enum, values in enums.items():
        lines.append(f"| {enum} | {' · '.join(f'{value} {word}' for value, word in values.items())} |")
    return "\n".join(lines)


class Reader:
    """Reads a table by the field lists and says what each byte is."""

    def __init__(self, data, sections, records, enums):
        self.data, self.records, self.enums = data, records, enums
        self.names = {number: (name, record) for number, name, record, _ in sections}
        self.names[3], self.names[4] = ("StringOffsets", None), ("StringBytes", None)
        self.lines, self.explained = [], 0
        count = struct.unpack_from("<I", data, 24)[0]
        self.directory = [struct.unpack_from("<6I", data, 48 + 24 * i) for i in range(count)]
        at = {entry[0]: entry for entry in self.directory}
        offsets = struct.unpack_from(f"<{at[3][3]}I", data, at[3][2])
        self.strings = [data[at[4][2] + a:at[4][2] + b].decode() for a, b in zip(offsets, offsets[1:])]

    def note(self, size, what):
        piece = self.data[self.explained:self.explained + size]
        shown = piece.hex(" ") if size <= 12 else piece.hex(" ", -4)
        self.lines.append(f"{self.explained:5}  {shown:35}  {what}".rstrip())
        self.explained += size

    def heading(self, text):
        self.lines += ["", text]

    def header(self):
        self.heading("header")
        for size, what in ((8, "magic"), (2, "format major"), (2, "format minor"), (2, "language"), (2, "flags"),
                           (8, "bytes in the file"), (4, "sections"), (4, "CRC-32C of the directory"),
                           (12, "reserved"), (4, "CRC-32C of the header")):
            value = int.from_bytes(self.data[self.explained:self.explained + size], "little")
            self.note(size, what + (f": {value}" if what in ("bytes in the file", "sections", "language") else ""))

    def directory_rows(self):
        self.heading("directory: section, flags, offset, rows, bytes a row, CRC-32C")
        empty = []
        for number, flags, offset, rows, size, _ in self.directory:
            if rows == 0:
                empty.append(self.names[number][0])
            self.note(24, f"{number} {self.names[number][0]}, flags {flags}, at {offset}, {rows} × {size}")

    def value(self, kind, argument, size):
        raw = self.data[self.explained:self.explained + size]
        if kind == "DIGEST":
            return "SHA-256"
        if kind == "TIME":
            value = struct.unpack("<q", raw)[0]
            return {-2**63: "open", 2**63 - 1: "open"}.get(value, str(value))
        values = struct.unpack(f"<{size // 4}I", raw)
        if kind == "TEXT":
            return f'"{self.strings[values[0]]}"'
        if kind == "ENUM":
            return self.enums[argument][values[0]]
        if kind == "RANGE":
            return f"{argument} from {values[0]}, {values[1]} rows"
        if kind == "PLACE":
            return f"file {values[0]}, line {values[1]}, column {values[2]}"
        if kind == "OPTIONAL" and values[0] == NONE:
            return "none"
        return f"{argument} {values[0]}" if kind in ("REF", "OPTIONAL") else str(values[0])

    def row(self, record):
        for kind, field, argument in self.records[record]:
            size = 4 if kind in U32 else {"RANGE": 8, "TIME": 8, "PLACE": 12, "DIGEST": 32}[kind]
            self.note(size, f"{field} = {self.value(kind, argument, size)}")

    def section(self, number, offset, rows):
        if offset != self.explained:
            self.note(offset - self.explained, "gap")
        if rows == 0:
            return
        name, record = self.names[number]
        self.heading(f"{number} {name}")
        if number == 3:
            for i in range(rows):
                self.note(4, f"string {i}" if i + 1 < rows else "end of the last string")
        elif number == 4:
            for i, text in enumerate(self.strings[1:], 1):
                self.note(len(text.encode()), f'{i} "{text}"')
        else:
            for i in range(rows):
                self.lines.append(f"{name} {i}")
                self.row(record)

    def annotate(self):
        self.header()
        self.directory_rows()
        for number, _, offset, rows, _, _ in self.directory:
            self.section(number, offset, rows)
        end = len(self.data) - 32
        if end != self.explained:
            self.note(end - self.explained, "gap")
        self.heading("digest")
        if self.data[-32:] != hashlib.sha256(self.data[:-32]).digest():
            sys.exit("the trailer is not the SHA-256 of the bytes before it")
        self.note(32, "SHA-256 of all bytes before it")
        if self.explained != len(self.data):
            sys.exit(f"only {self.explained} of {len(self.data)} bytes are explained")
        return "\n".join(self.lines).strip("\n")


def build(sodc, policy):
    with tempfile.TemporaryDirectory() as folder:
        source, table = pathlib.Path(folder) / "tiny.sod", pathlib.Path(folder) / "tiny.sodt"
        source.write_text(policy)
        done = subprocess.run([sodc, "build", "tiny.sod", "-o", "tiny.sodt"], cwd=folder, text=True,
                              capture_output=True)
        if done.returncode != 0:
            sys.exit(f"the policy of the page does not compile:\n{done.stderr}")
        return table.read_bytes()


def replace(page, name, text):
    pattern = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not pattern.search(page):
        sys.exit(f"the page has no part `{name}`")
    return pattern.sub(lambda match: match.group(1) + text + "\n" + match.group(2), page)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("sodc")
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    root = pathlib.Path(arguments.source)
    sections, records = parse_records((root / "runtime/format/records.def").read_text())
    enums = parse_enums((root / "runtime/format/enums.h").read_text())
    page_file = root / "docs/table-format.md"
    page = page_file.read_text()
    policy = re.search(r"```sod\n(.*?)```", page, re.DOTALL).group(1)
    reader = Reader(build(arguments.sodc, policy), sections, records, enums)
    expected = replace(page, "sections", section_list(sections, records, enums))
    expected = replace(expected, "example", "```text\n" + reader.annotate() + "\n```")
    if arguments.update:
        page_file.write_text(expected)
    elif page != expected:
        sys.exit("docs/table-format.md is not in step with the format; run this with --update")


if __name__ == "__main__":
    main()
