// The ways to what somebody holds, in words: through which team, account, role and permission.
#ifndef SODC_DRIVER_PATH_WORDS_H_
#define SODC_DRIVER_PATH_WORDS_H_

#include <string>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// Texts of the policy go to a terminal: on one line, and nothing in them steers it.
std::string SafeText(std::string_view text);
// The same with a stop at its end: every text of the policy ends a sentence of ours.
std::string AsSentence(std::string_view text);

// "the role Clerk", "the position CEO".
std::string RoleInWords(const sod::Table& table, const sod::Named& role);

bool IsByRequest(const sod::Path& path);
// Whether a permission of a real system stands on the way.
bool HasEntitlement(const sod::Path& path);

class PathWords {
 public:
  // Both must outlive this.
  PathWords(const sod::Table& table, const sod::Answer& answer) : table_(table), answer_(answer) {}

  // " through the team Finance and the role Manager, which includes the role Clerk", " directly".
  std::string Clause(const sod::Witness& witness, const sod::Path& path) const;
  // ", if outside visiting hours": behind the places of the clause.
  static std::string Condition(const sod::Path& path);
  // The same for a list: "the role Clerk, which grants the entitlement sap:"XK01"".
  std::string Item(const sod::Witness& witness, const sod::Path& path) const;

 private:
  struct Parts {
    std::vector<std::string> steps;
    std::string tail;        // ", by people.csv:12", ", if the pharmacy is closed", ", eligible"
    bool is_itself = false;  // a role, held without anything between
  };
  static void AddDelegation(std::string& chain, Parts& parts);
  Parts PartsOf(const sod::Witness& witness, const sod::Path& path) const;
  std::string StateInWords(const sod::Path& path) const;

  const sod::Table& table_;
  const sod::Answer& answer_;
};

}  // namespace sodc

#endif  // SODC_DRIVER_PATH_WORDS_H_
