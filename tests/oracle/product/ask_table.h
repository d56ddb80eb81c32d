// Questions about a world, put to a loaded table through libsod's public face.
#ifndef SODC_TESTS_ORACLE_PRODUCT_ASK_TABLE_H_
#define SODC_TESTS_ORACLE_PRODUCT_ASK_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

#include "../world/answer.h"

namespace oracle {

class TableUnderTest {
 public:
  // Loads the bytes; `problem()` says why that failed.
  explicit TableUnderTest(const std::string& bytes);
  const std::string& problem() const { return problem_; }

  // The product's answer in names; nothing and a reason in `problem` when it gives none.
  std::optional<Answer> Ask(const World& world, const Question& question, std::string& problem);

  // As Judge::WhoCan and Judge::Subjects have them.
  std::vector<std::string> WhoCan(const World& world, const Request& request, Seconds as_of);
  std::vector<std::string> Subjects() const;

 private:
  std::optional<sod::Table> table_;
  std::optional<sod::Workspace> workspace_;
  std::string problem_;
};

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_PRODUCT_ASK_TABLE_H_
