// Tables for tests of the runtime, made without the compiler: a writer that can be
// told to write wrong things, and a builder of small policies that lowers them in
// the most obvious way.
#ifndef SODC_TESTS_SUPPORT_TEST_TABLE_H_
#define SODC_TESTS_SUPPORT_TEST_TABLE_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/format/layout.h"
#include "sod/table.h"

namespace sod::test {

struct Rows {
#define SOD_SECTION(number, Name, Row, Kind) std::vector<format::Row##Record> Name;
#include "runtime/format/records.def"
  std::vector<std::string> strings = {""};

  uint32_t Text(std::string_view text);  // its number, added when new
};

struct ExtraSection {
  uint32_t number = 0;
  bool must_understand = false;
  std::string bytes;  // row_bytes 1
};

struct WriteOptions {
  bool renumber_strings = true;  // by first use, as the format wants
  std::vector<ExtraSection> extra;
  uint16_t minor = format::kFormatMinor;
};

// The file, with a digest of zeros: the runtime does not check it.
std::string Write(const Rows& rows, const WriteOptions& options = {});

// Makes all sums of a damaged file fit again, as far as its directory lies inside it.
void FixSums(std::string& file);

// ---- Policies

struct Held {
  uint32_t duty;
  uint32_t level;
};
struct ElementSpec {
  bool is_role = false;
  uint32_t target = 0;
  uint32_t level = 0;
  uint32_t capacity = format::kNone;  // row of ScaleMembers
  bool is_entitlement = false;
};
struct SideSpec {
  format::Quantifier quantifier = format::Quantifier::One;
  std::vector<ElementSpec> elements;
};
struct RuleSpec {
  std::string name;
  format::RuleKind kind = format::RuleKind::Pair;
  std::vector<SideSpec> sides;
  int at_most = -1;  // -1: members less one
  format::Mode mode = format::Mode::Deny;
  int64_t valid_from = kBeginningOfTime;
  int64_t valid_until = kEndOfTime;
};
struct RoleSpec {
  std::string name;
  std::vector<Held> grants;
  std::vector<uint32_t> includes;      // roles added before
  std::vector<uint32_t> entitlements = {};  // granted, after `grants`
};
struct CapacitySpec {
  const char* name;
  bool is_acting;
};

// Rows are numbered in the order of the calls. Levels first, if any, then capacities.
class PolicyBuilder {
 public:
  PolicyBuilder();

  void Levels(std::initializer_list<const char*> names);
  void Capacities(std::initializer_list<CapacitySpec> specs);
  // The only dimension; its values have no values in them.
  void Dimension(std::string_view name, std::initializer_list<const char*> leaves);
  uint32_t Duty(std::string_view name, std::string_view title = "");
  // Confers each of these duties alone.
  uint32_t Entitlement(std::string_view name, std::vector<uint32_t> duties);
  // All of them together confer the duty, at the top level.
  void Together(uint32_t duty, std::vector<uint32_t> entitlements);
  uint32_t Role(const RoleSpec& spec);
  uint32_t System(std::string_view name);
  uint32_t Person(std::string_view name, std::vector<std::string> accounts = {});  // on system 0
  uint32_t Team(std::string_view name, std::vector<uint32_t> members);
  uint32_t UnownedAccount(std::string_view identifier);  // after all people and teams
  uint32_t Rule(const RuleSpec& spec);
  // Two One sides.
  uint32_t Pair(std::string_view name, Held a, Held b, format::Mode mode = format::Mode::Deny);
  void AssignRole(uint32_t actor, uint32_t role, int64_t from = kBeginningOfTime,
                  int64_t until = kEndOfTime);
  void AssignDuty(uint32_t actor, Held held, int64_t from = kBeginningOfTime,
                  int64_t until = kEndOfTime);
  void AssignEntitlement(uint32_t actor, uint32_t entitlement);
  void AssignRoleToAccount(uint32_t account, uint32_t role);
  void RestrictOwnActions(uint32_t role, uint32_t duty);  // right after the role

  // Closures, adjacency and names; then the rows may be changed before Write.
  Rows Finish();
  Table Load();  // of Write(Finish()); the policy must be sound

  Rows rows;

 private:
  format::AssignmentRecord NewAssignment(int64_t from, int64_t until);
  uint32_t Atom(format::AtomKind kind, uint32_t ref, uint32_t level, uint32_t capacity = format::kNone);
  void AddSide(const SideSpec& spec, std::vector<uint32_t>& members);
  void AddDutyAtoms();
  void AddEntitlementAtoms();
  void AddDerivations();
  void AddRoleClosure(uint32_t role);
  void AddAdjacency();
  void AddNames();
  bool IsConferred(uint32_t capacity) const;  // what is conferred is held in the first acting capacity

  struct Joint {
    uint32_t duty;
    std::vector<uint32_t> entitlements;
  };
  std::vector<Joint> joints_;
  std::vector<std::vector<uint32_t>> conferred_;  // duties, by entitlement
};

// A policy with rows in every section.
Rows FullRows();
// Its second half: scopes, capacities, entitlements, delegations, provisions.
void AddWideSections(Rows& rows);

// Asks a table everything: every subject, every role, with requests for every duty and role, names
// and titles. For tables whose bytes nobody vouches for; returns a number that depends on all answers.
uint64_t AskEverything(const Table& table);

}  // namespace sod::test

#endif  // SODC_TESTS_SUPPORT_TEST_TABLE_H_
