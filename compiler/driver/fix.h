// Applies the fixes that diagnostics carry. Everything happens in memory first: a round of
// fixes that does not leave fewer errors is dropped.
#ifndef SODC_DRIVER_FIX_H_
#define SODC_DRIVER_FIX_H_

#include <cstddef>
#include <map>
#include <string>

#include "compiler/driver/pipeline.h"

namespace sodc {

struct FixedFile {
  std::string path;    // as a reader knows it, from the folder in which sodc runs
  std::string disk;    // as it can be opened
  std::string before;
  size_t fixed = 0;    // diagnostics
};

struct Fixes {
  std::map<std::string, std::string> texts;  // by KeyOfFile: PipelineOptions::unsaved
  std::map<std::string, FixedFile> files;    // by the same keys
  std::string import_root = {};              // PipelineOptions
};

// Adds what can be fixed in a policy and its imports, on top of what is fixed already. Guesses
// are left alone, and so is the standard library.
void AddFixes(const std::string& main_path, Fixes& fixes);

// Writes every file that is still as it was read. Returns a sentence for the first that is
// not, or cannot be written; the others before it are written.
std::string WriteFixes(const Fixes& fixes);

}  // namespace sodc

#endif  // SODC_DRIVER_FIX_H_
