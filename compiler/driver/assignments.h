// --assignments FILE.csv (rulings CLI-5): who holds what, from outside the policy.
// Strict: every damaged row is an error by file, row and column, and its person is
// incomplete; the other rows still count.
#ifndef SODC_DRIVER_ASSIGNMENTS_H_
#define SODC_DRIVER_ASSIGNMENTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

struct AssignmentRow {
  std::string place;         // people.csv:12
  sod::Holding holding;      // target kNone when the row is damaged
  std::vector<uint32_t> more_targets{};  // further entitlements that one permission is
  bool is_without_effect = false;        // a permission that nothing waits for
  std::string problem;       // of a damaged row, for `incomplete`
  const char* reason = "";   // unknown_name, bad_row
};

class Assignments {
 public:
  // An empty set: nothing is added to anybody.
  Assignments() = default;
  // `text` is the whole file, `name` how messages call it.
  static Assignments Read(const sod::Table& table, std::string_view text, const std::string& name);

  // `people.csv:12:role: unknown role …`, in row order.
  const std::vector<std::string>& errors() const { return errors_; }
  // Of permissions that nothing in the policy waits for: they are no damage, and no conflict rests on
  // them, yet one may be misspelt. Empty: none.
  std::string warning() const;
  // False: the header is damaged and no row was read.
  bool is_readable() const { return is_readable_; }

  // Adds the rows that belong to the subject or to a team that contains it.
  void AddTo(sod::Subject& subject) const;
  // People that only the file knows, in order of first appearance, with their rows.
  std::vector<sod::Subject> NewPeople() const;
  bool IsNewPerson(const std::string& id) const;
  // Declared teams and external parties without members to which the file gives something.
  const std::vector<sod::Entity>& parties() const { return parties_; }
  sod::Subject NewPerson(const std::string& id) const;

 private:
  friend class AssignmentsReader;

  bool is_readable_ = true;
  std::vector<std::string> errors_;
  size_t unknown_permissions_ = 0;
  std::string first_unknown_;  // people.csv:12:entitlement: sap XK99
  std::map<std::string, std::vector<AssignmentRow>> rows_;  // by subject id
  std::vector<std::string> lost_;  // damage that may have taken rows of anybody: everybody is incomplete
  std::vector<std::string> new_people_;
  std::vector<sod::Entity> parties_;
};

}  // namespace sodc

#endif  // SODC_DRIVER_ASSIGNMENTS_H_
