// The text of a world → bytes of a table, with the phases that `sodc build` runs.
#ifndef SODC_TESTS_ORACLE_PRODUCT_COMPILE_WORLD_H_
#define SODC_TESTS_ORACLE_PRODUCT_COMPILE_WORLD_H_

#include <string>

#include "../world/world.h"

namespace oracle {

struct Compiled {
  std::string bytes;     // empty when the text was refused
  std::string problem;   // why: the errors as text
};

// Writes the world to `folder` first: the compiler reads files.
Compiled CompileWorld(const World& world, const std::string& folder);

// The same for a text of one file.
Compiled CompileText(const std::string& text, const std::string& folder);

// A folder of its own below the system's temporary folder, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_PRODUCT_COMPILE_WORLD_H_
