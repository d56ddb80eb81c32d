// The tree as s-expressions, for tests and `--emit ast`.
#ifndef SODC_AST_DUMP_H_
#define SODC_AST_DUMP_H_

#include <iosfwd>

#include "compiler/ast/ast.h"

namespace sodc::ast {

// One declaration a line:
//   (role admin "ADMIN" (grants {a b} (at limited)) (note "x"))
// A side is `[any a at limited]`, `[role r]`; a set `(except all audit)`, `{a b}`.
void Dump(const File& file, std::ostream& out);
void Dump(const Declaration& declaration, std::ostream& out);

}  // namespace sodc::ast

#endif  // SODC_AST_DUMP_H_
