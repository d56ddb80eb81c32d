// Records as text and as JSON (docs/command-line.md, `sodc dump`).
#ifndef SODC_DRIVER_DUMP_TEXT_H_
#define SODC_DRIVER_DUMP_TEXT_H_

#include "compiler/driver/env.h"
#include "compiler/driver/record_view.h"
#include "sod/table.h"

namespace sodc {

// Header, directory, every row of every section with the offset and name of each
// field and what it points at, and the digest.
void DumpTableText(const sod::Table& table, OutputStream& out);
// Every row of every section that has one, without offsets: `build --emit table`.
void DumpRows(const RecordView& view, OutputStream& out);
// Schema sod.dump/1: typed fields, references by name, ranges as arrays.
void DumpTableJson(const sod::Table& table, OutputStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_DUMP_TEXT_H_
