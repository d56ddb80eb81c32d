// What load produces: every file of the policy, parsed, with its imports.
#ifndef SODC_LOAD_PROGRAM_H_
#define SODC_LOAD_PROGRAM_H_

#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/source/source_manager.h"

namespace sodc {

// One file of the program with the modules it imports directly.
struct LoadedModule {
  ast::File file;
  std::string module_name;              // `std.risk`; for a relative import its path; empty for the main file
  std::vector<uint32_t> imports;        // indices into Program::modules, in order of the import declarations
  std::vector<Span> import_spans;       // beside `imports`
  bool is_standard_library = false;
};

// Modules in depth-first import order, imported before importing; the main file is the last.
struct Program {
  std::vector<LoadedModule> modules;
  bool is_complete = true;  // false: something could not be read; names may be missing
  const LoadedModule& main() const { return modules.back(); }
};

}  // namespace sodc

#endif  // SODC_LOAD_PROGRAM_H_
