// Matrix documents from a table: the views people print and sign. Pure functions
// of table, as-of and options; equal bytes on every machine (rulings TAB-11).
#ifndef SOD_DOCUMENTS_H_
#define SOD_DOCUMENTS_H_

#include <string>
#include <string_view>

#include "sod/query.h"
#include "sod/result.h"
#include "sod/table.h"

namespace sod {

enum class MatrixView : uint8_t { Pairs, Roles, People };
enum class MatrixFormat : uint8_t { Markdown, Html, Csv, Json };

struct MatrixOptions {
  MatrixFormat format = MatrixFormat::Markdown;
  Instant as_of = 0;
  std::string_view tool_version;  // footer: "sodc 0.1.0"
};

// pairs: one row a rule in author's order: sides, holders, risk, controls. roles: role × duty with
// level, symbol, note and separation requirement. people: who holds which role, and their conflicts.
Result<std::string> RenderView(const Table& table, MatrixView view, const MatrixOptions& options);

// A declared document by name; empty name = the only document. CSV: its tables one after another.
// Errors: UnknownName, AmbiguousName.
Result<std::string> RenderDocument(const Table& table, std::string_view name,
                                   const MatrixOptions& options);

}  // namespace sod

#endif  // SOD_DOCUMENTS_H_
